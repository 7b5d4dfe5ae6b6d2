"""Turn equipment into what is in use where, and whose: counts of elements that surely, or perhaps, meet a condition.

* What is asked is attributed equipment, never a finding: no law, waiver or overlay about law plays a part.
* Rows are told apart as finely as the questions need, and grouped once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from telvet.assessment.dimensions import dimensions
from telvet.assessment.docket import Docket, index
from telvet.assessment.knowledge import Knowledge
from telvet.assessment.overlays import Overlays
from telvet.assessment.use import in_use
from telvet.model.condition import All, Any, Condition, Test, tests_of
from telvet.model.law import Designation, Effect, EffectKind, Pack, Provision, Subject
from telvet.model.status import Force
from telvet.model.truth import Truth, all_of
from telvet.packs.conditions import always
from telvet.packs.law import Law
from telvet.rules.evaluate import evaluate
from telvet.tables.judging import Judging, Key, Tokens
from telvet.tables.relation import Relation

__all__ = ["Survey", "made_by", "survey"]

_NAME = "survey"


def made_by(vendor: str, generation: str | None, country: str) -> Condition:
    """Return the condition of equipment in a country that a vendor, or what it controls, made."""
    parts = (Test("equipment.vendor", "designated", (f"{_NAME}#{vendor}",)), Test("equipment.country", "is", country))
    return All((*parts, *((Test("equipment.generation", "is", generation),) if generation else ())))


@dataclass(frozen=True)
class Survey:
    """The classes of some equipment, fine enough for the conditions that were announced."""

    backend: Judging
    equipment: Relation
    docket: Docket
    keys: tuple[Key, ...]
    classes: tuple[tuple[Tokens, int], ...]
    _kept: dict[Condition, tuple[Tokens, ...]] = field(default_factory=dict)

    def truth(self, condition: Condition, tokens: Tokens) -> Truth:
        """Tell whether the elements of a class meet a condition and are in use."""
        used = in_use(self.docket.standing(tokens), self.docket.knowledge.on).truth
        return all_of((used, evaluate(condition, lambda test: self.docket.answer(test, tokens))))

    def surely(self, condition: Condition) -> tuple[int, str]:
        """Return how many elements in use surely meet a condition, and the place of the first."""
        if condition not in self._kept:
            self._kept[condition] = tuple(
                tokens for tokens, _ in self.classes if self.truth(condition, tokens) is Truth.TRUE
            )
        met = self._kept[condition]
        counted = sum(rows for tokens, rows in self.classes if tokens in met)
        return counted, self._first(met) if met else ""

    def _first(self, met: Iterable[Tokens]) -> str:
        found = self.backend.judged(self.equipment, self.keys, [(tokens, 0) for tokens in met], keep=False)
        files = [str(values[0]) for values, _ in self.backend.counts(found, ["origin_file"])]
        file, record = next(iter(self.backend.rows(found, ("origin_file", "origin_row"), file_order=files)))
        return f"{file} record {'?' if record is None else int(float(str(record)))}"

    def share(self, of: Condition, among: Condition) -> tuple[Fraction, Fraction, int]:
        """Return the ends of the share of elements in use that meet a condition, and how many may be among them."""
        sure = may_not = may = sure_not = whole = 0
        for tokens, rows in self.classes:
            inside = self.truth(among, tokens)
            if inside is Truth.FALSE:
                continue
            limited = evaluate(of, lambda test, tokens=tokens: self.docket.answer(test, tokens))  # type: ignore[misc]
            whole += rows
            sure += rows * (inside is Truth.TRUE and limited is Truth.TRUE)
            may_not += rows * (limited is not Truth.TRUE)
            may += rows * (limited is not Truth.FALSE)
            sure_not += rows * (inside is Truth.TRUE and limited is Truth.FALSE)
        return _ratio(sure, may_not), _ratio(may, sure_not), whole


def _ratio(part: int, rest: int) -> Fraction:
    return Fraction(part, part + rest) if part + rest else Fraction(0)


def survey(backend: Judging, equipment: Relation, knowledge: Knowledge, asked: Iterable[Condition]) -> Survey:
    """Group equipment so that conditions can be put to it, among them `made_by` of any vendor of the register."""
    conditions = tuple(asked)
    pack = _pack(conditions)
    packs = (*knowledge.law.packs, pack)
    known = replace(knowledge, law=Law(packs, frozenset({pack.provisions[0].id}), frozenset()), overlays=Overlays())
    docket = Docket(known, [index(one, backend.distinct(equipment, one.sources)) for one in dimensions(known)])
    keys = tuple(one.key for one in docket.indexed)
    return Survey(backend, equipment, docket, keys, tuple(backend.classify(equipment, keys)))


def _pack(conditions: tuple[Condition, ...]) -> Pack:
    """Write the questions as a rule, so that they are answered as rules are."""
    wanted = {
        str(name).partition("#")[2]: str(name)
        for condition in conditions
        for test in tests_of(condition)
        if isinstance(test.operand, tuple)
        for name in test.operand
        if str(name).startswith(f"{_NAME}#")
    }
    rule = Provision(
        id=f"{_NAME}.rule", pack=_NAME, title="", subject=Subject.EQUIPMENT, binds=always, when=Any(conditions),
        effect=Effect(EffectKind.STATE, "use"), enacted=date.min, from_=None, by=None, to=None, extensions=(), excuses=(),
        share=None, per=(), force=Force.SCENARIO, cites=(), text="", quoted=False, uncertain="",
    )  # fmt: skip
    named: Mapping[str, Designation] = {
        name: Designation(name, vendor, (), "made", "control", (), "judgement", date.min, None, ())
        for vendor, name in wanted.items()
    }
    return Pack(
        id=_NAME, title="", jurisdiction="", force=Force.SCENARIO, enacted=date.min, to=None, version="", about="",
        binds=always, functions={}, instruments={}, designations=named, provisions=(rule,), supersedes=(), digest="",
    )  # fmt: skip
