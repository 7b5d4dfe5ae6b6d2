"""Turns a document's text into the outlets that it cites as its sources, each with its place.

* A name counts only where the text takes something from it: a line of sources, a wire's dateline, "told X", "X reported".
  Credits of pictures, and names that are merely mentioned, do not count.
* A short name ("the Times") stands for the fuller one that came before it; "the paper" for the outlet named last.
* `text[start:end] == exact`, always. What outlets are called and how they are cited is data; notices of governments
  publish but are never cited as press.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from telvet.catalog.origin_patterns import ANY, OriginPatterns, read_origin_patterns
from telvet.catalog.outlets import Outlet, Outlets
from telvet.catalog.places import fold_place

__all__ = ["Cited", "How", "cited_origins", "origin_of"]

_WINDOW = 140
_LONGEST_LINE = 160
_LAST_LINES = 3
"""Among which a bare name of an agency is a credit."""
_EDGE_LINES = 8
"""First and last lines among which a line of sources speaks for the document, not for a picture or a chart."""
_LEAST_UPPER = 5
_LEAST_SHORT = 4
_PRESS = frozenset({"agency", "newspaper", "broadcaster", "site"})


class How(StrEnum):
    """How a document cites an outlet."""

    SOURCE_LINE = "source line"
    DATELINE = "dateline"
    CITED = "cited"
    ANAPHORA = "anaphora"
    """By a word that stands for the outlet named last."""


@dataclass(frozen=True, slots=True)
class Cited:
    """An outlet that a document takes something from, and where it says so."""

    outlet: str
    """The outlet's id."""
    start: int
    end: int
    exact: str
    """The name, or the word that stands for it, as written."""
    how: How = How.CITED


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in the text; `kind` is set for a word that stands for an outlet of that kind, `short` for a short name."""

    outlet: str | None
    start: int
    end: int
    short: str | None = None
    kind: str | None = None


def cited_origins(text: str, outlets: Outlets, patterns: OriginPatterns | None = None) -> tuple[Cited, ...]:
    """Return the outlets that a text cites, in the order in which it names them.

    Args:
        text: The document's text, as stored.
        outlets: The outlets to look for.
        patterns: How outlets are cited; as shipped by default.
    """
    patterns = patterns or read_origin_patterns()
    tests = _tests(patterns)
    names = tuple(_resolved(_names(text, outlets, patterns), outlets))
    edges = _Edges(
        _end_of_first_lines(text), _start_of_last_lines(text, _EDGE_LINES), _start_of_last_lines(text, _LAST_LINES)
    )
    found: list[Cited] = []
    for group in _groups(text, names, patterns):
        how = _how(text, group, tests, outlets, edges)
        found += [
            Cited(
                name.outlet, name.start, name.end, text[name.start : name.end], how if not name.kind else How.ANAPHORA
            )
            for name in group
            if how and name.outlet
        ]
    return tuple(found)


def origin_of(via: str | None, cited: Iterable[Cited], publisher: str | None, outlets: Outlets) -> str | None:
    """Return where a statement comes from in the end: the id of an outlet, the publisher's own name, or None.

    Args:
        via: Through what the words came, as an annotation says it.
        cited: The outlets that the document cites.
        publisher: Who published the document.
        outlets: The outlets to map names to.
    """
    if via and (found := outlets.find(via) or _only_one_named(via, outlets)):
        return found
    for one in cited:
        if one.how in (How.SOURCE_LINE, How.DATELINE):
            return one.outlet
    if publisher and publisher.strip():
        return outlets.find(publisher) or publisher.strip()
    return None


def _only_one_named(text: str, outlets: Outlets) -> str | None:
    names = _resolved(_names(text, outlets, read_origin_patterns()), outlets)
    named = {name.outlet for name in names if name.outlet}
    return named.pop() if len(named) == 1 else None


# ------------------------------------------------------------------------------------------------ names in a text


def _names(text: str, outlets: Outlets, patterns: OriginPatterns) -> Iterator[_Name]:
    """Yield all names of outlets and the words that may stand for them, in their order and not overlapping."""
    press = [outlet for outlet in outlets.by_id.values() if outlet.kind in _PRESS]
    found: list[_Name] = []
    for match in _pattern_of_names(press).finditer(text):
        id_ = outlets.spellings.get(fold_place(match[0]))
        found.append(_Name(id_, match.start(), match.end(), _short(match[0])))
    if shorts := sorted({word for outlet in press for word in _shorts(outlet)}):
        pattern = re.compile(rf"(?<!\w)[Tt]he\s+(?:{'|'.join(map(re.escape, shorts))})(?!\w)")
        found += [_Name(None, hit.start(), hit.end(), hit[0].split()[-1]) for hit in pattern.finditer(text)]
    for kind, piece in patterns.anaphora.items():
        pattern = re.compile(rf"(?<!\w){piece}(?!\w)", re.IGNORECASE)
        found += [_Name(None, hit.start(), hit.end(), kind=kind) for hit in pattern.finditer(text)]
    strange = _strange(patterns)
    end = 0
    for name in sorted(found, key=lambda name: (name.start, -name.end, name.outlet is None)):
        if name.start >= end and not strange(text, name):
            end = name.end
            yield name


def _pattern_of_names(press: Sequence[Outlet]) -> re.Pattern[str]:
    written: set[str] = set()
    for outlet in press:
        for name in outlet.names:
            bare = name.removeprefix("The ")
            if "(" in name or ("." in name and name == name.casefold()) or (bare != name and bare in outlet.names):
                continue  # told apart in brackets; an address; written without its article, too
            written.add(name)
            if len(name) >= _LEAST_UPPER:
                written.add(name.upper())
    pieces = [_loose(name) for name in sorted(written, key=lambda name: (-len(name), name))]
    return re.compile(rf"(?<![\w@])(?:{'|'.join(pieces) or '(?!)'})(?![\w@])(?!-\w)")


def _loose(name: str) -> str:
    """Return a pattern for a name, in which white space and the kind of its apostrophes do not matter."""
    article, _, rest = name.partition(" ")
    head = r"[Tt]he\s+" if article == "The" and rest else ""
    words = (rest if head else name).split()
    return head + r"\s+".join(re.escape(word).replace("'", "['\u2019]") for word in words)


def _shorts(outlet: Outlet) -> Iterator[str]:
    """Yield the last words of an outlet's names by which a text may call it once it was named."""
    if outlet.kind == "newspaper":
        for name in outlet.names:
            words = name.split()
            if len(words) > 1 and words[-1].isalpha() and words[-1].istitle() and len(words[-1]) >= _LEAST_SHORT:
                yield words[-1]


def _short(name: str) -> str | None:
    """Return the word of a name that is no more than an article and one word."""
    words = name.split()
    return words[1] if len(words) == 2 and words[0] in ("The", "the") else None  # noqa: PLR2004 - article and word


def _strange(patterns: OriginPatterns) -> Callable[[str, _Name], bool]:
    """Return a test of whether a name is part of the name of somebody or something else."""
    before = re.compile(rf"(?<!\w){patterns.strangers}\s+\Z")
    after = re.compile(rf"\s+{patterns.strange_endings}(?!\w)")

    def strange(text: str, name: _Name) -> bool:
        near = text[max(0, name.start - _WINDOW) : name.start]
        return bool(before.search(near) or after.match(text, name.end))

    return strange


def _resolved(names: Iterable[_Name], outlets: Outlets) -> Iterator[_Name]:
    """Yield the names, each short one and each stand-in with the outlet that it stands for, if any."""
    named: list[Outlet] = []
    bound: dict[str, str] = {}
    for name in names:
        outlet = name.outlet
        if name.kind:
            outlet = next((one.id for one in reversed(named) if name.kind in (ANY, one.kind)), None)
        elif name.short:
            fuller = (one.id for one in reversed(named) if name.short in _shorts(one) and one.id != name.outlet)
            outlet = bound.get(name.short) or next(fuller, name.outlet)
            if outlet:
                bound[name.short] = outlet
        if outlet and not name.kind:
            named.append(outlets.by_id[outlet])
        yield replace(name, outlet=outlet)


# ------------------------------------------------------------------------------------------------ how they are cited


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where the first lines of a text end, its last ones begin, and those that may hold a bare credit."""

    first: int
    last: int
    credits: int


@dataclass(frozen=True, slots=True)
class _Tests:
    """What must stand around a name, or a list of names, for it to be cited."""

    source_line: re.Pattern[str]
    dateline: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    not_after: re.Pattern[str]


def _tests(patterns: OriginPatterns) -> _Tests:
    article = rf"(?:{patterns.articles}\s+)?"
    described = (
        rf"(?:[\w.-]+['\u2019]s\s+)?(?:(?:[\w.'\u2019-]+\s+){{0,3}}{patterns.nouns}\s+|(?:{patterns.adjectives}\s+)+)?"
    )
    between = rf"(?:\s+{patterns.nouns})?(?:,[^,.;\n]{{1,60}},)?(?:,?\s+{patterns.between})*"
    return _Tests(
        source_line=re.compile(rf"[^\w\n]*{patterns.source_words}\s*:\s*{article}\Z", re.IGNORECASE),
        dateline=re.compile(r"[ \t>]*(?:[^\W\d_][^\n()!?;:]{0,80})?\(\Z"),
        before=re.compile(rf"(?<!\w){patterns.before}\s+{article}{described}\Z", re.IGNORECASE),
        after=re.compile(rf"{between}(?:,?\s+|(?=['\u2019])){patterns.after}(?!\w)", re.IGNORECASE),
        not_after=re.compile(rf"(?<!\w){patterns.not_after}\s+{article}{described}\Z", re.IGNORECASE),
    )


def _groups(text: str, names: Sequence[_Name], patterns: OriginPatterns) -> Iterator[list[_Name]]:
    """Yield the names, those of one list together."""
    joint = re.compile(
        rf"\s*(?:[,;/&]|,?\s*(?<!\w){patterns.list_words}(?!\w))\s*(?:{patterns.articles}\s+)?", re.IGNORECASE
    )
    group: list[_Name] = []
    for name in names:
        if group and not joint.fullmatch(text, group[-1].end, name.start):
            yield group
            group = []
        group.append(name)
    if group:
        yield group


def _how(text: str, group: Sequence[_Name], tests: _Tests, outlets: Outlets, edges: _Edges) -> How | None:
    """Tell how the names of a list are cited, or None where they are merely mentioned."""
    start, end = group[0].start, group[-1].end
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    line, rest = text[line_start:start], text[end:line_end]
    if len(line) <= _LONGEST_LINE:
        if start >= edges.credits and _only_agencies(line, group, rest, outlets):
            return How.SOURCE_LINE
        if tests.source_line.fullmatch(line):
            return How.CITED if edges.first <= start < edges.last else How.SOURCE_LINE
        if tests.dateline.fullmatch(line) and re.match(r"\s*\)\s*[-\u2013\u2014]", rest):
            return How.DATELINE
    if text[start - 1 : start] == "/" or text[end : end + 1] == "/":
        return None
    before = text[max(0, start - _WINDOW) : start]
    if tests.before.search(before):
        return How.CITED
    after = tests.after.match(text, end, min(len(text), end + _WINDOW))
    return How.CITED if after and not tests.not_after.search(before) else None


def _only_agencies(line: str, group: Sequence[_Name], rest: str, outlets: Outlets) -> bool:
    """Tell whether agencies are all that stands on a line."""
    alone = not line.strip(" \t\xa0-\u2013\u2014([") and not rest.strip(" \t\r\xa0)].")
    return alone and all(name.outlet and outlets.by_id[name.outlet].kind == "agency" for name in group)


def _start_of_last_lines(text: str, count: int) -> int:
    """Return where the last lines that are not blank begin."""
    start = len(text)
    for _ in range(count):
        start = text.rfind("\n", 0, len(text[:start].rstrip()))
        if start < 0:
            return 0
    return start


def _end_of_first_lines(text: str) -> int:
    """Return where the first lines that are not blank end."""
    lines = re.compile(rf"(?:\s*[^\n]*(?:\n|\Z)){{0,{_EDGE_LINES}}}").match(text)
    return lines.end() if lines else 0
