"""Turns what statements say of one scope, in the order in which it began, into where that scope stands on a day.

* What may succeed what is data; what may not succeed stands beside as tension.
* A wider statement never loosens what a narrower one has shut, and says nothing new of a part that is being weighed.
* Statements that say the same as the one that decides stand with it, each with its origin.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from telvet.catalog.evidence_codes import EvidenceCodes
from telvet.catalog.folding import Folding
from telvet.evidence.positions.contributions import Contribution

__all__ = ["Settled", "in_order", "settle"]

_UNDO = ("lifts", "suspends")
"""These reach what is narrower, for it rests on the same act."""


@dataclass(slots=True)
class Settled:
    """Where a scope stands: the run of statements that decide, those they succeeded, and those in tension with them."""

    run: list[Contribution] = field(default_factory=list)
    narrowest: Contribution | None = None
    """The statement of the run whose scope is narrowest, the earliest of several."""
    succeeded: list[Contribution] = field(default_factory=list)
    tension: list[Contribution] = field(default_factory=list)

    @property
    def deciding(self) -> Contribution:
        """Return the statement that decides: the first of the run."""
        return self.run[0]


def in_order(contributions: Iterable[Contribution], folding: Folding) -> list[Contribution]:
    """Sort by the day on which they begin, then by publication; of one day the stricter comes last."""

    def key(one: Contribution) -> tuple[object, ...]:
        said = one.statement
        return (one.begins, said.published.last, folding.kinds[one.kind].strict, said.id, one.kind, one.leaning or "")

    return sorted(contributions, key=key)


def settle(scope: str, contributions: Iterable[Contribution], codes: EvidenceCodes, folding: Folding) -> Settled:
    """Fold what was said of a scope and of the wider ones; `contributions` are in order and hold on the day."""
    settled = Settled()
    for one in _about(scope, contributions, codes):
        held = settled.narrowest
        if held is None or _succeeds(one, held, folding, codes):
            settled.succeeded += settled.run
            settled.run, settled.narrowest = [one], one
        elif _says(one) == _says(held):
            settled.run.append(one)
            if codes.depth(one.scope) > codes.depth(held.scope):
                settled.narrowest = one
        else:
            settled.tension.append(one)
    return settled


def _about(scope: str, contributions: Iterable[Contribution], codes: EvidenceCodes) -> Iterator[Contribution]:
    covers: dict[str, bool] = {}
    for one in contributions:
        if one.scope not in covers:
            covers[one.scope] = codes.covers(one.scope, scope)
        if covers[one.scope]:
            yield one


def _says(one: Contribution) -> tuple[str, ...]:
    """Return what makes two statements say the same: of deliberations, also how far each has got."""
    return (one.kind, one.leaning or "", one.statement.modality) if one.leaning else (one.kind,)


def _succeeds(one: Contribution, held: Contribution, folding: Folding, codes: EvidenceCodes) -> bool:
    kinds = folding.kinds
    if _says(one) == _says(held) or one.kind not in kinds[held.kind].gives_way_to:
        return False
    wider = one.scope != held.scope and codes.covers(one.scope, held.scope)
    if not wider:
        return True
    if one.kind == held.kind:
        return False
    return one.kind in _UNDO or kinds[one.kind].strict >= kinds[held.kind].strict
