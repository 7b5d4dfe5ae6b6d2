"""Turns a rule's match in a clause into a hit: the verb or noun, its form, what governs it, and whether it is passive.

* A bare participle is passive where the vendor stands right before it and none after it, as headlines have it.
* A form that the lists do not have is read by its ending.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from telvet.evidence.proposing.passages import VENDOR, Passage
from telvet.evidence.proposing.rulebook import Rule, Rulebook
from telvet.evidence.proposing.verb_groups import Group, read_group, read_noun

__all__ = ["PERFECT", "Hit", "read_hit"]

PERFECT = frozenset(["has", "have", "had", "is", "are", "was", "were", "been"])
_PARTICIPLES = frozenset(["past", "participle"])
_RELATIVE = re.compile(r"\W*(?:which|that|who|whom|whose)\b")
_FEW = 3
"""Words that a headline may have before the vendor."""
_NEAR = 60
"""How far before a relative clause what it belongs to is looked for."""
_ENDINGS = (("ing", "ing"), ("ed", "past"), ("s", "third"))


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found in a clause."""

    rule: Rule
    found: re.Match[str]
    passage: Passage
    clause: tuple[int, int]
    group: Group | None
    """What governs the verb or noun; None for a rule that looks at neither."""
    form: str
    """base, third, past, participle, ing, noun, or nothing."""
    passive: bool
    start: int

    @property
    def text(self) -> str:
        """Return the masked clause."""
        return self.passage.masked[slice(*self.clause)]

    @property
    def after(self) -> str:
        """Return the masked clause from the verb or noun on."""
        return self.passage.masked[self.start : self.clause[1]]

    def before(self, *, own: bool = False) -> str:
        """Return the masked clause up to what governs the verb, or up to the verb's own auxiliaries."""
        end = self.start if self.group is None else self.group.own if own else self.group.start
        return self.passage.masked[self.clause[0] : end]

    def owner(self) -> str:
        """Return the clause before the verb; for a relative clause, with the words before it to which it belongs."""
        before, start = self.before(), self.clause[0]
        relative = _RELATIVE.match(self.passage.masked, start)
        return self.passage.masked[max(0, start - _NEAR) : start] + before if relative else before

    @property
    def named(self) -> tuple[int, int] | None:
        """Return where the rule itself says that the country stands."""
        groups = self.found.groupdict()
        return next((self.found.span(name) for name in ("c", "c2") if groups.get(name)), None)


def read_hit(rule: Rule, found: re.Match[str], passage: Passage, clause: tuple[int, int], rules: Rulebook) -> Hit:
    """Read the verb or noun of a match, if the rule marks one."""
    groups = found.groupdict()
    if verb := groups.get("verb"):
        start = found.start("verb")
        form = _form(verb, rules)
        group = read_group(passage.masked, start, form, rules, clause[0])
        if form == "base" and PERFECT.intersection(group.words):
            form = "participle"
        headline = form in _PARTICIPLES and group.bare and _headline(passage.masked, start, found.end(), clause)
        return Hit(rule, found, passage, clause, group, form, group.passive or headline, start)
    if groups.get("noun"):
        start = found.start("noun")
        group = read_noun(passage.masked, start, found.end("noun"), clause, rules)
        return Hit(rule, found, passage, clause, group, "noun", passive=False, start=start)
    return Hit(rule, found, passage, clause, None, "", passive=False, start=found.start())


def _form(verb: str, rules: Rulebook) -> str:
    first = verb.split(" ", maxsplit=1)[0]
    by_ending = next((form for ending, form in _ENDINGS if first.endswith(ending)), "past")
    return rules.forms.get(first, by_ending)


def _headline(text: str, start: int, end: int, clause: tuple[int, int]) -> bool:
    before = re.search(VENDOR + r"(?:'s)?(?: (?:and|[\w-]+)){0,3} $", text[clause[0] : start])
    if before is None or VENDOR in text[end : clause[1]]:
        return False
    return len(text[clause[0] : clause[0] + before.start()].split()) <= _FEW
