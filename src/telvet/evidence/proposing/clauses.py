"""Turns a folded sentence into its clauses, so that what is said of one country does not reach another.

* A sentence is cut at the words of contrast and subordination that the data lists, and where a coordination brings a new subject with its verb.
* Clauses cover the sentence but for a dateline before it, stand in order, and none is empty.
"""

from __future__ import annotations

import re
from itertools import pairwise

from telvet.evidence.proposing.rulebook import Rulebook

__all__ = ["clause_spans"]

_SHORTEST = 12
_LONGEST = 7
"""Words of a dateline."""


def clause_spans(masked: str, rules: Rulebook) -> tuple[tuple[int, int], ...]:
    """Return the start and end of each clause of a masked sentence."""
    dateline = rules.words["dateline"].match(masked)
    first = dateline.end() if dateline and dateline.group() == _heading(dateline.group(), masked) else 0
    cuts = sorted({first, *(cut for cut in _cuts(masked, rules) if cut > first), len(masked)})
    spans: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        if spans and end - spans[-1][0] < _SHORTEST:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(spans)


def _heading(found: str, masked: str) -> str:
    """Return what counts as a dateline: a place, and not a clause of its own."""
    return found if len(found.split()) <= _LONGEST and len(found) < len(masked) else ""


def _cuts(masked: str, rules: Rulebook) -> list[int]:
    cuts = [found.start() for found in rules.contrast.finditer(masked)]
    cuts += _resumed(masked, rules)
    for found in rules.coordination.finditer(masked):
        if not _joins_a_list(masked, found) and _has_verb(
            masked[max((cut for cut in cuts if cut < found.start()), default=0) : found.start()], rules
        ):
            cuts.append(found.start())
    return cuts


def _resumed(masked: str, rules: Rulebook) -> list[int]:
    """Return where the main clause goes on after a relative clause: a comma, and a verb without a subject."""
    cuts: list[int] = []
    for found in rules.words["relative_begins"].finditer(masked):
        resumed = rules.words["resumes"].search(masked, found.end())
        if resumed and _has_verb(masked[found.end() : resumed.start()], rules):
            cuts.append(resumed.start())
    return cuts


def _joins_a_list(masked: str, found: re.Match[str]) -> bool:
    """Tell whether "and" joins two names of a list rather than two clauses."""
    before, after = masked[: found.start()], masked[found.end() :]
    after = re.sub(r"^(?:the|both) ", "", after)
    if not before or not after or before[-1] not in "\u00a7\u00a4" or before[-1] != after[0]:
        return False
    return "," not in found.group() or bool(re.search(r"([\u00a7\u00a4])\1*, (?:the )?\1+$", before))


def _has_verb(text: str, rules: Rulebook) -> re.Match[str] | None:
    return rules.finite.search(text)
