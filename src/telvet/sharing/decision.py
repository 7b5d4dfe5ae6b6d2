"""Turns what is known of a partner, and a candidate, into a decision with its reasons: `decide`.

* Pure: it looks at the facts and the candidate, and at no clock, file or name; the same inputs have the same decision.
* Denied by default; unknown is never permit; the meaning is `spec/sharing.md`.
* `Decider` remembers by what `decide` looks at, so that objects handled alike are judged once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from telvet.model.handling import Handling
from telvet.model.sharing import Arrangement, Candidate, Decision, Facts, MarkedPart, Originators
from telvet.model.truth import Truth
from telvet.sharing.deciding.case import Case
from telvet.sharing.deciding.composing import first_of, judged

__all__ = ["Decider", "decide"]

_Key: TypeAlias = tuple[Handling, tuple[MarkedPart, ...], frozenset[str], Originators, str]
_NOTHING: frozenset[str] = frozenset()


def decide(facts: Facts, candidate: Candidate) -> Decision:
    """Decide whether a candidate may go out; references are closed afterwards, by `closure.close`."""
    cases = (Case(facts, candidate.id, candidate.originators, each) for each in _bases(facts))
    return first_of([judged(case, candidate) for case in cases])


def _bases(facts: Facts) -> tuple[Arrangement | None, ...]:
    """Return the arrangements that may be in force, or that there is none."""
    partner = facts.partner
    found: Iterable[Arrangement] = facts.arrangements if partner else ()
    holding = [
        each
        for each in found
        if partner and each.partner == partner.id and each.term.holds_on(facts.as_of) is not Truth.FALSE
    ]
    return tuple(holding) or (None,)


@dataclass(frozen=True, slots=True)
class Decider:
    """Decides for one partner on one day, and remembers."""

    facts: Facts
    _named: frozenset[str] = field(init=False, repr=False, compare=False)
    """The objects that a consent or waiver names: only of these does the id matter."""
    _made: dict[_Key, Decision] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Collect the objects that are named."""
        scopes = [each.objects for each in self.facts.consents] + [each.objects for each in self.facts.waivers]
        object.__setattr__(self, "_named", frozenset(name for scope in scopes for name in scope or ()))

    def decide(self, candidate: Candidate) -> Decision:
        """Decide as `decide` does."""
        required = candidate.required if candidate.parts else _NOTHING
        name = candidate.id if candidate.id in self._named else ""
        key = (candidate.whole, candidate.parts, required, candidate.originators, name)
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = decide(self.facts, candidate)
        return found
