"""Turn countries and arrangements into the outcomes of the law about them, one for each that the run knows of.

* A country is known of because equipment or a partner is in it, or an overlay speaks of it.
* The equipment is surveyed only where some law asks what is deployed, or has it weighed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from telvet.assessment.countries import DEPLOYS, Countries
from telvet.assessment.facts import dated
from telvet.assessment.judging import Case, conditions_of, judge
from telvet.assessment.knowledge import Knowledge
from telvet.assessment.permits import stands_for
from telvet.assessment.survey import Survey, made_by, survey
from telvet.assessment.use import Standing
from telvet.model.condition import Condition, Test, tests_of
from telvet.model.facts import Fact
from telvet.model.finding import Verdict
from telvet.model.law import Provision, Subject
from telvet.model.truth import Truth
from telvet.rules.ask import ask
from telvet.rules.evaluate import Answer
from telvet.tables.codes import GENERATIONS
from telvet.tables.judging import Judging
from telvet.tables.relation import Relation

__all__ = ["Partners", "partners"]


@dataclass(frozen=True)
class Partners:
    """What is known of countries, and how the law about partners and arrangements came out."""

    countries: Countries
    judged: tuple[tuple[str, Provision, Verdict], ...]
    """(country or arrangement, provision, verdict)."""


def partners(backend: Judging, equipment: Relation, knowledge: Knowledge) -> Partners:
    """Judge the considered provisions about partners and arrangements."""
    of_arrangements = {Subject.ARRANGEMENT} if knowledge.arrangements else set()
    about = [one for one in knowledge.provisions if one.subject in {Subject.PARTNER, *of_arrangements}]
    if not about:
        return Partners(Countries(knowledge), ())
    stand = {str(values[0]) for values, _ in backend.counts(equipment, ["country"]) if values[0]}
    meet = {row["country"] for row in knowledge.partners.values() if "country" in row}
    known = stand | meet | knowledge.overlays.countries
    countries = Countries(knowledge, _surveyed(backend, equipment, knowledge, about, known))
    return Partners(countries, tuple(_judged(knowledge, countries, about, known)))


def _judged(
    knowledge: Knowledge, countries: Countries, about: Iterable[Provision], known: set[str]
) -> Iterator[tuple[str, Provision, Verdict]]:
    for provision in about:
        if provision.subject is Subject.ARRANGEMENT:
            for name in sorted(knowledge.arrangements):
                if verdict := judge(provision, _case(knowledge, countries, name)):
                    yield name, provision, verdict
            continue
        home = {pack.jurisdiction for pack in knowledge.law.packs if pack.id == provision.pack}
        for country in sorted(known - home):
            case = Case(on=knowledge.on, answer=_answer(knowledge, countries, country, {}))
            if verdict := judge(provision, case):
                yield country, provision, verdict


def _case(knowledge: Knowledge, countries: Countries, name: str) -> Case:
    row = knowledge.arrangements[name]
    country = knowledge.partners.get(row.get("partner", ""), {}).get("country")
    signed, ends = dated(row.get("signed_on")), dated(row.get("ends_on"))
    own: dict[str, Fact] = {"arrangement.signed_on": signed, "arrangement.ends_on": ends}
    standing = Standing(signed=signed, ends=ends)
    return Case(on=knowledge.on, answer=_answer(knowledge, countries, country, own), standing=standing)


def _answer(knowledge: Knowledge, countries: Countries, country: str | None, own: dict[str, Fact]) -> Answer:
    def answer(test: Test) -> Truth:
        fact = countries.fact(country, test) if test.fact.startswith("partner.") else own.get(test.fact)
        return ask(test, fact, knowledge.lookup)

    return answer


def _surveyed(
    backend: Judging, equipment: Relation, knowledge: Knowledge, about: Iterable[Provision], known: set[str]
) -> Survey | None:
    """Survey the equipment for all that may be asked of it, or not at all."""
    asked = dict.fromkeys(
        condition
        for provision in about
        for condition in (*_deployed(knowledge, provision, known), *_weighed(knowledge, provision, known))
    )
    return survey(backend, equipment, knowledge, asked) if asked else None


def _deployed(knowledge: Knowledge, provision: Provision, known: set[str]) -> Iterator[Condition]:
    for condition in conditions_of(provision):
        for test in tests_of(condition):
            if test.fact == DEPLOYS:
                vendor, _, generation = str(test.operand).partition("/")
                if stands_for(knowledge, vendor):
                    yield from (made_by(vendor, generation or None, country) for country in sorted(known))


def _weighed(knowledge: Knowledge, provision: Provision, known: set[str]) -> Iterator[Condition]:
    if provision.weigh is None:
        return
    yield provision.weigh
    yield Test("equipment.function", "has", "sec")
    yield from (Test("equipment.country", "member of", union) for union in sorted(knowledge.places.unions))
    for country in sorted(known):
        yield Test("equipment.country", "is", country)
        for vendor in Countries(knowledge).vendors(country):
            yield from (made_by(vendor, generation, country) for generation in (None, *GENERATIONS))
