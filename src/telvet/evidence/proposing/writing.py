"""Turns an event into an annotation: its quote, date, scope, actor and speaker, in the document's own words.

* The quote is the clause; the whole sentence where that is short and says nothing else.
* A date is taken from the clause, else from the sentence if that has only one; a deadline is kept apart from when something began.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from telvet.catalog.outlets import read_outlets
from telvet.evidence.proposing.dating import Dated, dates_in, show
from telvet.evidence.proposing.definitions import Definition
from telvet.evidence.proposing.events import Event
from telvet.evidence.proposing.rulebook import Rulebook
from telvet.evidence.proposing.speaking import spoken_in
from telvet.model.evidence import Annotation, Document

__all__ = ["Writer"]

_AHEAD = frozenset({"planned", "expected"})
_LEADING = re.compile(
    r"^(?:[,;:.\u2013 -]|\b(?:but|and|while|whereas|although|though|yet|nor|or|as|that|which|who|because|since|after|when|before|whilst|even|"
    r"so that|however)\b ?)+"
)
_SHORT = 320
_ACTOR_WORDS = 10
_NEAR = 30


class Writer:
    """Writes annotations of one document."""

    def __init__(self, document: Document, rules: Rulebook, defined: Mapping[str, Definition]) -> None:
        """Take the document and what it defines."""
        self._document, self._rules, self._defined = document, rules, defined
        self._outlets = read_outlets()
        self._published = document.published.span if document.published else None

    def annotation(self, event: Event, country: str | None) -> Annotation:
        """Write an event of one country down."""
        passage = event.hit.passage
        start, end = self._span(event)
        first, last = passage.folded.raw(start, end)
        spoken = spoken_in(passage.folded.shown[event.hit.passage.clauses[0][0] :], self._outlets.find)
        when, deadline = self._when(event, start, end)
        definition = self._defined.get(event.vendors.term) if event.vendors.term else None
        note = (
            f"{definition.term} is defined at {definition.start}-{definition.end} of the text" if definition else None
        )
        return Annotation(
            doc=self._document.name,
            quote=self._document.text[first:last],
            start=first,
            end=last,
            actor=self._actor(event),
            country=country,
            vendor=event.vendors.names,
            measure=event.measure,
            scope=self._scope(event, start, end),
            modality=event.modality,
            date=when,
            speaker=spoken.speaker,
            via=spoken.via,
            note=note,
            deadline=deadline,
        )

    def _span(self, event: Event) -> tuple[int, int]:
        text = event.hit.passage.folded.text
        if len(text) <= _SHORT and len(event.hit.passage.clauses) == 1:
            return 0, len(text)
        start, end = event.hit.clause
        leading = _LEADING.match(text[start:end])
        start += leading.end() if leading and leading.end() < end - start else 0
        while end > start + 1 and text[end - 1] in " ,;:\u2013":
            end -= 1
        return start, end

    def _when(self, event: Event, start: int, end: int) -> tuple[str | None, str | None]:
        text = event.hit.passage.folded.text
        found = self._dates(text, ahead=event.modality in _AHEAD)
        here = [each for each in found if start <= each.start and each.end <= end]
        if not here and len(found) == 1 and self._frames(found[0], text, start):
            here = found
        deadline = next((each for each in here if each.deadline), None)
        happened = [each for each in here if not each.deadline]
        if self._rules.words["moved"].search(text):
            happened = found
        return self._shown(happened), self._latest(deadline)

    def _frames(self, dated: Dated, text: str, start: int) -> bool:
        """Tell whether a date in another clause holds for this one: it stands before, or says when somebody said it."""
        said = self._rules.words["said"].search(text, max(0, dated.start - _NEAR), dated.start)
        return not dated.deadline and not dated.since and (dated.end <= start or said is not None)

    def _dates(self, text: str, *, ahead: bool) -> list[Dated]:
        """Return the dates of a sentence: what was said then was said in the past, whatever is still to come."""
        past = dates_in(text, self._published, ahead=False)
        if not ahead:
            return past
        coming = dates_in(text, self._published, ahead=True)
        return [
            before if self._rules.words["said"].search(text, max(0, before.start - 30), before.start)
            or self._rules.words["past"].search(text[max(0, before.start - 40) : before.start]) else after
            for before, after in zip(past, coming, strict=True)
        ]  # fmt: skip

    @staticmethod
    def _shown(happened: Sequence[Dated]) -> str | None:
        """Write when it happened; of several dates, any of which may be meant, everything between them."""
        if not happened:
            return None
        if len(happened) == 1 and happened[0].since and happened[0].first:
            return f"{_brief(happened[0].first)}/.."
        firsts, lasts = [each.first for each in happened if each.first], [each.last for each in happened if each.last]
        if len(firsts) < len(happened) or len(lasts) < len(happened):
            return show(firsts[0], None) if len(happened) == 1 and firsts else None
        return show(min(firsts), max(lasts))

    @staticmethod
    def _latest(dated: Dated | None) -> str | None:
        return dated.last.isoformat() if dated and dated.last else None

    def _scope(self, event: Event, start: int, end: int) -> str | None:
        text = event.hit.passage.folded.text[start:end]
        for scope in self._rules.codes.scopes.values():
            for words in scope.words:
                if found := words.search(text):
                    return _whole_words(text, found.start(), found.end())
        return None

    def _actor(self, event: Event) -> str | None:
        shown, masked = event.hit.passage.folded.shown, event.hit.passage.masked
        if event.hit.passive or event.hit.group is None:
            agent = self._rules.words["agent"].search(masked, event.hit.found.end(), event.hit.clause[1])
            return shown[agent.start() + 3 : agent.end()] if agent else None
        stretch = shown[event.hit.clause[0] : event.hit.group.start]
        leading = _LEADING.match(stretch.lower())
        stretch = stretch[leading.end() if leading else 0 :].strip(" ,")
        words = stretch.split(",")[0].strip() if stretch else ""
        return words if words and len(words.split()) <= _ACTOR_WORDS else None


def _brief(day: date) -> str:
    if (day.month, day.day) == (1, 1):
        return f"{day:%Y}"
    return f"{day:%Y-%m}" if day.day == 1 else day.isoformat()


def _whole_words(text: str, start: int, end: int) -> str:
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start:end]
