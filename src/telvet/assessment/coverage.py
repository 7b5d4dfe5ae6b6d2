"""Say of every pack whether it was evaluated for whom, and if not, why: nothing is silently out of scope.

* A country in which equipment stands and for which no pack exists is said to be not covered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from telvet.assessment.judging import considered
from telvet.assessment.knowledge import Knowledge
from telvet.model.condition import Condition, Test
from telvet.model.finding import Coverage
from telvet.model.law import Pack, Subject
from telvet.model.status import Force
from telvet.model.truth import Truth, any_of
from telvet.rules.ask import ask
from telvet.rules.evaluate import evaluate, routes, support

__all__ = ["coverage"]

_OF_PARTNERS = {Subject.PARTNER: "country", Subject.ARRANGEMENT: "arrangement"}
"""What a provision is put to where no operator is concerned."""


def coverage(
    knowledge: Knowledge, operators: Iterable[str | None], countries: Iterable[str | None]
) -> Iterator[Coverage]:
    """Yield a row for each pack and operator that it could meet, then one for each country without a pack."""
    known = sorted(operators, key=lambda name: name or "")
    for pack in knowledge.law.packs:
        yield from _pack(knowledge, pack, known)
    held = {pack.jurisdiction for pack in knowledge.law.packs}
    unions = [union for union in held if union in knowledge.places.unions]
    for country in sorted({country for country in countries if country}):
        if country not in held and not any(
            knowledge.places.member_of(country, union, knowledge.on) for union in unions
        ):
            yield Coverage(None, None, country, "not covered", "no pack of law exists for this country")


def _pack(knowledge: Knowledge, pack: Pack, operators: Iterable[str | None]) -> Iterator[Coverage]:
    asked = [provision for provision in pack.provisions if provision.id in knowledge.law.chosen]
    if not asked:
        if pack.force is Force.SCENARIO:
            yield Coverage(pack.id, None, None, "scenario not named", "a scenario takes part only when --law names it")
        else:
            yield Coverage(pack.id, None, None, "not asked", "--law names other packs")
        return
    on = knowledge.on
    later = [other.id for other in knowledge.law.packs if pack.id in other.supersedes and other.enacted <= on]
    if later:
        yield Coverage(pack.id, None, None, "superseded", f"by {', '.join(later)}")
    provisions = [provision for provision in asked if considered(provision, on)]
    if not provisions:
        when = f"enacted {pack.enacted.isoformat()}" + (f", ended {pack.to.isoformat()}" if pack.to else "")
        yield Coverage(pack.id, None, None, "not in force", when)
        return
    subjects = {provision.subject for provision in provisions}
    if subjects == {Subject.ARRANGEMENT} and not knowledge.arrangements:
        yield Coverage(pack.id, None, None, "not bound", "it is about arrangements, and none is given")
        return
    if subjects <= _OF_PARTNERS.keys():
        whom = " and ".join(sorted(_OF_PARTNERS[subject] for subject in subjects))
        yield Coverage(pack.id, None, None, "evaluated", f"for every {whom} that the run knows of")
        return
    for operator in operators:
        yield _operator(knowledge, pack, operator, [provision.binds for provision in provisions])


def _operator(knowledge: Knowledge, pack: Pack, operator: str | None, binds: list[Condition]) -> Coverage:
    def answer(test: Test) -> Truth:
        fact = knowledge.operator_fact(operator, test.fact) if test.fact.startswith("operator.") else None
        return ask(test, fact, knowledge.lookup)

    bound = any_of(evaluate(condition, answer) for condition in binds)
    match bound:
        case Truth.TRUE:
            return Coverage(pack.id, operator, None, "evaluated", "bound")
        case Truth.UNKNOWN:
            missing = dict.fromkeys(
                fact for condition in binds for route in routes(condition, answer) for fact in route
            )
            return Coverage(pack.id, operator, None, "bound unknown", f"not known: {', '.join(missing)}")
        case _:
            facts = dict.fromkeys(test.fact for condition in binds for test in support(condition, answer))
            said = [f"{fact} is {_cell(knowledge, operator, fact)}" for fact in facts]
            return Coverage(pack.id, operator, None, "not bound", "; ".join(said))


def _cell(knowledge: Knowledge, operator: str | None, fact: str) -> str:
    cell = knowledge.operators.get(operator or "", {}).get(fact.removeprefix("operator."))
    return cell or knowledge.overlays.attested(operator, fact, knowledge.on) or "stated otherwise"
