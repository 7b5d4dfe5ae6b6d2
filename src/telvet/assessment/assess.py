"""JUDGE: turn equipment and knowledge into classes, verdicts and the relation of findings.

* One GROUP BY makes classes, each is judged once, one join writes the verdicts back.
* Every row is in exactly one class, so what is counted over classes is counted over all rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from telvet.assessment.countries import Countries
from telvet.assessment.dimensions import dimensions
from telvet.assessment.docket import Docket, index
from telvet.assessment.judging import Case, judge
from telvet.assessment.knowledge import Knowledge
from telvet.assessment.partners import partners
from telvet.assessment.shares import Shared, shares
from telvet.assessment.use import in_use
from telvet.model.condition import Test, facts_of
from telvet.model.finding import Verdict
from telvet.model.law import Provision, Subject
from telvet.model.truth import Truth
from telvet.rules.ask import ask
from telvet.rules.evaluate import Answer
from telvet.tables.judging import Judging, Tokens
from telvet.tables.relation import Relation

__all__ = ["Judgement", "Outcome", "assess"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A provision's verdict, shared by many rows."""

    provision: Provision
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that judging found; the rows are still with the engine."""

    docket: Docket
    equipment: Relation
    findings: Relation
    """One row an element and outcome: the element's columns, `outcome`, and `detail` for the maker."""
    in_use: Relation
    """The elements in use, with `detail` for the maker."""
    outcomes: tuple[Outcome, ...]
    tallies: tuple[int, ...]
    """How many rows have each outcome."""
    shared: tuple[Shared, ...]
    others: tuple[tuple[str, Outcome], ...]
    """(operator, country or arrangement, outcome) where no element is concerned."""
    countries: Countries
    classes: int
    rows: int
    rows_in_use: int
    rows_assumed: int
    """In use only because nothing says otherwise: no lifecycle is given."""


def assess(backend: Judging, equipment: Relation, knowledge: Knowledge, *, keep: bool = True) -> Judgement:
    """Judge every row of an equipment relation; `keep` computes the findings once and keeps them."""
    equipment = _amended(backend, equipment, knowledge)
    backend.know_blocks(knowledge.register.blocks if _any(backend, equipment, "mac") else {})
    docket = Docket(
        knowledge,
        [index(dimension, backend.distinct(equipment, dimension.sources)) for dimension in dimensions(knowledge)],
    )
    keys = docket.keys
    classes = backend.classify(equipment, keys)
    outcomes, judged = _outcomes(docket, classes)
    rows_of, tallies = dict(classes), [0] * len(outcomes)
    for tokens, place in judged:
        tallies[place] += rows_of[tokens]
    of_partners = partners(backend, equipment, knowledge)
    used = [
        (tokens, rows) for tokens, rows in classes if in_use(docket.standing(tokens), knowledge.on).truth is Truth.TRUE
    ]
    return Judgement(
        docket=docket,
        equipment=equipment,
        findings=backend.judged(equipment, keys, judged, keep=keep),
        in_use=backend.judged(equipment, keys, [(tokens, 0) for tokens, _ in used], keep=False),
        outcomes=tuple(outcomes),
        tallies=tuple(tallies),
        shared=tuple(shares(backend, equipment, docket, classes)),
        others=(
            *_operators(knowledge),
            *((name, Outcome(provision, verdict)) for name, provision, verdict in of_partners.judged),
        ),
        countries=of_partners.countries,
        classes=len(classes),
        rows=sum(rows for _, rows in classes),
        rows_in_use=sum(rows for _, rows in used),
        rows_assumed=sum(rows for tokens, rows in used if docket.standing(tokens).lifecycle is None),
    )


def _outcomes(docket: Docket, classes: Sequence[tuple[Tokens, int]]) -> tuple[list[Outcome], list[tuple[Tokens, int]]]:
    """Judge each class once; return the different outcomes, and the number of one for each class that has it."""
    places: dict[tuple[str, Verdict], int] = {}
    outcomes: list[Outcome] = []
    judged: list[tuple[Tokens, int]] = []
    for tokens, provision, verdict in docket.judge(tokens for tokens, _ in classes):
        place = places.setdefault((provision.id, verdict), len(outcomes))
        if place == len(outcomes):
            outcomes.append(Outcome(provision, verdict))
        judged.append((tokens, place))
    return _by_provision(outcomes, judged)


def _by_provision(
    outcomes: list[Outcome], judged: list[tuple[Tokens, int]]
) -> tuple[list[Outcome], list[tuple[Tokens, int]]]:
    """Number outcomes in the order of their provisions, for that is the order of an element's findings."""
    order = sorted(range(len(outcomes)), key=lambda place: outcomes[place].provision.id)
    number = {place: rank for rank, place in enumerate(order)}
    return [outcomes[place] for place in order], [(tokens, number[place]) for tokens, place in judged]


def _any(backend: Judging, relation: Relation, column: str) -> bool:
    return column in relation.columns and backend.holds(relation, column)


def _amended(backend: Judging, equipment: Relation, knowledge: Knowledge) -> Relation:
    """Add what overlays say of elements and sites."""
    overlays, on = knowledge.overlays, knowledge.on
    if not overlays.rows:
        return equipment
    notes = [(row.subject, row.subject) for row in overlays.rows if row.kind in ("waiver", "temporary_licence")]
    return backend.amended(equipment, overlays.cells(on), overlays.site_tags(on), notes)


def _operators(knowledge: Knowledge) -> Iterator[tuple[str, Outcome]]:
    """Judge provisions about operators that look at no equipment."""
    for provision in knowledge.provisions:
        if provision.subject is not Subject.OPERATOR or any(
            fact.startswith("equipment.") for fact in facts_of(provision.when)
        ):
            continue
        for operator in sorted(knowledge.operators):
            case = Case(
                on=knowledge.on,
                answer=_of_operator(knowledge, operator),
                excuses=knowledge.overlays.excuses(operator, provision),
                extensions=knowledge.overlays.extensions(operator, provision),
            )
            if verdict := judge(provision, case):
                yield operator, Outcome(provision, verdict)


def _of_operator(knowledge: Knowledge, operator: str) -> Answer:
    def answer(test: Test) -> Truth:
        fact = knowledge.operator_fact(operator, test.fact) if test.fact.startswith("operator.") else None
        return ask(test, fact, knowledge.lookup)

    return answer
