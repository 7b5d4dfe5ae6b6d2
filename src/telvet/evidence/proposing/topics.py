"""Turns the sentences before a measure into the country that the text is speaking of, where its own sentence names none.

* A paragraph is about the country that it opens with, or the only one that it names; where several compete, about nobody.
* A paragraph that has named none goes on with the document's main country, or with the only one of the paragraph before.
* A document of a state speaks of that state, by its publisher's name or its heading, unless a pronoun takes up another of the sentence before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from telvet.catalog.gazetteers import Gazetteers
from telvet.evidence.proposing.passages import Mention, Passage

__all__ = ["Topic", "main_country", "spoken_of"]

_LEADING = 3
_LEAD = 4
_MAIN = 0.5
"""The share of all mentions from which on a country is the document's."""
_OPENING = re.compile(
    r"^(?:\W|\d|(?:in|for|as for|meanwhile|and|but|then|compare|or|take|look at|elsewhere|also|the|now|next)\b)*$"
)
"""What may stand before the country with which a paragraph or sentence opens."""
_LABEL = re.compile(r"^(?:[\w ,'-]{0,30}[:.] )?\W*(?:the )?\u00a7+[.:?]$")
_SUBJECT = 25
"""By when the people of a country must be named to be those of whom a sentence speaks."""
_TAKES_UP = re.compile(r"^\W*(?:it|its|they|their|there|the country|the government|that|this)\b")


@dataclass(frozen=True, slots=True)
class Topic:
    """What a document is about, and its passages in order."""

    passages: Sequence[Passage]
    main: str | None
    official: bool
    """The document is that of a state: it speaks of itself where it names nobody."""
    homes: frozenset[str] = frozenset()
    """The countries from which vendors come: they are seldom spoken of as those that decide."""


def main_country(passages: Sequence[Passage], publisher: str | None, gazetteers: Gazetteers) -> Topic:
    """Return the country that a document is about, if there is one: its publisher's if that is a state's, else the one it names most."""
    if publisher and gazetteers.level(publisher) not in {None, "company", "other"}:
        kinds = [found for found in gazetteers.countries.find(publisher) if found.kind != "operator"]
        if kinds:
            return Topic(passages, kinds[0].value, official=True, homes=gazetteers.homes)
        if headed := _headed(passages, gazetteers):
            return Topic(passages, headed, official=True, homes=gazetteers.homes)
    counts: Counter[str] = Counter()
    for passage in passages:
        for mention in passage.countries:
            if mention.value not in gazetteers.homes:
                counts[mention.value] += _LEADING if passage.number < _LEAD and not mention.aside else 1
    if not counts:
        return Topic(passages, None, official=False, homes=gazetteers.homes)
    code, most = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return Topic(passages, code if most >= _MAIN * counts.total() else None, official=False, homes=gazetteers.homes)


def _headed(passages: Sequence[Passage], gazetteers: Gazetteers) -> str | None:
    """Return the only country that the heading of a document of some state names."""
    heading = [each for each in passages if each.number < _LEAD]
    named = {mention.value for each in heading for mention in each.candidates()} - gazetteers.homes
    return named.pop() if len(named) == 1 else None


def spoken_of(topic: Topic, passage: Passage) -> str | None:
    """Return the country that the text before a passage speaks of."""
    before = [each for each in topic.passages[: passage.number] if each.paragraph == passage.paragraph]
    if topic.official and topic.main:
        last = _opened(before[-1], topic) if before and _TAKES_UP.match(passage.masked) else None
        return last or topic.main
    if label := next((each for each in map(_label, reversed(before)) if each), None):
        return label
    named = _named(before, topic)
    if len(named) > 1:
        return _opened(before[-1], topic)
    if named:
        return named[0]
    if topic.main:
        return topic.main
    previous = [each for each in topic.passages[: passage.number] if each.paragraph == passage.paragraph - 1]
    countries = _named(previous, topic)
    leads = bool(previous) and (previous[0].number < _LEAD or _opened(previous[0], topic) is not None)
    return countries[0] if len(countries) == 1 and leads else None


def _label(passage: Passage) -> str | None:
    """Return the country of a sentence that is nothing but its name, as in a list or a table of dates."""
    names = {each.value for each in passage.countries}
    return names.pop() if len(names) == 1 and _LABEL.match(passage.masked) else None


def _opened(passage: Passage, topic: Topic) -> str | None:
    """Return the country with which a sentence opens."""
    return next((each.value for each in _held(passage, topic) if _OPENING.match(passage.masked[: each.start])), None)


def _named(passages: Iterable[Passage], topic: Topic) -> list[str]:
    return list(dict.fromkeys(each.value for passage in passages for each in _held(passage, topic)))


def _held(passage: Passage, topic: Topic) -> list[Mention]:
    return [
        each for each in passage.candidates()
        if each.value not in topic.homes and each.kind != "operator" and (each.kind != "demonym" or each.start < _SUBJECT)
    ]  # fmt: skip
