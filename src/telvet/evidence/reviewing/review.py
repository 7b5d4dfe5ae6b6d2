"""Turns candidate statements and a person's decisions, one after the other, into what the ledger is to record of them.

* A statement waits for review while nobody has judged it, or when its latest judgement reopened it.
* Nothing is changed or taken away: undoing a decision is a further judgement. A skip records nothing.
* There is no input or output and no clock here: a step returns the next state, and what is to be written for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from telvet.model.evidence import Document, Judgement, Statement, Verdict
from telvet.workspace.evidence_ledger import Held

__all__ = ["Choice", "Review", "Step", "Tally", "Writing"]

_UNDONE = "undone in review"


class Choice(StrEnum):
    """What a person did with a candidate."""

    ACCEPTED = "accepted"
    MENDED = "mended"
    REJECTED = "rejected"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Step:
    """One decision of this review."""

    choice: Choice
    statement: Statement
    mended: Statement | None = None
    """What stands in the statement's place."""
    before: Verdict | None = None
    """What stood of the mended statement before, where the ledger held it."""
    held: bool = False
    """Whether the ledger held the mended statement before."""


@dataclass(frozen=True, slots=True)
class Writing:
    """What a step adds to the ledger: statements first, then the judgements of them."""

    statements: tuple[Statement, ...] = ()
    judgements: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many candidates of a review came out how."""

    accepted: int
    mended: int
    rejected: int
    skipped: int
    left: int
    """Not looked at yet."""


@dataclass(frozen=True, slots=True)
class Review:
    """Where one person's review stands: what waits, and the decisions so far."""

    by: str
    queue: tuple[Held, ...]
    """In the order of their documents and places, those already decided among them."""
    known: Mapping[str, Verdict | None]
    """The latest verdict of every statement that the ledger held at the start."""
    steps: tuple[Step, ...] = field(default=())

    @classmethod
    def of(
        cls,
        by: str,
        held: Iterable[Held],
        judgements: Iterable[Judgement],
        documents: Mapping[str, Document],
        only: frozenset[str] | None = None,
    ) -> Review:
        """Begin a review.

        Args:
            by: Who reviews.
            held: The statements of the ledger.
            judgements: All that was judged of them.
            documents: What is known of their documents, by digest.
            only: The digests of the documents to look at; all if None.
        """
        given = tuple(held)
        known: dict[str, Verdict | None] = {one.statement.id: None for one in given}
        known |= {one.statement: one.verdict for one in sorted(judgements, key=lambda one: one.recorded_at)}
        waiting = [
            one for one in given if known[one.statement.id] in {None, Verdict.REOPENED} and _among(one.statement, only)
        ]
        return cls(by, tuple(sorted(waiting, key=lambda one: _place(one.statement, documents))), known)

    @property
    def current(self) -> Held | None:
        """The candidate to decide about now, or None where all were looked at."""
        done = self._covered()
        return next((one for one in self.queue if one.statement.id not in done), None)

    @property
    def number(self) -> int:
        """The place of the current candidate in the queue, from 1; behind its end where all were looked at."""
        current = self.current
        return len(self.queue) + 1 if current is None else self.queue.index(current) + 1

    def verdict(self, statement: str) -> Verdict | None:
        """Return what stands of a statement after the decisions so far; None where nothing was judged."""
        for step in reversed(self.steps):
            if step.mended and step.mended.id == statement:
                return step.before if step.before is Verdict.RETRACTED else Verdict.CONFIRMED
            if step.statement.id == statement and step.choice is not Choice.SKIPPED:
                return Verdict.CONFIRMED if step.choice is Choice.ACCEPTED else Verdict.REJECTED
        return self.known.get(statement)

    def confirmed(self) -> set[str]:
        """Return the ids of all statements that are confirmed after the decisions so far."""
        found = {name for name, verdict in self.known.items() if verdict is Verdict.CONFIRMED}
        for step in self.steps:
            for name in (step.statement.id, step.mended.id if step.mended else None):
                if name and self.verdict(name) is Verdict.CONFIRMED:
                    found.add(name)
                elif name:
                    found.discard(name)
        return found

    def accept(self, now: str) -> tuple[Review, Writing]:
        """Confirm the current candidate as it stands."""
        said = self._now()
        judged = Judgement(said.id, Verdict.CONFIRMED, self.by, now)
        return self._after(Step(Choice.ACCEPTED, said)), Writing(judgements=(judged,))

    def reject(self, now: str, why: str = "") -> tuple[Review, Writing]:
        """Reject the current candidate."""
        said = self._now()
        judged = Judgement(said.id, Verdict.REJECTED, self.by, now, why)
        return self._after(Step(Choice.REJECTED, said)), Writing(judgements=(judged,))

    def skip(self) -> Review:
        """Leave the current candidate for another time."""
        return self._after(Step(Choice.SKIPPED, self._now()))

    def mend(self, mended: Statement, now: str) -> tuple[Review, Writing]:
        """Confirm a statement in place of the current candidate; one that changes nothing is accepted as it stands."""
        said = self._now()
        if mended.id == said.id:
            return self.accept(now)
        before = self.verdict(mended.id)
        judged = [Judgement(said.id, Verdict.REJECTED, self.by, now, "mended", replaced_by=mended.id)]
        if before not in {Verdict.CONFIRMED, Verdict.RETRACTED}:
            judged.insert(0, Judgement(mended.id, Verdict.CONFIRMED, self.by, now, "mended in review"))
        step = Step(Choice.MENDED, said, mended, before, mended.id in self.known)
        return self._after(step), Writing((mended,), tuple(judged))

    def undo(self, now: str) -> tuple[Review, Writing]:
        """Take back the latest decision, so that its candidate is the current one again; a ValueError where there is none."""
        if not self.steps:
            message = "there is nothing to undo"
            raise ValueError(message)
        step, earlier = self.steps[-1], replace(self, steps=self.steps[:-1])
        if step.choice is Choice.SKIPPED:
            return earlier, Writing()
        judged = [Judgement(step.statement.id, Verdict.REOPENED, self.by, now, _UNDONE)]
        if step.mended and step.before not in {Verdict.CONFIRMED, Verdict.RETRACTED}:
            candidate = step.held and step.before is not Verdict.REJECTED
            verdict = Verdict.REOPENED if candidate else Verdict.REJECTED
            judged.append(Judgement(step.mended.id, verdict, self.by, now, _UNDONE))
        return earlier, Writing(judgements=tuple(judged))

    def tally(self) -> Tally:
        """Count the decisions so far, and what was not looked at."""
        count = Counter(step.choice for step in self.steps)
        done = self._covered()
        left = sum(one.statement.id not in done for one in self.queue)
        return Tally(
            accepted=count[Choice.ACCEPTED],
            mended=count[Choice.MENDED],
            rejected=count[Choice.REJECTED],
            skipped=count[Choice.SKIPPED],
            left=left,
        )

    def _now(self) -> Statement:
        if self.current is None:
            message = "there is no candidate to decide about"
            raise ValueError(message)
        return self.current.statement

    def _after(self, step: Step) -> Review:
        return replace(self, steps=(*self.steps, step))

    def _covered(self) -> set[str]:
        mended = {step.mended.id for step in self.steps if step.mended}
        return mended | {step.statement.id for step in self.steps}


def _among(said: Statement, only: frozenset[str] | None) -> bool:
    return only is None or (said.quote is not None and said.quote.document in only)


def _place(said: Statement, documents: Mapping[str, Document]) -> tuple[date, date, str, str, int, int]:
    """Return what candidates are sorted by: when their document came out, its name, and where the quote stands in it."""
    if said.quote is None:
        return (said.published.first, said.published.last, "", "", 0, 0)
    name = documents[said.quote.document].name
    quote = said.quote
    return (said.published.first, said.published.last, name, quote.document, quote.start, quote.end)
