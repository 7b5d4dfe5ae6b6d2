"""Turn makers and operators into the provisions that may touch both, and these into how finely rows must be told apart.

* A provision that is false with nothing known but the maker and the operator is false whatever else comes to be known.
* Where no provision that may touch a pair reads a fact, the fact tells nothing apart there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from telvet.assessment.dimensions import MAKER, Dimension, named
from telvet.assessment.judging import conditions_of, designated_tests, needs_use
from telvet.assessment.knowledge import Knowledge
from telvet.assessment.use import event_fact
from telvet.model.condition import All, Test, facts_of
from telvet.model.law import EffectKind, Provision
from telvet.model.truth import Truth
from telvet.rules.evaluate import evaluate
from telvet.tables.judging import Key

__all__ = ["Pair", "Relevance", "facts_read"]

Pair = tuple[int, int]
"""The tokens of a maker and of an operator."""


@dataclass(frozen=True)
class Relevance:
    """Which provisions may touch which makers and operators."""

    knowledge: Knowledge
    makers: int
    operators: int
    """How many tokens there are of each."""
    answer: Callable[[Test, Pair], Truth]
    """Answers a test of the maker or of the operator."""

    def _may(self, provision: Provision, pair: Pair, *, of_maker: bool) -> bool:
        """Tell whether a provision may be true, with only the maker or only the operator known."""

        def known(test: Test) -> Truth:
            if test.fact == MAKER:
                waits = not of_maker or self.knowledge.lookup.depends_on_making(named(test))
            else:
                waits = of_maker or not test.fact.startswith("operator.")
            return Truth.UNKNOWN if waits else self.answer(test, pair)

        return evaluate(All((provision.binds, provision.when)), known) is not Truth.FALSE

    @cached_property
    def _masks(self) -> tuple[list[int], list[int]]:
        """The provisions that may touch each maker, and each operator, as bits."""
        every = list(enumerate(self.knowledge.provisions))
        return (
            [
                sum(1 << bit for bit, p in every if self._may(p, (maker, 0), of_maker=True))
                for maker in range(self.makers)
            ],
            [
                sum(1 << bit for bit, p in every if self._may(p, (0, one), of_maker=False))
                for one in range(self.operators)
            ],
        )

    def _provisions(self, mask: int) -> tuple[Provision, ...]:
        return tuple(one for bit, one in enumerate(self.knowledge.provisions) if mask & 1 << bit)

    @cached_property
    def touching(self) -> Mapping[Pair, tuple[Provision, ...]]:
        """The provisions that may touch each maker and operator together, by id."""
        known: dict[int, tuple[Provision, ...]] = {}
        found = {}
        for maker, of_maker in enumerate(self._masks[0]):
            for operator, of_operator in enumerate(self._masks[1]):
                mask = of_maker & of_operator
                if mask not in known:
                    known[mask] = self._provisions(mask)
                found[maker, operator] = known[mask]
        return found

    def varied(self, key: Key, dimension: Dimension, representatives: Sequence[object]) -> Key:
        """Return a key with a variant for each set of provisions that read its dimension and may touch some pair."""
        if dimension.within is None:
            return key
        reading = sum(
            1 << bit
            for bit, one in enumerate(self.knowledge.provisions)
            if dimension.name in facts_read(one, self.knowledge)
        )
        variants: dict[tuple[int, ...], int] = {}
        by_mask: dict[int, int] = {}
        chosen: dict[Pair, int] = {}
        for maker, of_maker in enumerate(self._masks[0]):
            for operator, of_operator in enumerate(self._masks[1]):
                mask = of_maker & of_operator & reading
                if mask not in by_mask:
                    signature = dimension.within(self._provisions(mask))
                    variant = _first_alike(signature(value) for value in representatives)
                    by_mask[mask] = variants.setdefault(variant, len(variants))
                chosen[maker, operator] = by_mask[mask]
        return replace(key, variants=tuple(variants), chosen=chosen)


def _first_alike(signatures: Iterable[object]) -> tuple[int, ...]:
    """Return for each signature the place of the first that is equal to it."""
    first: dict[object, int] = {}
    return tuple(first.setdefault(signature, place) for place, signature in enumerate(signatures))


def facts_read(provision: Provision, knowledge: Knowledge) -> frozenset[str]:
    """Return the names of the dimensions that judging a provision looks at."""
    facts = {"operator", "notes", *_standing_facts(provision)}
    for condition in conditions_of(provision):
        facts |= facts_of(condition)
    if knowledge.lookup.depends_on_making([name for test in designated_tests(provision) for name in named(test)]):
        facts |= {"equipment.installed_on", "equipment.procured_on"}
    return frozenset(facts)


def _standing_facts(provision: Provision) -> set[str]:
    """Return the facts of an element's life that judging a provision looks at."""
    anchors = {line.anchor for line in (provision.from_, provision.by) if line and line.anchor}
    if provision.effect.kind is EffectKind.EVENT:
        return {"equipment.lifecycle", event_fact(provision.effect.act), *anchors}
    used = {"equipment.installed_on"} if needs_use(provision) else set[str]()
    return {"equipment.lifecycle", "equipment.removed_on", *used, *anchors}
