from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.inventory.addresses import canonical_mac, canonical_oid, canonical_pen
from telvet.inventory.cell_fault import CellFault

HEX = st.integers(1, 2**48 - 2).map(lambda number: f"{number:012x}")


def grouped(digits: str, size: int, sign: str) -> str:
    return sign.join(digits[place : place + size] for place in range(0, 12, size))


SPELLINGS: dict[str, Callable[[str], str]] = {
    "colons": lambda digits: grouped(digits, 2, ":"),
    "hyphens, upper": lambda digits: grouped(digits, 2, "-").upper(),
    "dotted": lambda digits: grouped(digits, 4, "."),
    "halves": lambda digits: grouped(digits, 6, "-"),
    "bare": str,
    "spaces": lambda digits: grouped(digits, 2, " "),
    "short octets": lambda digits: ":".join(f"{int(octet, 16):x}" for octet in grouped(digits, 2, ":").split(":")),
}


@given(HEX, st.sampled_from(sorted(SPELLINGS)))
def test_an_address_in_any_spelling_comes_back_as_its_digits(digits: str, spelling: str) -> None:
    assert canonical_mac(SPELLINGS[spelling](digits)) == digits


@given(st.lists(HEX, min_size=2, max_size=4, unique=True), st.sampled_from([";", ", ", " ", "/", " | "]))
def test_several_addresses_are_sorted(many: list[str], sign: str) -> None:
    assert canonical_mac(sign.join(grouped(digits, 2, ":") for digits in many)) == ";".join(sorted(many))


def test_an_address_of_nobody_is_an_unknown_fact() -> None:
    assert canonical_mac("00:00:00:00:00:00") is None
    assert canonical_mac("ff-ff-ff-ff-ff-ff; 001122334455") == "001122334455"


@pytest.mark.parametrize("text", ["aa:bb", "aabbccddeeff0011", "gg:00:00:00:00:00", "aa:bb-cc:dd:ee:ff"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(CellFault, match="48 bits"):
        canonical_mac(text)


@pytest.mark.parametrize(
    "text",
    ["1.3.6.1.4.1.99999.2", ".1.3.6.1.4.1.99999.2", "iso.3.6.1.4.1.99999.2", "SNMPv2-SMI::enterprises.99999.2",
     "enterprises.99999.2", "OID: .1.3.6.1.4.1.99999.2", "iso.org.dod.internet.private.enterprises.99999.2"],
)  # fmt: skip
def test_an_object_identifier_is_digits_and_dots(text: str) -> None:
    assert canonical_oid(text) == "1.3.6.1.4.1.99999.2"


@pytest.mark.parametrize("text", ["ACME-MIB::box", "1", "1.3.06", "3.1.2", "1..3"])
def test_a_name_that_only_a_module_resolves_is_refused(text: str) -> None:
    with pytest.raises(CellFault, match="object identifier"):
        canonical_oid(text)


@pytest.mark.parametrize(("text", "number"), [("99999", "99999"), ("002011", "2011"), ("2011.0", "2011")])
def test_an_enterprise_number_has_no_leading_zeros(text: str, number: str) -> None:
    assert canonical_pen(text) == number


@pytest.mark.parametrize("text", ["0", "acme", "4294967296", "-1", "12.5"])
def test_what_is_no_enterprise_number_is_refused(text: str) -> None:
    with pytest.raises(CellFault):
        canonical_pen(text)
