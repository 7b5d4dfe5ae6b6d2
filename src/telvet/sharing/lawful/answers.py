"""Turns what is known of a partner's country into how each provision about release to it came out on the day.

* Of a partner whose country is not known every answer is unknown; unknown is never clear.
* Law of a jurisdiction binds those who are of it: where it is known of which we are, the law of others is not applied.
* What an arrangement owes (a duty to weigh) touches no single release, and is not among the answers.
* A provision is told with its citations and with the facts that it looked at, each with its origin.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from telvet.assessment.assess import Judgement, assess
from telvet.assessment.countries import Countries
from telvet.assessment.judging import conditions_of, considered
from telvet.assessment.knowledge import Knowledge
from telvet.lawcheck.rows import Rows
from telvet.model.condition import Test, tests_of
from telvet.model.finding import Verdict
from telvet.model.law import Citation, EffectKind, Pack, Provision, Subject
from telvet.model.sharing import LawAnswer, LawOutcome
from telvet.model.status import Force, Status
from telvet.tables.judging import Judging
from telvet.tables.relation import Relation

__all__ = ["Observed", "applying", "cited", "judgement_on", "law_answers", "law_answers_by_country"]

_RELEASE = "release"
_ABOUT_RELEASE = frozenset({EffectKind.REQUIRE, EffectKind.CONSIDER})
_OUTCOMES: Mapping[Status, LawOutcome] = {
    Status.CONTRAVENTION: LawOutcome.BARRED,
    Status.BARRED: LawOutcome.BARRED,
    Status.UNKNOWN: LawOutcome.UNKNOWN,
    # Whether what is needed first was obtained is no fact of the country: a person looks.
    Status.CONDITIONAL: LawOutcome.UNKNOWN,
    Status.CONSIDER: LawOutcome.CONSIDER,
    # It does not stand in the way today.
    Status.DUE: LawOutcome.CLEAR,
    Status.WAIVED: LawOutcome.CLEAR,
    Status.EXCEPTED: LawOutcome.CLEAR,
    Status.CLEAR: LawOutcome.CLEAR,
}


@dataclass(frozen=True, slots=True)
class Observed:
    """Equipment that was read, and the engine that holds it."""

    backend: Judging
    equipment: Relation


def law_answers(
    country: str | None, knowledge: Knowledge, *, home: str | None = None, observed: Observed | None = None
) -> frozenset[LawAnswer]:
    """Return how each chosen provision about release to a partner came out on the day.

    Args:
        country: The partner's, alpha-3; None where it is not known.
        knowledge: The law, what was chosen of it, the day, and what is known of countries.
        home: Our own country, alpha-3; None applies the law of all jurisdictions.
        observed: The equipment in countries; without it what is deployed is known from statements and overlays alone.
    """
    return law_answers_by_country((country,), knowledge, home=home, observed=observed)[country]


def law_answers_by_country(
    countries: Iterable[str | None],
    knowledge: Knowledge,
    *,
    home: str | None = None,
    observed: Observed | None = None,
) -> dict[str | None, frozenset[LawAnswer]]:
    """Return the answers for several countries, by country; the equipment is looked at once for all of them."""
    asked = dict.fromkeys(countries)
    about = [one for one in applying(knowledge, home) if _is_of_release(one[1])]
    met = {country: {"partner": country, "country": country} for country in asked if country is not None}
    judged = judgement_on(replace(knowledge, partners=met, arrangements={}), (rule for _, rule in about), observed)
    verdicts = {(subject, outcome.provision.id): outcome.verdict for subject, outcome in judged.others}
    told = _Told(knowledge, judged.countries, verdicts)
    return {country: frozenset(filter(None, (told.answer(country, *one) for one in about))) for country in asked}


def judgement_on(knowledge: Knowledge, provisions: Iterable[Provision], observed: Observed | None) -> Judgement:
    """Judge some provisions about partners or arrangements, on the equipment that was read, or on none."""
    law = replace(knowledge.law, chosen=frozenset(provision.id for provision in provisions))
    if observed is None:
        rows = Rows()
        observed = Observed(rows, rows.table(()))
    return assess(observed.backend, observed.equipment, replace(knowledge, law=law), keep=False)


def applying(knowledge: Knowledge, home: str | None) -> Iterator[tuple[Pack, Provision]]:
    """Yield the chosen provisions of the packs whose jurisdiction is ours."""
    places = knowledge.places
    for pack in knowledge.law.packs:
        union = home is not None and pack.jurisdiction in places.unions
        within = union and places.member_of(home or "", pack.jurisdiction, knowledge.on)
        if home is None or pack.jurisdiction == home or within:
            yield from ((pack, rule) for rule in pack.provisions if rule.id in knowledge.law.chosen)


def cited(cites: Iterable[Citation]) -> tuple[str, ...]:
    """Write citations, each with how sure we are of it."""
    return tuple(dict.fromkeys(f"{cite.instrument}, {cite.place} ({cite.grade})" for cite in cites))


def _is_of_release(provision: Provision) -> bool:
    effect = provision.effect
    return provision.subject is Subject.PARTNER and (effect.act == _RELEASE or effect.kind in _ABOUT_RELEASE)


@dataclass(frozen=True, slots=True)
class _Told:
    """Verdicts about countries, and what they rest on."""

    knowledge: Knowledge
    countries: Countries
    verdicts: Mapping[tuple[str, str], Verdict]
    """By (country, provision); none where it is clear."""

    def answer(self, country: str | None, pack: Pack, provision: Provision) -> LawAnswer | None:
        """Return how a provision came out; None where it is not in force on the day and leaves no stamp."""
        cites, force = cited(provision.cites), provision.force
        if not considered(provision, self.knowledge.on):
            scenario = force is Force.SCENARIO
            return LawAnswer(provision.id, LawOutcome.CLEAR, cites, force) if scenario else None
        if country is None:
            return LawAnswer(provision.id, LawOutcome.UNKNOWN, cites, force)
        if country == pack.jurisdiction:
            return LawAnswer(provision.id, LawOutcome.CLEAR, cites, force)
        verdict = self.verdicts.get((country, provision.id))
        outcome = LawOutcome.CLEAR if verdict is None else _OUTCOMES[verdict.status]
        cites = cited(verdict.cites) if verdict else cites
        return LawAnswer(provision.id, outcome, (*cites, *self._facts(country, provision)), force)

    def _facts(self, country: str, provision: Provision) -> tuple[str, ...]:
        """Return the facts of a country that a provision looks at, as far as anything is said of them."""
        tests: list[Test] = [test for one in conditions_of(provision) for test in tests_of(one)]
        return tuple(
            dict.fromkeys(
                f"{test.fact} {said.value}: {said.origin}" + (f" ({said.grade})" if said.grade else "")
                for test in tests
                for said in self.countries.reasons(country, test)
            )
        )
