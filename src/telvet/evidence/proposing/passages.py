"""Turns a document into passages: its sentences, folded, with the countries and vendors that they name, cut into clauses.

* In `masked` every country is written as a run of § and every vendor as a run of ¤, so that one pattern serves them all.
* A mention is aside where it says whose vendor, ally or rival somebody is, or only serves a comparison: it never carries a measure.
* Terms that the document defines are vendors like any other; their names are those of the definition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from telvet.catalog.gazetteers import Found, Gazetteers
from telvet.evidence.proposing.clauses import clause_spans
from telvet.evidence.proposing.folded import Folded, fold
from telvet.evidence.proposing.rulebook import Rulebook
from telvet.evidence.proposing.sentences import sentences

__all__ = ["COUNTRY", "VENDOR", "Mention", "Passage", "read_passages"]

_NAME_BEFORE = re.compile(r"(?:^|(?<=[\s(]))([A-Z][\w&'-]*) $")
_CAPITALS = re.compile(r"(?<![\w'-])[A-Z]")
_WRAPPED = 120
"""A line that is longer than this is a paragraph."""
_ITEM = re.compile(r"[-*\u2022\u2013]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]\s|[A-Z][\w ]{2,40}[:.?] ")
COUNTRY, VENDOR = "\u00a7", "\u00a4"


@dataclass(frozen=True, slots=True)
class Mention:
    """A country or vendor that a passage names, by places of the folded text."""

    start: int
    end: int
    value: str
    """Alpha-3; for a vendor, its id, `anyone`, or nothing."""
    kind: str
    words: str
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence."""

    number: int
    start: int
    end: int
    """Offsets of the stored text."""
    folded: Folded
    masked: str
    countries: tuple[Mention, ...]
    vendors: tuple[Mention, ...]
    clauses: tuple[tuple[int, int], ...]
    paragraph: int = 0

    def candidates(self, start: int = 0, end: int | None = None) -> Iterator[Mention]:
        """Yield the countries within a stretch that may carry a measure."""
        last = len(self.masked) if end is None else end
        return (each for each in self.countries if start <= each.start and each.end <= last and not each.aside)

    def vendors_in(self, start: int, end: int) -> Iterator[Mention]:
        """Yield the vendors within a stretch."""
        return (each for each in self.vendors if start <= each.start and each.end <= end)


def read_passages(
    text: str, gazetteers: Gazetteers, rules: Rulebook, terms: Mapping[str, tuple[str, ...]]
) -> list[Passage]:
    """Read the sentences of a document.

    Args:
        text: The stored text.
        gazetteers: The words for countries and vendors.
        rules: The data of the rules.
        terms: What the document itself defines: the names by the term in small letters.
    """
    defined = _defined(terms)
    spans = list(sentences(text))
    paragraphs = _paragraphs(text, spans)
    return [
        replace(_passage(number, text, span, gazetteers, rules, defined), paragraph=paragraphs[number])
        for number, span in enumerate(spans)
    ]


def _paragraphs(text: str, spans: Sequence[tuple[int, int]]) -> list[int]:
    """Number the paragraphs: an empty line, the end of a short line, or the sign of a list begins one."""
    numbers, number = list[int](), 0
    for place, (start, _) in enumerate(spans):
        gap = text[spans[place - 1][1] if place else 0 : start]
        line = text.rfind("\n", 0, spans[place - 1][1] if place else 0)
        long = place > 0 and spans[place - 1][1] - line > _WRAPPED
        if gap.count("\n") > 1 or ("\n" in gap and (long or _ITEM.match(text, start))):
            number += 1
        numbers.append(number)
    return numbers


def _defined(terms: Mapping[str, tuple[str, ...]]) -> re.Pattern[str] | None:
    if not terms:
        return None
    longest = sorted(terms, key=lambda term: (-len(term), term))
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest)) + r")(?:s|'s)?(?![\w-])")


def _passage(
    number: int, text: str, span: tuple[int, int], gazetteers: Gazetteers, rules: Rulebook,
    defined: re.Pattern[str] | None,
) -> Passage:  # fmt: skip
    folded = fold(text, *span)
    vendors = tuple(_vendors(folded, gazetteers, defined))
    named = [
        Mention(
            found.start,
            found.end,
            found.value,
            _kind(found, folded.shown, rules),
            folded.shown[found.start : found.end],
        )
        for found in gazetteers.countries.find(folded.shown)
        if not any(vendor.start <= found.start < vendor.end for vendor in vendors)
    ]
    masked = _masked(folded.text, named, vendors)
    asides = [found.span() for pattern in rules.asides for found in pattern.finditer(masked)]
    countries = tuple(_with_aside(each, masked, gazetteers.homes, asides) for each in named)
    return Passage(number, *span, folded, masked, countries, vendors, clause_spans(masked, rules))


def _kind(found: Found, shown: str, rules: Rulebook) -> str:
    """Return the kind of a mention: a name of a country that ends the name of a company is that of an operator there."""
    before = _NAME_BEFORE.search(shown, 0, found.start)
    if found.kind != "name" or before is None or rules.words["no_company"].search(before[1].lower()):
        return found.kind
    titled = _CAPITALS.findall(shown)
    return found.kind if len(titled) * 2 > len(shown.split()) else "operator"


def _vendors(folded: Folded, gazetteers: Gazetteers, defined: re.Pattern[str] | None) -> Iterator[Mention]:
    taken: list[tuple[int, int]] = []
    if defined:
        for found in defined.finditer(folded.text):
            taken.append(found.span())
            yield Mention(*found.span(), "", "term", folded.text[found.start() : found.end()])
    for each in gazetteers.vendors.find(folded.shown):
        if not any(start < each.end and each.start < end for start, end in taken):
            yield Mention(each.start, each.end, each.value, "vendor", folded.shown[each.start : each.end])


def _masked(text: str, countries: Iterable[Mention], vendors: Iterable[Mention]) -> str:
    letters = list(text)
    for mark, mentions in ((COUNTRY, countries), (VENDOR, vendors)):
        for each in mentions:
            letters[each.start : each.end] = mark * (each.end - each.start)
    return _QUOTED.sub(lambda found: found[1] * len(found.group()), "".join(letters))


_QUOTED = re.compile(rf"(?<!\w)[\"']([{COUNTRY}{VENDOR}])\1*[\"'](?!\w)")
"""A name in quotes is a name."""
_OF_A_VENDOR = re.compile(r"(?:'s|-based|-made|-owned|-headquartered)? (?:[\w-]+ ){0,4}?" + VENDOR)


def _with_aside(mention: Mention, masked: str, homes: frozenset[str], asides: Iterable[tuple[int, int]]) -> Mention:
    at_home = mention.value in homes and _OF_A_VENDOR.match(masked, mention.end) is not None
    compared = any(start <= mention.start < end for start, end in asides)
    if not (at_home or compared):
        return mention
    return Mention(mention.start, mention.end, mention.value, mention.kind, mention.words, aside=True)
