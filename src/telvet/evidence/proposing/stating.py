"""Turns a hit into what is said: a measure and how far it has got.

* The form says it first, then what governs it, then a negative subject; the words of the clause may choose a narrower measure.
* Adjectives, gerunds that head a sentence, and nouns that nothing governs say nothing.
"""

from __future__ import annotations

import re

from telvet.evidence.proposing.hits import Hit
from telvet.evidence.proposing.outcomes import State, outcome
from telvet.evidence.proposing.passages import VENDOR
from telvet.evidence.proposing.rulebook import Rulebook

__all__ = ["state_of"]

_PERMISSIVE = frozenset(["may", "can"])
_WILL_BE = re.compile(r"(?<![\w-])(?:will|would|to|plans to) (?:\w+ )?$")
_FAR = 60
"""How many letters before the clause a reporting verb, or within it a negative subject, may stand."""
_A_COUNTRY = re.compile(
    r" (?:the )?\u00a7+(?:(?:,| and|, and) (?:the )?\u00a7+)*(?:'s)?(?: (?:government|officials|ministers|authorities))? ?"
)
_NEEDS_NO_NOT = frozenset(["conditions", "permits", "uses"])
_NOT = re.compile(r"(?:(?<![\w-])(?:not|never|no longer|without|nobody|none)|n't) (?:\w+ ){0,2}$")
_WIDEST = "BANNED"
_OPEN = frozenset(["planned", "considered", "urged", "expected", "conditional"])
_WEIGHED = "CONSIDERING_BAN"
_BY_LAW = State("AUTHORISATION", "conditional")


def state_of(hit: Hit, rules: Rulebook) -> State | None:
    """Return what a hit says, or None where it says nothing."""
    if hit.group is None:
        return None if _negated(hit, rules) else State(_narrowed(hit, rules), _fixed(hit, rules))
    if _says_nothing(hit, rules):
        return None
    text = hit.passage.masked
    reported = rules.words["said"].search(text, max(0, hit.clause[0] - _FAR), hit.group.own) is not None
    plain = State(_narrowed(hit, rules), hit.rule.modality or _plain(hit))
    state = outcome(plain, _links(hit), rules, reported=reported, duty=hit.rule.duty)
    if state is None:
        return None
    if state.measure == _WEIGHED and _PERMISSIVE.intersection(hit.group.words) and rules.words["lawlike"].search(text):
        return _BY_LAW
    if state.modality in _OPEN and rules.words["came_to_nothing"].search(text, hit.found.end(), hit.clause[1]):
        state = State(state.measure, "cancelled")
    elif _negative_subject(hit, rules):
        state = outcome(state, ("plain.not",), rules, reported=False, duty=False)
    if state is not None and state.measure == _WIDEST and hit.rule.measure != _WIDEST:
        return State(_narrow(_WIDEST, hit.text, rules), state.modality)
    return state


def _links(hit: Hit) -> tuple[str, ...]:
    """Return what governs a verb: nobody orders a country, whoever tells it to do something presses it."""
    group = hit.group
    if group is None or group.object_at is None:
        return () if group is None else group.links
    if hit.form == "noun" and not group.governed.strip():
        return tuple("advocate" if link == "urge" else link for link in group.links)
    told = _A_COUNTRY.fullmatch(group.governed)
    operators = any(
        each.kind == "operator" and group.object_at[0] <= each.start < group.object_at[1]
        for each in hit.passage.countries
    )
    return tuple("urge" if link == "order" and told and not operators else link for link in group.links)


def _negated(hit: Hit, rules: Rulebook) -> bool:
    """Tell whether a leave, a permission or a use that a rule finds without looking at its verb is said not to be."""
    kind = rules.codes.measures[hit.rule.measure].kind
    return kind in _NEEDS_NO_NOT and _NOT.search(hit.passage.masked, hit.clause[0], hit.start) is not None


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
        return rules.words["adjectival"].search(before) is not None and not (
            before.endswith(" and ") and _has_object(hit)
        )
    if hit.form == "ing":
        return not before.strip(" \"',")
    owned = rules.words["possessor"].search(hit.passage.masked[hit.clause[0] : hit.start])
    return hit.form == "noun" and owned is None


def _has_object(hit: Hit) -> bool:
    """Tell whether a vendor follows right upon the verb, which is then no adjective."""
    verb = hit.found["verb"]
    return VENDOR in verb or hit.after[len(verb) :].startswith(" " + VENDOR)


def _plain(hit: Hit) -> str:
    """Return the modality that a form has by itself."""
    return "ongoing" if hit.form in {"third", "base", "ing"} else "done"


def _negative_subject(hit: Hit, rules: Rulebook) -> bool:
    if hit.rule.modality or hit.group is None or "plain.not" in hit.group.links:
        return False
    if rules.words["no_object"].match(hit.passage.masked[hit.found.end() : hit.clause[1]]):
        return True
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
