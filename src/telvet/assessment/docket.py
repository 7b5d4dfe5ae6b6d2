"""Turn dimensions and the raw values that occur into tokens, and judge each combination of tokens once.

* Rows with equal tokens get equal verdicts; a verdict is made from one representative of each token.
* Provisions that cannot touch a maker and an operator are passed over for all their classes at once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import itemgetter

from telvet.assessment.dimensions import MAKER, Dimension, named
from telvet.assessment.judging import Case, judge
from telvet.assessment.knowledge import Knowledge
from telvet.assessment.relevance import Relevance, facts_read
from telvet.assessment.use import Standing
from telvet.model.condition import Test, facts_of
from telvet.model.dates import Span
from telvet.model.facts import Dated, Fact, Maker, Single
from telvet.model.finding import Verdict
from telvet.model.law import Designation, Provision
from telvet.model.truth import Truth
from telvet.rules.ask import ask
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
    key = Key(dimension.name, dimension.sources, tuple(rows))
    return Indexed(dimension, tuple(representatives), key, tuple(details))


@dataclass
class Docket:
    """The dimensions of a run with their tokens; judges combinations of tokens."""

    knowledge: Knowledge
    indexed: Sequence[Indexed]
    _answers: dict[tuple[Test, object], Truth] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find each dimension's place among the tokens."""
        self._place: Mapping[str, int] = {one.dimension.name: place for place, one in enumerate(self.indexed)}

    @cached_property
    def _relevance(self) -> Relevance:
        makers, operators = (len(one.representatives) for one in self.indexed[:2])
        rest = (0,) * len(self.indexed[2:])
        return Relevance(self.knowledge, makers, operators, lambda test, pair: self.answer(test, (*pair, *rest)))

    @cached_property
    def keys(self) -> list[Key]:
        """The keys of the dimensions, each as fine as the provisions need that may touch a maker and an operator."""
        return [self._relevance.varied(one.key, one.dimension, one.representatives) for one in self.indexed]

    def touching(self, tokens: Tokens) -> tuple[Provision, ...]:
        """Return the provisions that may touch a class, by id."""
        return self._relevance.touching[tokens[0], tokens[1]]

    def judge(self, classes: Iterable[Tokens]) -> Iterator[tuple[Tokens, Provision, Verdict]]:
        """Yield the verdict of each provision for each class that it is not clear of; shares are not among them."""
        memo = {p.id: dict[Hashable, Verdict | None]() for p in self.knowledge.provisions if self._per_element(p)}
        getters = {p.id: self._getter(p) for p in self.knowledge.provisions}
        for tokens in classes:
            for provision in self.touching(tokens):
                known = memo.get(provision.id)
                if known is None:
                    continue
                part = getters[provision.id](tokens)
                if part not in known:
                    known[part] = judge(provision, self.case(provision, tokens))
                if (verdict := known[part]) is not None:
                    yield tokens, provision, verdict

    @staticmethod
    def _per_element(provision: Provision) -> bool:
        about_equipment = any(fact.startswith("equipment.") for fact in facts_of(provision.when))
        return provision.share is None and (
            provision.subject == "equipment" or (provision.subject == "operator" and about_equipment)
        )

    def _getter(self, provision: Provision) -> Callable[[Tokens], Hashable]:
        facts = facts_read(provision, self.knowledge)
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
                found.update({met.id: met for met in self.knowledge.lookup.met(value, named(test))})
        return tuple(found.values())


def _made(standing: Standing) -> Dated:
    """Return when it was made or bought: the earlier known of purchase and installation."""
    spans: list[Span] = [dated.span for dated in (standing.procured, standing.installed) if dated.span]
    return Dated(min(spans, key=lambda span: (span.first, span.last), default=None))
