"""Turns an event into an annotation: its quote, date, scope, actor and speaker, in the document's own words.

* The quote is the clause; the whole sentence where that is short and says nothing else.
* When it happened is told by `timing`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from telvet.catalog.outlets import read_outlets
from telvet.evidence.proposing.definitions import Definition
from telvet.evidence.proposing.events import Event
from telvet.evidence.proposing.passages import Passage
from telvet.evidence.proposing.rulebook import Rulebook
from telvet.evidence.proposing.speaking import spoken_in
from telvet.evidence.proposing.timing import timing_of
from telvet.model.evidence import Annotation, Document

__all__ = ["Writer"]

_LEADING = re.compile(
    r"^(?:[,;:.\u2013 -]|\b(?:but|and|while|whereas|although|though|yet|nor|or|as|that|which|who|because|since|after|when|before|whilst|even|"
    r"so that|however)\b ?)+"
)
_SHORT = 320
_ACTOR_WORDS = 10


class Writer:
    """Writes annotations of one document."""

    def __init__(
        self, document: Document, passages: Sequence[Passage], rules: Rulebook, defined: Mapping[str, Definition]
    ) -> None:
        """Take the document, its sentences and what it defines."""
        self._document, self._passages, self._rules, self._defined = document, passages, rules, defined
        self._outlets = read_outlets()
        self._published = document.published.span if document.published else None

    def annotation(self, event: Event, country: str | None) -> Annotation:
        """Write an event of one country down."""
        passage = event.hit.passage
        start, end = self._span(event)
        first, last = passage.folded.raw(start, end)
        spoken = spoken_in(passage.folded.shown[event.hit.passage.clauses[0][0] :], self._outlets.find)
        timing = timing_of(
            self._passages,
            passage,
            (start, end),
            (event.hit.start, event.hit.found.end()),
            event.modality,
            self._published,
            self._rules,
        )
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
            date=timing.when,
            speaker=spoken.speaker,
            via=spoken.via,
            note=note,
            deadline=timing.deadline,
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


def _whole_words(text: str, start: int, end: int) -> str:
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start:end]
