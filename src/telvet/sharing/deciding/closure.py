"""Turns decisions on a set of objects into decisions that agree: nothing that goes out names what does not.

* What holds a reference to what stays goes without the reference, where that is allowed, or stays itself; so until nothing changes.
* A marking definition goes with what it marks, and not without; what it marks does not go without it.
* A decision only ever becomes stricter, save that a marking definition needs no marks of its own, nor its maker's consent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from telvet.model.sharing import Decision, Effect, Obligation, Reason, Reference
from telvet.sharing.deciding.composing import in_order, strictest_effect
from telvet.sharing.deciding.parts import lifting
from telvet.sharing.markings.selectors import Path, covers, read_selector

__all__ = ["close"]

_FREED = ("marks", "third-party")
_IDLE = Reason("marking", Effect.WITHHOLD, "it marks nothing that goes out")
_STAYS = (Effect.REFER, Effect.WITHHOLD)


def close(decisions: Mapping[str, Decision], references: Mapping[str, Sequence[Reference]]) -> Mapping[str, Decision]:
    """Close decisions over references.

    Args:
        decisions: By the id of the object.
        references: The ids that each object holds; of one without entry there are none.
    """
    marking = {each.target for held in references.values() for each in held if each.marking}
    now = {name: _accompanying(one) if name in marking else one for name, one in decisions.items()}
    held = {name: _sound(references.get(name, ()), one) for name, one in now.items()}
    idlers = {name for name in marking if name in now and _is_idle(now[name])}
    while True:
        # Whatever they mark stays for reasons of its own: that they stay too must not make it stricter.
        held = {name: _without_marks(each, idlers) for name, each in held.items()}
        effects = _fixpoint(now, held)
        closed = {
            # What goes whole names nothing that stays.
            name: one if effects[name] is Effect.PERMIT else _closed(one, held[name], effects)
            for name, one in now.items()
        }
        lone = _lone(closed, held, marking)
        if not lone:
            return closed
        now.update({name: _with(now[name], (_IDLE,), ()) for name in lone})
        idlers |= lone


def _lone(
    decisions: Mapping[str, Decision], held: Mapping[str, Sequence[Reference]], marking: Iterable[str]
) -> set[str]:
    """Return the marking definitions that would go out though nothing that goes out leads to them by its marks."""
    out = {name for name, one in decisions.items() if one.effect.releases}
    lone = out.intersection(marking)
    due = out - lone
    while due:
        reached = {each.target for each in held[due.pop()] if each.marking} & lone
        lone -= reached
        due |= reached
    return lone


def _is_idle(decision: Decision) -> bool:
    """Tell whether a marking definition was found to mark nothing that goes out."""
    return _IDLE in decision.reasons


def _without_marks(references: tuple[Reference, ...], idlers: AbstractSet[str]) -> tuple[Reference, ...]:
    """Leave out the marks that are idle."""
    if not any(each.marking and each.target in idlers for each in references):
        return references
    return tuple(each for each in references if not (each.marking and each.target in idlers))


def _fixpoint(decisions: Mapping[str, Decision], held: Mapping[str, Sequence[Reference]]) -> dict[str, Effect]:
    """Return the effects when nothing changes any more; references alone make an effect stricter, never freer."""
    effects = {name: one.effect for name, one in decisions.items()}
    holders = defaultdict(set)
    for name, references in held.items():
        for each in references:
            holders[each.target].add(name)
    due = {name for name, references in held.items() if references}
    while due:  # in rounds: what holds many references is looked at once a round, not once for each of them
        again: set[str] = set()
        for name in due:
            gone = _gone(held[name], effects)
            effect = max(decisions[name].effect, _effect(decisions[name], held[name], gone, effects), key=_rank)
            if effect is not effects[name]:
                effects[name] = effect
                again |= holders[name]
        due = again
    return effects


def _closed(decision: Decision, held: Sequence[Reference], effects: Mapping[str, Effect]) -> Decision:
    """Write into a decision what its references come to."""
    gone = _gone(held, effects)
    effect = _effect(decision, held, gone, effects)
    if effect is Effect.PERMIT:
        return decision
    reasons = [
        Reason(
            "references",
            Effect.REDACT if effect is Effect.REDACT else effects.get(each.target, Effect.REFER),
            f"{each.at} names {each.target}, which stays",
            unless=(f"release of {each.target}",),
        )
        for each in gone
    ]
    return _with(decision, reasons, [each.at for each in gone] if effect is Effect.REDACT else ())


def _effect(
    decision: Decision, held: Sequence[Reference], gone: Sequence[Reference], effects: Mapping[str, Effect]
) -> Effect:
    """Return what the references that are gone come to by themselves."""
    if not gone:
        return Effect.PERMIT
    if decision.may_redact and _can_be_missed(held, gone):
        return Effect.REDACT
    return max((effects.get(each.target, Effect.REFER) for each in gone), key=_rank)


def _gone(held: Iterable[Reference], effects: Mapping[str, Effect]) -> list[Reference]:
    """Return the references to what stays; nobody has decided on a target that has no effect."""
    return [
        each for each in held if effects.get(each.target, Effect.PERMIT if each.marking else Effect.REFER) in _STAYS
    ]


def _can_be_missed(held: Iterable[Reference], gone: Sequence[Reference]) -> bool:
    """Tell whether the object can be without all that is gone: each may be missing, or others of its list are left."""
    if any(each.marking for each in gone):
        return False
    needed = [each.at.partition(".[") for each in gone if each.required]
    if not needed:
        return True
    lost = set(gone)
    left = {each.at.partition(".[")[0] for each in held if each not in lost}
    return all(listed and head in left for head, listed, _ in needed)


def _sound(references: Sequence[Reference], decision: Decision) -> tuple[Reference, ...]:
    """Leave out the references that go missing with a part."""
    if not decision.redacted:
        return tuple(references)
    missing = [path for selector in decision.redacted if (path := read_selector(selector)) is not None]
    return tuple(each for each in references if not missing or not _within(each.at, missing))


def _within(at: str, missing: Iterable[Path]) -> bool:
    path = read_selector(at)
    return path is not None and any(covers(wide, path) for wide in missing)


def _accompanying(decision: Decision) -> Decision:
    """Free a marking definition of the need to be marked, and of whose it is."""
    reasons = tuple(reason for reason in decision.reasons if reason.rule not in _FREED)
    if len(reasons) == len(decision.reasons):
        return decision
    return replace(decision, effect=strictest_effect(reasons), reasons=reasons)


def _with(decision: Decision, reasons: Sequence[Reason], redacted: Sequence[str]) -> Decision:
    """Add reasons, and what goes missing, to a decision."""
    every = in_order((*decision.reasons, *reasons))
    effect = strictest_effect(every)
    obligations = set(decision.obligations)
    if redacted:
        obligations.add(Obligation("parts", "say that parts of it are missing"))
    return replace(
        decision,
        effect=effect,
        reasons=every,
        obligations=tuple(sorted(obligations)),
        unless=_unless(decision, effect, reasons),
        redacted=tuple(sorted({*decision.redacted, *redacted})),
    )


def _unless(before: Decision, effect: Effect, added: Iterable[Reason]) -> tuple[tuple[str, ...], ...]:
    """Return what would lift the reasons of a decision and those added that are as strict as their effect."""
    more = lifting(reason for reason in added if reason.effect.rank >= effect.rank)
    if more is None:
        return ()
    before_that = before.unless if effect is before.effect else ((),)
    found = {tuple(sorted({*facts, *more})) for facts in before_that}
    return tuple(sorted(found, key=lambda facts: (len(facts), facts)))


def _rank(effect: Effect) -> int:
    return effect.rank
