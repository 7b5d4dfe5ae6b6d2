"""Turn dimensions and the raw values that occur into tokens, and judge each combination of tokens once.

* Rows with equal tokens get equal verdicts; a verdict is made from one representative of each token.
* Provisions that a maker cannot be touched by are passed over for all classes of that maker at once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from operator import itemgetter

from telvet.assessment.dimensions import MAKER, Dimension, asks_no_maker
from telvet.assessment.judging import Case, designated_tests, judge, needs_use
from telvet.assessment.knowledge import Knowledge
from telvet.assessment.use import Standing, event_fact
from telvet.model.condition import Test, conjuncts, facts_of
from telvet.model.dates import Span
from telvet.model.facts import Dated, Fact, Maker, Single
from telvet.model.finding import Verdict
from telvet.model.law import Designation, EffectKind, Provision
from telvet.model.truth import Truth
from telvet.rules.ask import ask
from telvet.rules.evaluate import evaluate
from telvet.tables.judging import Key, Raw, Tokens

__all__ = ["Docket", "Indexed", "index"]


@dataclass(frozen=True, slots=True)
class Indexed:
    """A dimension whose occurring values have tokens."""

    dimension: Dimension
    representatives: tuple[object, ...]
    """A value for each token."""
    key: Key
    details: tuple[object, ...]
    """Every distinct value, by the detail that the key carries."""


def index(dimension: Dimension, raws: Iterable[Raw]) -> Indexed:
    """Give tokens to the raw values of a dimension."""
    tokens: dict[Hashable, int] = {}
    representatives: list[object] = []
    details: dict[Hashable, tuple[int, int]] = {}
    rows = []
    for raw in raws:
        value = dimension.value(raw)
        known = details.get(value)
        if known is None:
            token = tokens.setdefault(dimension.signature(value), len(tokens))
            if token == len(representatives):
                representatives.append(value)
            known = details[value] = (token, len(details))
        rows.append((raw, *known))
    key = Key(dimension.name, dimension.sources, tuple(rows), _coarse(dimension, representatives))
    return Indexed(dimension, tuple(representatives), key, tuple(details))


def _coarse(dimension: Dimension, representatives: Sequence[object]) -> tuple[int, ...]:
    """Return, by token, the first that is equal to it for provisions that ask for no maker."""
    if dimension.coarse is None:
        return ()
    first: dict[Hashable, int] = {}
    return tuple(first.setdefault(dimension.coarse(value), token) for token, value in enumerate(representatives))


@dataclass
class Docket:
    """The dimensions of a run with their tokens; judges combinations of tokens."""

    knowledge: Knowledge
    indexed: Sequence[Indexed]
    _answers: dict[tuple[Test, object], Truth] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find each dimension's place among the tokens."""
        self._place: Mapping[str, int] = {one.dimension.name: place for place, one in enumerate(self.indexed)}

    def judge(self, classes: Iterable[Tokens]) -> Iterator[tuple[Tokens, Provision, Verdict]]:
        """Yield the verdict of each provision for each class that it is not clear of; shares are not among them."""
        provisions = [
            p
            for p in self.knowledge.provisions
            if p.share is None and p.subject in ("equipment", "operator") and self._per_element(p)
        ]
        memo: dict[str, dict[Hashable, Verdict | None]] = {p.id: {} for p in provisions}
        getters = {p.id: self._getter(p) for p in provisions}
        touching: dict[int, list[Provision]] = {}
        for tokens in classes:
            maker = tokens[self._place[MAKER]]
            if maker not in touching:
                touching[maker] = [p for p in provisions if self._may_touch(p, tokens)]
            for provision in touching[maker]:
                known, part = memo[provision.id], getters[provision.id](tokens)
                if part not in known:
                    known[part] = judge(provision, self.case(provision, tokens))
                if (verdict := known[part]) is not None:
                    yield tokens, provision, verdict

    @staticmethod
    def _per_element(provision: Provision) -> bool:
        return provision.subject == "equipment" or any(
            fact.startswith("equipment.") for fact in facts_of(provision.when)
        )

    def _may_touch(self, provision: Provision, tokens: Tokens) -> bool:
        lookup = self.knowledge.lookup
        return all(
            lookup.depends_on_making(_designations(test)) or self.answer(test, tokens) is not Truth.FALSE
            for test in conjuncts(provision.when)
            if test.fact == MAKER
        )

    @cached_property
    def keys(self) -> list[Key]:
        """The keys of the dimensions; a finer token counts only where a provision that reads it may touch."""
        reads: dict[str, set[tuple[int, int]]] = {}
        for provision in self.knowledge.provisions:
            if not asks_no_maker(provision):
                pairs = set(self._touched(provision))
                for name in self._facts(provision):
                    reads.setdefault(name, set()).update(pairs)
        return [replace(one.key, fine_for=frozenset(reads.get(one.dimension.name, ()))) for one in self.indexed]

    def _touched(self, provision: Provision) -> Iterator[tuple[int, int]]:
        """Yield the makers and operators that a provision may touch together."""
        rest = (0,) * len(self.indexed[2:])
        makers, operators = (range(len(one.representatives)) for one in self.indexed[:2])
        bound = [
            operator
            for operator in operators
            if evaluate(provision.binds, partial(self.answer, tokens=(0, operator, *rest))) is not Truth.FALSE
        ]
        for maker in makers:
            if self._may_touch(provision, (maker, 0, *rest)):
                yield from ((maker, operator) for operator in bound)

    def _facts(self, provision: Provision) -> frozenset[str]:
        """Return the dimensions that judging a provision looks at."""
        facts = (
            facts_of(provision.binds) | facts_of(provision.when) | {"operator", "notes", *_standing_facts(provision)}
        )
        for excuse in provision.excuses:
            facts |= facts_of(excuse.when)
        if self.knowledge.lookup.depends_on_making(_all_designations(provision)):
            facts |= {"equipment.installed_on", "equipment.procured_on"}
        return facts

    def _getter(self, provision: Provision) -> Callable[[Tokens], Hashable]:
        facts = self._facts(provision)
        return itemgetter(*(place for name, place in self._place.items() if name in facts))

    def _value(self, name: str, tokens: Tokens) -> object:
        place = self._place.get(name)
        return None if place is None else self.indexed[place].representatives[tokens[place]]

    def fact(self, name: str, tokens: Tokens) -> Fact | None:
        """Return the fact of a class, from its representatives."""
        if name.startswith("operator."):
            operator = self._value("operator", tokens)
            return self.knowledge.operator_fact(operator if isinstance(operator, str) else None, name)
        value = self._value(name, tokens)
        if isinstance(value, Maker) and name == MAKER:
            return replace(value, made=_made(self.standing(tokens)))
        return value  # type: ignore[return-value]

    def answer(self, test: Test, tokens: Tokens) -> Truth:
        """Answer a test for a class, once for each value that it depends on."""
        if test.fact.startswith("operator."):
            depends: object = tokens[self._place["operator"]]
        elif test.fact == MAKER and test.operator == "designated":
            depends = (
                tokens[self._place[MAKER]],
                *(
                    tokens[self._place[c]]
                    for c in ("equipment.installed_on", "equipment.procured_on")
                    if c in self._place
                ),
            )
        else:
            place = self._place.get(test.fact)
            depends = None if place is None else tokens[place]
        known = self._answers.get((test, depends))
        if known is None:
            known = self._answers[(test, depends)] = ask(test, self.fact(test.fact, tokens), self.knowledge.lookup)
        return known

    def standing(self, tokens: Tokens) -> Standing:
        """Return where the elements of a class stand in their life."""
        life = self._value("equipment.lifecycle", tokens)
        stage = life.candidates[0] if isinstance(life, Single) and life.candidates else None
        procured, installed, removed = (
            self._dated(name, tokens) for name in ("procured_on", "installed_on", "removed_on")
        )
        return Standing(stage, procured, installed, removed)

    def _dated(self, column: str, tokens: Tokens) -> Dated:
        value = self._value(f"equipment.{column}", tokens)
        return value if isinstance(value, Dated) else Dated()

    def case(self, provision: Provision, tokens: Tokens) -> Case:
        """Return what judging needs to know of a class."""
        operator = self._value("operator", tokens)
        name = operator if isinstance(operator, str) else None
        note = self._value("notes", tokens)
        overlays = self.knowledge.overlays
        return Case(
            on=self.knowledge.on,
            answer=lambda test: self.answer(test, tokens),
            standing=self.standing(tokens),
            met=lambda tests: self._met(tests, tokens),
            excuses=(
                *overlays.excuses(name, provision),
                *(overlays.excuses(note, provision) if isinstance(note, str) else ()),
            ),
            extensions=overlays.extensions(name, provision),
            fact_span=lambda fact: self._dated(fact.removeprefix("equipment."), tokens).span,
        )

    def _met(self, tests: tuple[Test, ...], tokens: Tokens) -> tuple[Designation, ...]:
        found: dict[str, Designation] = {}
        for test in tests:
            value = self.fact(test.fact, tokens)
            if isinstance(value, Maker):
                found.update({met.id: met for met in self.knowledge.lookup.met(value, _designations(test))})
        return tuple(found.values())


def _designations(test: Test) -> tuple[str, ...]:
    return tuple(str(name) for name in test.operand) if isinstance(test.operand, tuple) else ()


def _made(standing: Standing) -> Dated:
    """Return when it was made or bought: the earlier known of purchase and installation."""
    spans: list[Span] = [dated.span for dated in (standing.procured, standing.installed) if dated.span]
    return Dated(min(spans, key=lambda span: (span.first, span.last), default=None))


def _standing_facts(provision: Provision) -> set[str]:
    """Return the facts of an element's life that judging a provision looks at."""
    anchors = {line.anchor for line in (provision.from_, provision.by) if line and line.anchor}
    if provision.effect.kind is EffectKind.EVENT:
        return {"equipment.lifecycle", event_fact(provision.effect.act), *anchors}
    used = {"equipment.installed_on"} if needs_use(provision) else set[str]()
    return {"equipment.lifecycle", "equipment.removed_on", *used, *anchors}


def _all_designations(provision: Provision) -> tuple[str, ...]:
    return tuple(name for test in designated_tests(provision) for name in _designations(test))
