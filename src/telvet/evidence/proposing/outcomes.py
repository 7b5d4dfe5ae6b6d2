"""Turns a measure and the words that govern it into the measure and modality that are said.

* Links act one after the other, from the verb outwards; what each does to a strict, a lenient or another measure is data.
* A link that makes nothing of it ends it: hypothetical and merely compared measures are not proposed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from telvet.evidence.proposing.rulebook import Rulebook

__all__ = ["State", "outcome"]

_STRICT = frozenset({"prohibits", "restricts", "conditions"})
_LENIENT = frozenset({"permits"})
_NOT_GOING_TO = frozenset({"will.not", "would.not"})
_MODALS = frozenset({"shall", "will", "would", "could", "should", "must"})


@dataclass(frozen=True, slots=True)
class State:
    """A measure and how far it has got."""

    measure: str
    modality: str


def outcome(state: State, links: Iterable[str], rules: Rulebook, *, reported: bool, duty: bool) -> State | None:
    """Apply links to a measure.

    Args:
        state: What the verb or noun says by itself.
        links: What governs it, from the verb outwards.
        rules: The data of the rules.
        reported: Somebody is quoted to have said it: "would" is then what will be.
        duty: A measure that is itself a duty: "must" then orders it.
    """
    given = state.modality
    for number, link in enumerate(links):
        name = link
        if name.startswith("would") and reported:
            name = name.replace("would", "will")
        if duty and name in {"must", "shall"}:
            state = State(state.measure, "done")
            continue
        if number and name in _MODALS and state.modality != given and state.modality not in {"done", "ongoing"}:
            continue
        if (
            name in {"decide", "impose", "order", "begin", "plan"}
            and number
            and state.modality not in {"done", "ongoing"}
        ):
            continue
        if state.modality == "denied" and (name == "advocate" or (number and name in _NOT_GOING_TO)):
            continue
        kind = rules.codes.measures[state.measure].kind
        side = "strict" if kind in _STRICT else "lenient" if kind in _LENIENT else "other"
        effects = rules.effects.get(name, {})
        effect = effects.get(side) or effects.get("any")
        if effect is None:
            continue
        if effect.nothing:
            return None
        state = State(effect.measure or state.measure, effect.modality or state.modality)
    return state
