"""A file with marks -> what is wrong with them, and what the file is marked with.

* Marks are counted by what they come to, so that a person sees at a look what a feed is.
* A marking definition is no object here: it is counted where it marks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from telvet.catalog.handling import HandlingRules
from telvet.model.handling import Handling, MarkingFinding
from telvet.sharing.marking.documents import Marked
from telvet.sharing.marking.wording import comes_to
from telvet.sharing.markings.lint import lint
from telvet.sharing.markings.misp import read_event
from telvet.sharing.markings.stix_object import Definitions, MarkingCompiler, definitions_of

__all__ = ["Linted", "Tally", "linted"]

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Tally:
    """How many objects have marks that come to the same."""

    objects: int
    comes_to: str
    marks: Mapping[str, str]
    """What each mark calls itself, by id; nothing for MISP, whose marks stand in the object."""


@dataclass(frozen=True, slots=True)
class Linted:
    """One file."""

    file: str
    kind: str
    objects: int
    findings: tuple[MarkingFinding, ...]
    tallies: tuple[Tally, ...]
    """Most objects first."""


def linted(marked: Marked, rules: HandlingRules, on: date) -> Linted:
    """Read the marks of a file for a day."""
    if marked.bundle is None:
        return _events(marked, rules, on)
    things = [thing for thing in marked.bundle["objects"] if isinstance(thing, Mapping)]
    compiler = MarkingCompiler(definitions_of(things), rules, on)
    objects = [thing for thing in things if thing.get("type") != "marking-definition"]
    handlings = (compiler.compile(thing).strictest for thing in objects)
    tallies = _tallies(handlings, rules, compiler.definitions)
    return Linted(marked.name, marked.kind, len(objects), lint(marked.bundle, rules, on), tallies)


def _events(marked: Marked, rules: HandlingRules, on: date) -> Linted:
    made = [read_event(event, rules, on) for event in marked.events]
    findings = tuple(sorted({finding for one in made for finding in one.findings}))
    handlings = [handling for one in made for handling in (one.event, *one.parts.values())]
    return Linted(marked.name, marked.kind, len(handlings), findings, _tallies(handlings, rules, None))


def _tallies(handlings: Iterable[Handling], rules: HandlingRules, known: Definitions | None) -> tuple[Tally, ...]:
    counts: Counter[str] = Counter()
    marks: dict[str, set[str]] = defaultdict(set)
    for handling, times in Counter(handlings).items():
        words = comes_to(handling)
        counts[words] += times
        marks[words] |= handling.marks
    order = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Tally(times, words, dict(_named(marks[words], rules, known))) for words, times in order)


def _named(marks: Iterable[str], rules: HandlingRules, known: Definitions | None) -> Iterator[tuple[str, str]]:
    """Yield marks with what they call themselves."""
    for mark in sorted(marks) if known is not None else ():
        row = rules.tlp.get(mark)
        if row is not None:
            yield (
                mark,
                f"{row.level.label} of TLP {row.version}" if row.official else f"{row.level.label}, id of no standard",
            )
        else:
            definitions = (known or {}).get(mark, ())
            yield mark, next((name for one in definitions if (name := _name(one))), "")


def _name(definition: Mapping[str, Any]) -> str:
    inner = definition.get("definition")
    statement = inner.get("statement") if isinstance(inner, Mapping) else None
    name = definition.get("name") or statement
    if not isinstance(name, str):
        return ""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 3]}..."
