from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.inventory.cell_fault import CellFault
from telvet.inventory.lists import canonical_codes, canonical_labels, canonical_numbers
from telvet.tables.equipment import EQUIPMENT

COMPONENT = EQUIPMENT.column("component")
CAPABILITIES = EQUIPMENT.column("capabilities")


def read(text: str) -> tuple[str, ...]:
    known = {**{code: (code,) for code in (*COMPONENT.codes, *CAPABILITIES.codes)}, "both": ("minor", "visibility")}
    if text not in known:
        raise CellFault(code="unknown-code", what=f"{text!r} is no code")
    return known[text]


def test_members_come_in_the_order_of_their_codes() -> None:
    assert canonical_codes(CAPABILITIES, "visibility; -remote_disruption ;route_or_redirect", read) == (
        "route_or_redirect;visibility;-remote_disruption"
    )
    assert canonical_codes(CAPABILITIES, "visibility,route_or_redirect", read) == "route_or_redirect;visibility"


def test_parts_joined_by_a_slash_are_read_where_each_is_known() -> None:
    assert canonical_codes(CAPABILITIES, "visibility/route_or_redirect", read) == "route_or_redirect;visibility"
    with pytest.raises(CellFault, match="visibility/what"):
        canonical_codes(CAPABILITIES, "visibility/what", read)


def test_none_states_that_the_list_is_empty() -> None:
    assert (
        canonical_codes(CAPABILITIES, "None", read) == canonical_labels("none") == canonical_numbers("none") == "none"
    )


def test_a_member_both_stated_and_denied_is_refused() -> None:
    with pytest.raises(CellFault, match="both stated and denied"):
        canonical_codes(CAPABILITIES, "visibility;-visibility", read)
    with pytest.raises(CellFault, match="both stated and denied"):
        canonical_labels("a;-a")


def test_members_that_exclude_each_other_are_refused() -> None:
    with pytest.raises(CellFault, match="excludes"):
        canonical_codes(COMPONENT, "minor;critical_component", read)


def test_an_unknown_member_is_refused() -> None:
    with pytest.raises(CellFault) as caught:
        canonical_codes(COMPONENT, "minor;nothing", read)
    assert caught.value.code == "unknown-code"


@given(st.sets(st.sampled_from("abcdef"), min_size=1), st.sets(st.sampled_from("uvwxyz")))
def test_labels_are_sorted_and_written_once(stated: set[str], denied: set[str]) -> None:
    text = canonical_labels(";".join([*stated, *stated, *(f"-{label}" for label in denied)]))
    assert text is not None
    assert text.split(";") == [*sorted(stated), *(f"-{label}" for label in sorted(denied))]
    assert canonical_labels(text) == text


def test_a_comma_stays_within_a_label() -> None:
    assert canonical_labels("Rack 3, left") == "Rack 3, left"


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("3500;700;3500", "700;3500"),
        ("700, 800", "700;800"),
        ("700/800 MHz", "700;800"),
        ("3.5 / 26 GHz", "3500;26000"),
        ("3,5 GHz", "3500"),
        ("700 MHz + 3.5 GHz", "700;3500"),
        ("700;3.5 GHz", "700;3500"),
    ],
)
def test_bands_are_sorted_megahertz(text: str, canonical: str) -> None:
    assert canonical_numbers(text) == canonical


def test_a_comma_that_may_stand_for_thousands_is_refused() -> None:
    with pytest.raises(CellFault, match="thousands"):
        canonical_numbers("1,800")
