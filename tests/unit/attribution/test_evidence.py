"""Cells become evidence however they are punctuated."""

from __future__ import annotations

import pytest

from telvet.attribution.evidence import Evidence, enterprise_of, prefix_of


@pytest.mark.parametrize(
    ("oid", "number"),
    [
        ("1.3.6.1.4.1.2011.2.23.7", 2011),
        (".1.3.6.1.4.1.9.1.516", 9),
        ("1.3.6.1.4.1.25506", 25506),
        ("SNMPv2-SMI::enterprises.3902.3", 3902),
        ("1.3.6.1.2.1.1", None),
        ("1.3.6.1.4.1", None),
        ("", None),
        ("2011", None),
    ],
)
def test_the_enterprise_is_the_seventh_arc(oid: str, number: int | None) -> None:
    assert enterprise_of(oid) == number


@pytest.mark.parametrize(
    ("address", "prefix"),
    [
        ("34:46:63:2A:BB:CC", "3446632ab"),
        ("3446.632a.bbcc", "3446632ab"),
        ("34-46-63", "344663"),
        ("344663", "344663"),
        ("34:46", None),
        ("", None),
        ("34:46:63:2a:bb:cc:dd:ee", None),
    ],
)
def test_nine_digits_of_an_address_are_enough(address: str, prefix: str | None) -> None:
    assert prefix_of(address) == prefix


def test_an_empty_row_holds_no_evidence() -> None:
    assert Evidence() == Evidence(None, None, (), (), ())
