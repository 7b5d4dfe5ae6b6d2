"""Turns a hit and what it would say into whether it may be believed: nothing here adds, it only takes back.

* A completed ban is never read out of a rumour, a supposition, a repeal, or what the next sentence calls false.
* An operator that shuts a vendor out of its own networks, or a private body out of its own affairs, is no measure of a state.
* What a measure strikes has to be a vendor, its equipment, or a pronoun for them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from telvet.evidence.proposing.hits import PERFECT, Hit
from telvet.evidence.proposing.outcomes import State
from telvet.evidence.proposing.passages import COUNTRY, VENDOR, Passage
from telvet.evidence.proposing.rulebook import Rulebook
from telvet.evidence.proposing.verb_groups import Group

__all__ = ["believed", "strikes_a_vendor"]

_ASSERTED = frozenset(["done", "ongoing"])
_SHUTS = frozenset(["prohibits", "restricts"])
_ORDERED = frozenset(["order", "must", "shall", "must.not", "shall.not"])
_BY_DUTY = frozenset(["must", "shall", "order", "urge", "advocate", "deny", "consider", "cancel"])
_HAVE_TO = frozenset(["have", "to"])
_REMOVAL, _WEIGHED = "REMOVAL_ORDERED", "CONSIDERING_BAN"
_IF = re.compile(r"(?<![\w-])if (?:\S+ ){0,4}$")
_PROTASIS = re.compile(
    r"^\W*(?:(?:and|but|even|only|as) )*(?:if|unless|had (?:the )?\u00a7+|should (?:the )?\u00a7+|were (?:the )?\u00a7+) [^,;]*$"
)
_SUPPOSED = re.compile(r"(?<![\w-])(?:if|whether|unless|would|could|should) ")
_HAPPENED = re.compile(r"(?:after|by|in|from) $")
_PRIVATE = re.compile(
    r"^(?:An? |The )?[A-Z][\w&.-]* in [A-Z][\w ]+$|^(?!It$|They$|He$|She$|We$|Nobody$|Parliament$|Lawmakers$|\w+s$)[A-Z][a-z]+$|[a-z,] [A-Z][a-z]+$"
)
"""A subject of one name that is neither a country nor a government."""
_OWN_NAME = re.compile(r"['\u2019]s ([A-Z][a-z][\w&.-]*)$")
"""A name after that of a country to which it belongs."""
_IN_A_PLACE = re.compile(r"\W*(?:an? |the )?[^\u00a7 ]+ in \u00a7")
"""Somebody in a country, who is not the country."""
_NEAR = 60
_ABSTRACT = 80
_NOUN_ALONE = re.compile(
    r"(?:^|[ \u00a4\u00a7s])(?:a|an|the|any|no|outright|total|full|complete|own|such|similar|formal|5g|effective|blanket) $|[^a-z] $|s $|^$"
)


def believed(hit: Hit, state: State, passages: Sequence[Passage], rules: Rulebook) -> State | None:
    """Return what may be believed of it: the same, a denial, or nothing."""
    if (
        _PROTASIS.search(hit.passage.masked[hit.clause[0] : hit.start])
        or (hit.rule.duty and not _is_duty(hit, state, rules))
        or (hit.group is not None and (_by_others(hit, state, rules) or _overstated(hit, hit.group, state, rules)))
    ):
        return None
    if state.modality not in _ASSERTED or not _shuts(state, rules):
        return state
    number = hit.passage.number + 1
    if number < len(passages) and rules.words["refuted"].search(passages[number].masked):
        return State(state.measure, "denied")
    if rules.words["hearsay"].search(hit.passage.masked, 0, hit.clause[1]):
        return None
    return None if rules.words["lifting"].search(hit.text) else state


def _shuts(state: State, rules: Rulebook) -> bool:
    return rules.codes.measures[state.measure].kind in _SHUTS


def _is_duty(hit: Hit, state: State, rules: Rulebook) -> bool:
    """Tell whether equipment has to go by somebody's order, not because its owner so chose."""
    names = {link.partition(".")[0] for link in hit.group.links} if hit.group else set()
    if names & _BY_DUTY or state.measure != _REMOVAL or state.modality == "denied":
        return True
    if hit.group and _HAVE_TO.issubset(hit.group.words):
        return True
    subject = hit.owner()
    if rules.words["company"].search(subject):
        return False
    return hit.passive or COUNTRY in subject or rules.words["unnamed_subject"].search(subject) is not None


def _by_others(hit: Hit, state: State, rules: Rulebook) -> bool:
    """Tell whether a company or another private body acts, for itself."""
    if hit.group is None or hit.passive or hit.form == "noun" or hit.rule.modality is not None:
        return False
    if (
        state.modality not in _ASSERTED | {"planned"}
        or not _shuts(state, rules)
        or _ORDERED.intersection(hit.group.links)
        or _HAVE_TO.issubset(hit.group.words)
    ):
        return False
    subject = hit.before()
    shown = hit.passage.folded.shown[hit.clause[0] : hit.group.start].strip()
    private = VENDOR in subject or _PRIVATE.search(shown)
    if (
        private
        and not rules.words["government"].search(subject)
        and (COUNTRY not in subject or _IN_A_PLACE.match(subject))
    ):
        return True
    named = list(hit.passage.candidates(hit.clause[0], hit.group.start))
    owned = _OWN_NAME.search(shown)
    if owned and not rules.words["government"].search(owned[1].lower()) and not _of_state(hit, shown, owned):
        return True
    operator = (named and named[-1].kind == "operator") or rules.words["operator"].search(subject[-_NEAR:])
    return bool(operator) and "government" not in subject


def _of_state(hit: Hit, shown: str, owned: re.Match[str]) -> bool:
    """Tell whether the gazetteer knows the name with which a subject ends, and not as an operator."""
    stretch = hit.passage.folded.shown[hit.clause[0] :]
    start = hit.clause[0] + stretch.index(shown) + owned.start(1)
    return any(
        each.start >= start and each.kind != "operator" for each in hit.passage.candidates(start, start + len(owned[1]))
    )


def _overstated(hit: Hit, group: Group, state: State, rules: Rulebook) -> bool:
    """Tell whether a completed ban would be read out of words that may not say one."""
    if state.measure == _WEIGHED and _IF.search(hit.before(own=True)):
        return True
    if state.modality not in _ASSERTED or not _shuts(state, rules):
        return False
    before = hit.before()
    if _SUPPOSED.search(before):
        return True
    if hit.form == "base" and group.bare:
        return COUNTRY not in before
    bare_ing = hit.form == "ing" and not group.links and not PERFECT.intersection(group.words)
    if hit.passive or bare_ing:
        return bare_ing and not hit.passive and not _HAPPENED.search(before)
    return rules.words["abstract"].search(before[-_ABSTRACT:]) is not None and "would" in hit.text


def strikes_a_vendor(hit: Hit, rules: Rulebook) -> bool:
    """Tell whether the measure can be about a vendor at all, by what it is said to strike."""
    if hit.rule.vendor not in {"needed", "topic"} or hit.group is None:
        return True
    if (hit.form == "noun" or _ends_with_noun(hit)) and _of_something_else(hit, rules):
        return False
    if hit.form == "noun":
        return VENDOR in hit.text or _NOUN_ALONE.search(hit.passage.masked[hit.clause[0] : hit.start]) is not None
    if hit.passive or hit.rule.vendor != "needed" or hit.rule.modality is not None:
        return True
    gap, vendor, _ = hit.after.partition(VENDOR)
    apart = rules.words["elsewhere"].search(gap[len(hit.found["verb"]) :])
    if vendor and apart and not rules.words["pronoun"].search(gap):
        return False
    return rules.words["telecoms"].search(hit.after) is not None or VENDOR in hit.text


def _ends_with_noun(hit: Hit) -> bool:
    """Tell whether the rule goes on to a noun such as a ban that is lifted."""
    return hit.rule.vendor == "topic" and hit.found.end() > hit.found.end("verb")


def _of_something_else(hit: Hit, rules: Rulebook) -> bool:
    """Tell whether a noun such as a ban says itself that it is on something other than vendors."""
    what = rules.words["object_of_noun"].search(hit.passage.masked[hit.found.end() : hit.clause[1]])
    return what is not None and rules.words["struck"].search(what["of"]) is None
