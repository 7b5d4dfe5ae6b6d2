"""Turns a completed ban that a hit seems to tell into one that the words do assert, into one that is to come, or into nothing.

* It is asserted by a finite verb, a passive or a noun with its owner, of which a state is the subject or the place.
* What a bill says is conditional, what a state has only promised is planned.
* Only a strong construction asserts it: a rule marked so, with whoever can act as its subject, or a noun that a verb of doing governs.
* What lets a vendor in and says where is a permission, never a restriction that holds.
* Beliefs, fears, relative clauses about countries in general, and what the vendor complains of assert nothing.
* What is struck is a vendor, its equipment, or whoever may not buy it: not something else that happens to be named near it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from telvet.evidence.proposing.hits import Hit
from telvet.evidence.proposing.outcomes import State
from telvet.evidence.proposing.passages import COUNTRY, VENDOR, Passage
from telvet.evidence.proposing.rulebook import Rulebook

__all__ = ["asserted"]

_PLURAL = re.compile(
    rf"{COUNTRY}+,? (?:and|&) (?:the )?{COUNTRY}+ (?:both |also |all )?$|{COUNTRY}+, {COUNTRY}+ $"
    r"|[a-z]{3,}(?<!s)s (?:also |now |that |which |who )?$"
)
"""Two countries, or a noun in the plural: what a bare present needs as its subject."""
_RELATIVE = re.compile(r"\W*(?:which|that|who|whom|whose)\b")
_PRONOUN = re.compile(r" (?:it|them)\b")
_NOUN_FOLLOWS = re.compile(r"\S+ (?:on|against|of|for)\b")
_CLAIMED_BY_VENDOR = re.compile(VENDOR + r"+ (?:\w+ ){0,2}(?:complain|argu|claim|sued|suing|protest|alleg|object)\w*")
_EXPLETIVE = re.compile(r"(?:^|[ ,])it $")
"""The subject of "it is forbidden to"."""
_LONG_AGO = re.compile(
    r"(?<![\d.,/-])1(?:[0-8]\d\d|9[0-8]\d)(?![\d,/-]| (?:mhz|sites|cameras|antennas|masts|million|units|pieces))"
)
"""A year in which there was no such vendor."""
_FEW = 3
"""Words of a verb that has taken up none of its object."""
_PRESENT = frozenset({"third", "base"})
_ACTORS = ("government", "unnamed_subject", "acts", "abstract")
_MERELY_NOT_LET = frozenset({"refuse", "stop"})
_FINITE = frozenset({"third", "past"})
_TOLD_TO = re.compile(r"(?:^|[ \W])(?:to|that)(?: |$)")
_RESUMES = re.compile(r"\W*(?:(?:and|but|or|then|also|later|now|since|already) )*$")
"""What stands before the verb of a clause that takes its subject from the one before."""


def asserted(hit: Hit, state: State, passages: Sequence[Passage], rules: Rulebook) -> State | None:
    """Return what a completed ban comes to: itself, one that is conditional or planned, a permission, or nothing."""
    if (within := _within_permission(hit, state, rules)) is not None:
        return within
    if (
        not _strong(hit, rules)
        or _LONG_AGO.search(hit.passage.masked)
        or _out_of_context(hit, passages, rules)
        or _doubtful(hit, rules)
        or _far_from_vendor(hit, passages)
        or not (_by_noun(hit) or _struck(hit, rules))
    ):
        return None
    ahead = hit.passive and rules.words["ahead_within"].search(hit.passage.masked[: hit.start])
    if ahead or rules.words["promised"].search(hit.owner()):
        return State(state.measure, "planned")
    return State(state.measure, "conditional") if rules.words["tentative"].search(hit.owner()) else state


def _within_permission(hit: Hit, state: State, rules: Rulebook) -> State | None:
    """Return the permission itself where the words of its clause only say how far it goes."""
    kinds = (rules.codes.measures[measure].kind for measure in (hit.rule.measure, state.measure))
    if tuple(kinds) == ("permits", "restricts") and state.modality == "ongoing":
        return State(hit.rule.measure, state.modality)
    return None


def _strong(hit: Hit, rules: Rulebook) -> bool:
    """Tell whether the construction is one that asserts: whoever is able to does it, or it is done to the vendor."""
    if "strong" not in hit.rule.flags:
        return False
    if hit.group is None or hit.rule.modality is not None:
        return True
    if hit.form == "noun":
        return rules.words["light_verb"].search(hit.text) is not None
    links = set(hit.group.links)
    if _MERELY_NOT_LET & links and rules.codes.measures[hit.rule.measure].kind == "permits":
        return False
    if hit.form == "base" and links:
        return _governed(hit, rules)
    return hit.passive or hit.form not in _FINITE or bool(links) or _by_an_actor(hit, rules)


def _governed(hit: Hit, rules: Rulebook) -> bool:
    """Tell whether a base form is a verb of which somebody is told, not a noun that is spelt alike."""
    if hit.group is None or rules.words["noun_like"].search(hit.passage.masked[hit.clause[0] : hit.start]):
        return False
    told = hit.group.governed + " ".join(hit.group.words)
    return "order" not in hit.group.links or _TOLD_TO.search(told) is not None


def _by_an_actor(hit: Hit, rules: Rulebook) -> bool:
    """Tell whether the subject of an active verb is a country, one of its bodies, a rule, or a pronoun for them."""
    subject = hit.before()
    acts = COUNTRY in subject or any(rules.words[name].search(subject) for name in _ACTORS)
    return acts or _RESUMES.match(subject) is not None


def _doubtful(hit: Hit, rules: Rulebook) -> bool:
    """Tell whether the words before or after the verb take back what it says."""
    before = hit.passage.masked[hit.clause[0] : hit.start]
    after = hit.passage.masked[hit.found.end() : hit.clause[1]]
    return bool(
        any(rules.words[name].search(before) for name in ("doubtful", "generic"))
        or (hit.form in _PRESENT and rules.words["ahead_of"].search(before))
        or (hit.form == "base" and hit.group is not None and hit.group.bare and not _is_verb(hit))
        or _CLAIMED_BY_VENDOR.search(before)
        or rules.words["undone"].search(after)
    )


def _out_of_context(hit: Hit, passages: Sequence[Passage], rules: Rulebook) -> bool:
    """Tell whether words that do not by themselves shut a vendor out stand where nobody speaks of networks or purchases."""
    if "echo" in hit.rule.flags:
        number, masked = hit.passage.number, hit.passage.masked
        before = (passages[number - 1].masked if number else "") + " " + masked[: hit.start]
        return rules.words["shutting_out"].search(before) is None
    if hit.group is not None and hit.rule.modality is None:
        return False
    spoken = VENDOR in hit.text or rules.words["struck"].search(hit.text) or rules.words["things"].search(hit.text)
    return not spoken or rules.words["of_networks"].search(hit.passage.folded.text, *hit.clause) is None


def _far_from_vendor(hit: Hit, passages: Sequence[Passage]) -> bool:
    """Tell whether a bare pronoun is all that stands for the vendor, and the sentence before names none."""
    if hit.passage.vendors or _by_noun(hit) or not _PRONOUN.match(hit.passage.masked, hit.found.end()):
        return False
    number = hit.passage.number
    return not any(each.vendors for each in passages[max(0, number - 1) : number])


def _by_noun(hit: Hit) -> bool:
    return hit.group is None or hit.form == "noun"


def _is_verb(hit: Hit) -> bool:
    """Tell whether a bare form is a present tense, not the noun that is spelt alike."""
    return _PLURAL.search(hit.before()) is not None and _NOUN_FOLLOWS.match(hit.after) is None


def _struck(hit: Hit, rules: Rulebook) -> bool:
    """Tell whether a vendor or its equipment is what the verb strikes."""
    if hit.rule.vendor != "needed" or hit.rule.modality is not None or hit.found.end() > hit.found.end("verb"):
        return True
    if hit.passive:
        return _subject_struck(hit, rules)
    masked, start = hit.passage.masked, hit.clause[0]
    verb = hit.found["verb"]
    whole = VENDOR in hit.after[len(verb) :] and VENDOR not in verb and verb.count(" ") < _FEW
    own = verb if whole else verb.split(" ", maxsplit=1)[0]
    gap, vendor, rest = hit.after[len(own) :].partition(VENDOR)
    gap = gap.replace('"', "")
    if not vendor and rules.words["not_these"].match(gap):
        return False
    if not vendor:
        relative = _RELATIVE.match(masked, start) and masked[:start].endswith(VENDOR)
        return bool(relative) or rules.words["struck_unnamed"].search(gap) is not None
    if rules.words["of_no_account"].match(rest.lstrip(VENDOR)):
        return False
    return not gap.strip() or VENDOR in verb or rules.words["on_the_way"].search(gap) is not None


def _subject_struck(hit: Hit, rules: Rulebook) -> bool:
    """Tell whether a passive strikes the vendor, its equipment, or those who are told not to use it."""
    subject = hit.before(own=True).rpartition(" that ")[2]
    if _EXPLETIVE.search(subject):
        return VENDOR in hit.after or rules.words["struck_unnamed"].search(hit.after.partition(" to ")[2]) is not None
    end = hit.start if hit.group is None else hit.group.own
    operator = any(each.kind == "operator" for each in hit.passage.candidates(hit.clause[0], end))
    told = VENDOR in hit.after and (operator or rules.words["may_be_told"].search(subject))
    return VENDOR in subject or bool(told) or rules.words["struck"].search(subject) is not None
