"""Turns the place of a measure in its sentence into the vendors that it is about: by name, by pronoun, or by a defined term.

* A name in the clause comes first; then one in the sentence; then those that a pronoun or "the company" stands for; then the topic.
* Names are the document's words; a defined term gives the names of its definition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from telvet.evidence.proposing.passages import Mention, Passage
from telvet.evidence.proposing.rulebook import Rulebook

__all__ = ["Vendors", "vendors_of"]

_FURTHEST = 8
"""How many sentences back a pronoun may reach."""
_REACH = {"needed": 3, "near": 2, "topic": _FURTHEST, "none": 0}


@dataclass(frozen=True, slots=True)
class Vendors:
    """Whom a measure is about, and the term through which the document says it."""

    names: tuple[str, ...]
    term: str | None = None


def vendors_of(
    passages: Sequence[Passage], passage: Passage, clause: tuple[int, int], policy: str, rules: Rulebook,
    terms: Mapping[str, tuple[str, ...]],
) -> Vendors | None:  # fmt: skip
    """Return the vendors of a measure, or None where there is none and the rule needs one."""
    if here := list(passage.vendors_in(*clause)):
        return _made(_without_speakers(here, passage), terms)
    text = passage.masked[slice(*clause)]
    refers = any(rules.words[name].search(text) for name in ("person", "several", "pronoun", "things"))
    sentence = [each for each in passage.vendors if each.end <= clause[0]] or list(passage.vendors)
    if sentence and (refers or policy != "none"):
        return _made(sentence, terms)
    if refers or policy in {"topic", "near"}:
        reach = _FURTHEST if refers else _REACH[policy]
        if earlier := _earlier(passages, passage.number, reach, anywhere=policy in {"topic", "needed"}):
            return _made(earlier, terms)
        if unnamed := _unnamed(passages, text, rules, anywhere=policy == "topic"):
            return Vendors((unnamed,))
    return Vendors(()) if policy == "none" else None


def _earlier(passages: Sequence[Passage], number: int, reach: int, *, anywhere: bool) -> list[Mention]:
    """Return the vendors that were named last, or the first of the document."""
    before = list(reversed(passages[max(0, number - reach) : number]))
    return next((list(each.vendors) for each in [*before, *(passages if anywhere else ())] if each.vendors), [])


def _unnamed(passages: Sequence[Passage], text: str, rules: Rulebook, *, anywhere: bool) -> str | None:
    """Return words such as "any supplier", of a document that names no vendor."""
    texts = [text, *(each.masked for each in passages if anywhere)]
    return next((found.group() for each in texts if (found := rules.words["unnamed_vendor"].search(each))), None)


def _without_speakers(mentions: list[Mention], passage: Passage) -> list[Mention]:
    kept = [
        each for each in mentions
        if not passage.masked[each.end :].startswith((" said", " says", " told", "'s chairman", "'s chief", "'s spokes"))
    ]  # fmt: skip
    return kept or mentions


def _made(mentions: list[Mention], terms: Mapping[str, tuple[str, ...]]) -> Vendors:
    names: dict[str, str] = {}
    term = None
    for each in mentions:
        if each.kind == "term":
            key = each.words.removesuffix("'s")
            key = key if key in terms else key.removesuffix("s")
            term = term or key
            for name in terms.get(key, (key,)):
                names.setdefault(name.lower(), name)
        else:
            names.setdefault(each.value if each.value not in {"", "anyone"} else each.words.lower(), each.words)
    return Vendors(tuple(names.values()), term)
