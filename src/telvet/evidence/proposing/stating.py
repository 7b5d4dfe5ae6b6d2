"""Turns a hit into what is said: a measure and how far it has got.

* The form says it first, then what governs it, then a negative subject; the words of the clause may choose a narrower measure.
* Adjectives, gerunds that head a sentence, and nouns that nothing governs say nothing.
"""

from __future__ import annotations

import re

from telvet.evidence.proposing.hits import Hit
from telvet.evidence.proposing.outcomes import State, outcome
from telvet.evidence.proposing.rulebook import Rulebook

__all__ = ["state_of"]

_PERMISSIVE = frozenset(["may", "can"])
_WILL_BE = re.compile(r"(?<![\w-])(?:will|would|to|plans to) (?:\w+ )?$")
_FAR = 60
"""How many letters before the clause a reporting verb, or within it a negative subject, may stand."""
_WIDEST = "BANNED"
_WEIGHED = "CONSIDERING_BAN"
_BY_LAW = State("AUTHORISATION", "conditional")


def state_of(hit: Hit, rules: Rulebook) -> State | None:
    """Return what a hit says, or None where it says nothing."""
    if hit.group is None:
        return State(_narrowed(hit, rules), _fixed(hit, rules))
    if _says_nothing(hit, rules):
        return None
    text = hit.passage.masked
    reported = rules.words["said"].search(text, max(0, hit.clause[0] - _FAR), hit.group.own) is not None
    plain = State(_narrowed(hit, rules), hit.rule.modality or _plain(hit))
    state = outcome(plain, hit.group.links, rules, reported=reported, duty=hit.rule.duty)
    if state is None:
        return None
    if state.measure == _WEIGHED and _PERMISSIVE.intersection(hit.group.words) and rules.words["lawlike"].search(text):
        return _BY_LAW
    if _negative_subject(hit, rules):
        state = outcome(state, ("plain.not",), rules, reported=False, duty=False)
    if state is not None and state.measure == _WIDEST and hit.rule.measure != _WIDEST:
        return State(_narrow(_WIDEST, hit.text, rules), state.modality)
    return state


def _fixed(hit: Hit, rules: Rulebook) -> str:
    """Return the modality that a rule gives; what will be in use is planned."""
    uses = rules.codes.measures[hit.rule.measure].kind == "uses"
    return "planned" if uses and _WILL_BE.search(hit.before()) else hit.rule.modality or "done"


def _says_nothing(hit: Hit, rules: Rulebook) -> bool:
    """Tell whether the form is an adjective, a gerund that heads the clause, or a noun that nothing governs."""
    if hit.group is None or not hit.group.bare:
        return False
    before = hit.before(own=True)
    if hit.form in {"past", "participle", "base"}:
        return rules.words["adjectival"].search(before) is not None
    if hit.form == "ing":
        return not before.strip(" \"',")
    return hit.form == "noun" and not rules.words["possessor"].search(before)


def _plain(hit: Hit) -> str:
    """Return the modality that a form has by itself."""
    return "ongoing" if hit.form in {"third", "base", "ing"} else "done"


def _negative_subject(hit: Hit, rules: Rulebook) -> bool:
    if hit.rule.modality or hit.group is None or "plain.not" in hit.group.links:
        return False
    before = hit.before(own=True)
    found = rules.words["negative"].search(before)
    return found is not None and len(before) - found.start() < _FAR


def _narrowed(hit: Hit, rules: Rulebook) -> str:
    """Let the words of the clause choose a narrower measure; for an active verb only those that follow it."""
    if not hit.rule.refine:
        return hit.rule.measure
    ordered = hit.group is None or "order" in hit.group.links
    whole = hit.passive or ordered or hit.form == "noun" or hit.rule.modality is not None
    return _narrow(hit.rule.measure, hit.text if whole else hit.after, rules)


def _narrow(measure: str, stretch: str, rules: Rulebook) -> str:
    return next((narrow for narrow, words in rules.refine.get(measure, ()) if words.search(stretch)), measure)
