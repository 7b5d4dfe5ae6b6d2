"""Turns what is known of a country into what would stop sharing with it, if each of several facts were what stops it.

* A comparison and no law: which fact stops sharing is for law to say, and is asked of `answers`.
* Facts never stand in for one another: what law permits, what is in use, where, and what a government says are each
  looked up by themselves, and each is told with its origins.
* The world is open: that no equipment was seen in a part of the network is no proof that none is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from telvet.assessment.countries import Countries
from telvet.assessment.permits import stands_for
from telvet.assessment.survey import Survey, made_by, survey
from telvet.catalog.evidence_codes import read_codes
from telvet.evidence.positions.country_facts import country_facts
from telvet.evidence.positions.position import position
from telvet.evidence.positions.record import Record
from telvet.model.condition import All, Condition, Test
from telvet.model.facts import Stated
from telvet.sharing.lawful.answers import judgement_on
from telvet.sharing.lawful.gathering import Posture
from telvet.tables.codes import FUNCTIONS

__all__ = ["STAMP", "Answer", "Compared", "Trigger", "compared"]

STAMP = "a comparison, not law"
_LEAVE, _OPEN = "permitted", frozenset({"conditional", "undecided", "unknown"})


class Trigger(StrEnum):
    """What might stop sharing with a country."""

    PERMITS = "permits"
    """Law in force there permits the vendor's equipment of a generation."""
    DEPLOYS = "deploys"
    """It is in use somewhere in the country's networks."""
    CORE = "in the core"
    """It is in use there with a function of the core."""
    INTERCEPT = "in lawful intercept"
    """It is in use there with the function of lawful intercept."""
    POSITION = "position"
    """The government says that it is permitted, on the whole and without conditions."""


class Answer(StrEnum):
    """Whether a trigger is met; unknown is never no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Compared:
    """One trigger for one country."""

    country: str
    vendor: str
    trigger: Trigger
    answer: Answer
    says: str
    """What was asked, or the position, in a word: `acme/5G`, `acme`, `banned`."""
    origins: tuple[Stated, ...]
    """What says so, and what denies it."""


_PARTS: Mapping[Trigger, tuple[str, tuple[str, ...]]] = {
    Trigger.CORE: ("core", tuple(code for code in FUNCTIONS if code.startswith("core."))),
    Trigger.INTERCEPT: ("li", ("li",)),
}
"""By trigger the scope of statements, which the catalogue need not have, and the functions of equipment."""


def compared(ready: Posture, countries: Iterable[str], vendor: str, generation: str) -> Iterator[Compared]:
    """Yield every trigger of every country, in their order.

    Args:
        ready: What is known.
        countries: Alpha-3.
        vendor: A group or organisation of the register.
        generation: Of what law permits; one of `telvet.tables.codes.GENERATIONS`.
    """
    asked = tuple(dict.fromkeys(countries))
    known, seen = _looked_at(ready, asked, vendor)
    told = {trigger: _said_to_be_in(ready, vendor, scope) for trigger, (scope, _) in _PARTS.items()}
    for country in asked:
        what = f"{vendor}/{generation}"
        yield _sided(country, vendor, Trigger.PERMITS, what, *known.permits(country, what))
        yield _sided(country, vendor, Trigger.DEPLOYS, vendor, *known.deploys(country, vendor))
        for trigger, (_, functions) in _PARTS.items():
            found = (*_surely(seen, country, vendor, functions), *told[trigger].get(country, ()))
            yield _sided(country, vendor, trigger, vendor, found, ())
        yield _position(ready, known, country, vendor)


def _looked_at(ready: Posture, countries: tuple[str, ...], vendor: str) -> tuple[Countries, Survey | None]:
    """Return what is known of countries, with the equipment grouped as finely as the triggers need."""
    if ready.observed is None or stands_for(ready.knowledge, vendor) is None:
        return Countries(ready.knowledge), None
    equipment = judgement_on(ready.knowledge, (), ready.observed).equipment
    asked = [
        condition
        for country in countries
        for condition in (
            made_by(vendor, None, country),
            *(_in_part(vendor, country, functions) for _, functions in _PARTS.values()),
        )
    ]
    seen = survey(ready.observed.backend, equipment, ready.knowledge, asked)
    return Countries(ready.knowledge, seen), seen


def _in_part(vendor: str, country: str, functions: tuple[str, ...]) -> Condition:
    return All((made_by(vendor, None, country), Test("equipment.function", "any of", functions)))


def _surely(seen: Survey | None, country: str, vendor: str, functions: tuple[str, ...]) -> Iterator[Stated]:
    if seen is not None:
        count, place = seen.surely(_in_part(vendor, country, functions))
        if count:
            yield Stated(vendor, f"{count} element{'s' * (count > 1)} in use there, the first {place}")


def _said_to_be_in(ready: Posture, vendor: str, scope: str) -> Mapping[str, tuple[Stated, ...]]:
    """Return by country the confirmed statements that it is in use in a part of networks, or in a part of that."""
    codes = read_codes()
    if scope not in codes.scopes:
        return {}
    narrow: Record = replace(
        ready.record,
        by_country={
            country: tuple(one for one in said if one.scope in codes.scopes and codes.covers(scope, one.scope))
            for country, said in ready.record.by_country.items()
        },
    )
    found: dict[str, tuple[Stated, ...]] = {}
    for (country, _, _), origin in country_facts(narrow, (vendor,), ready.heard).deploys.items():
        found[country] = (*found.get(country, ()), Stated(vendor, origin))
    return found


def _sided(
    country: str, vendor: str, trigger: Trigger, what: str, stated: tuple[Stated, ...], denied: tuple[Stated, ...]
) -> Compared:
    answer = {
        (True, False): Answer.YES,
        (False, True): Answer.NO,
        (True, True): Answer.DISPUTED,
        (False, False): Answer.UNKNOWN,
    }[bool(stated), bool(denied)]
    return Compared(country, vendor, trigger, answer, what, tuple(dict.fromkeys((*stated, *denied))))


def _position(ready: Posture, known: Countries, country: str, vendor: str) -> Compared:
    """Say whether the government's position is leave; leave for a part, or on conditions, is not leave."""
    told = known.position(country, vendor)
    words = tuple(dict.fromkeys(one.value.partition("=")[2] for one in told))
    overlaid = any(text.startswith(f"{vendor}=") for text in _overlaid(ready, country))
    said = position(ready.record, country, vendor, ready.heard)
    if not overlaid and said.disputed:
        return Compared(country, vendor, Trigger.POSITION, Answer.DISPUTED, said.position, told)
    if len(words) > 1:
        answer = Answer.DISPUTED
    elif not words or words[0] in _OPEN:
        answer = Answer.UNKNOWN
    else:
        answer = Answer.YES if words[0] == _LEAVE else Answer.NO
    return Compared(country, vendor, Trigger.POSITION, answer, " or ".join(words) or "unknown", told)


def _overlaid(ready: Posture, country: str) -> tuple[str, ...]:
    return ready.knowledge.overlays.of_country("position", country, ready.knowledge.on)
