"""Shows one candidate after the other, takes a key for each, and writes what was decided before the next is shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import click

from telvet.catalog.evidence_codes import read_codes
from telvet.cli.evidence_options import now
from telvet.cli.output import width
from telvet.cli.review_keys import Keys
from telvet.evidence.reviewing.likeness import alike
from telvet.evidence.reviewing.mending import KEYS, Draft, Unfit
from telvet.evidence.reviewing.review import Choice, Review, Writing
from telvet.evidence.reviewing.surroundings import Bounds, around, bounds
from telvet.evidence.statements.making import Maker, Refused, Trouble
from telvet.model.evidence import Document, Statement
from telvet.reporting.review_card import Card, write
from telvet.reporting.table import colour_wanted
from telvet.reporting.words import counted, hung, printable
from telvet.workspace.evidence_ledger import EvidenceLedger, Held

__all__ = ["Desk"]

_CARD = (
    ("a", "accept"), ("e", "edit"), ("r", "reject"), ("s", "skip"), ("u", "undo"), ("q", "quit"), ("?", "help"),
)  # fmt: skip
_MENDED = (("a", "accept as mended"), ("e", "edit further"), ("u", "drop the changes"), ("q", "quit"))
_QUIT = ("q", None)
_HELP = """\
  a  accept: the statement is confirmed as it stands
  e  edit: change what is wrong; the mended statement is confirmed, the old one rejected
  r  reject: the text does not say so; you are asked why, and need not answer
  s  skip: nothing is recorded, and it is shown again next time
  u  undo: take back the latest decision, and the one before it, and so on
  q  quit: what was decided stays; so do Ctrl-C and Ctrl-D
Accept what the text says, whether or not it is true: what contradicts it is found later."""
_HOW = (
    "write KEY=VALUE to change a value, KEY= to empty it, vendor=ONE; OTHER for several; an empty line when done",
    f"keys: {', '.join(KEYS)}",
)


class Desk:
    """One person's review in a workspace."""

    def __init__(
        self, ledger: EvidenceLedger, begun: Review, keys: Keys, known: Mapping[str, Document], held: Sequence[Held]
    ) -> None:
        """Sit down; `known` are the documents, and `held` the statements, that the ledger holds."""
        self.review = begun
        self._ledger, self._keys = ledger, keys
        self._names = {digest: one.name for digest, one in known.items()}
        self._statements = {one.statement.id: one.statement for one in held}
        self._document = lru_cache(maxsize=2)(ledger.document)
        self._codes = read_codes()

    def work(self) -> None:
        """Go on until all is decided and left, or whoever reviews leaves."""
        going = True
        while going:
            going = self._last() if self.review.current is None else self._card(self.review.current)

    def summary(self) -> str:
        """Say how many candidates came out how."""
        tally = self.review.tally()
        return (
            f"{tally.accepted:,} accepted, {tally.mended:,} mended, {tally.rejected:,} rejected, "
            f"{tally.skipped:,} skipped, {tally.left:,} left"
        )

    def _last(self) -> bool:
        """Wait behind the last candidate, where a decision can still be taken back."""
        click.echo(f"that was the last of {len(self.review.queue):,}; u takes the latest decision back, q ends")
        while (key := self._keys.key()) not in _QUIT:
            if key == "u":
                self._undo()
                return True
            _unknown(key, (("u", "undo"), ("q", "quit")))
        return False

    def _card(self, held: Held) -> bool:
        """Show a candidate and do what the key says; return whether to go on."""
        self._show(held.statement, held.proposed_by, _CARD)
        while True:
            key = self._keys.key()
            if key in _QUIT:
                return False
            if key == "e":
                return self._edit(held)
            if key in {"a", "r", "s"}:
                return self._decide(key, held.statement)
            if key == "u" and self._undo():
                return True
            if key == "?":
                click.echo(_HELP)
            elif key != "u":
                _unknown(key, _CARD)

    def _decide(self, key: str, said: Statement) -> bool:
        if key == "s":
            self.review = self.review.skip()
        elif key == "a":
            self._take(*self.review.accept(now()))
        else:
            why = self._keys.line("why (may be empty): ")
            if why is None:
                return False
            self._take(*self.review.reject(now(), why))
        _say(f"{self.review.steps[-1].choice}: {_short(said)}")
        return True

    def _undo(self) -> bool:
        if not self.review.steps:
            click.echo("there is nothing to undo in this review")
            return False
        step = self.review.steps[-1]
        self._take(*self.review.undo(now()))
        _say(f"undone, no longer {step.choice}: {_short(step.statement)}")
        return True

    def _edit(self, held: Held) -> bool:
        """Let a candidate be mended; return whether to go on."""
        said = held.statement
        if said.quote is None or said.raw is None:  # of no statement of a workspace
            return True
        draft = Draft(Maker.of(self._document(said.quote.document)), said.raw)
        while True:
            typed = self._typed(draft)
            if typed is None:
                return False
            draft, mended = typed
            if mended.id == said.id:
                click.echo("nothing was changed")
                return True
            self._show(mended, f"{held.proposed_by}, mended by {self.review.by}", _MENDED)
            key = self._chosen()
            if key == "a":
                moment = now()
                self._take(*self.review.mend(replace(mended, recorded_at=moment), moment))
                _say(f"{Choice.MENDED}: {_short(mended)}")
            if key != "e":
                return key not in _QUIT

    def _chosen(self) -> str | None:
        """Return the key by which a mended statement is accepted, edited further, or dropped."""
        while (key := self._keys.key()) not in {"a", "e", "u", *_QUIT}:
            _unknown(key, _MENDED)
        return key

    def _typed(self, draft: Draft) -> tuple[Draft, Statement] | None:
        """Ask for assignments until an empty line; return the mended statement, or None where the input ended."""
        for told in _HOW:
            _say(told)
        while (line := self._keys.line("edit> ")) is not None:
            try:
                if not line:
                    return draft, draft.statement(now())[0]
                draft, notes = draft.assign(line)
            except Unfit as unfit:
                _say(f"  not taken: {_trouble(unfit.trouble)}")
            except Refused as refused:
                for trouble in refused.troubles:
                    _say(f"  to be mended: {_trouble(trouble)}")
            else:
                for note in notes:
                    _say(f"  note: {_trouble(note)}")
        return None

    def _take(self, review: Review, writing: Writing) -> None:
        """Write a decision; only then is it made."""
        if writing.statements:
            self._ledger.add_statements(writing.statements, proposed_by=f"mended by {review.by}")
            self._statements |= {one.id: one for one in writing.statements}
        if writing.judgements:
            self._ledger.judge(writing.judgements)
        self.review = review

    def _show(self, said: Statement, proposed_by: str, keys: tuple[tuple[str, str], ...]) -> None:
        if said.quote is None:  # of no statement of a workspace
            return
        document = self._document(said.quote.document)
        shown = around(document.text, _bounds(document.text), said.quote.start, said.quote.end)
        confirmed = self.review.confirmed()
        others = (one for one in self._statements.values() if one.country == said.country and one.id in confirmed)
        place = f"{self.review.number:,} of {len(self.review.queue):,}"
        card = Card(said, proposed_by, replace(document, text=""), shown, place, keys, documents=self._names)
        card = replace(card, beside=alike(said, others, self._codes))
        click.echo()
        write(card, self._codes, width(), colour_wanted(sys.stdout, os.environ), sys.stdout)
        sys.stdout.flush()


@lru_cache(maxsize=2)
def _bounds(text: str) -> Bounds:
    return bounds(text)


def _unknown(key: str | None, keys: tuple[tuple[str, str], ...]) -> None:
    known = ", ".join(f"{one} {does}" for one, does in keys)
    told = (
        f"more than one key at once ({counted(len(key), 'character')}) is no answer"
        if key and len(key) > 1
        else f"{key!r} is no key here"
    )
    _say(f"{told}; press {known}")


def _trouble(trouble: Trouble) -> str:
    value = f" ({trouble.value!r})" if trouble.value is not None else ""
    return f"{trouble.key}: {trouble.what}{value}" + (f"; {trouble.fix}" if trouble.fix else "")


def _short(said: Statement) -> str:
    vendors = ", ".join(one.name for one in said.vendors) or "no vendor named"
    return f"{said.country or 'no country'}, {vendors}: {said.measure} ({said.modality})"


def _say(text: str) -> None:
    for line in hung(printable(text), width()):
        click.echo(line)
