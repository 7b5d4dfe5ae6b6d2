"""Turns objects into what becomes of each for one partner: decided, under a person's act or not, closed over references.

* Pure: what is known was passed in when the gate was made. A gate is for one partner, one day and one state of the record.
* `epoch` tells gates apart: equal epochs decide alike, so whoever keeps outcomes keeps the epoch beside them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Protocol

from telvet.catalog.approvals import ApprovalRules
from telvet.catalog.handling import HandlingRules
from telvet.catalog.stix import StixRules
from telvet.model.handling import Handling, strictest
from telvet.model.release import Authority, Ceiling, Judgement, Outcome, Recall
from telvet.model.sharing import Candidate, Decision, Effect, LawAnswer, Reason, Reference
from telvet.sharing.deciding.closure import close
from telvet.sharing.decision import Decider
from telvet.sharing.markings.stix_object import MarkingCompiler, definitions_of
from telvet.sharing.objects.candidates import candidate
from telvet.sharing.objects.originating import originators_of
from telvet.sharing.objects.thing import Thing
from telvet.sharing.recorded.known import Known
from telvet.sharing.releasing.acts import Acts, accompanying, acted, amended, approved, knowing, referring
from telvet.sharing.releasing.naming import named
from telvet.sharing.releasing.together import TOGETHER, beyond

__all__ = ["Gate", "Gates", "Offered", "Rules"]

_MARKING = "marking-definition"


@dataclass(frozen=True, slots=True)
class Offered:
    """An object where it lies."""

    thing: Thing
    collections: frozenset[str] = frozenset({"files"})
    """The names (id and alias) of the collection in which it lies; `files` for a file."""
    purpose: str | None = None
    candidate: Candidate | None = None
    """What a decision looks at, of what is no object of STIX; None where the object itself says it."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What ships as data and every gate looks at."""

    handling: HandlingRules
    stix: StixRules
    approvals: ApprovalRules


@dataclass(frozen=True)
class Gate:
    """Decides for one partner."""

    partner: str
    as_of: date
    known: Known
    rules: Rules
    laws: frozenset[LawAnswer] = frozenset()
    epoch: str = ""
    about: Mapping[str, str] = field(default_factory=dict)
    """What decisions rest on, for the record: digests and days."""
    _deciders: dict[str | None, Decider] = field(default_factory=dict, init=False, repr=False, compare=False)
    _covered: dict[tuple[object, ...], Decision] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def ceilings(self) -> tuple[Ceiling, ...]:
        """Return what the partner may hold together; where there is any, whatever may go must be decided at once."""
        mine = (each for each in self.known.ceilings if each.partners is None or self.partner in each.partners)
        return tuple(sorted(mine, key=lambda each: each.id))

    def outcomes(self, offered: Sequence[Offered], holding: AbstractSet[str] | None = frozenset()) -> list[Outcome]:
        """Return what becomes of each, in their order.

        Whatever an object refers to must be among them if it is to go out: what is not there is gone. Marking
        definitions count from wherever they stand. Of several versions of one object a reference means the newest.

        Args:
            offered: All objects that may go, and all that they refer to.
            holding: The ids that the partner holds already, for ceilings; None where not all that may go is offered at once.
        """
        candidates = self._candidates(offered)
        there = {each.thing.id for each in offered}
        marks = {reference.target for one in candidates for reference in one.references if reference.marking}
        decisions = []
        for place, (each, one) in enumerate(zip(offered, candidates, strict=True)):
            decision, knowing = self._released(each, one, accompanies=one.type == _MARKING and one.id in marks)
            decisions.append(decision)
            if knowing:
                kept = tuple(reference for reference in one.references if reference.target in there)
                candidates[place] = replace(one, references=kept)
        if self.ceilings:
            decisions = self._within_ceilings(offered, candidates, decisions, holding)
        closed = self._closed(offered, candidates, decisions)
        gone_out: dict[int, Outcome] = {}  # what is decided alike is one and the same decision
        return [
            gone_out.get(id(decision)) or gone_out.setdefault(id(decision), Outcome(decision, _acts_of(decision)))
            if decision.effect.releases
            else self._outcome(one, decision)
            for one, decision in zip(candidates, closed, strict=True)
        ]

    def decisions(self, offered: Sequence[Offered]) -> list[Decision]:
        """Return what may become of each, in their order, before any person acts."""
        candidates = self._candidates(offered)
        decisions = [self._decider(each.purpose).decide(one) for each, one in zip(offered, candidates, strict=True)]
        return self._closed(offered, candidates, decisions)

    def _candidates(self, offered: Sequence[Offered]) -> list[Candidate]:
        things = [each.thing for each in offered]
        compiler = MarkingCompiler(definitions_of(each.held for each in things), self.rules.handling, self.as_of)
        originators = originators_of(things, self.known.originated)
        return [
            each.candidate or candidate(each.thing, compiler, originators[each.thing.id], self.rules.stix)
            for each in offered
        ]

    def _decider(self, purpose: str | None) -> Decider:
        found = self._deciders.get(purpose)
        if found is None:
            facts = self.known.facts(self.partner, self.as_of, purpose=purpose, laws=self.laws)
            found = self._deciders[purpose] = Decider(facts)
        return found

    def _released(self, offered: Offered, one: Candidate, *, accompanies: bool) -> tuple[Decision, bool]:
        """Decide, and look for the act by which it leaves; a marking definition leaves with what it marks, if it marks anything.

        The second part tells whether persons approved that it names what nobody decided on.
        """
        decision = self._decider(offered.purpose).decide(one)
        judgements = self._judgements.get((one.id, offered.thing.version), ())
        recalls = self._recalls.get(one.id, ())
        if not judgements and not recalls:
            return (accompanying(decision) if accompanies else self._by_authority(decision, one, offered)), False
        acts = Acts(
            self.as_of,
            self._authorities,
            [each for each in judgements if each.digest == offered.thing.digest],
            recalls,
            offered.purpose,
            offered.collections,
        )
        released = acted(decision, _whole(one), one.type, acts, self.rules.approvals)
        known = knowing(released, _whole(one), acts, self.rules.approvals)
        return known or released, known is not None

    def _within_ceilings(
        self,
        offered: Sequence[Offered],
        candidates: Sequence[Candidate],
        decisions: Sequence[Decision],
        holding: AbstractSet[str] | None,
    ) -> list[Decision]:
        """Refer what would go beyond a ceiling, unless persons approved that it does."""
        over = beyond(self.ceilings, [each.thing for each in offered], decisions, holding)
        return [
            decision if (reason := over.get(one.id)) is None else self._beyond(each, one, decision, reason)
            for each, one, decision in zip(offered, candidates, decisions, strict=True)
        ]

    def _beyond(self, offered: Offered, one: Candidate, decision: Decision, reason: Reason) -> Decision:
        persons = self.rules.approvals.persons(_whole(one), {TOGETHER})
        mine = self._judgements.get((offered.thing.id, offered.thing.version), ())
        by = approved([each for each in mine if each.digest == offered.thing.digest], {TOGETHER}, persons)
        return amended(decision, [replace(reason, excused_by=by, unless=()) if by else reason])

    def _by_authority(self, decision: Decision, one: Candidate, offered: Offered) -> Decision:
        """Look for a standing authority; what it looks at is alike for many objects."""
        whole = _whole(one)
        key = (id(decision), one.type, offered.collections, offered.purpose, whole.tlp, whole.classification)
        found = self._covered.get(key)
        if found is None:
            acts = Acts(self.as_of, self._authorities, (), (), offered.purpose, offered.collections)
            # The decider keeps every decision that it made, so that no other can have its identity.
            found = self._covered[key] = acted(decision, whole, one.type, acts, self.rules.approvals)
        return found

    def _outcome(self, one: Candidate, decision: Decision) -> Outcome:
        """Return what becomes of what stays."""
        if decision.effect is Effect.WITHHOLD:
            return Outcome(decision)
        asking = referring(decision)
        return Outcome(decision, persons=self.rules.approvals.persons(_whole(one), asking))

    def _closed(
        self, offered: Sequence[Offered], candidates: Sequence[Candidate], decisions: Sequence[Decision]
    ) -> list[Decision]:
        names = named([each.thing for each in offered], decisions)
        by_name = dict(zip(names, decisions, strict=True))
        held: dict[str, Sequence[Reference]] = dict(zip(names, (each.references for each in candidates), strict=True))
        closed = close(by_name, held)
        return [closed[name] for name in names]

    @cached_property
    def _authorities(self) -> tuple[Authority, ...]:
        return tuple(each for each in self.known.authorities if each.partner == self.partner)

    @cached_property
    def _judgements(self) -> Mapping[tuple[str, str], Sequence[Judgement]]:
        found: dict[tuple[str, str], list[Judgement]] = defaultdict(list)
        for each in self.known.judgements:
            if each.partner == self.partner:
                found[each.object, each.version].append(each)
        return found

    @cached_property
    def _recalls(self) -> Mapping[str, Sequence[Recall]]:
        found: dict[str, list[Recall]] = defaultdict(list)
        for each in self.known.recalls:
            if each.partners is None or self.partner in each.partners:
                for name in each.objects:
                    found[name].append(each)
        return found


class Gates(Protocol):
    """Makes gates from what is known now."""

    def gate(self, partner: str) -> Gate:
        """Return the gate of a partner as of now; the same one while nothing has changed."""


def _whole(one: Candidate) -> Handling:
    return strictest((one.whole, *(part.handling for part in one.parts))) if one.parts else one.whole


def _acts_of(decision: Decision) -> tuple[str, ...]:
    """Return the acts that a decision rests on."""
    approvals = {
        each.excused_by for each in decision.reasons if each.excused_by and each.excused_by.startswith("approval ")
    }
    authorities = {each.because for each in decision.reasons if each.rule == "authority" and each.effect.releases}
    return tuple(sorted(approvals | {text.removesuffix(" covers it") for text in authorities}))
