"""Turns an arrangement with a partner into the record of what a named person weighed before it: never a yes or a no.

* What asks to be considered is found by what it is (a provision about arrangements, to consider), never by its name.
* Measures stand beside each other as they were asserted or counted; none wins, and what is not known is said.
* Nothing follows for a release: what law bars is told elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from telvet.assessment.assess import Judgement
from telvet.assessment.countries import DEPLOYS, PERMITS, POSITION
from telvet.assessment.judging import considered as in_force
from telvet.assessment.knowledge import Knowledge
from telvet.assessment.reasons import Reasons
from telvet.assessment.records import record
from telvet.errors import UsageError
from telvet.model.dates import Span, read_span
from telvet.model.finding import Because, Verdict
from telvet.model.law import EffectKind, Provision, Subject
from telvet.model.sharing import NEVER, Arrangement, Partner
from telvet.model.status import Force, Status
from telvet.sharing.lawful.answers import applying, cited, judgement_on
from telvet.sharing.lawful.gathering import Posture
from telvet.sharing.lawful.measures import Measure, asserted, counted, unmeasured

__all__ = ["Asks", "Consideration", "Duty", "considered"]

_THREE = (PERMITS, DEPLOYS, POSITION)


class Asks(StrEnum):
    """Whether a provision asks that something be considered."""

    YES = "asks"
    AHEAD = "will ask"
    """The arrangement is to be signed on a day ahead."""
    UNKNOWN = "may ask"
    NO = "does not ask"


@dataclass(frozen=True, slots=True)
class Duty:
    """One provision about arrangements, and whether it asks for anything here."""

    provision: str
    title: str
    asks: Asks
    force: Force
    cites: tuple[str, ...]
    because: tuple[Because, ...] = ()
    """The facts of the arrangement and its partner that it rests on."""
    missing: tuple[str, ...] = ()
    """The facts that would settle whether it asks."""
    by: date | None = None
    """The first day on which the arrangement may be signed, where that is ahead."""

    @property
    def scenario(self) -> bool:
        """Tell whether it is no law."""
        return self.force is Force.SCENARIO


@dataclass(frozen=True, slots=True)
class Consideration:
    """What was weighed, by whom, when, and what it rests on."""

    arrangement: str
    partner: str
    country: str | None
    """The partner's, alpha-3."""
    by: str
    """The person who weighs and decides."""
    as_of: date
    known_by: date | None
    recorded_by: str | None
    duties: tuple[Duty, ...]
    """In the order of the provisions."""
    measures: tuple[Measure, ...]
    facts: tuple[Because, ...]
    """What law permits, what is deployed, what is said of each vendor that matters: each from each origin."""
    sources: tuple[str, ...]
    unknown: tuple[str, ...]
    digests: Mapping[str, str]
    """SHA-256, in hexadecimal, of packs, catalogues and files."""


def considered(
    arrangement: Arrangement, partner: Partner | None, ready: Posture, *, by: str, signed_on: Span | None = None
) -> Consideration:
    """Weigh an arrangement with a partner.

    Args:
        arrangement: What is agreed, or to be.
        partner: With whom; None where nobody is on record by its name.
        ready: What is known.
        by: The person who weighs; a name.
        signed_on: When it was signed, or is to be; when its term begins if not given.

    Raises:
        UsageError: Nobody is named, or no chosen law asks that anything be considered.
    """
    if not by.strip():
        raise UsageError("nobody is named", code="no-name", where="--by", fix="write who weighs and decides")
    rules = _asking(ready)
    country = partner.country if partner is not None else None
    judged = judgement_on(_with(ready.knowledge, arrangement, country, signed_on), rules, ready.observed)
    verdicts = {outcome.provision.id: outcome.verdict for _, outcome in judged.others}
    measures, facts = _weighed(judged, arrangement.id, country, rules)
    duties = tuple(_duty(judged, arrangement.id, rule, verdicts.get(rule.id)) for rule in rules)
    gaps = [
        *(fact for duty in duties for fact in duty.missing),
        *(["partner.country"] if country is None else []),
        *unmeasured(judged.countries, country, measures, facts, equipped=ready.observed is not None),
    ]
    return Consideration(
        arrangement=arrangement.id, partner=arrangement.partner, country=country, by=by.strip(),
        as_of=ready.question.as_of, known_by=ready.question.known_by, recorded_by=ready.question.recorded_by,
        duties=duties, measures=measures, facts=facts, sources=_sources(duties, measures, facts),
        unknown=tuple(dict.fromkeys(gaps)), digests=dict(sorted(ready.digests.items())),
    )  # fmt: skip


def _asking(ready: Posture) -> list[Provision]:
    """Return the chosen provisions that ask for something to be weighed; none is a UsageError."""
    rules = [rule for _, rule in applying(ready.knowledge, ready.question.home) if _asks_to_weigh(rule)]
    if not rules:
        raise UsageError(
            "no chosen law asks that anything be considered",
            code="nothing-to-consider",
            where="--law",
            fix="name a provision about arrangements; `telvet law list` shows the packs",
        )
    return rules


def _with(knowledge: Knowledge, arrangement: Arrangement, country: str | None, signed_on: Span | None) -> Knowledge:
    """Return what is known with this arrangement and its partner, and no other."""
    partner = {"partner": arrangement.partner, **({"country": country} if country else {})}
    return replace(
        knowledge,
        partners={arrangement.partner: partner},
        arrangements={arrangement.id: _row(arrangement, signed_on)},
    )


def _asks_to_weigh(provision: Provision) -> bool:
    return provision.subject is Subject.ARRANGEMENT and provision.effect.kind is EffectKind.CONSIDER


def _row(arrangement: Arrangement, signed_on: Span | None) -> dict[str, str]:
    """Return the cells of an arrangement; an end that is not known, or never comes, is left out."""
    begins, ends = arrangement.term.begins, arrangement.term.ends
    cells = {
        "arrangement": arrangement.id,
        "partner": arrangement.partner,
        "signed_on": _cell(signed_on or begins),
        "ends_on": _cell(ends if ends != NEVER else None),
        "origin_file": arrangement.source or "record of arrangements",
    }
    return {name: cell for name, cell in cells.items() if cell}


def _cell(span: Span | None) -> str | None:
    """Write a span as the narrowest day, month, quarter or year that holds it; None where none does."""
    if span is None:
        return None
    year, month = span.first.year, span.first.month
    forms = (span.first.isoformat(), f"{year:04}-{month:02}", f"{year:04}Q{(month + 2) // 3}", f"{year:04}")
    return next((form for form in forms if span.last <= read_span(form).last), None)


def _weighed(
    judged: Judgement, arrangement: str, country: str | None, rules: Iterable[Provision]
) -> tuple[tuple[Measure, ...], tuple[Because, ...]]:
    """Return every measure and fact that some provision has weighed, each once."""
    countries, measures, facts = judged.countries, dict[Measure, None](), dict[Because, None]()
    for rule in rules:
        if not in_force(rule, countries.knowledge.on):
            continue
        listed = tuple(asserted(countries, arrangement, country, rule))
        shares = counted(countries, country, rule, [one.region for one in listed])
        measures |= dict.fromkeys((*listed, *shares))
        told = record(countries, arrangement, country, rule)
        facts |= dict.fromkeys(one for one in told if one.fact in _THREE)
    return tuple(measures), tuple(facts)


def _duty(judged: Judgement, arrangement: str, rule: Provision, verdict: Verdict | None) -> Duty:
    if verdict is None:
        return Duty(rule.id, rule.title, Asks.NO, rule.force, cited(rule.cites))
    told = Reasons(judged.countries).of(arrangement, rule, verdict)
    asks = {Status.CONSIDER: Asks.YES, Status.DUE: Asks.AHEAD, Status.UNKNOWN: Asks.UNKNOWN}
    own = tuple(one for one in told.because if one.fact in verdict.because)
    by = told.by or verdict.by
    return Duty(
        rule.id, rule.title, asks.get(verdict.status, Asks.NO), rule.force, cited(verdict.cites), own, verdict.missing, by
    )  # fmt: skip


def _sources(duties: Iterable[Duty], measures: Iterable[Measure], facts: Iterable[Because]) -> tuple[str, ...]:
    def told() -> Iterator[str]:
        for duty in duties:
            yield from duty.cites
        yield from (one.origin for one in measures)
        yield from (one.origin for one in facts)

    return tuple(sorted(set(told())))
