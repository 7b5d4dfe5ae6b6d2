"""Turns a STIX object, with the marking definitions of its bundle, into the handling of the whole and of each marked part.

* A part's handling is the join of all marks on it, on what contains it and on the whole object.
* A granular marking that selects nothing is taken to be on the whole object: somebody meant to protect something.
* Sets of marks repeat; each is compiled once for a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from telvet.catalog.handling import HandlingRules
from telvet.model.handling import Handling, MarkingFinding, strictest
from telvet.sharing.markings.compiled import Compiled, joined, withheld
from telvet.sharing.markings.definition import read_definition
from telvet.sharing.markings.selectors import Path, covers, read_selector, selects

__all__ = ["Definitions", "MarkingCompiler", "ObjectHandling", "Part", "definitions_of"]

Definitions = Mapping[str, tuple[Mapping[str, Any], ...]]
"""The marking definitions of a bundle by id; several where they differ under one id."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an object that is marked by itself."""

    selector: str
    handling: Handling
    """Of all marks that touch it."""


@dataclass(frozen=True, slots=True)
class ObjectHandling:
    """What the marks of an object come to."""

    id: str
    whole: Handling
    """Of what no granular marking selects."""
    parts: tuple[Part, ...]
    findings: tuple[MarkingFinding, ...]

    @property
    def strictest(self) -> Handling:
        """Return the handling of the object if it is to go out with all its parts."""
        return strictest((self.whole, *(part.handling for part in self.parts)))


def definitions_of(objects: Iterable[object]) -> Definitions:
    """Collect the marking definitions among objects."""
    found: dict[str, tuple[Mapping[str, Any], ...]] = {}
    for thing in objects:
        if (
            isinstance(thing, Mapping)
            and thing.get("type") == "marking-definition"
            and isinstance(thing.get("id"), str)
        ):
            others = found.get(thing["id"], ())
            if thing not in others:
                found[thing["id"]] = (*others, thing)
    return found


@dataclass(frozen=True, slots=True)
class MarkingCompiler:
    """Compiles objects of one bundle for one day."""

    definitions: Definitions
    rules: HandlingRules
    on: date
    """The day for which codes of countries and unions are looked up."""
    _made: dict[str, Compiled] = field(default_factory=dict, compare=False, repr=False)
    _sets: dict[tuple[str, ...], Compiled] = field(default_factory=dict, compare=False, repr=False)

    def definition(self, marking: str) -> Compiled:
        """Compile one marking definition by its id."""
        if (found := self._made.get(marking)) is None:
            found = self._made[marking] = self._definition(marking)
        return found

    def marks(self, markings: Iterable[str]) -> Compiled:
        """Compile a set of marking definitions."""
        key = tuple(markings)
        if (found := self._sets.get(key)) is None:
            found = self._sets[key] = joined(map(self.definition, key))
        return found

    def compile(self, thing: Mapping[str, Any]) -> ObjectHandling:
        """Compile an object."""
        name = str(thing.get("id", ""))
        refs = thing.get("object_marking_refs")
        if refs is None:
            whole = Compiled()
        elif isinstance(refs, list) and refs and all(isinstance(ref, str) for ref in refs):
            whole = self.marks(refs)
        else:
            what = "object_marking_refs is no list of ids"
            whole = withheld(name, "marking-refs-malformed", what, "write a list of ids of marking definitions")
        if "granular_markings" not in thing:
            return ObjectHandling(name, whole.handling, (), whole.findings)
        stray, marked = self._granular(name, thing)
        whole = joined((whole, *stray))
        parts = tuple(
            Part(
                selector, strictest((whole.handling, *(one.handling for wide, _, one in marked if covers(wide, path))))
            )
            for path, selector in {path: selector for path, selector, _ in marked}.items()
        )
        findings = dict.fromkeys((*whole.findings, *(finding for *_, one in marked for finding in one.findings)))
        return ObjectHandling(name, whole.handling, parts, tuple(findings))

    def _definition(self, marking: str) -> Compiled:
        known = self.definitions.get(marking, ())
        if not known:
            return read_definition(marking, None, self.rules, self.on)
        parts = [read_definition(marking, each, self.rules, self.on) for each in known]
        if len(known) > 1:
            what = "the bundle has different marking definitions under one id"
            parts.append(withheld(marking, "marking-twice", what, "keep the one that its maker published"))
        return joined(parts)

    def _granular(self, name: str, thing: Mapping[str, Any]) -> tuple[list[Compiled], list[tuple[Path, str, Compiled]]]:
        """Return what falls back on the whole object, and the paths with what each marking on them comes to."""
        entries = thing["granular_markings"]
        if not isinstance(entries, list) or not entries:
            return [_malformed(name, "granular_markings is no list of markings")], []
        stray: list[Compiled] = []
        marked: list[tuple[Path, str, Compiled]] = []
        for entry in entries:
            mark, selectors = _entry(entry)
            if selectors is None:
                stray.append(_malformed(name, "a granular marking lacks its marking or its selectors"))
                continue
            if mark is None:  # a language
                continue
            made = self.definition(mark)
            for selector in selectors:
                path = read_selector(selector)
                if path is None:
                    what = "the selector cannot be read, so the marking is taken to be on the whole object"
                    stray += [made, withheld(name, "selector-malformed", what, "write names joined by dots", selector)]
                elif not selects(thing, path):
                    what = "the selector selects nothing, so the marking is taken to be on the whole object"
                    stray += [made, _note(name, "selector-selects-nothing", what, selector)]
                else:
                    marked.append((path, selector, made))
        return stray, marked


def _entry(entry: object) -> tuple[str | None, list[str] | None]:
    """Return the marking (None: a language) and the selectors of an entry; no selectors where it is malformed."""
    if not isinstance(entry, Mapping):
        return None, None
    selectors, mark, lang = entry.get("selectors"), entry.get("marking_ref"), entry.get("lang")
    if not isinstance(selectors, list) or not selectors or not all(isinstance(each, str) for each in selectors):
        return None, None
    if (mark is None) == (lang is None) or not isinstance(mark if lang is None else lang, str):
        return None, None
    return mark, selectors


def _malformed(name: str, what: str) -> Compiled:
    return withheld(name, "granular-malformed", what, "write marking_ref and selectors")


def _note(name: str, code: str, what: str, about: str) -> Compiled:
    return Compiled(findings=(MarkingFinding(name, code, f"{what} ({about!r})", "select what the object has"),))
