"""Numbers lead to whoever they are registered to, by the longest prefix."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.attribution.tiers.identifiers import by_block, by_number
from telvet.catalog.vendors import Register
from telvet.model.organisation import Tier

TODAY = date(2024, 1, 1)
FILE = Path(__file__).resolve().parents[4] / "catalog" / "vendors" / "identifiers.csv"
with FILE.open(encoding="utf-8", newline="") as _file:
    BLOCKS = {
        value: row["organisation"]
        for row in csv.DictReader(_file)
        if row["scheme"] == "oui"
        for value in row["values"].split(" ")
    }


def who(register: Register, prefix: str) -> tuple[str, ...]:
    found = by_block(register, prefix, TODAY)
    return found.organisations if found else ()


def test_a_number_leads_to_its_organisation(register: Register) -> None:
    found = by_number(register, 2011, TODAY)
    assert found is not None
    assert (found.tier, found.organisations) == (Tier.IDENTIFIER, ("huawei-technologies",))


@pytest.mark.parametrize("number", [3600, 14457, 8072, 26381, 4294967295, 0])
def test_other_firms_toolkits_and_unassigned_numbers_lead_to_nobody(register: Register, number: int) -> None:
    assert by_number(register, number, TODAY) is None


@pytest.mark.parametrize(
    ("prefix", "organisations"),
    [
        ("3446632ab", ("amcrest",)),
        ("3446632", ("amcrest",)),
        ("344663", ()),
        ("3446633ab", ()),
        ("202c05", ("dahua-zhilian",)),
        ("202C05AABBCC", ("dahua-zhilian",)),
        ("222c05aabbcc", ()),
        ("212c05aabbcc", ()),
        ("00155d010203", ()),
        ("", ()),
        ("0", ()),
    ],
)
def test_an_address_leads_to_the_owner_of_its_finest_block(
    register: Register, prefix: str, organisations: tuple[str, ...]
) -> None:
    assert who(register, prefix) == organisations


@given(st.sampled_from(sorted(BLOCKS)), st.text("0123456789abcdef", min_size=6, max_size=6))
def test_the_longest_prefix_wins(register: Register, block: str, rest: str) -> None:
    address = (block + rest)[:12]
    longest = max((value for value in (address[:length] for length in (6, 7, 9)) if value in BLOCKS), key=len)
    assert who(register, address) == (BLOCKS[longest],)


@given(st.text("0123456789abcdef", min_size=12, max_size=12))
def test_no_locally_administered_or_group_address_has_an_owner(register: Register, address: str) -> None:
    if int(address[1], 16) & 3:
        assert who(register, address) == ()
