"""Whether an assertion of ACS permits sharing with a partner abroad: spec/sharing.md, section 4, line by line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["permits"]

Row = Mapping[str, Any]


def permits(acs: Row, partner: Row) -> tuple[bool, str]:
    """Return the answer of the first line that applies, and the line."""
    codes = set(partner.get("acs") or ())
    country, nationalities = partner.get("country"), partner.get("nationalities")
    readers = None if country is None or nationalities is None else {*nationalities, country}
    rules = [rule for rule in acs.get("sharing", ()) if set(rule["scope"]) & {"FOREIGNGOV", *codes}]
    known = {
        "nationalities": readers,
        "organisations": codes or None,
        "entity": None if partner.get("entities") is None else set(partner["entities"]),
        "shareability": None if partner.get("shareability") is None else set(partner["shareability"]),
    }
    lines = [
        ("NF", acs.get("no_foreign"), False),
        ("public", acs.get("public"), True),
        ("sharing denies", any(not rule["permit"] for rule in rules), False),
        ("privilege denies", any(denies(rule, known) for rule in acs.get("privileges", ())), False),
        ("nationalities", not_all(acs.get("nationalities"), readers), False),
        ("organisations", none_of(acs.get("organisations"), codes), False),
        ("entities", none_of(acs.get("entities"), known["entity"]), False),
        ("shareability", none_of(acs.get("shareability"), known["shareability"]), False),
        ("sharing permits", any(rule["permit"] for rule in rules), True),
        ("organisations named", acs.get("organisations") is not None, True),
        ("default", True, bool(acs.get("shared_by_default"))),
    ]
    return next((answer, line) for line, applies, answer in lines if applies)


def denies(rule: Row, known: Mapping[str, set[str] | None]) -> bool:
    if rule["permit"] or rule["action"] not in {"DSPLY", "ALL"}:
        return False
    for part, have in known.items():
        said = rule.get(part)
        if said is not None and have is not None and not set(said) & have:
            return False
    return True


def not_all(said: Any, have: set[str] | None) -> bool:
    return said is not None and (have is None or not have <= set(said))


def none_of(said: Any, have: set[str] | None) -> bool:
    return said is not None and not (have and have & set(said))
