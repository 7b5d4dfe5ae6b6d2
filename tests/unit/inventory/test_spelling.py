"""Spelling against a reader that knows only the odd texts it was given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

from telvet.inventory.cells import shipped_words
from telvet.inventory.spelling import spell_file
from telvet.tables.equipment import EQUIPMENT
from telvet.tables.reading import OddText, Plan, Raw, Reader, Spelling, Take


class OddReader:
    def __init__(self, *odd: OddText) -> None:
        self.odd = odd
        self.learnt: list[Spelling] = []

    def odd_texts(self, _plan: Plan) -> Iterator[Sequence[OddText]]:
        yield from ([one] for one in self.odd)

    def spell(self, _plan: Plan, spellings: Sequence[Spelling]) -> None:
        self.learnt.extend(spellings)


def spelt(foreign: set[str], *odd: tuple[str, str, int]) -> tuple[dict[str, Any], tuple[str, ...]]:
    reader = OddReader(*(OddText(*one) for one in odd))
    names = dict.fromkeys(name for name, _, _ in odd)
    plan = Plan(0, "kit.csv", Raw("raw", tuple(names)), tuple(Take(EQUIPMENT.column(name), 0) for name in names), ())
    notes = spell_file(cast("Reader", reader), plan, foreign, shipped_words())
    return {one.text: one.code or one.canonical for one in reader.learnt}, notes


def test_dates_are_settled_before_any_is_read() -> None:
    learnt, _ = spelt(
        set(), ("installed_on", "03/04/2020", 1), ("installed_on", "25/04/2020", 1), ("procured_on", "03/04/2021", 1)
    )
    assert learnt == {"03/04/2020": "2020-04-03", "25/04/2020": "2020-04-25", "03/04/2021": "ambiguous-date"}


def test_what_is_not_understood_is_counted_by_rows_under_foreign_headers_only() -> None:
    learnt, notes = spelt(
        {"function", "bands"},
        ("function", "AMF", 1),
        ("function", "Thing", 7),
        ("bands", "n78", 2),
        ("lifecycle", "Odd", 1),
    )
    assert learnt == {"AMF": "core.session", "Thing": None, "n78": None, "Odd": "unknown-code"}
    assert "'Thing' (7)" in notes[0]
    assert "'n78' (2)" in notes[1]


def test_a_contradiction_is_a_fault_under_any_header() -> None:
    assert spelt({"component"}, ("component", "minor;-minor", 1))[0] == {"minor;-minor": "contradiction"}


def test_many_texts_that_are_not_understood_are_summed_up() -> None:
    _, notes = spelt({"function"}, *(("function", f"Thing {number}", 1) for number in range(9)))
    assert notes[0].endswith("and 4 more")
