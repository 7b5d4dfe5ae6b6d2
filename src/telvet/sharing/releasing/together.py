"""Turns ceilings on what a partner may hold together into reasons for the objects that would go beyond them.

* Counted are objects, not versions: those that the partner holds already, then those that would go, the oldest first, then by id.
* The order is one of the objects alone, so that neither the order of arrival nor of the file matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from telvet.model.release import Ceiling
from telvet.model.sharing import Decision, Effect, Reason
from telvet.sharing.objects.thing import Thing
from telvet.sharing.objects.timestamps import microseconds

__all__ = ["TOGETHER", "beyond"]

TOGETHER = "together"
_MARKING = "marking-definition"


def beyond(
    ceilings: Iterable[Ceiling],
    things: Sequence[Thing],
    decisions: Sequence[Decision],
    holding: AbstractSet[str] | None,
) -> dict[str, Reason]:
    """Return by id the reason of each object that would go beyond a ceiling.

    Args:
        ceilings: Those that concern the partner.
        things: What is decided about.
        decisions: In the same order, before references are closed.
        holding: The ids that the partner holds already; None where that, or what else would go, is not known.
    """
    going = {
        thing.id: thing
        for thing, decision in zip(things, decisions, strict=True)
        if decision.effect.releases and thing.type != _MARKING
    }
    found: dict[str, Reason] = {}
    for ceiling in sorted(ceilings, key=lambda each: each.id):
        held = {name for name in holding or () if _counts(ceiling, name.partition("--")[0])}
        fresh = [
            name for name in _in_order(going.values()) if _counts(ceiling, name.partition("--")[0]) and name not in held
        ]
        left = max(ceiling.most - len(held), 0) if holding is not None else 0
        would = f"the partner would hold {len(held) + len(fresh):,} together"
        because = f"{ceiling.id}: {would if holding is not None else 'it cannot be counted here'}, and {ceiling.most:,} may go"
        said = f"{because}; {ceiling.why}" if ceiling.why else because
        found.update(dict.fromkeys(fresh[left:], Reason(TOGETHER, Effect.REFER, said, unless=("approval",))))
    return found


def _counts(ceiling: Ceiling, kind: str) -> bool:
    return kind != _MARKING and (ceiling.types is None or kind in ceiling.types)


def _in_order(things: Iterable[Thing]) -> list[str]:
    """Return the ids, the oldest object first."""
    ordered = sorted((microseconds(str(thing.held.get("created") or "")) or 0, thing.id) for thing in things)
    return [name for _, name in ordered]
