"""Turn private, dated facts (overlays) into what they change for whom: spec/semantics.md, section 6.

* An overlay holds from its `from` to its `to`, both included; either may be open.
* Its dates are days; one written as a month or year holds from the first to the last day of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from telvet.model.dates import read_span
from telvet.model.law import Excuse, ExcuseKind, Extension, Provision
from telvet.packs.conditions import always

__all__ = ["OF_COUNTRIES", "Overlay", "Overlays"]

OF_COUNTRIES = ("permits", "deploys", "position")
"""The kinds that speak of a country, each of a fact of its own."""
_EXCUSES = {"waiver": ExcuseKind.WAIVER, "temporary_licence": ExcuseKind.TEMPORARY_LICENCE}


@dataclass(frozen=True, slots=True)
class Overlay:
    """One row of the overlays table."""

    kind: str
    subject: str
    provision: str | None = None
    issuer: str | None = None
    from_: date | None = None
    to: date | None = None
    text: str | None = None
    source: str | None = None

    @classmethod
    def of(cls, row: Mapping[str, str | None]) -> Overlay:
        """Read a canonical row."""
        begins, ends = row.get("from"), row.get("to")
        return cls(
            kind=row["kind"] or "", subject=row["subject"] or "", provision=row.get("provision"), issuer=row.get("issuer"),
            from_=read_span(begins).first if begins else None, to=read_span(ends).last if ends else None,
            text=row.get("text"), source=row.get("source"),
        )  # fmt: skip

    def holds(self, on: date) -> bool:
        """Tell whether it holds on a day."""
        return (self.from_ or date.min) <= on <= (self.to or date.max)

    @property
    def label(self) -> str:
        """Return what to call it in a finding."""
        return self.source or self.issuer or self.kind

    def touches(self, provision: Provision) -> bool:
        """Tell whether it names a provision or its pack."""
        return self.provision in (provision.id, provision.pack)


@dataclass(frozen=True, slots=True)
class Overlays:
    """All overlays of a run, in the order in which they were given."""

    rows: tuple[Overlay, ...] = ()

    def _about(self, subject: str | None, *kinds: str) -> Iterator[Overlay]:
        return (row for row in self.rows if row.subject == subject and row.kind in kinds)

    def excuses(self, subject: str | None, provision: Provision) -> tuple[Excuse, ...]:
        """Return the waivers and temporary licences of an operator or element for a provision."""
        return tuple(
            Excuse(row.label, _EXCUSES[row.kind], always, row.from_, row.to, row.issuer, ())
            for row in self._about(subject, *_EXCUSES)
            if row.touches(provision)
        )

    def extensions(self, operator: str | None, provision: Provision) -> tuple[Extension, ...]:
        """Return the extensions of a provision's deadline for an operator."""
        return tuple(
            Extension(row.label, row.from_ or date.min, row.to, ())
            for row in self._about(operator, "extension")
            if row.touches(provision) and row.to
        )

    def touching(self, subject: str | None) -> tuple[int, ...]:
        """Return the positions of the overlays that may change how a subject comes out."""
        return tuple(
            place
            for place, row in enumerate(self.rows)
            if row.subject == subject and row.kind in (*_EXCUSES, "extension")
        )

    def named_in(self, operator: str | None, on: date) -> frozenset[str]:
        """Return the orders that name an operator on a day."""
        held = [row for row in self._about(operator, "order") if row.holds(on)]
        return frozenset(row.provision for row in held if row.provision)

    def attested(self, subject: str | None, fact: str, on: date) -> str | None:
        """Return the cell that an attestation gives for a fact of an operator."""
        for row in self._about(subject, "attestation"):
            name, _, value = (row.text or "").partition("=")
            if row.holds(on) and name.strip() == fact:
                return value.strip()
        return None

    def cells(self, on: date) -> list[tuple[str, str, str]]:
        """Return (element, column, text) of what is attested about elements on a day."""
        found = []
        for row in self.rows:
            name, _, value = (row.text or "").partition("=")
            if row.kind == "attestation" and row.holds(on) and name.strip().startswith("equipment."):
                found.append((row.subject, name.strip().removeprefix("equipment."), value.strip()))
        return found

    def site_tags(self, on: date) -> list[tuple[str, str]]:
        """Return (site, tag) of the sites that are tagged on a day."""
        return [(row.subject, row.text) for row in self.rows if row.kind == "site_tag" and row.holds(on) and row.text]

    def of_country(self, kind: str, country: str, on: date) -> tuple[str, ...]:
        """Return what is said of a country on a day, each text once: `acme/5G`, `-acme/5G`, `acme=banned`."""
        return tuple(
            dict.fromkeys(row.text.strip() for row in self._about(country, kind) if row.holds(on) and row.text)
        )

    @property
    def countries(self) -> frozenset[str]:
        """The countries of which something is said, on whatever day."""
        return frozenset(row.subject for row in self.rows if row.kind in OF_COUNTRIES)
