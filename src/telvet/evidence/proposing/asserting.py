"""Turns a completed ban that a hit seems to tell into one that the words do assert, or into nothing.

* It is asserted by a finite verb, a passive or a noun with its owner, of which a state is the subject or the place.
* Beliefs, fears, drafts, relative clauses about countries in general, and what the vendor complains of assert none.
* What is struck is a vendor, its equipment, or whoever may not buy it: not something else that happens to be named near it.
"""

from __future__ import annotations

import re

from telvet.evidence.proposing.hits import Hit
from telvet.evidence.proposing.passages import COUNTRY, VENDOR
from telvet.evidence.proposing.rulebook import Rulebook

__all__ = ["asserts"]

_PLURAL = re.compile(
    rf"{COUNTRY}+,? (?:and|&) (?:the )?{COUNTRY}+ (?:both |also |all )?$|{COUNTRY}+, {COUNTRY}+ $|[a-z]{{3,}}(?<!s)s (?:also |now )?$"
)
"""Two countries, or a noun in the plural: what a bare present needs as its subject."""
_NOUN_FOLLOWS = re.compile(r"\S+ (?:on|against|of|for)\b")
_CLAIMED_BY_VENDOR = re.compile(VENDOR + r"+ (?:\w+ ){0,2}(?:complain|argu|claim|say|said|sued|suing|protest|alleg|object)\w*")
_NEAR = 60


def asserts(hit: Hit, rules: Rulebook) -> bool:
    """Tell whether the words assert the completed ban that they seem to tell."""
    before = hit.passage.masked[hit.clause[0] : hit.start]
    if rules.words["doubtful"].search(before) or rules.words["tentative"].search(hit.before()):
        return False
    if rules.words["generic"].search(before) or _CLAIMED_BY_VENDOR.search(before):
        return False
    after = hit.passage.masked[hit.found.end() : hit.clause[1]]
    if rules.words["undone"].search(after):
        return False
    if hit.group is None or hit.form == "noun":
        return True
    if hit.form == "base" and hit.group.bare and not _is_verb(hit):
        return False
    return _struck(hit, rules)


def _is_verb(hit: Hit) -> bool:
    """Tell whether a bare form is a present tense, not the noun that is spelt alike."""
    return _PLURAL.search(hit.before()) is not None and _NOUN_FOLLOWS.match(hit.after) is None


def _struck(hit: Hit, rules: Rulebook) -> bool:
    """Tell whether a vendor or its equipment is what the verb strikes."""
    if hit.rule.vendor != "needed" or hit.rule.modality is not None:
        return True
    if hit.passive:
        subject = hit.before(own=True)
        return VENDOR in subject or VENDOR in hit.after or rules.words["struck"].search(subject) is not None
    gap, vendor, rest = hit.after[len(hit.found["verb"]) :].partition(VENDOR)
    if not vendor:
        return rules.words["struck_unnamed"].search(gap) is not None
    if rules.words["of_no_account"].match(rest.lstrip(VENDOR)):
        return False
    return not gap.strip() or rules.words["on_the_way"].search(gap) is not None
