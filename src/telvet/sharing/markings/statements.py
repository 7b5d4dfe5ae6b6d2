"""Turns a statement into what the allow-list says of it; a statement that is not listed withholds.

* The list is data: an exact text by its digest, or a pattern that the whole text must match.
* A banner line in a statement is read as IC-ISM.
"""

from __future__ import annotations

from datetime import date

from telvet.catalog.handling import HandlingRules
from telvet.model.handling import Handling
from telvet.sharing.markings.banner import read_banner
from telvet.sharing.markings.compiled import Compiled, joined, referred, withheld
from telvet.sharing.markings.ism import ism_handling

__all__ = ["read_statement"]


def read_statement(marking: str, text: object, rules: HandlingRules, on: date) -> Compiled:
    """Compile a statement: by the allow-list, else as a banner, else not at all."""
    if not isinstance(text, str) or not text.strip():
        what = "the statement is not text"
        return withheld(marking, "statement-malformed", what, "write the statement", text)
    rule = rules.statement(text)
    if rule is None:
        if mark := read_banner(text, rules.ism):
            return ism_handling(marking, mark, rules, on)
        fix = "have somebody read it, and list it in catalog/handling/statements.yaml"
        return withheld(marking, "statement-unlisted", "no rule says what the statement comes to", fix, text)
    terms = frozenset({rule.terms}) if rule.terms else frozenset()
    read = Compiled(Handling(marks=frozenset({marking}), tlp=rule.tlp, terms=terms))
    if rule.effect == "refer":
        return joined((read, referred(marking, "statement", rule.id)))
    if rule.effect == "withhold":
        what = "the statement is listed as one that lets nothing out"
        return joined((read, withheld(marking, "statement", what, "", rule.id)))
    return read
