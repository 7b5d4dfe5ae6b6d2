"""One object and the swaps -> its marks as they shall be, and why each of them changes.

* Marks that say nothing more than others on the same object go: repeated ones, weaker levels, those on parts that add nothing.
* Marks that cannot be read are left: to take them away would open what they withhold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from telvet.model.handling import at_least_as_strict, strictest
from telvet.sharing.audit.canonical import Json
from telvet.sharing.marking.official import official_id
from telvet.sharing.marking.rules import Unmarked
from telvet.sharing.marking.swaps import Swap, bare
from telvet.sharing.markings.selectors import read_selector
from telvet.sharing.markings.stix_object import MarkingCompiler

__all__ = ["GRANULAR", "REFS", "Mending", "marks_of"]

REFS, GRANULAR = "object_marking_refs", "granular_markings"
_MARKING = "marking-definition"


@dataclass(frozen=True, slots=True)
class Mending:
    """What objects are mended by."""

    swaps: Mapping[str, Swap]
    unmarked: Unmarked | None
    compiler: MarkingCompiler
    """With the definitions as they shall be."""

    def mended(self, thing: Mapping[str, Any]) -> tuple[dict[str, Json], tuple[str, ...]]:
        """Return the keys that change, None for one that goes, and why; nothing where all stays."""
        because: list[str] = []
        after: dict[str, Json] = {}
        before = _refs(thing)
        refs = self._refs(thing, before, because)
        if refs != before and refs is not None:
            after[REFS] = refs
        entries = thing.get(GRANULAR)
        if isinstance(entries, list) and entries and (refs is not None or REFS not in thing):
            kept = self._granular(entries, refs or [], because)
            if kept != entries:
                after[GRANULAR] = kept or None
        return after, tuple(dict.fromkeys(because))

    def _refs(self, thing: Mapping[str, Any], before: list[str] | None, because: list[str]) -> list[str] | None:
        """Return the marks of the whole object; None where it has none, or they cannot be read."""
        if before is None:
            rule = self.unmarked
            first = rule and REFS not in thing and thing["type"] != _MARKING
            if not rule or not first or (rule.types and thing["type"] not in rule.types):
                return None
            because.append("unmarked-object")
            return [official_id(rule.tlp, self.compiler.rules)]
        swapped = [self._swapped(ref, because) for ref in before]
        refs = list(dict.fromkeys(swapped))
        if len(refs) < len(swapped):
            because.append("marking-repeated")
        return self._without_weaker(refs, because)

    def _without_weaker(self, refs: list[str], because: list[str]) -> list[str]:
        """Take levels of TLP away beside which a stricter one stands."""
        kept = list(refs)
        for ref in refs:
            others = strictest(self.compiler.definition(one).handling for one in kept if one != ref)
            here = self.compiler.definition(ref).handling
            if ref in self.compiler.rules.tlp and others.marks and at_least_as_strict(bare(others), bare(here)):
                kept.remove(ref)
                because.append("tlp-conflict")
        return kept

    def _granular(self, entries: Sequence[Any], refs: list[str], because: list[str]) -> list[Any]:
        """Return the markings of parts."""
        whole = bare(self.compiler.marks(refs).handling)
        kept: list[Any] = []
        for entry in entries:
            mark = entry.get("marking_ref") if isinstance(entry, Mapping) else None
            made = {**entry, "marking_ref": self._swapped(mark, because)} if isinstance(mark, str) else entry
            if made in kept:
                because.append("marking-repeated")
            elif isinstance(mark, str) and refs and self._idle(made, whole):
                because.append("granular-idle")
            else:
                kept.append(made)
        return kept

    def _idle(self, entry: Mapping[str, Any], whole: Any) -> bool:  # noqa: ANN401 - of an object that anybody wrote
        selectors = entry.get("selectors")
        readable = isinstance(selectors, list) and selectors and all(read_selector(one) for one in selectors)
        if not readable or set(entry) != {"marking_ref", "selectors"}:
            return False
        return at_least_as_strict(whole, bare(self.compiler.definition(entry["marking_ref"]).handling))

    def _swapped(self, mark: str, because: list[str]) -> str:
        swap = self.swaps.get(mark)
        if swap is None:
            return mark
        if swap.to != mark:
            because.append(swap.because)
        return swap.to


def marks_of(thing: Mapping[str, Any]) -> set[str]:
    """Return every mark that an object names."""
    entries = thing.get(GRANULAR)
    listed = entries if isinstance(entries, list) else []
    parts = [entry.get("marking_ref") for entry in listed if isinstance(entry, Mapping)]
    return {*(_refs(thing) or ()), *(mark for mark in parts if isinstance(mark, str))}


def _refs(thing: Mapping[str, Any]) -> list[str] | None:
    refs = thing.get(REFS)
    return refs if isinstance(refs, list) and refs and all(isinstance(ref, str) for ref in refs) else None
