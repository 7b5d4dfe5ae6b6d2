"""Turns what became of objects before and after into what newly leaves, no longer leaves, or goes to the queue, and why.

* Pure; in the order of the objects' names. What does not differ is only counted.
* The reasons told are those that made the difference: that stand in the way on one side and not on the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from telvet.model.release import Outcome
from telvet.model.sharing import Decision, Effect, Reason

__all__ = ["Changed", "Changes", "what_changes"]


@dataclass(frozen=True, slots=True)
class Changed:
    """One object that comes out otherwise."""

    name: str
    before: Effect | None
    """None where it was not asked about."""
    after: Effect | None
    lifted: tuple[Reason, ...] = ()
    """What stood in the way before, and does not now."""
    added: tuple[Reason, ...] = ()
    """What stands in the way now, and did not before."""
    left_by: tuple[str, ...] = ()
    """The acts by which it left before."""
    leaves_by: tuple[str, ...] = ()
    """The acts by which it leaves now."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs; an object stands in each list that it belongs to."""

    leaves: tuple[Changed, ...] = ()
    """What newly leaves."""
    stays: tuple[Changed, ...] = ()
    """What no longer leaves."""
    queued: tuple[Changed, ...] = ()
    """What newly goes to the queue."""
    altered: tuple[Changed, ...] = ()
    """What leaves before and after, with other parts missing or by another act."""
    refused: tuple[Changed, ...] = ()
    """What waited in the queue, and is now withheld."""
    same: int = 0
    """How many come out as before."""


def what_changes(before: Mapping[str, Outcome | Decision], after: Mapping[str, Outcome | Decision]) -> Changes:
    """Compare what becomes of objects, each by its name; of decisions, what may leave counts as leaving."""
    names = sorted(before.keys() | after.keys())
    pairs = [_Pair(name, before.get(name), after.get(name)) for name in names]
    return Changes(
        leaves=tuple(_changed(pair) for pair in pairs if pair.now and not pair.then),
        stays=tuple(_changed(pair) for pair in pairs if pair.then and not pair.now),
        queued=tuple(_changed(pair) for pair in pairs if pair.waits(after=True) and not pair.waits(after=False)),
        altered=tuple(_changed(pair) for pair in pairs if pair.then and pair.now and pair.altered),
        refused=tuple(_changed(pair) for pair in pairs if pair.waits(after=False) and pair.shut),
        same=sum(pair.same for pair in pairs),
    )


@dataclass(frozen=True, slots=True)
class _Pair:
    """What became of one object, before and after."""

    name: str
    before: Outcome | Decision | None
    after: Outcome | Decision | None

    @property
    def then(self) -> bool:
        """Tell whether it left before."""
        return _leaves(self.before)

    @property
    def now(self) -> bool:
        """Tell whether it leaves now."""
        return _leaves(self.after)

    @property
    def altered(self) -> bool:
        """Tell whether other parts go missing, or it leaves by another act."""
        return _form(self.before) != _form(self.after)

    @property
    def shut(self) -> bool:
        """Tell whether it is withheld now."""
        return self.after is not None and self.after.effect is Effect.WITHHOLD

    @property
    def same(self) -> bool:
        """Tell whether it comes out as before: the effect, what is missing and the acts."""
        return _form(self.before) == _form(self.after)

    def waits(self, *, after: bool) -> bool:
        """Tell whether it waits for a person."""
        one = self.after if after else self.before
        return one is not None and one.effect is Effect.REFER


def _decision(one: Outcome | Decision | None) -> Decision | None:
    return one.decision if isinstance(one, Outcome) else one


def _acts(one: Outcome | Decision | None) -> tuple[str, ...]:
    return one.leaves_by if isinstance(one, Outcome) else ()


def _leaves(one: Outcome | Decision | None) -> bool:
    return one is not None and one.effect.releases


def _form(one: Outcome | Decision | None) -> tuple[object, ...]:
    """Return what is looked at: the effect, what goes missing and the acts."""
    decision = _decision(one)
    return (decision.effect, decision.redacted, _acts(one)) if decision else (None, (), ())


def _stops(decision: Decision | None) -> Iterator[Reason]:
    if decision is not None:
        yield from (reason for reason in decision.reasons if reason.counts)


def _changed(pair: _Pair) -> Changed:
    old, new = _decision(pair.before), _decision(pair.after)
    then, now = tuple(dict.fromkeys(_stops(old))), tuple(dict.fromkeys(_stops(new)))
    return Changed(
        pair.name,
        old.effect if old else None,
        new.effect if new else None,
        tuple(reason for reason in then if reason not in now),
        tuple(reason for reason in now if reason not in then),
        _acts(pair.before),
        _acts(pair.after),
    )
