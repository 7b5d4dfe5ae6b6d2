"""Put one provision to one case and say how it comes out: spec/semantics.md, section 6.

* A case is a legal class, a single element being explained, or a case of a pack: the same code judges all three.
* `None` is clear: the provision has nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from telvet.assessment.deadlines import Anchors, Due, extended, resolve
from telvet.assessment.use import Requirement, Standing, event_fact, event_span, happened, in_use, present, signed
from telvet.model.condition import Condition, Test, Uses, tests_of
from telvet.model.dates import Span
from telvet.model.finding import Verdict
from telvet.model.law import Citation, Designation, EffectKind, Excuse, ExcuseKind, Extension, Provision, Subject
from telvet.model.status import Status
from telvet.model.truth import Truth, all_of
from telvet.rules.evaluate import Answer, Route, evaluate, join_routes, routes, support

__all__ = [
    "Case",
    "conditions_of",
    "considered",
    "designated_tests",
    "excused",
    "judge",
    "must_end",
    "needs_use",
    "unless_of",
]


@dataclass(frozen=True, slots=True)
class Case:
    """All that judging needs to know of what stands before it."""

    on: date
    answer: Answer
    standing: Standing = field(default_factory=Standing)
    met: Callable[[tuple[Test, ...]], tuple[Designation, ...]] = lambda _tests: ()
    """The designations met by the maker, or that may be met, in some tests."""
    excuses: tuple[Excuse, ...] = ()
    """Waivers and temporary licences of overlays that speak of this subject and provision."""
    extensions: tuple[Extension, ...] = ()
    fact_span: Callable[[str], Span | None] = lambda _fact: None


def considered(provision: Provision, on: date) -> bool:
    """Tell whether a provision is enacted and not yet ended on a day."""
    return provision.enacted <= on and (provision.to is None or on <= provision.to)


def conditions_of(provision: Provision) -> tuple[Condition, ...]:
    """Return every condition that judging a provision may put: who is bound, what it is about, what excuses."""
    share = provision.share
    shared = (share.of, *(metric.where for metric in share.metrics)) if share else ()
    return (provision.binds, provision.when, *(excuse.when for excuse in provision.excuses), *shared)


def designated_tests(provision: Provision) -> tuple[Test, ...]:
    """Return the tests that ask for a designation."""
    return tuple(test for test in tests_of(provision.when) if test.operator == "designated")


def _has_uses(condition: Condition) -> bool:
    parts = getattr(condition, "parts", ())
    return isinstance(condition, Uses) or any(isinstance(part, Uses) for part in parts)


def needs_use(provision: Provision) -> bool:
    """Tell whether only what is in use counts."""
    return provision.effect.kind is EffectKind.STATE or provision.share is not None or _has_uses(provision.when)


def judge(provision: Provision, case: Case) -> Verdict | None:
    """Return the verdict, or None where the provision is clear of the case."""
    if not considered(provision, case.on):
        return None
    binds, when = evaluate(provision.binds, case.answer), evaluate(provision.when, case.answer)
    if all_of((binds, when)) is Truth.FALSE:
        return None
    anchors = _anchors(provision, case)
    needed = _requirement(provision, case, anchors)
    applies = all_of((binds, when, needed.truth))
    if applies is Truth.FALSE:
        return None
    because = _because(provision, case, needed)
    verdict = excused(provision, case, because) or (
        Verdict(Status.UNKNOWN, missing=_missing(provision, case, needed), unless=unless_of(provision, case))
        if applies is Truth.UNKNOWN
        else _dated(_status(provision, case, anchors, needed), provision, anchors)
    )
    return _complete(verdict, provision, case, because)


def _complete(verdict: Verdict, provision: Provision, case: Case, because: tuple[str, ...]) -> Verdict:
    cites: Iterable[Citation] = (
        cite for designation in case.met(designated_tests(provision)) for cite in designation.cites
    )
    return replace(
        verdict,
        because=tuple(dict.fromkeys((*because, *verdict.because))),
        cites=tuple(dict.fromkeys((*provision.cites, *verdict.cites, *cites))),
    )


def _anchors(provision: Provision, case: Case) -> Anchors:
    tests = designated_tests(provision)

    def earliest() -> date | None:
        return min((designation.from_ for designation in case.met(tests)), default=None)

    return Anchors(earliest, tuple(dict.fromkeys(test.fact for test in tests)), case.fact_span)


def _requirement(provision: Provision, case: Case, anchors: Anchors) -> Requirement:
    if needs_use(provision):
        return in_use(case.standing, case.on)
    if _is_event(provision):
        return _event(provision, case, anchors)
    return present(case.standing, case.on) if provision.subject == "equipment" else Requirement(Truth.TRUE)


def _is_event(provision: Provision) -> bool:
    """Tell whether it is about something that happens on a day: an installation, a purchase, a signature."""
    return provision.effect.kind is EffectKind.EVENT or provision.subject is Subject.ARRANGEMENT


def _happened(provision: Provision, case: Case, starts: date) -> Requirement:
    if provision.subject is Subject.ARRANGEMENT:
        return signed(case.standing, starts, provision.to, case.on)
    return happened(provision.effect.act, case.standing, starts, provision.to, case.on)


def _event_fact(provision: Provision) -> str:
    return "arrangement.signed_on" if provision.subject is Subject.ARRANGEMENT else event_fact(provision.effect.act)


def _event_span(provision: Provision, standing: Standing) -> Span | None:
    if provision.subject is Subject.ARRANGEMENT:
        return standing.signed.span
    return event_span(provision.effect.act, standing)


def _event(provision: Provision, case: Case, anchors: Anchors) -> Requirement:
    starts = resolve(provision.from_, provision, anchors) or Due(Span(provision.enacted, provision.enacted))
    if starts.span is None:
        return Requirement(Truth.UNKNOWN, starts.missing)
    answers = [_happened(provision, case, day) for day in (starts.span.first, starts.span.last)]
    if answers[0] == answers[1]:
        return answers[0]
    anchor = provision.from_.anchor if provision.from_ else None
    return Requirement(Truth.UNKNOWN, (anchor or "",))


def _missing(provision: Provision, case: Case, needed: Requirement) -> tuple[str, ...]:
    found: list[list[Route]] = [routes(provision.binds, case.answer), routes(provision.when, case.answer)]
    if needed.truth is Truth.UNKNOWN:
        found.append([needed.missing])
    return _flat(join_routes(found))


def _flat(found: Iterable[Route]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact for route in found for fact in route))


def _because(provision: Provision, case: Case, needed: Requirement) -> tuple[str, ...]:
    tests = (*support(provision.binds, case.answer), *support(provision.when, case.answer))
    return tuple(dict.fromkeys((*(test.fact for test in tests), *needed.because)))


def _windows(provision: Provision, case: Case) -> list[tuple[Excuse, Truth]]:
    """Return the excuses whose dates may fit, by the day of judgement or, for an event, by its own day."""
    span = _event_span(provision, case.standing) if _is_event(provision) else Span(case.on, case.on)
    found = [(excuse, _in_window(excuse, span)) for excuse in (*provision.excuses, *case.excuses)]
    return [(excuse, fits) for excuse, fits in found if fits is not Truth.FALSE]


def _in_window(excuse: Excuse, span: Span | None) -> Truth:
    if excuse.from_ is None and excuse.to is None:
        return Truth.TRUE
    if span is None:
        return Truth.UNKNOWN
    first, last = excuse.from_ or date.min, excuse.to or date.max
    return all_of((Truth.of(first <= last), span.on_or_after(first), span.on_or_before(last)))


def excused(provision: Provision, case: Case, because: tuple[str, ...] = ()) -> Verdict | None:
    """Return the verdict of the excuse that is shown true, if one is: exceptions before waivers, earlier listed first."""
    shown = [
        excuse
        for excuse, fits in _windows(provision, case)
        if all_of((fits, evaluate(excuse.when, case.answer))) is Truth.TRUE
    ]
    if not shown:
        return None
    first = next((excuse for excuse in shown if excuse.kind is ExcuseKind.EXCEPTION), shown[0])
    facts = tuple(test.fact for test in support(first.when, case.answer))
    if _is_event(provision) and (first.from_ or first.to):
        facts = (*facts, _event_fact(provision))
    if first in case.excuses:
        facts = (*facts, f"overlay.{first.kind}")
    if first.kind is ExcuseKind.EXCEPTION:
        return Verdict(Status.EXCEPTED, excused_by=first.id, because=(*because, *facts), cites=first.cites)
    return Verdict(Status.WAIVED, until=first.to, excused_by=first.id, because=(*because, *facts), cites=first.cites)


def unless_of(provision: Provision, case: Case) -> tuple[str, ...]:
    """Return the facts that could still excuse."""
    found: list[Route] = []
    for excuse, fits in _windows(provision, case):
        if evaluate(excuse.when, case.answer) is not Truth.FALSE:
            waits: list[Route] = [(_event_fact(provision),)] if fits is Truth.UNKNOWN else []
            found.extend(join_routes([routes(excuse.when, case.answer), waits]))
    return _flat(found)


def _dated(verdict: Verdict, provision: Provision, anchors: Anchors) -> Verdict:
    """Add the facts that the provision's own day hangs on, for they decided too."""
    line = provision.by if provision.effect.kind is EffectKind.STATE and provision.by else provision.from_
    anchor = line.anchor if line and verdict.status is not Status.UNKNOWN else None
    match anchor:
        case None | "enacted":
            return verdict
        case "designation":
            return replace(verdict, because=(*verdict.because, *anchors.designation_facts))
        case fact:
            return replace(verdict, because=(*verdict.because, fact))


def _status(provision: Provision, case: Case, anchors: Anchors, needed: Requirement) -> Verdict:
    unless = unless_of(provision, case)
    if needed.planned:
        return Verdict(Status.DUE, by_fact=_event_fact(provision), unless=unless)
    if _is_event(provision):
        return Verdict(_IN_EFFECT[provision.effect.kind], unless=unless)
    if provision.effect.kind is EffectKind.STATE and provision.by:
        return must_end(provision, case, resolve(provision.by, provision, anchors) or Due(None), unless)
    starts = resolve(provision.from_, provision, anchors) or Due(Span(provision.enacted, provision.enacted))
    return _takes_effect(starts, provision, case.on, unless)


def must_end(provision: Provision, case: Case, by: Due, unless: tuple[str, ...]) -> Verdict:
    """Return the verdict of something that must end by a day, as extended."""
    public = extended(by, provision.extensions, case.on)
    stands = extended(by, (*provision.extensions, *case.extensions), case.on) or by
    because = ("overlay.extension",) if stands != public else ()
    if stands.span is None:
        return Verdict(Status.UNKNOWN, missing=stands.missing, unless=unless)
    if case.on > stands.span.last:
        return Verdict(Status.CONTRAVENTION, by=stands.span.last, unless=unless, because=because)
    if case.on <= stands.span.first:
        return Verdict(Status.DUE, by=stands.span.first, unless=unless, because=because)
    return Verdict(Status.UNKNOWN, missing=((provision.by.anchor if provision.by else None) or "",), unless=unless)


_IN_EFFECT = {
    EffectKind.STATE: Status.CONTRAVENTION,
    EffectKind.EVENT: Status.CONTRAVENTION,
    EffectKind.BAR: Status.BARRED,
    EffectKind.REQUIRE: Status.CONDITIONAL,
    EffectKind.CONSIDER: Status.CONSIDER,
}


def _takes_effect(starts: Due, provision: Provision, on: date, unless: tuple[str, ...]) -> Verdict:
    if starts.span is None:
        return Verdict(Status.UNKNOWN, missing=starts.missing, unless=unless)
    if on >= starts.span.last:
        return Verdict(_IN_EFFECT[provision.effect.kind], unless=unless)
    if on < starts.span.first:
        return Verdict(Status.DUE, by=starts.span.first, unless=unless)
    return Verdict(
        Status.UNKNOWN, missing=((provision.from_.anchor if provision.from_ else None) or "",), unless=unless
    )
