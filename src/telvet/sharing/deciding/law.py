"""Turns what law about the partner came to into reasons and obligations.

* What is barred is withheld, what is unknown needs a person; a waiver excuses only the provision that it names.
* What is to be considered is an obligation, never a yes or no.
* A scenario counts as law would, and its id is stamped on the decision.
"""

from __future__ import annotations

from collections.abc import Iterator

from telvet.model.sharing import Effect, LawAnswer, LawOutcome, Obligation, Reason
from telvet.sharing.deciding.case import Case

__all__ = ["law_permits", "scenarios", "to_consider"]


def law_permits(case: Case) -> Iterator[Reason]:
    """Say which provisions stand in the way."""
    for law in _ordered(case):
        rule, stamp = f"law {law.provision}", " (a scenario, not law)" if law.scenario else ""
        if law.outcome is LawOutcome.BARRED:
            because = f"{law.provision} bars it; its force is {law.force}{stamp}"
            yield case.waivable(rule, Effect.WITHHOLD, because, law.cites)
        elif law.outcome is LawOutcome.UNKNOWN:
            because = f"it is not known whether {law.provision} bars it; its force is {law.force}{stamp}"
            yield case.waivable(rule, Effect.REFER, because, law.cites, f"fact {law.provision}")


def to_consider(case: Case) -> Iterator[Obligation]:
    """Yield what is to be considered, for every decision alike."""
    for law in _ordered(case):
        if law.outcome is LawOutcome.CONSIDER:
            yield Obligation(f"law {law.provision}", f"consider what {law.provision} asks to be considered", law.cites)


def scenarios(case: Case) -> tuple[str, ...]:
    """Return the provisions looked at that are no law."""
    return tuple(dict.fromkeys(law.provision for law in _ordered(case) if law.scenario))


def _ordered(case: Case) -> list[LawAnswer]:
    return sorted(case.facts.laws, key=lambda law: (law.provision, law.outcome, law.force, law.cites))
