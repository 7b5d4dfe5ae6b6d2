from __future__ import annotations

import pytest

from telvet.sharing.markings import acs_terms as terms


@pytest.mark.parametrize("code", ["USA.DHS", "USA.DOD.DC3", "USA.DHS.US-CERT", "USA.SLTT"])
def test_codes_of_organisations_are_known_by_their_form(code: str) -> None:
    assert terms.CUSTODIAN.fullmatch(code)


@pytest.mark.parametrize("code", ["USA", "usa.dhs", "USA.DHS.", "x USA.DHS", "USA.DHS\n", "USA.DHS.US.CERT"])
def test_a_code_with_anything_about_it_is_none(code: str) -> None:
    assert not terms.CUSTODIAN.fullmatch(code)


def test_what_is_needed_is_known_and_lists_have_no_code_twice() -> None:
    assert set(terms.NEEDED) <= set(terms.KEYS)
    for codes in (*terms.CODES.values(), terms.ACTIONS, terms.SHARING_SCOPES, terms.CONTROL_KEYS):
        assert len(set(codes)) == len(codes)
    assert set(terms.PARTS) <= set(terms.KEYS)
    assert all(set(needed) <= set(allowed) for allowed, needed in terms.PARTS.values())
