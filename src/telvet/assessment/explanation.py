"""Turn one element into the account of every provision that could touch it: each condition, on which facts, from where.

* The element is judged by the same docket as a million others; only the trees are kept beside the verdict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from telvet.assessment.dimensions import MAKER, dimensions
from telvet.assessment.docket import Docket, index
from telvet.assessment.findings import Findings, planned_day
from telvet.assessment.judging import judge, needs_use
from telvet.assessment.use import in_use
from telvet.model.condition import Condition
from telvet.model.facts import Maker
from telvet.model.finding import Because, Verdict
from telvet.model.law import Provision, Subject
from telvet.model.truth import Truth
from telvet.rules.explain import Explained, explain
from telvet.tables.judging import Tokens

__all__ = ["Exhibit", "ProvisionExplained", "exhibits"]


@dataclass(frozen=True, slots=True)
class ProvisionExplained:
    """How one provision came out for the element."""

    provision: Provision
    verdict: Verdict | None
    """None is clear; for a share the network's verdict is another matter."""
    binds: Explained
    when: Explained
    of: Explained | None
    """For a share: whether the element counts as one of the limited."""
    excuses: tuple[tuple[str, Explained], ...]
    in_use: Truth | None
    """None where use does not matter."""
    facts: tuple[Because, ...]
    """Every fact that was looked at and is known."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One row of the element, whose it is, and how each provision came out."""

    identifier: str
    operator: str | None
    place: str
    maker: Because
    tier: str
    provisions: tuple[ProvisionExplained, ...]


def exhibits(findings: Findings, identifier: str) -> Iterator[Exhibit]:
    """Yield an exhibit for each row of an element."""
    backend, judgement = findings.backend, findings.judgement
    knowledge = judgement.docket.knowledge
    for row in backend.pick(judgement.equipment, identifier):
        one = backend.only(judgement.equipment, row)
        docket = Docket(knowledge, [index(d, backend.distinct(one, d.sources)) for d in dimensions(knowledge)])
        tokens: Tokens = (0,) * len(docket.indexed)
        maker = docket.indexed[0].representatives[0]
        if not isinstance(maker, Maker):
            raise TypeError(maker)
        explained = [_explained(findings, docket, tokens, row, maker, provision) for provision in knowledge.provisions]
        found = [one for one in explained if one.provision.subject not in (Subject.PARTNER, Subject.ARRANGEMENT)]
        yield Exhibit(
            identifier, row["operator"], f"{row['origin_file']} record {_whole(row['origin_row'])}",
            findings.because(MAKER, row, maker), str(maker.maker.tier or "no evidence"), tuple(found),
        )  # fmt: skip


def _whole(cell: str | None) -> str:
    return cell.removesuffix(".0") if cell else "?"


def _explained(
    findings: Findings, docket: Docket, tokens: Tokens, row: dict[str, str | None], maker: Maker, provision: Provision
) -> ProvisionExplained:
    def tree(condition: Condition) -> Explained:
        return explain(condition, lambda test: docket.answer(test, tokens))

    share = provision.share
    binds, when, of = tree(provision.binds), tree(provision.when), tree(share.of) if share else None
    excuses = tuple((f"{excuse.kind} {excuse.id}", tree(excuse.when)) for excuse in provision.excuses)
    trees = [binds, when, *([of] if of else []), *(one for _, one in excuses)]
    facts = dict.fromkeys(part.test.fact for one in trees for part in one.tests() if part.test)
    uses = in_use(docket.standing(tokens), docket.knowledge.on).truth if needs_use(provision) else None
    known = (
        findings.because(fact, row, maker)
        for fact in (
            *facts,
            "equipment.lifecycle",
            "equipment.installed_on",
            "equipment.procured_on",
            "equipment.removed_on",
        )
    )
    verdict = judge(provision, docket.case(provision, tokens)) if share is None else None
    if verdict and verdict.by_fact:
        verdict = replace(verdict, by=planned_day(verdict, row))
    return ProvisionExplained(
        provision, verdict, binds, when, of, excuses, uses, tuple(one for one in known if one.value)
    )
