"""What the oracle asks of the world's knowledge, and a toy that answers from a few lines.

A toy register is plain data:

    organisations: {acme: {names: [Acme Ltd], oui: [a00001], pen: ["4242"], country: XAA}}
    members: [{organisation: acme-radio, of: acme, from: 2019-01-01, to: 2020-06-30, sure: false}]
    unions: {XU: [{country: XAA, from: 2019-01-01, to: 2020-12-31}]}

A member is in every closure but `listed`; `sure: false` means that the register cannot tell. An organisation is in
its own closure, and one in a designation's annex is in the closure of that designation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Protocol

from tests.oracle.days import day_of
from tests.oracle.truth import Truth

__all__ = ["Register", "Row", "ToyRegister"]

Row = Mapping[str, str | None]
Candidates = Sequence[str | None]
"""Organisations, None for a name that is nobody in the register; empty where there is no evidence."""


class Register(Protocol):
    """Names resolved and closures known, as of any day."""

    def makers(self, row: Row) -> Candidates:
        """Return who may have made an element."""

    def suppliers(self, row: Row) -> Candidates:
        """Return who may have supplied it; empty where none is stated."""

    def managers(self, row: Row) -> Candidates:
        """Return who may run it for the operator."""

    def in_closure(self, organisation: str, designation: Mapping[str, Any], day: date) -> Truth:
        """Tell whether an organisation is in the closure of a designation's vendor, by its test, on a day."""

    def country(self, organisation: str) -> str | None:
        """Return an organisation's country of control."""

    def in_union(self, country: str, union: str, day: date) -> bool:
        """Tell whether a country is a member of a union on a day."""

    def is_union(self, name: str) -> bool:
        """Tell whether there is such a union."""

    def root(self, vendor: str) -> str | None:
        """Return the organisation that a vendor's id stands for; None where there is no such id."""

    def turning_days(self) -> list[date]:
        """List days such that between two of them no closure changes, the first before all changes."""


class ToyRegister:
    """A register of a few invented organisations."""

    def __init__(self, says: Mapping[str, Any]) -> None:
        self.organisations: Mapping[str, Any] = says.get("organisations", {})
        self.members: Sequence[Mapping[str, Any]] = says.get("members", ())
        self.unions: Mapping[str, Any] = says.get("unions", {})

    def makers(self, row: Row) -> Candidates:
        """Put name, hardware address and enterprise number side by side; whoever one of them points to is a candidate."""
        numbers = [*(row.get("sys_object_id") or "").split(".")[6:7], row.get("vendor_id")]
        prefixes = [mac[:6] for mac in (row.get("mac") or "").split(";")]
        return [
            *self._by_name(row.get("manufacturer")),
            *(id_ for id_, about in self.organisations.items() if set(prefixes) & set(about.get("oui", ()))),
            *(id_ for id_, about in self.organisations.items() if set(numbers) & set(about.get("pen", ()))),
        ]

    def suppliers(self, row: Row) -> Candidates:
        """Look the stated supplier up by name."""
        return self._by_name(row.get("supplier"))

    def managers(self, row: Row) -> Candidates:
        """Look the stated manager up by name."""
        return self._by_name(row.get("managed_by"))

    def _by_name(self, name: str | None) -> Candidates:
        """Return who goes by a name; a name that is nobody is a candidate of its own."""
        if name is None:
            return []
        return [id_ for id_, about in self.organisations.items() if name in about.get("names", ())] or [None]

    def in_closure(self, organisation: str, designation: Mapping[str, Any], day: date) -> Truth:
        """Look for a membership that holds on the day; a sure one wins over an unsure one."""
        if organisation == designation["vendor"] or organisation in designation.get("annex", ()):
            return True
        if designation["closure"] == "listed":
            return False
        found = [
            member.get("sure", True)
            for member in self.members
            if (member["organisation"], member["of"]) == (organisation, designation["vendor"]) and _holds(member, day)
        ]
        if True in found:
            return True
        return None if found else False

    def country(self, organisation: str) -> str | None:
        """Return what the organisation's entry says."""
        country: str | None = self.organisations[organisation].get("country")
        return country

    def in_union(self, country: str, union: str, day: date) -> bool:
        """Look for a membership that holds on the day."""
        return any(member["country"] == country and _holds(member, day) for member in self.unions[union])

    def is_union(self, name: str) -> bool:
        """Look among the unions."""
        return name in self.unions

    def root(self, vendor: str) -> str | None:
        """Look among the organisations, for a toy has no groups."""
        return vendor if vendor in self.organisations else None

    def turning_days(self) -> list[date]:
        """List each membership's first day, and the day after its last."""
        starts = [day_of(member["from"]) for member in self.members if "from" in member]
        ends = [day_of(member["to"]) + timedelta(days=1) for member in self.members if "to" in member]
        return [date.min, *starts, *ends]


def _holds(dated: Mapping[str, Any], day: date) -> bool:
    begun = "from" not in dated or day_of(dated["from"]) <= day
    return begun and ("to" not in dated or day <= day_of(dated["to"]))
