"""Semantics, section 2: what the cells of a row say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.oracle.register import Register, Row

__all__ = ["Case", "Listed", "cell", "form_of", "read_list"]

SINGLE = {
    "equipment": (
        "id", "operator", "network", "country", "site", "name", "organisation", "manufacturer", "supplier", "model",
        "serial", "software", "host_id", "lifecycle", "country_of_origin", "staff_country", "us_sanctions_affected",
        "region",
    ),
    "operator": ("operator", "country", "group"),
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
DATES = {"equipment": ("procured_on", "installed_on", "removed_on"), "operator": ()}
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
    """All that one judgement may look at: a day, a pack, an element, its operator, a partner's country."""

    day: date
    pack: Mapping[str, Any]
    register: Register
    element: Row = field(default_factory=dict)
    name: str | None = None
    """The operator's name."""
    operator: Row = field(default_factory=dict)
    """Empty where the operator is not in the operators table: all its facts are unknown."""
    permits: str | None = None


@dataclass(frozen=True)
class Listed:
    """A list cell: its stated and denied members, and whether what it does not mention is absent."""

    stated: tuple[str, ...]
    denied: tuple[str, ...]
    rest_is_absent: bool


def form_of(fact: str) -> str:
    """Return the form of a fact: single, closed list, open list, numbers, quantity, date, maker or permits."""
    if fact == "partner.country.permits":
        return "permits"
    subject, column = fact.split(".")
    for form, columns in FORMS.items():
        if column in columns[subject]:
            return form
    raise KeyError(fact)


def cell(case: Case, fact: str) -> str | None:
    """Return the cell that holds a fact; None where it is empty."""
    if fact == "partner.country.permits":
        return case.permits
    subject, column = fact.split(".")
    row = case.element if subject == "equipment" else case.operator
    return row.get(column)


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
