"""Kinds of element and dice into the rows of one operator's list, written as a spreadsheet would.

* Deterministic: rows depend on the dice and on the order of the calls, on nothing else.
* Spellings, dates and blanks vary as they do where many people have kept one list.
"""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

__all__ = ["HEADERS", "SOURCE", "Lists", "Operator", "Row"]

HEADERS = (
    "Asset tag",
    "Hostname",
    "Operator",
    "Country",
    "Region",
    "Site",
    "Latitude",
    "Longitude",
    "Category",
    "Manufacturer",
    "Supplier",
    "Model",
    "Serial number",
    "MAC address",
    "sysObjectID",
    "Role",
    "Generation",
    "Access technology",
    "Bands",
    "Component",
    "Purpose",
    "Capabilities",
    "Status",
    "Purchased",
    "Installed",
    "Decommissioned",
    "Traffic",
    "Premises",
    "Managed by",
    "Staff country",
    "Funding",
    "US sanctions affected",
    "Site tags",
    "Tags",
    "Comments",
)
"""The columns of the inventory, as its spreadsheet heads them."""

SOURCE: dict[str, Any] = tomllib.loads((Path(__file__).parent / "equipment.toml").read_text(encoding="utf-8"))
"""Makers and kinds of element."""

Row = dict[str, str]

_USUAL, _NOBODY, _WITH_MAC, _WITH_OID, _COLONS, _SAID_NONE = 0.45, 0.8, 0.55, 0.35, 0.7, 0.88
_WHOLE, _MONTH, _QUARTER = 0.90, 0.95, 0.97
_FIRST_INSTALLED, _DAYS = date(2012, 1, 1), 3_600


@dataclass(frozen=True)
class Operator:
    """Who keeps the list."""

    name: str
    prefix: str
    """Of its asset tags and sites."""
    country: str
    home: tuple[float, float]
    regions: tuple[str, ...]


@dataclass
class Lists:
    """One operator's part of the inventory while it is put together."""

    dice: random.Random
    operator: Operator
    rows: list[Row] = field(default_factory=list)
    places: dict[str, Row] = field(default_factory=dict)

    def pick(self, items: tuple[str, ...] | list[str]) -> str:
        """Return one of some texts, the first most often."""
        return items[0] if self.dice.random() < _USUAL else items[int(self.dice.random() * len(items))]

    def chance(self, share: float) -> bool:
        """Tell, for a share of the calls, yes."""
        return self.dice.random() < share

    def add(self, kind: str, site: str, maker: str = "", **cells: str) -> Row:
        """Add an element and return its row, to be changed further."""
        what = SOURCE["kinds"][kind]
        key, model = self._maker(what, maker)
        role, number = self.pick(what["roles"]), len(self.rows) + 1
        row = dict.fromkeys(HEADERS, "") | self._place(site)
        row |= {
            "Asset tag": f"{self.operator.prefix}-{number:05}",
            "Hostname": f"{site.lower()}-{role.split()[0].lower()}-{number}" if role else "",
            "Operator": self.operator.name,
            "Country": self.operator.country,
            "Category": what["category"],
            "Model": model,
            "Role": role,
            "Generation": what.get("generation") or ("none" if self.chance(_SAID_NONE) else ""),
            "Access technology": what.get("access", ""),
            "Status": "In service",
        }
        self._identify(row, key)
        installed = _FIRST_INSTALLED + timedelta(days=int(self.dice.random() * _DAYS))
        row["Installed"] = self.told(installed)
        row["Purchased"] = self.told(installed - timedelta(days=40 + int(self.dice.random() * 200)), slashed=0.2)
        self.rows.append(row | cells)
        return self.rows[-1]

    def address(self, prefix: str) -> str:
        """Return a hardware address under a prefix, in one of the usual spellings."""
        digits = f"{prefix}{self.dice.getrandbits(24):06x}"
        pairs = [digits[place : place + 2] for place in range(0, 12, 2)]
        return ":".join(pairs).upper() if self.chance(_COLONS) else "-".join(pairs)

    def told(self, day: date, slashed: float = 0.0) -> str:
        """Write a day as a list would: mostly whole, sometimes only its month, quarter or year."""
        drawn = self.dice.random()
        if drawn < slashed:
            return day.strftime("%d/%m/%Y")
        if drawn < _WHOLE:
            return day.isoformat()
        if drawn < _MONTH:
            return day.isoformat()[:7]
        return f"{day.year}Q{(day.month + 2) // 3}" if drawn < _QUARTER else str(day.year)

    def _maker(self, what: dict[str, Any], wanted: str) -> tuple[str, str]:
        """Return a maker's key (or `nobody`, `invented`) and a model, by the kind's shares."""
        makers = what["makers"]
        if wanted:
            return wanted, self.pick(makers[wanted]["models"]) if wanted in makers else ""
        drawn = self.dice.random() * 1000
        for key, made in makers.items():
            if drawn < made["of"]:
                return key, self.pick(made["models"])
            drawn -= made["of"]
        return ("nobody" if self.chance(_NOBODY) else "invented"), ""

    def _identify(self, row: Row, key: str) -> None:
        maker = SOURCE["makers"].get(key, {})
        row["Manufacturer"] = self.pick(maker["spellings"] if maker else SOURCE[key])
        row["Serial number"] = f"{self.dice.getrandbits(40):010X}"
        if "prefixes" in maker and self.chance(_WITH_MAC):
            row["MAC address"] = self.address(self.pick(maker["prefixes"]))
        if "enterprise" in maker and self.chance(_WITH_OID):
            product = f"{1 + self.dice.getrandbits(3)}.{self.dice.getrandbits(10)}"
            row["sysObjectID"] = f"1.3.6.1.4.1.{maker['enterprise']}.{product}"

    def _place(self, site: str) -> Row:
        """Return where a site is, the same each time."""
        if site not in self.places:
            latitude, longitude = (at + (self.dice.random() - 0.5) * 3 for at in self.operator.home)
            region = self.pick(self.operator.regions)
            where = {"Latitude": f"{latitude:.5f}", "Longitude": f"{longitude:.5f}"}
            self.places[site] = {"Site": site, "Region": region} | where
        return self.places[site]
