from __future__ import annotations

from dataclasses import replace

from telvet.model.handling import Classification, Handling
from telvet.sharing.deciding.classification import classification_within_cap
from tests.unit.sharing.deciding.cases import ARRANGEMENT, WAIVER, ask, case, no, shown


def at(level: Classification | None) -> Handling:
    return Handling(classification=level)


def test_nothing_passes_the_level_of_the_arrangement_without_a_waiver() -> None:
    assert list(classification_within_cap(case(), at(Classification.S))) == []
    assert shown(classification_within_cap(case(), at(Classification.TS))) == no("classification")
    waived = case(waivers=frozenset({replace(WAIVER, rule="classification")}))
    assert shown(classification_within_cap(waived, at(Classification.TS))) == []


def test_only_what_is_unclassified_needs_no_known_level() -> None:
    unknown = case(replace(ARRANGEMENT, classification=None))
    assert shown(classification_within_cap(unknown, at(Classification.R))) == ask("classification")
    assert list(classification_within_cap(unknown, at(Classification.U))) == []
    assert list(classification_within_cap(unknown, at(None))) == []
    assert list(classification_within_cap(case(None), at(Classification.TS))) == []
