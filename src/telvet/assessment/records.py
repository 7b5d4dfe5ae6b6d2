"""Turn what is known of a partner's country into the record that somebody must weigh before an arrangement is signed.

* Assertions come first, as analysts entered them, then what telvet knows: from inventory, from law, from what was said.
* Nothing is reconciled: where they disagree all are listed, each with its origin, and none wins. Nothing here decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from telvet.assessment.countries import DEPLOYS, PERMITS, POSITION, Countries
from telvet.assessment.facts import dated
from telvet.assessment.knowledge import Knowledge
from telvet.assessment.permits import stands_for
from telvet.model.condition import All, Condition, Test
from telvet.model.facts import Stated
from telvet.model.finding import Because
from telvet.model.law import Provision
from telvet.model.truth import Truth
from telvet.rules.ask import ask
from telvet.rules.evaluate import evaluate
from telvet.tables.codes import GENERATIONS

__all__ = ["ASSERTION", "record"]

ASSERTION = "assertion"
_SECURITY = Test("equipment.function", "has", "sec")
_ANY: Condition = All(())


def record(countries: Countries, arrangement: str, country: str | None, provision: Provision) -> Iterator[Because]:
    """Yield what is to be weighed for an arrangement with a partner in a country."""
    knowledge, weigh = countries.knowledge, provision.weigh or _ANY
    listed = [row for row in knowledge.assertions if _concerns(knowledge, row, arrangement, country)]
    yield from map(_asserted, listed)
    if country is None:
        return
    regions = dict.fromkeys(row["region"] for row in listed if row.get("region") in knowledge.places.unions)
    places = {country: Test("equipment.country", "is", country)}
    places |= {region: Test("equipment.country", "member of", region) for region in regions}
    for place, inside in places.items():
        yield from _shares(countries, place, inside, weigh, provision.id)
    named = {row["supplier"] for row in listed if "supplier" in row}
    for vendor in countries.vendors(country):
        if _is_weighed(knowledge, vendor, weigh) and _matters(countries, country, vendor, named):
            yield from _of_vendor(countries, country, vendor)


def _concerns(knowledge: Knowledge, row: Mapping[str, str], arrangement: str, country: str | None) -> bool:
    """Tell whether an assertion that has been made by the day is about an arrangement, or about where its partner is."""
    made = dated(row.get("dated")).span
    if made is not None and made.first > knowledge.on:
        return False
    if "arrangement" in row:
        return row["arrangement"] == arrangement
    region = row.get("region", "")
    union = region in knowledge.places.unions and country is not None
    within = union and knowledge.places.member_of(country or "", region, knowledge.on)
    return country is not None and (row.get("country") == country or within)


def _asserted(row: Mapping[str, str]) -> Because:
    low, high = row.get("low"), row.get("high")
    share = f"{low or '0'} % to {high or '100'} %" if low or high else ""
    supplier = " ".join(
        filter(None, (row.get("supplier"), f"({row['supplier_country']})" if "supplier_country" in row else ""))
    )
    where = " ".join(filter(None, (row.get("country"), row.get("region"))))
    parts = (row.get("metric"), share, supplier, row.get("domain"), where)
    signed = f"{row.get('source', '')}, {row.get('dated', '')}; entered by {row.get('by', '')}"
    when = f" on {row['recorded']}" if "recorded" in row else ""
    origin = f"{row.get('origin_file', 'assertions')} {row.get('id', '')}: {signed}{when}"
    return Because(ASSERTION, ", ".join(part for part in parts if part), origin)


def _shares(countries: Countries, place: str, inside: Condition, weigh: Condition, rule: str) -> Iterator[Because]:
    if countries.survey is None:
        return
    for words, among in (("elements", inside), ("elements with the function sec", All((inside, _SECURITY)))):
        lower, upper, count = countries.survey.share(weigh, among)
        if count:
            value = f"{_percent(lower)} to {_percent(upper)} of {words}, by what {rule} weighs"
            yield Because(f"share in {place}", value, f"the inventory, of which {count} may be in use in {place}")


def _percent(share: Fraction) -> str:
    return f"{float(share) * 100:.2f} %"


def _is_weighed(knowledge: Knowledge, vendor: str, weigh: Condition) -> bool:
    """Tell whether a vendor's own equipment is, or may be, what is to be weighed."""
    maker = stands_for(knowledge, vendor)
    if maker is None:
        return False
    fact = {"equipment.vendor": maker}
    return evaluate(weigh, lambda test: ask(test, fact.get(test.fact), knowledge.lookup)) is not Truth.FALSE


def _matters(countries: Countries, country: str, vendor: str, named: set[str]) -> bool:
    """Tell whether a vendor is spoken of, seen there, or named by a listed assertion."""
    knowledge = countries.knowledge
    if vendor in countries.spoken_of(country) or any(countries.deploys(country, vendor)):
        return True
    who = (one for text in named for one in knowledge.resolver.name(text, "supplier").candidates)
    organisations = (knowledge.register.organisations[one.organisation] for one in who if one.organisation)
    return any(vendor in (one.id, one.group) for one in organisations)


def _of_vendor(countries: Countries, country: str, vendor: str) -> Iterator[Because]:
    """Yield what law permits, what is deployed, and what is said, each from each of its origins."""
    permits = [
        one
        for generation in GENERATIONS
        for side in countries.permits(country, f"{vendor}/{generation}")
        for one in side
    ]
    yield from _joined(PERMITS, permits)
    deploys = [
        one
        for what in (vendor, *(f"{vendor}/{generation}" for generation in GENERATIONS))
        for side in countries.deploys(country, what)
        for one in side
    ]
    yield from _joined(DEPLOYS, deploys)
    yield from _joined(POSITION, countries.position(country, vendor))


def _joined(fact: str, stated: Sequence[Stated]) -> Iterator[Because]:
    """Join what one origin says; of every generation, in one word."""
    found: dict[str, dict[str, None]] = {}
    for one in stated:
        found.setdefault(one.origin, {})[one.value] = None
    for origin, values in found.items():
        vendors = {value.partition("/")[0] for value in values}
        every = len(vendors) == 1 and len(values) == len(GENERATIONS) and all("/" in value for value in values)
        yield Because(fact, f"{vendors.pop()} in every generation" if every else ";".join(values), origin)
