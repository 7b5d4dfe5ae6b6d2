"""Turns assertions and equipment into measures of a partner's infrastructure, each with its ends, and into what is not known.

* A measure is what one source says: none is reconciled with another, none is left out.
* A share counted from equipment has two ends, for what is not known of an element may go either way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from telvet.assessment.countries import DEPLOYS, PERMITS, POSITION, Countries
from telvet.assessment.records import ASSERTION, record
from telvet.model.condition import All, Condition, Test
from telvet.model.finding import Because
from telvet.model.law import Provision

__all__ = ["Measure", "asserted", "counted", "unmeasured"]

_SECURITY = Test("equipment.function", "has", "sec")
_KINDS = (("elements in use", "telecommunications", None), ("elements in use for security", "cybersecurity", _SECURITY))


@dataclass(frozen=True, slots=True)
class Measure:
    """How much of what is whose, by one source."""

    metric: str
    low: str | None
    """In percent; None where no least is said."""
    high: str | None
    """In percent; None where no most is said."""
    domain: str | None
    supplier: str | None
    """As written, or the provision that says whose is meant."""
    supplier_country: str | None
    country: str | None
    """Where, alpha-3."""
    region: str | None
    """Where, wider than a country: a union of the catalogue, or any words."""
    dated: str | None
    """The day of which it speaks, or of its source."""
    by: str | None
    """Who entered and signed it; None of what was counted."""
    origin: str

    @property
    def where(self) -> str:
        """Return where, in one text."""
        return " ".join(filter(None, (self.country, self.region)))


def asserted(countries: Countries, arrangement: str, country: str | None, provision: Provision) -> Iterator[Measure]:
    """Yield the assertions that are to be weighed for an arrangement with a partner in a country, in their order."""
    for row in countries.knowledge.assertions:
        alone = Countries(replace(countries.knowledge, assertions=(row,)))
        first = next(record(alone, arrangement, country, provision), None)
        if first is not None and first.fact == ASSERTION:
            yield _measure(row, first.origin)


def _measure(row: Mapping[str, str], origin: str) -> Measure:
    return Measure(
        row.get("metric", ""), row.get("low"), row.get("high"), row.get("domain"), row.get("supplier"),
        row.get("supplier_country"), row.get("country"), row.get("region"), row.get("dated"), row.get("by"), origin,
    )  # fmt: skip


def counted(
    countries: Countries, country: str | None, provision: Provision, regions: Iterable[str | None]
) -> Iterator[Measure]:
    """Yield the shares of equipment that a provision has weighed, in the country and in the unions that are named.

    Args:
        countries: What is known, with the equipment surveyed.
        country: The partner's; None where it is not known, and then there is nothing to count.
        provision: What it has weighed.
        regions: Of these the unions of the catalogue count.
    """
    knowledge, weigh, seen = countries.knowledge, provision.weigh, countries.survey
    if seen is None or weigh is None or country is None:
        return
    inside: Condition = Test("equipment.country", "is", country)
    unions = [name for name in dict.fromkeys(regions) if name is not None and name in knowledge.places.unions]
    places: list[tuple[str | None, str | None, Condition]] = [(country, None, inside)]
    places += [(None, union, Test("equipment.country", "member of", union)) for union in unions]
    for home, region, inside in places:
        for metric, domain, narrower in _KINDS:
            among = inside if narrower is None else All((inside, narrower))
            lower, upper, count = seen.share(weigh, among)
            if count:
                origin = f"the inventory, of which {count} may be in use in {home or region}"
                yield Measure(
                    metric, _percent(lower), _percent(upper), domain, f"whoever {provision.id} has weighed", None,
                    home, region, knowledge.on.isoformat(), None, origin,
                )  # fmt: skip


def unmeasured(
    countries: Countries,
    country: str | None,
    measures: Iterable[Measure],
    facts: Iterable[Because],
    *,
    equipped: bool,
) -> Iterator[str]:
    """Yield what is not known, in words.

    Args:
        countries: What is known.
        country: The partner's; None where it is not known.
        measures: What was measured.
        facts: What is known of vendors.
        equipped: An inventory was read.
    """
    measures, facts = tuple(measures), tuple(facts)
    claims = [one for one in measures if one.by is not None]
    if not claims:
        yield "no assertion of how pervasive it is was entered"
    for one in claims:
        ends = [word for word, end in (("least", one.low), ("most", one.high)) if end is None]
        yield from (f"{one.metric}, {one.where}: the {word} that it may be" for word in ends)
    if not equipped:
        yield "what an inventory would show: none was given"
    elif len(claims) == len(measures):
        yield "what the inventory shows: none of it may be in use there"
    yield from (
        f"{one.metric}, {one.where}: what lies between {one.low} and {one.high} %"
        for one in measures
        if one.by is None and one.low != one.high
    )
    if country is not None:
        yield from _unsaid(countries, country, facts)


def _unsaid(countries: Countries, country: str, facts: tuple[Because, ...]) -> Iterator[str]:
    """Yield for each vendor of which some fact is known those that are not."""
    named = {_vendor(word) for one in facts for word in one.value.split(";")}
    told = {(one.fact, _vendor(word)) for one in facts for word in one.value.split(";")}
    for vendor in countries.vendors(country):
        unsaid = [fact.rpartition(".")[2] for fact in (PERMITS, DEPLOYS, POSITION) if (fact, vendor) not in told]
        if vendor in named and unsaid:
            yield f"{', '.join(unsaid)} of {vendor} in {country}"


def _vendor(words: str) -> str:
    """Return the vendor of `-acme/5G`, `acme=banned` or `acme in every generation`."""
    return words.removeprefix("-").partition(" ")[0].partition("=")[0].partition("/")[0]


def _percent(share: Fraction) -> str:
    return f"{float(share) * 100:.2f}"
