"""The real register behind the oracle's questions: the one place where the oracle meets telvet.

Names, numbers and ownership have their own tests and labelled samples; the oracle is about law, so it takes their answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from telvet.attribution.evidence import Evidence, enterprise_of, prefix_of
from telvet.attribution.ownership import membership
from telvet.attribution.resolve import Resolver
from telvet.catalog.places import Places
from telvet.catalog.vendors import Register
from tests.oracle.register import Row
from tests.oracle.truth import Truth

__all__ = ["TelvetRegister"]

TRUTHS: Mapping[str, Truth] = {"true": True, "false": False, "unknown": None}


class TelvetRegister:
    """A vendor register and places, asked as of any day; names are looked up as of the day of judgement."""

    def __init__(self, register: Register, places: Places, day: date) -> None:
        self.register, self.places = register, places
        self.resolver = Resolver(register, day)
        self.closures: dict[object, Mapping[str, Truth]] = {}

    def makers(self, row: Row) -> Sequence[str | None]:
        """Resolve all that a row says of its maker."""
        number = enterprise_of(row["sys_object_id"] or "") if row.get("sys_object_id") else None
        prefixes = [prefix_of(mac) for mac in (row.get("mac") or "").split(";")]
        evidence = Evidence(
            organisation=row.get("organisation"),
            manufacturer=row.get("manufacturer"),
            mac_prefixes=tuple(prefix for prefix in prefixes if prefix),
            pens=(number,) if number is not None else (),
            vendor_pens=(int(row["vendor_id"] or 0),) if row.get("vendor_id") else (),
        )
        return [candidate.organisation for candidate in self.resolver.resolve(evidence).candidates]

    def suppliers(self, row: Row) -> Sequence[str | None]:
        """Resolve the stated supplier."""
        return [candidate.organisation for candidate in self.resolver.name(row.get("supplier"), "supplier").candidates]

    def managers(self, row: Row) -> Sequence[str | None]:
        """Resolve the stated manager; a word that says "unknown" states one who is nobody, unlike an empty cell."""
        found = self.resolver.name(row.get("managed_by"), "managed_by").candidates
        return [candidate.organisation for candidate in found] or ([None] if row.get("managed_by") else [])

    def in_closure(self, organisation: str, designation: Mapping[str, Any], day: date) -> Truth:
        """Look the organisation up in the closure of the designation's vendor on a day."""
        closure = designation["closure"]
        test = closure if isinstance(closure, str) else float(closure["at least"].removesuffix(" %"))
        annex = tuple(designation.get("annex", ()))
        key = (designation["vendor"], test, day, annex)
        if key not in self.closures:
            found = membership(self.register, designation["vendor"], test, day, annex)
            self.closures[key] = {name: TRUTHS[truth.value] for name, truth in found.items()}
        return self.closures[key].get(organisation, False)

    def country(self, organisation: str) -> str | None:
        """Return the country of control."""
        return self.register.organisations[organisation].country

    def in_union(self, country: str, union: str, day: date) -> bool:
        """Ask the places."""
        return self.places.member_of(country, union, day)

    def is_union(self, name: str) -> bool:
        """Ask the places."""
        return name in self.places.unions

    def root(self, vendor: str) -> str | None:
        """Ask the register, which knows groups too."""
        known = vendor in self.register.groups or vendor in self.register.organisations
        return self.register.root(vendor) if known else None

    def turning_days(self) -> list[date]:
        """List the days on which ownership changes, and one before all."""
        return [date.min, *self.register.change_days()]
