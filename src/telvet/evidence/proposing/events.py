"""Turns a passage into events: a measure, how far it has got, whose it is and about which vendors.

* A rule finds the words; what governs them, and what negates them, decides what is said; the clause may narrow the measure.
* A measure whose country or vendor cannot be told is no event, unless its rule needs none.
* A question says nothing, and neither does a definition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from telvet.catalog.gazetteers import Gazetteers
from telvet.evidence.proposing.asserting import asserted
from telvet.evidence.proposing.doubts import believed, strikes_a_vendor
from telvet.evidence.proposing.hits import Hit, read_hit
from telvet.evidence.proposing.named_vendors import Vendors, vendors_of
from telvet.evidence.proposing.outcomes import State
from telvet.evidence.proposing.passages import Passage
from telvet.evidence.proposing.rulebook import Rule, Rulebook
from telvet.evidence.proposing.stating import state_of
from telvet.evidence.proposing.topics import Topic
from telvet.evidence.proposing.whose import Asked, whose

__all__ = ["Event", "Known", "events_in"]

_ASSERTED = frozenset(["done", "ongoing"])
_SHUTS = frozenset(["prohibits", "restricts"])
_BACK = 2
_UNNAMED = 2.0
"""How much less a proposal is worth whose sentence names no vendor."""
_NAMED_COUNTRY = 1.0
_PRESSURE, _SILENCE, _USE = "PRESSURE", "NO_STATEMENT", "IN_USE"
_DEFINES = re.compile(r" (?:means|shall mean|has the meaning)\b")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when a passage is read."""

    topic: Topic
    gazetteers: Gazetteers
    rules: Rulebook
    terms: Mapping[str, tuple[str, ...]]
    """The vendors by the terms that the document defines."""
    draft: bool = False
    """The document is a bill or a draft: nothing that it says holds yet."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a passage says of vendors."""

    hit: Hit
    measure: str
    kind: str
    modality: str
    countries: tuple[str, ...]
    vendors: Vendors
    weight: float


def events_in(passage: Passage, known: Known) -> Iterator[Event]:
    """Yield what a passage says, clause by clause."""
    if passage.masked.rstrip("\"' ").endswith("?") or (known.terms and _DEFINES.search(passage.masked)):
        return
    for clause in passage.clauses:
        for rule in _fitting(passage, clause, known.rules):
            for found in rule.find.finditer(passage.masked, *clause):
                event = _event(read_hit(rule, found, passage, clause, known.rules), known)
                if event is not None:
                    yield event


def _fitting(passage: Passage, clause: tuple[int, int], rules: Rulebook) -> Iterator[Rule]:
    """Yield the rules that a clause does not rule out as a whole."""
    text = passage.masked[slice(*clause)]
    unsaid = rules.words["unsaid"].search(text) is not None
    lawlike = rules.words["of_a_rule"].search(text) is not None
    for rule in rules.rules:
        if (unsaid and rule.measure != _SILENCE) or (lawlike and rule.measure == _USE):
            continue
        if not rule.unless.search(text) and (rule.needs is None or rule.needs.search(text)):
            yield rule


def _event(hit: Hit, known: Known) -> Event | None:
    rules, passages = known.rules, known.topic.passages
    state = state_of(hit, rules)
    state = believed(hit, state, passages, rules) if state is not None else None
    if state is not None and _shuts_out(state, rules):
        state = asserted(hit, state, passages, rules)
        if state is not None and known.draft:
            state = State(state.measure, "conditional")
    if state is None or not strikes_a_vendor(hit, rules):
        return None
    vendors = vendors_of(passages, hit.passage, hit.clause, hit.rule.vendor, rules, known.terms)
    countries = _countries(hit, state, known)
    if vendors is None or countries is None or _uncertain(hit, state, countries, known):
        return None
    weight = hit.rule.weight - (0 if hit.passage.vendors else _UNNAMED)
    weight += _NAMED_COUNTRY if any(hit.passage.candidates(*hit.clause)) else 0
    kind = rules.codes.measures[state.measure].kind
    return Event(hit, state.measure, kind, state.modality, countries, vendors, weight)


def _shuts_out(state: State, rules: Rulebook) -> bool:
    """Tell whether it is a completed ban or restriction."""
    return state.modality in _ASSERTED and rules.codes.measures[state.measure].kind in _SHUTS


def _uncertain(hit: Hit, state: State, countries: tuple[str, ...], known: Known) -> bool:
    """Tell whether a completed ban would fall on a country that is only one of several that were spoken of before."""
    here = {each.value for each in hit.passage.countries}
    if (
        not _shuts_out(state, known.rules)
        or known.topic.official
        or not countries
        or here.intersection(countries)
        or known.topic.main in countries
    ):
        return False
    before = known.topic.passages[max(0, hit.passage.number - _BACK) : hit.passage.number]
    return len({each.value for passage in before for each in passage.candidates()} - known.gazetteers.homes) > 1


def _countries(hit: Hit, state: State, known: Known) -> tuple[str, ...] | None:
    """Return the countries; None where a measure that needs one has none, though the document names some."""
    urged = state.measure == _PRESSURE and hit.rule.measure != _PRESSURE
    asked = Asked(hit.passage, hit.clause, hit.start, hit.found.end(), hit.group, hit.passive, hit.named)
    kind = known.rules.codes.measures[state.measure].kind
    speaks = kind == "speaks"
    found = whose(asked, ("pressed",) if urged else hit.rule.country, known.topic, known.gazetteers, known.rules)
    if found is None and (speaks or kind == "deliberates") and known.rules.words["supranational"].search(hit.text):
        return ()
    if not found and kind not in {"speaks", "deliberates"} and any(each.countries for each in known.topic.passages):
        return None
    return found
