from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.inventory.cells import CellFault, Settled, canonical, fold_text, settle
from telvet.tables.beside import OVERLAYS
from telvet.tables.columns import Kind
from telvet.tables.equipment import EQUIPMENT

column = EQUIPMENT.column


@pytest.mark.parametrize(
    ("name", "text", "spelling"),
    [
        ("manufacturer", "  Acme\u00a0Ltd ", "Acme Ltd"),
        ("manufacturer", "N/A", None),
        ("manufacturer", "None", None),
        ("id", "N/A", "N/A"),
        ("country", "gb", "GBR"),
        ("country", "The Netherlands", "NLD"),
        ("country", "NA", "NAM"),
        ("function", "AMF", "core.session"),
        ("function", "HSS; gNBs", "core.auth;ran.radio"),
        ("function", "AMF/UPF", "core.session;core.user"),
        ("function", "CORE_AUTH", "core.auth"),
        ("function", "-AMF", "-core.session"),
        ("generation", "5G NR, LTE", "4G;5G"),
        ("lifecycle", "In Service", "live"),
        ("us_sanctions_affected", "TRUE", "yes"),
        ("component", "Critical Component", "critical_component"),
        ("mac", "AA-BB-CC-00-11-22", "aabbcc001122"),
        ("installed_on", "3 Apr 2020", "2020-04-03"),
        ("traffic", "1,234,567", "1234567"),
        ("bands", "3.5 GHz", "3500"),
        ("vendor_id", "002011", "2011"),
        ("tags", "b;a", "a;b"),
        ("installed_on", "", None),
        ("function", "none", "none"),
        ("lifecycle", "none", None),
    ],
)
def test_a_cell_becomes_the_canonical_spelling_of_its_column(name: str, text: str, spelling: str | None) -> None:
    assert canonical(column(name), text) == spelling


def test_an_unknown_code_names_the_nearest() -> None:
    with pytest.raises(CellFault) as caught:
        canonical(column("function"), "core.atuh")
    assert caught.value.code == "unknown-code"
    assert caught.value.fix == "did you mean 'core.auth'? If not known, leave it empty"


def test_a_code_that_is_near_none_is_told_all_of_them() -> None:
    with pytest.raises(CellFault) as caught:
        canonical(column("generation"), "qqqq")
    assert caught.value.fix == "use one of 2G, 3G, 4G, 5G, 6G; if not known, leave it empty"


def test_a_key_is_not_to_be_left_empty() -> None:
    with pytest.raises(CellFault) as caught:
        canonical(OVERLAYS.column("kind"), "waver")
    assert caught.value.fix == "did you mean 'waiver'?"


def test_an_unknown_country_names_the_nearest() -> None:
    with pytest.raises(CellFault) as caught:
        canonical(column("country"), "Germny")
    assert "DEU" in caught.value.fix


def test_what_is_settled_decides_an_ambiguous_cell() -> None:
    assert canonical(column("installed_on"), "03/04/2020", Settled(day_first=True)) == "2020-04-03"
    assert canonical(column("traffic"), "1,234", Settled(comma_decimal=False)) == "1234"
    assert settle(column("installed_on"), ["31/01/2020"]) == Settled(day_first=True)
    assert settle(column("traffic"), ["1,5"]) == Settled(comma_decimal=True)
    assert settle(column("name"), ["31/01/2020"]) == Settled()


def test_an_apostrophe_that_defused_a_formula_is_undone() -> None:
    assert fold_text("'-visibility") == "-visibility"
    assert fold_text("'quoted") == "'quoted"


@pytest.mark.parametrize("name", [one.name for one in EQUIPMENT.columns if one.kind is not Kind.TEXT])
@given(text=st.text(max_size=30))
def test_any_text_is_spelt_or_refused_and_a_spelling_spells_itself(name: str, text: str) -> None:
    try:
        spelling = canonical(column(name), text)
    except CellFault:
        return
    assert spelling != ""
    if spelling is not None:
        assert canonical(column(name), spelling) == spelling
