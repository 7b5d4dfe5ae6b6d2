"""Turns a bundle into what is wrong with its marks: what readers find, and what only a look at the whole shows.

* Findings are sorted by object and code; a marking's own faults are told once, under its id.
* Nothing here decides: a bundle without findings may still be withheld whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from telvet.catalog.handling import HandlingRules
from telvet.model.handling import MarkingFinding
from telvet.sharing.markings.stix_object import MarkingCompiler, definitions_of

__all__ = ["lint"]

_KIND = "marking-definition"
_PREDEFINED = "1"


def lint(bundle: object, rules: HandlingRules, on: date) -> tuple[MarkingFinding, ...]:
    """Return the hygiene of a bundle's marks on a day."""
    objects = bundle.get("objects", []) if isinstance(bundle, Mapping) else None
    if not isinstance(objects, list) or not isinstance(bundle, Mapping):
        what = "this is no bundle with a list of objects"
        return (MarkingFinding("", "bundle-malformed", what, "give an object with the key objects"),)
    things = [thing for thing in objects if isinstance(thing, Mapping)]
    name = str(bundle.get("id", ""))
    found = {MarkingFinding(name, "object-malformed", "an object of the bundle is none", "mend it")}
    found = found if len(things) < len(objects) else set()
    compiler = MarkingCompiler(definitions_of(things), rules, on)
    for marking in compiler.definitions:
        found.update(compiler.definition(marking).findings)
    for thing in things:
        found.update(compiler.compile(thing).findings)
        found.update(_object(thing, compiler))
    found.update(_bundle(name, things, compiler))
    return tuple(sorted(found))


def _refs(thing: Mapping[str, Any]) -> list[str]:
    refs = thing.get("object_marking_refs")
    return [ref for ref in refs if isinstance(ref, str)] if isinstance(refs, list) else []


def _granular(thing: Mapping[str, Any]) -> list[str]:
    entries = thing.get("granular_markings")
    marks = (
        [entry.get("marking_ref") for entry in entries if isinstance(entry, Mapping)]
        if isinstance(entries, list)
        else []
    )
    return [mark for mark in marks if isinstance(mark, str)]


def _object(thing: Mapping[str, Any], compiler: MarkingCompiler) -> Iterator[MarkingFinding]:
    name, refs = str(thing.get("id", "")), _refs(thing)
    yield from _unmarked(name, thing, refs)
    for ref, times in Counter(refs).items():
        if times > 1:
            what = f"the object names a marking twice ({ref!r})"
            yield MarkingFinding(name, "marking-repeated", what, "name it once")
        if ref == name:
            what = "the marking is marked with itself"
            yield MarkingFinding(name, "marking-circular", what, "take the reference away")
    levels = {handling.tlp for ref in refs if (handling := compiler.definition(ref).handling).tlp}
    if len(levels) > 1:
        said = ", ".join(level.label for level in sorted(levels, key=lambda level: level.rank))
        what = f"the object has several levels of TLP ({said}); the strictest holds"
        yield MarkingFinding(name, "tlp-conflict", what, "keep one")
    made = compiler.compile(thing)
    for part in made.parts:
        if part.handling == made.whole:
            what = f"the marking of a part adds nothing to that of the whole ({part.selector!r})"
            yield MarkingFinding(name, "granular-idle", what, "take it away; a part cannot be freer than the whole")


def _unmarked(name: str, thing: Mapping[str, Any], refs: list[str]) -> Iterator[MarkingFinding]:
    if thing.get("type") == _KIND or refs:
        return
    if _granular(thing):
        what = "parts are marked, and the object is not"
        yield MarkingFinding(name, "partly-marked", what, "mark the whole object too")
    elif "object_marking_refs" not in thing:
        what = "the object has no mark, so it is withheld"
        yield MarkingFinding(name, "unmarked-object", what, "mark it")


def _bundle(name: str, things: list[Mapping[str, Any]], compiler: MarkingCompiler) -> Iterator[MarkingFinding]:
    used = {mark for thing in things for mark in (*_refs(thing), *_granular(thing))}
    ids = compiler.rules.tlp
    versions = {ids[mark].version for mark in used if mark in ids}
    if len(versions) > 1:
        what = "marks of TLP 1 and of TLP 2.0 stand beside each other"
        yield MarkingFinding(name, "tlp-versions-mixed", what, "use the ids of TLP 2.0 throughout")
    for mark in sorted(used - set(compiler.definitions)):
        known = ids.get(mark)
        if known and known.official and known.version != _PREDEFINED:
            what = "the marking is referred to, and the bundle lacks its definition"
            yield MarkingFinding(mark, "marking-absent", what, "send the marking definition along")
    for mark in sorted(set(compiler.definitions) - used):
        what = "the marking definition marks nothing in this bundle"
        yield MarkingFinding(mark, "marking-unused", what, "leave it out, or mark what it is meant for")
