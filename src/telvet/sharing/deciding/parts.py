"""Turns the parts of an object that are marked by themselves into reasons, and into what goes missing.

* A part goes missing only if the arrangement allows it and the object can be without it; otherwise the part decides for the whole.
* What describes or protects the object never goes missing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from telvet.model.handling import Handling
from telvet.model.sharing import Candidate, Effect, MarkedPart, Reason
from telvet.sharing.deciding.case import Case
from telvet.sharing.deciding.families import of_handling
from telvet.sharing.markings.selectors import read_selector

__all__ = ["Judged", "judge_parts", "lifting"]

_KEPT = frozenset(
    {"id", "type", "spec_version", "created", "modified", "object_marking_refs", "granular_markings"},
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """What the parts come to."""

    reasons: tuple[Reason, ...]
    kept: tuple[Handling, ...]
    """The handlings of the parts that do not go missing."""
    redacted: tuple[str, ...]


def judge_parts(case: Case, candidate: Candidate, whole: tuple[Reason, ...]) -> Judged:
    """Judge the parts of a candidate, given the reasons of its whole."""
    reasons: list[Reason] = []
    kept: list[Handling] = []
    redacted: list[str] = []
    for part in candidate.parts:
        more = [reason for reason in of_handling(case, part.handling) if reason not in whole]
        stops = [reason for reason in more if reason.counts]
        if stops and _may_go_missing(case, candidate, part):
            because = f"{part.selector} goes missing: {'; '.join(reason.because for reason in stops)}"
            reasons.append(Reason("parts", Effect.REDACT, because, unless=lifting(stops) or ()))
            redacted.append(part.selector)
        else:
            kept.append(part.handling)
            reasons += (replace(reason, because=f"{part.selector}: {reason.because}") for reason in more)
    return Judged(tuple(reasons), tuple(kept), tuple(sorted(set(redacted))))


def lifting(reasons: Iterable[Reason]) -> tuple[str, ...] | None:
    """Return the facts that together lift all reasons; None where one of them cannot be lifted."""
    reasons = tuple(reasons)
    if not all(reason.unless for reason in reasons):
        return None
    return tuple(sorted({fact for reason in reasons for fact in reason.unless}))


def _may_go_missing(case: Case, candidate: Candidate, part: MarkedPart) -> bool:
    path = read_selector(part.selector)
    allowed = case.arrangement is not None and case.arrangement.redaction
    return allowed and path is not None and path[0] not in _KEPT | candidate.required
