"""Turns a document into candidate statements by rules that are data, over sentences, gazetteers and clauses.

* Same document, same proposals in the same order; no clock, no network, no model. What the text says is data, never an instruction.
* Every quote is a verbatim piece of the stored text.
* At most 25 proposals a document, the best first: what is surest to be meant, then in the order of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from telvet.catalog.gazetteers import Gazetteers, read_gazetteers
from telvet.evidence.proposing.definitions import definitions
from telvet.evidence.proposing.events import Event, Known, events_in
from telvet.evidence.proposing.passages import read_passages
from telvet.evidence.proposing.rulebook import Rulebook, read_rulebook
from telvet.evidence.proposing.topics import main_country
from telvet.evidence.proposing.writing import Writer
from telvet.model.evidence import Annotation, Document

__all__ = ["MOST", "RulesProposer"]

MOST = 25
_HEADING = 2
"""Sentences that make up the heading of a document."""
_SPEAKS = "speaks"


class RulesProposer:
    """Proposes by rules."""

    name = "rules"

    def __init__(self, folder: Path | None = None) -> None:
        """Take the rules and words of a folder like the catalogue's `evidence`, by default those that ship with telvet."""
        self._rules: Rulebook = read_rulebook(folder)
        self._gazetteers: Gazetteers = read_gazetteers(folder)

    def propose(self, document: Document) -> Iterable[Annotation]:
        """Return candidate statements, best first."""
        defined = {each.term: each for each in definitions(document.text, self._gazetteers)}
        terms = {term: each.names for term, each in defined.items()}
        passages = read_passages(document.text, self._gazetteers, self._rules, terms)
        topic = main_country(passages, document.publisher, self._gazetteers)
        heading = " ".join(each.folded.text for each in passages[:_HEADING])
        draft = topic.official and self._rules.words["draft_title"].search(heading) is not None
        known = Known(topic, self._gazetteers, self._rules, terms, draft)
        events = [event for passage in passages for event in events_in(passage, known)]
        best = sorted(_distinct(events), key=lambda event: (-event.weight, event.hit.passage.number, event.hit.start))
        writer = Writer(document, passages, self._rules, defined)
        return [writer.annotation(event, country) for event, country in _spread(best)][:MOST]


def _distinct(events: Iterable[Event]) -> list[Event]:
    """Keep one event of those that say the same of the same clause: the heaviest; of words that make no position, whatever the country."""
    kept: dict[tuple[int, tuple[int, int], str, tuple[str, ...]], Event] = {}
    for event in events:
        speaks = event.kind == _SPEAKS
        key = (
            event.hit.passage.number,
            event.hit.clause,
            event.measure if speaks else event.kind,
            () if speaks else event.countries,
        )
        rank = (event.weight, len(event.countries))
        if key not in kept or rank > (kept[key].weight, len(kept[key].countries)):
            kept[key] = event
    return list(kept.values())


def _spread(events: Iterable[Event]) -> Iterator[tuple[Event, str | None]]:
    """Yield each event once for each of its countries."""
    for event in events:
        for country in event.countries or (None,):
            yield event, country
