"""Content negotiation, as RFC 9110 and TAXII 1.6.8 have it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.sharing.taxii.media import STIX, TAXII, accepts, is_taxii


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("application/taxii+json;version=2.1", True),
        ("application/taxii+json", True),
        ("application/taxii+json; version=2.1", True),
        ('application/taxii+json;version="2.1"', True),
        ("APPLICATION/Taxii+JSON;Version=2.1", True),
        ("application/taxii+json;version=2.1;q=0.1", True),
        ("application/taxii+json;version=2.1; charset=utf-8", True),
        ("*/*", True),
        ("application/*", True),
        ("*/*;q=0.1, text/html", True),
        ("text/html, application/taxii+json;version=2.1", True),
        ('text/x;a=",", application/taxii+json', True),
        ("application/taxii+json;version=2.0, application/taxii+json;version=2.1", True),
        ("application/taxii+json;version=2.0, application/taxii+json", True),
        ("application/taxii+json;version=2.1;q=0", False),
        ("application/taxii+json;q=0, */*", False),
        ("application/taxii+json;version=2.1;q=0, application/taxii+json", False),
        ("application/taxii+json;q=0, application/taxii+json;version=2.1", True),
        ("application/*;q=0, */*", False),
        ("*/*;q=0", False),
        ("*/*;q=0.000", False),
        ("application/taxii+json;version=2.0", False),
        ("application/taxii+json;version=2.10", False),
        ("application/taxii+json;version=", False),
        ("application/vnd.oasis.taxii+json;version=2.0", False),
        ("application/json", False),
        ("application/taxii", False),
        ("text/*", False),
        ("*/taxii+json", False),
        ("application/taxii+json;q=2", False),
        ("application/taxii+json;q=abc", False),
        ("application/taxii+json version=2.1", False),
        ("", False),
        ("," * 5000, False),
    ],
)
def test_the_most_specific_range_decides(header: str, taken: bool) -> None:
    assert accepts(header) is taken


def test_an_endpoint_may_name_another_type_that_it_admits() -> None:
    assert accepts(STIX, (TAXII, STIX))
    assert not accepts(STIX)


@pytest.mark.parametrize(
    ("header", "taxii"),
    [
        ("application/taxii+json;version=2.1", True),
        ("application/taxii+json", True),
        ('application/taxii+json; VERSION="2.1"', True),
        ("application/taxii+json;version=2.0", False),
        ("application/json", False),
        ("application/stix+json;version=2.1", False),
        ("application/taxii+json, application/taxii+json", False),
        ("application/taxii+json;", True),
        ("application/taxii+json;version=2.1;version=2.0", False),
        ("*/*", False),
        ("", False),
    ],
)
def test_what_is_sent_must_be_taxii(header: str, taxii: bool) -> None:
    assert is_taxii(header) is taxii


@given(st.text(max_size=60))
def test_no_header_makes_it_fail(header: str) -> None:
    assert accepts(header) in {True, False}
    assert is_taxii(header) in {True, False}
