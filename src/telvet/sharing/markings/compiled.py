"""Turns what a reader of marks makes out into a handling and findings, in one form for all readers.

* What is not understood is withheld and told; the two go together, so that nothing is withheld without a reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from telvet.model.handling import Ground, Handling, MarkingFinding, strictest

__all__ = ["Compiled", "joined", "noted", "referred", "withheld"]


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a mark comes to, and what is wrong with it."""

    handling: Handling = field(default_factory=Handling)
    findings: tuple[MarkingFinding, ...] = ()


def withheld(marking: str, code: str, what: str, fix: str, about: object = "") -> Compiled:
    """Withhold what the mark is on, and say why."""
    ground = Ground(code, marking, _shown(about))
    handling = Handling(marks=frozenset({marking}), withheld=frozenset({ground}))
    return Compiled(handling, noted(marking, code, what, fix, about).findings)


def referred(marking: str, code: str, about: object = "") -> Compiled:
    """Leave what the mark is on to a person; this is not a fault of the mark."""
    ground = Ground(code, marking, _shown(about))
    return Compiled(Handling(marks=frozenset({marking}), referred=frozenset({ground})))


def noted(marking: str, code: str, what: str, fix: str, about: object = "") -> Compiled:
    """Say what is wrong, where it changes nothing."""
    shown = _shown(about)
    return Compiled(findings=(MarkingFinding(marking, code, f"{what} ({shown!r})" if shown else what, fix),))


def joined(parts: Iterable[Compiled]) -> Compiled:
    """Join what several marks come to; a finding that two of them make is told once."""
    parts = tuple(parts)
    findings = dict.fromkeys(finding for part in parts for finding in part.findings)
    return Compiled(strictest(part.handling for part in parts), tuple(findings))


_LONGEST = 80


def _shown(about: object) -> str:
    return str(about)[:_LONGEST]
