"""Turn the odd texts of a file into their canonical spellings, each text once, and say what was not understood.

* Dates and numbers are settled by all texts of their column before any is read.
* A text under a foreign header that is no code of ours is an unknown fact, kept and counted; under our own it is a fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from telvet.inventory.cells import CellFault, Settled, Words, canonical, settle
from telvet.tables.columns import Column, Kind
from telvet.tables.reading import OddText, Plan, Reader, Spelling

__all__ = ["spell_file"]

_SETTLED = frozenset({Kind.DATE, Kind.NUMBER})
_FREE = frozenset({Kind.CODE, Kind.CODES, Kind.YES_NO, Kind.NUMBERS})
_SHOWN = 5


def spell_file(reader: Reader, plan: Plan, foreign: AbstractSet[str], words: Words) -> tuple[str, ...]:
    """Spell every odd text of a file; return notes on what was not understood."""
    columns = {take.column.name: take.column for take in plan.takes}
    settled = _settle(reader, plan, columns)
    unknown: dict[str, Counter[str]] = {}
    for batch in reader.odd_texts(plan):
        spellings = []
        for odd in batch:
            column = columns[odd.column]
            spelling = _spell(column, odd.text, settled.get(odd.column), words)
            if odd.column in foreign and _is_free(column, spelling):
                unknown.setdefault(odd.column, Counter())[odd.text] += odd.rows
                spelling = Spelling(odd.column, odd.text, None)
            spellings.append(spelling)
        reader.spell(plan, spellings)
    return tuple(_note(name, texts) for name, texts in unknown.items())


def _is_free(column: Column, spelling: Spelling) -> bool:
    """Tell whether a text under a foreign header is merely not understood."""
    return column.kind in _FREE and (
        spelling.code == "unknown-code" or (bool(spelling.code) and column.kind is Kind.NUMBERS)
    )


def _settle(reader: Reader, plan: Plan, columns: Mapping[str, Column]) -> Mapping[str, Settled]:
    return {
        name: settle(column, (odd.text for odd in _texts(reader, plan) if odd.column == name))
        for name, column in columns.items()
        if column.kind in _SETTLED
    }


def _texts(reader: Reader, plan: Plan) -> Iterator[OddText]:
    for batch in reader.odd_texts(plan):
        yield from batch


def _spell(column: Column, text: str, settled: Settled | None, words: Words) -> Spelling:
    try:
        return Spelling(column.name, text, canonical(column, text, settled, words))
    except CellFault as fault:
        return Spelling(column.name, text, None, fault.code, fault.what, fault.fix)


def _note(name: str, texts: Counter[str]) -> str:
    shown = ", ".join(f"{text!r} ({rows})" for text, rows in texts.most_common(_SHOWN))
    more = f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
    return f"{name} is unknown in {texts.total()} row(s) whose text is no code of it: {shown}{more}"
