"""Turns the reasons of all rules into one decision, and several decisions, one an arrangement, into the one that holds.

* The strictest reason that nothing excuses decides; all that stand in the way are listed.
* Reasons are in an order of their own: neither the order of facts nor that of rules shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from telvet.model.sharing import Candidate, Decision, Effect, Reason
from telvet.sharing.deciding.case import Case
from telvet.sharing.deciding.families import of_handling, of_standing
from telvet.sharing.deciding.law import scenarios
from telvet.sharing.deciding.obligations import obligations_of
from telvet.sharing.deciding.parts import judge_parts, lifting

__all__ = ["first_of", "in_order", "judged", "strictest_effect"]


def judged(case: Case, candidate: Candidate) -> Decision:
    """Judge a candidate under the one arrangement of the case, without what would change it."""
    whole = of_handling(case, candidate.whole)
    parts = judge_parts(case, candidate, whole)
    reasons = in_order((*of_standing(case), *whole, *parts.reasons))
    effect = strictest_effect(reasons)
    return Decision(
        effect,
        reasons,
        obligations_of(case, (candidate.whole, *parts.kept), missing=bool(parts.redacted)),
        redacted=parts.redacted,
        arrangement=case.arrangement.id if case.arrangement else None,
        may_redact=case.arrangement is not None and case.arrangement.redaction,
        scenario=scenarios(case),
    )


def first_of(decisions: Sequence[Decision]) -> Decision:
    """Choose among decisions of several arrangements, and say what would change the one that holds."""
    best = min(decisions, key=_openness)
    return replace(best, unless=_unless(best.effect, decisions))


def _openness(one: Decision) -> tuple[int, int, str, str]:
    """Order decisions of several arrangements; the last part only makes the choice a definite one."""
    stops = {reason.rule for reason in one.reasons if reason.counts}
    return one.effect.rank, len(stops), one.arrangement or "", f"{one.reasons} {one.obligations} {one.may_redact}"


def strictest_effect(reasons: Iterable[Reason]) -> Effect:
    """Return the effect of reasons: that of the strictest that counts."""
    return max(
        (reason.effect for reason in reasons if reason.counts), key=lambda each: each.rank, default=Effect.PERMIT
    )


def in_order(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Order reasons, those first that stand in the way most; each once."""
    return tuple(
        sorted(
            set(reasons),
            key=lambda each: (
                not each.counts,
                -each.effect.rank,
                each.rule,
                each.because,
                each.cites,
                each.unless,
                each.excused_by or "",
            ),
        )
    )


def _unless(effect: Effect, decisions: Iterable[Decision]) -> tuple[tuple[str, ...], ...]:
    if effect is Effect.PERMIT:
        return ()
    stops = (
        [reason for reason in each.reasons if reason.counts and reason.effect.rank >= effect.rank] for each in decisions
    )
    found = {facts for each in stops if (facts := lifting(each))}
    return tuple(sorted(found, key=lambda facts: (len(facts), facts)))
