"""Turns what several cells say of one maker into one answer.

* A piece of evidence leaves some candidates standing. Pieces that have candidates in common agree on those.
* Pieces without a common candidate disagree: all candidates are kept, none wins, and the answer is disputed.
* A name that is nobody in the register is a candidate too, so it never lets a number beside it decide alone.
* The order of candidates and columns is that of weight: the surest tier first, then the order in which pieces came.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from telvet.model.organisation import Attribution, Candidate, Tier

__all__ = ["Piece", "settle"]

_WEIGHT = {tier: weight for weight, tier in enumerate(Tier)}


@dataclass(frozen=True, slots=True)
class Piece:
    """What one cell says."""

    column: str
    tier: Tier | None
    """What it rests on; None for a name that is nobody."""
    candidates: tuple[Candidate, ...]

    @property
    def weight(self) -> int:
        """Return 0 for the surest."""
        return _WEIGHT[self.tier] if self.tier else len(_WEIGHT)


def settle(pieces: Iterable[Piece]) -> Attribution:
    """Return the candidates that all pieces share, or every candidate where they share none."""
    ordered = sorted(pieces, key=lambda piece: piece.weight)
    if not ordered:
        return Attribution()
    every = dict.fromkeys(candidate for piece in ordered for candidate in piece.candidates)
    shared = tuple(one for one in every if all(one in piece.candidates for piece in ordered))
    columns = tuple(dict.fromkeys(piece.column for piece in ordered if piece.column))
    return Attribution(shared or tuple(every), ordered[0].tier, columns)
