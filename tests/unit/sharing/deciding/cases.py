"""Cases for the tests of rules: everything known and allowed, save what a test changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from telvet.model.dates import Span
from telvet.model.handling import Classification, Handling, Tlp
from telvet.model.sharing import (
    NEVER,
    Arrangement,
    Candidate,
    Consent,
    Effect,
    Facts,
    Originators,
    Partner,
    Reason,
    Term,
    ThirdParty,
    Waiver,
)
from telvet.sharing.deciding.case import Case

DAY = date(2024, 6, 1)
SINCE = Span(date(2020, 1, 1), date(2020, 1, 1))
OURS = Originators(frozenset({"us"}), complete=True)
THEIRS = Originators(frozenset({"they"}), complete=True)
PARTNER = Partner("p", "XAA", identities=frozenset({"partner"}), acs_organisations=frozenset())
ARRANGEMENT = Arrangement(
    "a",
    "p",
    Term(SINCE, NEVER),
    tlp=Tlp.AMBER,
    classification=Classification.S,
    purposes=frozenset({"defence"}),
    third_party=ThirdParty.AS_MARKED,
    redaction=True,
    source="its text",
)
CONSENT = Consent("c", "they", "p", Tlp.AMBER_STRICT, Term(SINCE, NEVER), by="A. Person", source="a letter")
WAIVER = Waiver("w", "purpose", "p", "office", ("A", "B"), "4", Term(SINCE, Span(date(2025, 1, 1), date(2025, 1, 1))))
GREEN = Handling(marks=frozenset({"m"}), tlp=Tlp.GREEN)
AMBER = replace(GREEN, tlp=Tlp.AMBER)
RED = replace(GREEN, tlp=Tlp.RED)


def facts(**changed: Any) -> Facts:
    """Return facts with which a GREEN object of ours goes."""
    known: dict[str, Any] = {
        "as_of": DAY,
        "partner": PARTNER,
        "ours": frozenset({"us"}),
        "arrangements": frozenset({ARRANGEMENT}),
        "purpose": "defence",
    }
    return Facts(**{**known, **changed})


def candidate(whole: Handling = GREEN, **changed: Any) -> Candidate:
    """Return a candidate of ours."""
    return Candidate("x", "tool", whole=whole, **{"originators": OURS, **changed})


def case(arrangement: Arrangement | None = ARRANGEMENT, originators: Originators = OURS, **changed: Any) -> Case:
    """Return a case under an arrangement."""
    return Case(facts(**changed), "x", originators, arrangement)


def shown(reasons: Iterable[Reason]) -> list[tuple[str, str]]:
    """Return the rule and effect of the reasons that count."""
    return [(reason.rule, str(reason.effect)) for reason in reasons if reason.counts]


def no(rule: str) -> list[tuple[str, str]]:
    return [(rule, Effect.WITHHOLD.value)]


def ask(rule: str) -> list[tuple[str, str]]:
    return [(rule, Effect.REFER.value)]
