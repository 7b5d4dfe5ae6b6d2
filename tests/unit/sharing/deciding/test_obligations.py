from __future__ import annotations

from dataclasses import replace

from telvet.model.sharing import LawAnswer, LawOutcome
from telvet.sharing.deciding.obligations import obligations_of
from tests.unit.sharing.deciding.cases import AMBER, ARRANGEMENT, GREEN, case


def test_all_that_is_to_be_observed_is_told_once_and_in_order() -> None:
    terms = replace(GREEN, terms=frozenset({"cite it"}))
    asked = case(
        replace(ARRANGEMENT, onward=("tell nobody",)), laws=frozenset({LawAnswer("l", LawOutcome.CONSIDER, ("1",))})
    )
    found = obligations_of(asked, (terms, AMBER, terms), missing=True)
    assert [(each.rule, each.cites) for each in found] == [
        ("law l", ("1",)),
        ("onward", ("its text",)),
        ("parts", ()),
        ("terms", ()),
        ("tlp", ()),
    ]
    assert found[-1].what == "observe TLP:AMBER"


def test_where_nothing_is_asked_there_is_no_obligation() -> None:
    assert obligations_of(case(None), (replace(GREEN, tlp=None),), missing=False) == ()
