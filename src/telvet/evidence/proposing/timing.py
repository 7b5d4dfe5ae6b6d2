"""Turns the dates that a sentence names into when its event happened, or is to happen, and by when it must be done.

* A date counts where it stands in the clause of the event, or frames it from before; one that belongs to another event does not.
* Rather wide than wrong: a date of speaking only bounds what was told, a month without a year reaches back to the year that was spoken of.
* What is still to come is never dated by when somebody said so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from telvet.evidence.proposing.dating import Dated, dates_in, show
from telvet.evidence.proposing.passages import Passage
from telvet.evidence.proposing.rulebook import Rulebook
from telvet.model.dates import Span

__all__ = ["Timing", "timing_of"]

_AHEAD = frozenset({"planned", "expected"})
_NEAR = 30
_LONG = 40
_BACK = 2
_LOOKS_AHEAD = re.compile(r"(?<![\w-])(?:will|shall|would|is to|are to|set to|due to|expected to|plans? to|going to)\b")
_YEAR = re.compile(r"(?<![\d.,-])(?:19|20)\d\d(?!\d|,\d)")


@dataclass(frozen=True, slots=True)
class Timing:
    """When, as ISO 8601, and the last day for what must be done."""

    when: str | None
    deadline: str | None


def timing_of(
    passages: Sequence[Passage], passage: Passage, span: tuple[int, int], verb: tuple[int, int], modality: str,
    published: Span | None, rules: Rulebook,
) -> Timing:  # fmt: skip
    """Return when an event happened.

    Args:
        passages: Those of the document, in order.
        passage: The sentence.
        span: What is quoted of it.
        verb: Where the words of the event stand.
        modality: How far it has got.
        published: When the document came out.
        rules: The data of the rules.
    """
    clock = _Clock(passages, passage, verb, modality, published, rules)
    found = clock.dates()
    here = [each for each in found if span[0] <= each.start and each.end <= span[1]]
    if not here and len(found) == 1 and clock.frames(found[0], span[0]):
        here = found
    deadline = next((each for each in here if each.deadline), None)
    happened = [clock.bounded(each) for each in here if not each.deadline and clock.of_event(each)]
    if any(clock.anaphoric(each) for each in here):
        happened = []
    if rules.words["moved"].search(passage.folded.text):
        happened = clock.dates(every=True)
    elif any(clock.vague(each) for each in happened):
        happened = []
    return Timing(_shown(happened), deadline.last.isoformat() if deadline and deadline.last else None)


class _Clock:
    """Reads the dates of one sentence for one event."""

    def __init__(
        self,
        passages: Sequence[Passage],
        passage: Passage,
        verb: tuple[int, int],
        modality: str,
        published: Span | None,
        rules: Rulebook,
    ) -> None:
        self._text, self._passages, self._number = passage.folded.text, passages, passage.number
        self._verb, self._modality, self._published, self._rules = verb, modality, published, rules

    def dates(self, *, every: bool = False) -> list[Dated]:
        """Return the dates that may be those of the event: for what is still to come, not those on which somebody said so."""
        past = dates_in(self._text, self._published, ahead=False)
        if self._modality not in _AHEAD:
            return [self._widened(each) for each in past]
        coming = dates_in(self._text, self._published, ahead=True)
        return [
            before if self._told(before) else after for before, after in zip(past, coming, strict=True)
            if every or not (self._told(before) or before.since or self._when_promised(before))
        ]  # fmt: skip

    def frames(self, dated: Dated, start: int) -> bool:
        """Tell whether a date in another clause holds for this one: it stands before, or says when somebody said it."""
        return not dated.deadline and not dated.since and (dated.end <= start or self._said(dated))

    def bounded(self, dated: Dated) -> Dated:
        """Let the day on which something was told be only the last on which it may have happened."""
        if self._modality == "done" and self._said(dated):
            return replace(dated, first=None)
        return dated

    def _when_promised(self, dated: Dated) -> bool:
        """Tell whether a date before what is to come says when that was promised: nothing between them looks ahead."""
        between = self._text[dated.end : self._verb[0]]
        return (
            dated.yearless and dated.end <= self._verb[0] and _LOOKS_AHEAD.search(between + self._verb_words()) is None
        )

    def _verb_words(self) -> str:
        return self._text[slice(*self._verb)]

    def _said(self, dated: Dated) -> bool:
        return self._rules.words["said"].search(self._text, max(0, dated.start - _NEAR), dated.start) is not None

    def _told(self, dated: Dated) -> bool:
        before = self._text[max(0, dated.start - _LONG) : dated.start]
        return self._said(dated) or self._rules.words["past"].search(before) is not None

    def anaphoric(self, dated: Dated) -> bool:
        """Tell whether a date is counted from one that was named before: "that October"."""
        return dated.yearless and self._rules.words["counted_on"].search(self._text, 0, dated.start) is not None

    def vague(self, dated: Dated) -> bool:
        """Tell whether a day without a year is that of something neither done nor told then: it may lie ahead."""
        if self._modality == "done":
            ahead = self._published is not None and dated.first is not None and dated.first > self._published.last
            return ahead and self._rules.words["in_force"].search(self._text) is None
        return dated.yearless and self._modality not in _AHEAD and not dated.since and not self._told(dated)

    def of_event(self, dated: Dated) -> bool:
        """Tell whether a date is that of the event: not of what is counted from it, was founded then, or has a verb of its own."""
        start, end = self._verb
        if self._rules.words["dated_law"].search(self._text[: dated.start]):
            return False
        other = self._rules.words["dated_otherwise"].search(self._text[: dated.start])
        if other is not None and not other.start() <= start < other.end():
            return False
        if dated.start >= end and self._rules.words["counted_from"].search(self._text, 0, start):
            return False
        between = self._text[end : dated.start] if dated.start >= end else self._text[dated.end : start]
        return self._said(dated) or self._rules.words["another_verb"].search(between) is None

    def _widened(self, dated: Dated) -> Dated:
        """Let a month without a year reach back to the latest year that was spoken of before, if that is an earlier one."""
        if not dated.yearless or dated.first is None:
            return dated
        near = [each.folded.text for each in self._passages[max(0, self._number - _BACK) : self._number]]
        years = [int(found) for text in [*near, self._text] for found in _YEAR.findall(text)]
        earlier = [year for year in years if year < dated.first.year]
        return replace(dated, first=date(min(earlier), 1, 1)) if earlier else dated


def _shown(happened: Sequence[Dated]) -> str | None:
    """Write when it happened; of several dates, any of which may be meant, everything between them."""
    if not happened:
        return None
    if len(happened) == 1 and happened[0].since and happened[0].first:
        return f"{_brief(happened[0].first)}/.."
    firsts, lasts = [each.first for each in happened if each.first], [each.last for each in happened if each.last]
    if len(happened) == 1:
        return show(firsts[0] if firsts else None, lasts[0] if lasts else None)
    if len(firsts) < len(happened) or len(lasts) < len(happened):
        return None
    return show(min(firsts), max(lasts))


def _brief(day: date) -> str:
    if (day.month, day.day) == (1, 1):
        return f"{day:%Y}"
    return f"{day:%Y-%m}" if day.day == 1 else day.isoformat()
