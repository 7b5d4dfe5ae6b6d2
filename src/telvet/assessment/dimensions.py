"""Turn the law in force into dimensions: what of a row can matter, and when two values are equal before the law.

* A dimension reads a few columns, makes a value of them, and gives it a signature; equal signatures are one token.
* Dates are cut at the days that some provision compares them with.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from telvet.assessment.deadlines import Anchors, Due, resolve
from telvet.assessment.facts import COLUMNS, dated, fact_of
from telvet.assessment.judging import designated_tests
from telvet.assessment.knowledge import Knowledge, tests_by_fact
from telvet.assessment.use import event_fact
from telvet.attribution.evidence import Evidence
from telvet.model.condition import Test
from telvet.model.dates import read_span
from telvet.model.facts import Dated, Fact, Maker, Single
from telvet.model.law import EffectKind, Provision
from telvet.model.truth import Truth
from telvet.rules.ask import ask
from telvet.tables.columns import Kind
from telvet.tables.judging import Part, Raw, Source

__all__ = ["MAKER", "MAKER_SOURCES", "Dimension", "dimensions", "maker_of", "named"]

MAKER = "equipment.vendor"
MAKER_SOURCES = (
    Source("organisation"), Source("manufacturer"), Source("mac", Part.BLOCK), Source("sys_object_id", Part.ENTERPRISE),
    Source("vendor_id"), Source("supplier"),
)  # fmt: skip
_IDLE = tuple(Single((stage,)) for stage in ("planned", "stock", "off"))
_DATES = ("installed_on", "procured_on", "removed_on")


Signature = Callable[[object], Hashable]
"""What is alike for values that are equal before the law."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way in which rows can differ before the law."""

    name: str
    """The fact that it gives, e.g. `equipment.function`; `operator` gives all facts of the operator."""
    sources: tuple[Source, ...]
    value: Callable[[Raw], object]
    signature: Signature
    within: Callable[[Sequence[Provision]], Signature] | None = None
    """The signature where only some provisions matter; None: as `signature`, whichever they are."""


def maker_of(knowledge: Knowledge, raw: Raw) -> Maker:
    """Return whose equipment it is, from the raw values of `MAKER_SOURCES`."""
    organisation, manufacturer, blocks, enterprise, vendor_id, supplier = raw
    evidence = Evidence(
        organisation=organisation,
        manufacturer=manufacturer,
        mac_prefixes=tuple(blocks.split(";")) if blocks else (),
        pens=(int(enterprise),) if enterprise else (),
        vendor_pens=(int(vendor_id),) if vendor_id else (),
    )
    supplied = knowledge.resolver.name(supplier, "supplier") if supplier else None
    return Maker(knowledge.resolver.resolve(evidence), supplied if supplied and supplied.candidates else None)


def dimensions(knowledge: Knowledge) -> tuple[Dimension, ...]:
    """Return the dimensions that the considered provisions can tell apart: the maker's, the operator's, others."""
    names = [name for name in knowledge.tests if name.startswith("equipment.") and name != MAKER]
    dates = [f"equipment.{column}" for column in _DATES if _dates_needed(knowledge, column)]
    found = [_maker(knowledge), _operator(knowledge)]
    found.extend(_dimension(knowledge, name) for name in sorted({"equipment.lifecycle", *names, *dates}))
    if any(row.kind in ("waiver", "temporary_licence") for row in knowledge.overlays.rows):
        found.append(Dimension("notes", (Source("notes"),), lambda raw: raw[0], lambda value: value))
    return tuple(found)


def _dimension(knowledge: Knowledge, name: str) -> Dimension:
    if name == "equipment.lifecycle":
        return Dimension(name, (Source("lifecycle"),), lambda raw: fact_of(COLUMNS[name], raw[0]), _itself, _life)
    if name == "equipment.managed_by":
        return _managed(knowledge)
    return _date(knowledge, name) if COLUMNS[name].kind is Kind.DATE else _plain(knowledge, name)


def _itself(value: object) -> Hashable:
    return value


def _life(provisions: Sequence[Provision]) -> Signature:
    """Tell apart every stage where an event matters, else what is in use, what is there, and what is not said."""
    if any(one.effect.kind is EffectKind.EVENT for one in provisions) or "equipment.lifecycle" in tests_by_fact(
        provisions
    ):
        return _itself
    return lambda value: "idle" if value in _IDLE else value


def _answers(knowledge: Knowledge, tests: Iterable[Test], value: object) -> tuple[Truth, ...]:
    fact = value if isinstance(value, Fact) else None
    return tuple(ask(test, fact, knowledge.lookup) for test in tests)


def _maker(knowledge: Knowledge) -> Dimension:
    tests = knowledge.tests.get(MAKER, ())
    making = [test for test in tests if _by_making(knowledge, test)]
    # A test may join designations that differ in dates and citations, so each is told apart.
    each = tuple(
        dict.fromkeys(name for p in knowledge.provisions for test in designated_tests(p) for name in named(test))
    )

    def met(one: Maker) -> Hashable:
        return tuple(knowledge.lookup.designated(one, (name,)) for name in each)

    def signature(value: object) -> Hashable:
        if not isinstance(value, Maker):
            raise TypeError(value)
        eras = knowledge.lookup.eras(value) if making else []
        return (
            _answers(knowledge, tests, value),
            tuple(ask(test, era, knowledge.lookup) for era in eras for test in making),
            tuple(met(one) for one in (value, *eras)),
        )

    return Dimension(MAKER, MAKER_SOURCES, lambda raw: maker_of(knowledge, raw), signature)


def named(test: Test) -> tuple[str, ...]:
    """Return the designations that a test asks for."""
    return tuple(str(name) for name in test.operand) if isinstance(test.operand, tuple) else ()


def _by_making(knowledge: Knowledge, test: Test) -> bool:
    return test.operator == "designated" and knowledge.lookup.depends_on_making(named(test))


def _managed(knowledge: Knowledge) -> Dimension:
    def value(raw: Raw) -> object:
        return Maker(knowledge.resolver.name(raw[0], "managed_by"), nobody=raw[0] is None)

    return _asked(knowledge, "equipment.managed_by", value)


def _plain(knowledge: Knowledge, fact: str) -> Dimension:
    return _asked(knowledge, fact, lambda raw: fact_of(COLUMNS[fact], raw[0]))


def _asked(knowledge: Knowledge, fact: str, value: Callable[[Raw], object]) -> Dimension:
    """Return a dimension whose values are alike where they answer every test alike."""

    def within(provisions: Sequence[Provision]) -> Signature:
        tests = tests_by_fact(provisions).get(fact, ())
        return lambda value: _answers(knowledge, tests, value)

    return Dimension(fact, (Source(COLUMNS[fact].name),), value, within(knowledge.provisions), within)


def _operator(knowledge: Knowledge) -> Dimension:
    return Dimension("operator", (Source("operator"),), lambda raw: raw[0], _operator_signature(knowledge))


def _operator_signature(knowledge: Knowledge) -> Callable[[object], Hashable]:
    asked = {fact: tests for fact, tests in knowledge.tests.items() if fact.startswith("operator.")}

    def signature(value: object) -> Hashable:
        name = value if isinstance(value, str) else None
        answers = tuple(
            _answers(knowledge, tests, knowledge.operator_fact(name, fact)) for fact, tests in asked.items()
        )
        return (answers, knowledge.overlays.touching(name))

    return signature


def _dates_needed(knowledge: Knowledge, column: str) -> bool:
    if column != "procured_on":  # the account counts what is in use, whatever the law asks
        return True
    procured = any(p.effect.kind is EffectKind.EVENT and p.effect.act == "procure" for p in knowledge.provisions)
    making = any(_by_making(knowledge, test) for test in knowledge.tests.get(MAKER, ()))
    anchored = any(
        line and line.anchor == f"equipment.{column}" for p in knowledge.provisions for line in (p.from_, p.by)
    )
    return procured or making or anchored


def _date(knowledge: Knowledge, fact: str) -> Dimension:
    def within(provisions: Sequence[Provision]) -> Signature:
        if any(_hangs(one, fact) for one in provisions):
            return lambda value: value.span if isinstance(value, Dated) else None
        cuts = sorted(_cuts(knowledge, provisions, fact))

        def sides(value: object) -> Hashable:
            span = value.span if isinstance(value, Dated) else None
            return None if span is None else (bisect_right(cuts, span.first), bisect_right(cuts, span.last))

        return sides

    source = Source(fact.removeprefix("equipment."))
    return Dimension(fact, (source,), lambda raw: dated(raw[0]), within(knowledge.provisions), within)


def _hangs(provision: Provision, fact: str) -> bool:
    """Tell whether a deadline hangs on a date, so that every day of it may differ."""
    anchors = [line.anchor or "" for line in (provision.from_, provision.by) if line]
    event = provision.effect.kind is EffectKind.EVENT
    return fact in anchors or (event and any(anchor.startswith("equipment.") for anchor in anchors))


def _cuts(knowledge: Knowledge, provisions: Sequence[Provision], fact: str) -> set[date]:
    """Return the first days of the stretches within which no provision tells two days apart."""
    day = timedelta(days=1)
    cuts = {knowledge.on, knowledge.on + day}
    tests = tests_by_fact(provisions)
    for test in tests.get(fact, ()):
        if isinstance(test.operand, date):
            cuts |= {test.operand, test.operand + day}
    for provision in provisions:
        if provision.effect.kind is EffectKind.EVENT and event_fact(provision.effect.act) == fact:
            cuts |= set(_starts(knowledge, provision))
            cuts |= {provision.to + day} if provision.to else set()
            cuts |= set(_windows(knowledge, provision))
    if any(_by_making(knowledge, test) for test in tests.get(MAKER, ())):
        cuts |= set(_turns(knowledge.lookup.change_days))
    return cuts


def _turns(days: Iterable[date]) -> Iterable[date]:
    """Return the days on which ownership turned, and the edges of the months, quarters and years that hold one.

    The earlier of two dates is that of making, so a span that holds a turn must be told from whatever begins beside it.
    """
    step = timedelta(days=1)
    for day in days:
        yield day
        quarter = (day.month - 1) // 3
        for text in (f"{day:%Y-%m}", f"{day:%Y}Q{quarter + 1}", f"{day:%Y}"):
            span = read_span(text)
            yield from (span.first, span.first + step, span.last + step)


def _windows(knowledge: Knowledge, provision: Provision) -> Iterable[date]:
    """Return the first days in and after the windows of whatever may excuse an event."""
    day = timedelta(days=1)
    rows = [row for row in knowledge.overlays.rows if row.touches(provision)]
    windows = [*((one.from_, one.to) for one in provision.excuses), *((row.from_, row.to) for row in rows)]
    for first, last in windows:
        yield from (first,) if first else ()
        yield from (last + day,) if last else ()


def _starts(knowledge: Knowledge, provision: Provision) -> Iterable[date]:
    """Return every day from which a rule on events may bite, whichever designation is met."""
    names = [name for test in designated_tests(provision) for name in named(test)]
    begun: list[date | None] = [knowledge.lookup.begins(name) for name in names]
    for met in begun or [None]:
        due = resolve(provision.from_, provision, Anchors(lambda met=met: met, (), lambda _fact: None))  # type: ignore[misc]
        span = (due or Due(None)).span
        if span is not None:
            yield span.first
    yield provision.enacted
