"""Turns a decision, and what people signed, into whether the object leaves, and by whose act.

* Pure. An act only ever lets go what the decision lets go, or refers to a person; what is withheld no act frees.
* A standing authority covers what the decision permits; whatever is referred needs approvals of these very bytes.
* The meaning is `spec/sharing.md`, section 8.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from telvet.catalog.approvals import ApprovalRules
from telvet.model.handling import Classification, Handling, Tlp
from telvet.model.release import Authority, Judgement, Recall, Verdict
from telvet.model.sharing import NEVER, Decision, Effect, Reason
from telvet.model.truth import Truth
from telvet.sharing.deciding.composing import in_order, strictest_effect

__all__ = ["REFERENCES", "Acts", "accompanying", "acted", "amended", "approved", "knowing", "referring"]

REFERENCES = "references"


@dataclass(frozen=True, slots=True)
class Acts:
    """What people did that may touch one object, for one partner."""

    as_of: date
    authorities: Sequence[Authority] = ()
    """Those that name the partner."""
    judgements: Sequence[Judgement] = ()
    """Those of these bytes for the partner, oldest first."""
    recalls: Sequence[Recall] = ()
    """Those that name the object and the partner."""
    purpose: str | None = None
    collections: frozenset[str] = frozenset()
    """The names of the collection in which it lies."""


def acted(decision: Decision, handling: Handling, kind: str, acts: Acts, rules: ApprovalRules) -> Decision:
    """Return the decision with the reasons of release among the others.

    Args:
        decision: Before its references are closed.
        handling: Of the object with all its parts.
        kind: Its type.
        acts: What people did.
        rules: How many persons must approve.
    """
    stops = [*_recalled(acts), *_judged(acts)]
    if decision.effect is Effect.WITHHOLD or any(each.effect is Effect.WITHHOLD for each in stops):
        return amended(decision, stops)
    if decision.effect.releases:
        covering = min(
            (each.id for each in acts.authorities if _covers(each, decision, handling, kind, acts)), default=None
        )
        if covering is not None:
            return amended(
                decision, [*stops, Reason("authority", Effect.PERMIT, f"standing authority {covering} covers it")]
            )
        stops.append(_uncovered())
    asking = referring(amended(decision, stops)) - {"queue"}
    by = approved(acts.judgements, asking, rules.persons(handling, asking))
    if by is None or any(each.rule == "queue" for each in stops):
        return amended(decision, stops)
    reasons = [
        replace(each, excused_by=by, unless=()) if each.counts and each.effect is Effect.REFER else each
        for each in (*decision.reasons, *stops)
    ]
    return amended(replace(decision, reasons=()), reasons)


def approved(judgements: Iterable[Judgement], asking: Iterable[str], persons: int) -> str | None:
    """Return the approval of a number of persons, each with all rules before their eyes that ask for one; None if too few."""
    latest, asked = _latest(judgements), set(asking)
    names = [
        latest[name].by.strip()
        for name in sorted(latest)
        if latest[name].verdict is Verdict.APPROVE and asked <= latest[name].rules
    ]
    return f"approval of {' and '.join(names)}" if len(names) >= max(persons, 1) else None


def accompanying(decision: Decision) -> Decision:
    """Return the decision on a marking definition: whoever lets go what it marks lets it go; what withholds it stays."""
    if not any(each.counts and each.effect is Effect.REFER for each in decision.reasons):
        return decision
    reasons = [
        replace(each, excused_by="what it marks", unless=()) if each.counts and each.effect is Effect.REFER else each
        for each in decision.reasons
    ]
    return amended(replace(decision, reasons=()), reasons)


def amended(decision: Decision, reasons: Iterable[Reason]) -> Decision:
    """Add reasons to a decision, and find its effect and what would change it anew."""
    added = tuple(reasons)
    every = in_order((*decision.reasons, *added))
    effect = strictest_effect(every)
    unless = (
        decision.unless
        if effect is decision.effect and not any(each.counts for each in added)
        else _unless(every, effect)
    )
    return replace(decision, effect=effect, reasons=every, unless=unless)


def referring(decision: Decision) -> frozenset[str]:
    """Return the rules that ask for a person."""
    return frozenset(each.rule for each in decision.reasons if each.counts and each.effect is Effect.REFER)


def knowing(decision: Decision, handling: Handling, acts: Acts, rules: ApprovalRules) -> Decision | None:
    """Return the decision if persons approved that it names what nobody decided on; None where they did not.

    Args:
        decision: With the reasons of release, before its references are closed.
        handling: Of the object with all its parts.
        acts: What people did.
        rules: How many persons must approve.
    """
    by = approved(acts.judgements, {REFERENCES}, rules.persons(handling, {REFERENCES})) if acts.judgements else None
    if by is None or not decision.effect.releases:
        return None
    reason = Reason(REFERENCES, Effect.REFER, "it names what nobody decided on", excused_by=by)
    return amended(decision, [reason])


def _unless(reasons: Iterable[Reason], effect: Effect) -> tuple[tuple[str, ...], ...]:
    """Return what would lift all that counts at least as much as the effect."""
    stops = [each for each in reasons if each.counts and each.effect.rank >= effect.rank]
    if not stops or not all(each.unless for each in stops):
        return ()
    return (tuple(sorted({fact for each in stops for fact in each.unless})),)


def _uncovered() -> Reason:
    because = "no standing authority covers it, so a person must approve it"
    return Reason("authority", Effect.REFER, because, unless=("approval",))


def _recalled(acts: Acts) -> Iterator[Reason]:
    for each in sorted(acts.recalls, key=lambda recall: recall.id):
        if each.on <= acts.as_of:
            yield Reason("recall", Effect.WITHHOLD, f"{each.id}: {each.by} recalled it on {each.on}: {each.why}")


def _latest(judgements: Iterable[Judgement]) -> dict[str, Judgement]:
    """Return each person's last word."""
    return {each.by.strip().casefold(): each for each in judgements if each.by.strip()}


def _judged(acts: Acts) -> Iterator[Reason]:
    for _, each in sorted(_latest(acts.judgements).items()):
        word = "refused" if each.verdict is Verdict.REFUSE else "returned"
        if each.verdict is not Verdict.APPROVE:
            effect = Effect.WITHHOLD if each.verdict is Verdict.REFUSE else Effect.REFER
            yield Reason(
                "queue", effect, f"{each.by} {word} it: {each.why}", unless=(f"another judgement of {each.by}",)
            )


def _covers(one: Authority, decision: Decision, handling: Handling, kind: str, acts: Acts) -> bool:
    signed = one.signed_on is not None and one.signed_on <= acts.as_of and bool(one.officer.strip())
    ends = one.term.ends is not None and one.term.ends.last != NEVER.last
    return (
        signed
        and ends
        and one.term.holds_on(acts.as_of) is Truth.TRUE
        and one.purposes is not None
        and acts.purpose in one.purposes
        and (one.types is None or kind in one.types)
        and (one.collections is None or not one.collections.isdisjoint(acts.collections))
        and (one.redacted or decision.effect is not Effect.REDACT)
        and _within(handling, one)
    )


def _within(handling: Handling, one: Authority) -> bool:
    """Tell whether its levels are no stricter than the authority's; what is not capped covers the lowest level alone."""
    tlp = (handling.tlp or Tlp.CLEAR).rank <= (one.tlp or Tlp.CLEAR).rank
    return tlp and (handling.classification or Classification.U).rank <= (one.classification or Classification.U).rank
