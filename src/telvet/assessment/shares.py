"""Turn caps into findings about networks: how large a share may be, at least and at most.

* spec/semantics.md, section 7. With unknown members a share is an interval; only a settled one is a contravention.
* Sums are exact decimals and ratios exact fractions: exactly the limit is allowed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from operator import itemgetter

from telvet.assessment.deadlines import Anchors, resolve
from telvet.assessment.docket import Docket
from telvet.assessment.judging import Case, considered, excused, must_end, unless_of
from telvet.assessment.relevance import facts_read
from telvet.assessment.use import in_use
from telvet.model.condition import All, Test
from telvet.model.finding import Verdict
from telvet.model.law import Metric, Provision
from telvet.model.status import Status
from telvet.model.truth import Truth, all_of
from telvet.rules.ask import ask
from telvet.rules.evaluate import evaluate, routes
from telvet.tables.judging import Judging, Raw, ShareCode, ShareCount, ShareUnit, Tokens
from telvet.tables.relation import Relation

__all__ = ["Shared", "interval", "shares"]

_ALWAYS = 2
"""The first keys, the maker's and the operator's, say for which classes the finer tokens of the others count."""
_NUMBER = {Truth.FALSE: 0, Truth.UNKNOWN: 1, Truth.TRUE: 2}


@dataclass(frozen=True, slots=True)
class Shared:
    """A cap's answer for one group of one provision."""

    provision: Provision
    group: Raw
    verdict: Verdict
    measured: tuple[tuple[str, Fraction, Fraction], ...]
    """(metric, lower end, upper end)."""


def interval(count: ShareCount, metric: Metric) -> tuple[Fraction, Fraction]:
    """Return the smallest and the largest share that the counts allow."""
    sure, may_not, may, sure_not = (Fraction(value) for value in (count.sure, count.may_not, count.may, count.sure_not))
    if metric.count:
        may_not += count.open_b
        sure_not = max(sure_not - count.open_c, Fraction(0))
        may += count.open_c
        return _ratio(sure, may_not), _ratio(may, sure_not)
    lower = Fraction(0) if count.open_b else _ratio(sure, may_not)
    return lower, Fraction(1) if count.open_c else _ratio(may, sure_not)


def _ratio(part: Fraction, rest: Fraction) -> Fraction:
    return part / (part + rest) if part + rest else Fraction(0)


def shares(
    backend: Judging, relation: Relation, docket: Docket, classes: Sequence[tuple[Tokens, int]]
) -> Iterator[Shared]:
    """Yield the answer of every considered cap for every group that has elements in it."""
    for provision in docket.knowledge.provisions:
        if provision.share is None or not considered(provision, docket.knowledge.on):
            continue
        places = _places(docket, provision)
        keys, narrow = [docket.keys[place] for place in places], itemgetter(*places)
        examples = {narrow(tokens): tokens for tokens, _ in classes if provision in docket.touching(tokens)}
        notes: dict[frozenset[str], int] = {}
        counted: dict[Raw, dict[str, ShareCount]] = {}
        for metric in provision.share.metrics:
            unit = ShareUnit(provision.per, metric.count, metric.sum)
            codes = list(_codes(docket, provision, metric, examples, notes))
            for count in backend.shares(relation, keys, codes, unit) if codes else ():
                counted.setdefault(count.group, {})[metric.id] = count
        known = list(notes)
        for group in sorted(counted, key=lambda raw: tuple(cell or "" for cell in raw)):
            shared = _answer(docket, provision, group, counted[group], known)
            if shared:
                yield shared


def _places(docket: Docket, provision: Provision) -> list[int]:
    """Return the places of the dimensions that a share looks at."""
    names = [one.dimension.name for one in docket.indexed]
    facts = facts_read(provision, docket.knowledge) - {"notes"}
    return [place for place, name in enumerate(names) if place < _ALWAYS or name in facts]


def _codes(
    docket: Docket,
    provision: Provision,
    metric: Metric,
    examples: Mapping[Tokens, Tokens],
    notes: dict[frozenset[str], int],
) -> Iterator[ShareCode]:
    """Yield how the elements enter a share: by the tokens that it looks at, from one class that has them."""
    share = provision.share
    if share is None:
        return
    among = All((share.among, metric.where))
    for narrowed, tokens in examples.items():
        answer = partial(docket.answer, tokens=tokens)
        if evaluate(provision.binds, answer) is Truth.FALSE:
            continue
        use = in_use(docket.standing(tokens), docket.knowledge.on)
        counted = all_of((evaluate(among, answer), use.truth))
        if counted is Truth.FALSE:
            continue
        of = evaluate(share.of, answer)
        unknown = {fact for condition in (share.of, among) for route in routes(condition, answer) for fact in route}
        missing = frozenset(unknown | set(use.missing))
        yield ShareCode(narrowed, _NUMBER[counted], _NUMBER[of], notes.setdefault(missing, len(notes)))


def _answer(
    docket: Docket, provision: Provision, group: Raw, counted: Mapping[str, ShareCount], notes: list[frozenset[str]]
) -> Shared | None:
    share = provision.share
    if share is None:
        return None
    measured = [(metric.id, *interval(counted[metric.id], metric)) for metric in share.metrics if metric.id in counted]
    operator = dict(zip(provision.per, group, strict=True)).get("operator")
    knowledge = docket.knowledge

    def answer(test: Test) -> Truth:
        fact = knowledge.operator_fact(operator, test.fact) if test.fact.startswith("operator.") else None
        return ask(test, fact, knowledge.lookup)

    case = Case(
        on=knowledge.on, answer=answer, excuses=knowledge.overlays.excuses(operator, provision),
        extensions=knowledge.overlays.extensions(operator, provision),
    )  # fmt: skip
    over = _over(measured, share.limit)
    verdict = _verdict(provision, case, over, _missing(provision, case, counted, notes, over))
    return Shared(provision, group, verdict, tuple(measured)) if verdict else None


def _over(measured: Sequence[tuple[str, Fraction, Fraction]], limit: Fraction) -> Truth:
    if any(lower > limit for _, lower, _ in measured):
        return Truth.TRUE
    return Truth.FALSE if all(upper <= limit for _, _, upper in measured) else Truth.UNKNOWN


def _missing(
    provision: Provision, case: Case, counted: Mapping[str, ShareCount], notes: list[frozenset[str]], over: Truth
) -> tuple[str, ...]:
    binds = [fact for route in routes(provision.binds, case.answer) for fact in route]
    if over is not Truth.UNKNOWN or provision.share is None:
        return tuple(dict.fromkeys(binds))
    undecided = {
        metric: counted[metric.id]
        for metric in provision.share.metrics
        if metric.id in counted and interval(counted[metric.id], metric)[1] > provision.share.limit
    }
    facts = sorted({fact for count in undecided.values() for note in count.notes for fact in notes[note]})
    open_ = [metric for metric, count in undecided.items() if count.open_b or count.open_c]
    weights = sorted(f"equipment.{metric.sum}" for metric in open_ if metric.sum)
    sites = ["equipment.site"] if any(metric.count for metric in open_) else []
    return tuple(dict.fromkeys((*binds, *facts, *weights, *sites)))


def _verdict(provision: Provision, case: Case, over: Truth, missing: tuple[str, ...]) -> Verdict | None:
    applies = all_of((evaluate(provision.binds, case.answer), over))
    if applies is Truth.FALSE:
        return None
    shown = excused(provision, case)
    if shown:
        return replace(shown, cites=(*provision.cites, *shown.cites))
    unless = unless_of(provision, case)
    if applies is Truth.UNKNOWN:
        return Verdict(Status.UNKNOWN, missing=missing, unless=unless, cites=provision.cites)
    anchors = Anchors(lambda: None, (), lambda _fact: None)
    by = resolve(provision.by, provision, anchors)
    if by is None:
        return Verdict(Status.CONTRAVENTION, unless=unless, cites=provision.cites)
    return replace(must_end(provision, case, by, unless), cites=provision.cites)
