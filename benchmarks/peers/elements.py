"""Turn rows of an inventory into elements as the other engines are given them: the facts that the rules look at.

* Facts are made by telvet's own reading of a cell; whose an element is, is telvet's work and given as the set of
  designations that its maker (or whoever manages it) meets.
* An element of which the facts leave some rule unknown is marked open: engines of two truth values cannot judge it. Where a
  fact is unknown but settles nothing, the element stays: the rule comes out the same whatever the fact is taken to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import duckdb

from benchmarks.peers.rules import Form, Rule, attribute, form_of
from telvet.assessment.dimensions import MAKER, MAKER_SOURCES, maker_of
from telvet.assessment.facts import COLUMNS, dated, fact_of
from telvet.assessment.knowledge import Knowledge
from telvet.model.condition import Test, tests_of
from telvet.model.dates import Span
from telvet.model.facts import Dated, Fact, Maker, Members, Quantity, Single
from telvet.model.truth import Truth
from telvet.rules.ask import ask
from telvet.rules.evaluate import evaluate

__all__ = ["Element", "Given", "elements_of", "sampled"]

Given = str | int | frozenset[str] | tuple[float, ...]
"""A fact in one of the forms of `Form`."""
Cells = Mapping[str, str | None]
_REMOVED = "equipment.removed_on"


@dataclass(frozen=True, slots=True)
class Element:
    """An element with the facts that the rules look at, its operator's apart."""

    id: str
    operator: str
    own: Mapping[str, Given]
    """By attribute."""
    operators: Mapping[str, Given]
    """The operator's, by attribute."""
    open: bool
    """Some rule is neither true nor false of it."""


def sampled(source: Path, every: int) -> list[Cells]:
    """Return every so many-th row of an inventory, cells as text."""
    with duckdb.connect(":memory:") as engine:
        found = engine.execute(
            "SELECT COLUMNS(*)::VARCHAR FROM read_parquet($source) WHERE CAST(origin_row AS BIGINT) % $every = 0 ORDER BY id",
            {"source": str(source), "every": every},
        )
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def elements_of(rows: Iterable[Cells], rules: Sequence[Rule], knowledge: Knowledge) -> Iterator[Element]:
    """Yield the elements that rows describe."""
    tests: dict[str, dict[Test, None]] = {}
    for rule in rules:
        for test in tests_of(rule.condition):
            tests.setdefault(test.fact, {})[test] = None
    own = {fact: tuple(asked) for fact, asked in tests.items() if fact.startswith("equipment.")}
    theirs = {fact: tuple(asked) for fact, asked in tests.items() if fact not in own}

    @cache
    def operator(name: str | None) -> tuple[dict[str, Fact | None], dict[str, Given]]:
        facts = {fact: knowledge.operator_fact(name, fact) for fact in theirs}
        return facts, _given(facts, theirs, knowledge)

    for row in rows:
        facts = {fact: _fact(fact, row, knowledge) for fact in own}
        said, given = operator(row["operator"])
        is_open = _open({**facts, **said}, rules, knowledge)
        yield Element(row["id"] or "", row["operator"] or "", _given(facts, own, knowledge), given, is_open)


def _open(facts: Mapping[str, Fact | None], rules: Iterable[Rule], knowledge: Knowledge) -> bool:
    """Tell whether some rule is left unknown; a day of removal that is not stated is none."""

    @cache
    def answer(test: Test) -> Truth:
        fact = facts[test.fact]
        if test.fact == _REMOVED and isinstance(fact, Dated) and fact.span is None:
            return Truth.FALSE
        return ask(test, fact, knowledge.lookup)

    return any(evaluate(rule.condition, answer) is Truth.UNKNOWN for rule in rules)


def _fact(fact: str, row: Cells, knowledge: Knowledge) -> Fact:
    if fact == "equipment.managed_by":
        return Maker(knowledge.resolver.name(row["managed_by"], "managed_by"), nobody=row["managed_by"] is None)
    if fact != MAKER:
        return fact_of(COLUMNS[fact], row[fact.removeprefix("equipment.")])
    spans = [day.span for day in (dated(row["procured_on"]), dated(row["installed_on"])) if day.span]
    made: Span | None = min(spans, key=lambda span: (span.first, span.last), default=None)
    return replace(
        maker_of(knowledge, tuple(_evidence(source.column, row) for source in MAKER_SOURCES)), made=Dated(made)
    )


def _evidence(column: str, row: Cells) -> str | None:
    """Return the register's id or a name; hardware addresses and object identifiers are telvet's to read."""
    if column in ("mac", "sys_object_id", "vendor_id") and row[column]:
        raise ValueError(f"the comparison is made on makers that are already attributed; a row states {column}")
    return row[column]


def _given(
    facts: Mapping[str, Fact | None], tests: Mapping[str, tuple[Test, ...]], knowledge: Knowledge
) -> dict[str, Given]:
    return {attribute(fact): _value(value, tests[fact], knowledge) for fact, value in facts.items()}


def _value(fact: Fact | None, tests: tuple[Test, ...], knowledge: Knowledge) -> Given:
    match fact:
        case Single(candidates):
            return next(iter(candidates), "")
        case Members(stated):
            return _numbers(stated) if form_of(tests[0]) is Form.NUMBERS else stated
        case Quantity(value):
            return () if value is None else (value,)
        case Dated(span):
            return span.first.toordinal() if span else 0
        case Maker():
            named = {str(name) for test in tests if isinstance(test.operand, tuple) for name in test.operand}
            return frozenset(n for n in named if knowledge.lookup.designated(fact, (n,)) is Truth.TRUE)
    raise TypeError(fact)


def _numbers(stated: frozenset[str]) -> tuple[float, ...]:
    return tuple(sorted(float(number) for number in stated))
