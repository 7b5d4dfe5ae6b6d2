"""Semantics, section 2: what the cells of a row say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.oracle.register import Register, Row
from tests.oracle.truth import Truth

__all__ = ["Case", "Listed", "cell", "form_of", "read_list"]

SINGLE = {
    "equipment": (
        "id", "operator", "network", "country", "site", "name", "organisation", "manufacturer", "supplier", "model",
        "serial", "software", "host_id", "lifecycle", "country_of_origin", "staff_country", "us_sanctions_affected",
        "region",
    ),
    "operator": ("operator", "country", "group"),
    "partner": ("country",),
}  # fmt: skip
CLOSED_LISTS = {
    "equipment": ("category", "function", "generation", "access_technology", "funding"),
    "operator": ("roles", "named_in", "licences"),
}
OPEN_LISTS = {
    "equipment": ("component", "purpose", "capabilities", "contains", "authorisations", "site_tags", "tags"),
    "operator": (),
}
NUMBERS = {"equipment": ("bands",), "operator": ("bands",)}
QUANTITIES = {"equipment": ("traffic", "premises_passed"), "operator": ("customers", "revenue")}
DATES = {
    "equipment": ("procured_on", "installed_on", "removed_on"), "operator": (), "arrangement": ("signed_on", "ends_on"),
}  # fmt: skip
MAKERS = {"equipment": ("vendor", "managed_by"), "operator": ()}
FORMS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "single": SINGLE, "closed list": CLOSED_LISTS, "open list": OPEN_LISTS, "numbers": NUMBERS,
    "quantity": QUANTITIES, "date": DATES, "maker": MAKERS,
}  # fmt: skip

DENIES_THE_OTHERS = {
    "minor": ("substantial_or_essential", "critical_technology", "critical_component"),
    "commercial": ("public_safety", "gov_facility_security", "ci_physical_surveillance", "other_national_security"),
}


@dataclass(frozen=True)
class Case:
    """All that one judgement may look at: a day, a pack, an element, its operator; a partner and what is agreed with it."""

    day: date
    pack: Mapping[str, Any]
    register: Register
    element: Row = field(default_factory=dict)
    name: str | None = None
    """The operator's name."""
    operator: Row = field(default_factory=dict)
    """Empty where the operator is not in the operators table: all its facts are unknown."""
    partner: Row = field(default_factory=dict)
    of_country: Callable[[str, str, Any], Truth] | None = None
    """Answers, for a country, the tests of what it permits, deploys and says."""
    arrangement: Row = field(default_factory=dict)


@dataclass(frozen=True)
class Listed:
    """A list cell: its stated and denied members, and whether what it does not mention is absent."""

    stated: tuple[str, ...]
    denied: tuple[str, ...]
    rest_is_absent: bool


def form_of(fact: str) -> str:
    """Return the form of a fact: single, closed list, open list, numbers, quantity, date or maker."""
    subject, column = fact.split(".")
    for form, columns in FORMS.items():
        if column in columns.get(subject, ()):
            return form
    raise KeyError(fact)


def cell(case: Case, fact: str) -> str | None:
    """Return the cell that holds a fact; None where it is empty."""
    subject, column = fact.split(".")
    rows = {
        "equipment": case.element, "operator": case.operator, "partner": case.partner, "arrangement": case.arrangement,
    }  # fmt: skip
    return rows[subject].get(column)


def read_list(text: str, form: str) -> Listed:
    """Read a list cell that is not empty; `+x` is a member that an overlay states beside the list."""
    members = text.split(";")
    beside = [member[1:] for member in members if member.startswith("+")]
    denied = [member[1:] for member in members if member.startswith("-")]
    stated = [member for member in members if member[0] not in "+-" and member != "none"]
    for member in stated:
        denied.extend(DENIES_THE_OTHERS.get(member, ()))
    closed = "none" in members or (form != "open list" and bool(stated))
    return Listed(tuple(stated + beside), tuple(denied), rest_is_absent=closed)
