"""A register of invented makers, in the CSV form of catalog/vendors, and two unions of invented countries.

Acme's group: Acme Radio (all of it), Tenth (10 %), Half (50 %), Perhaps (a share that no source gives), Venture (a joint
venture), and Sold until the end of 2020, which then belongs to Borea; Swapped went the other way on the same day. Brand
sells what Acme makes. Nobody knows who controls Ceres.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from telvet.catalog.places import Membership, Places, Union
from telvet.catalog.vendors import Register, load_register

__all__ = ["PLACES", "TABLES", "toy_register", "write_register"]

Table = list[tuple[str, ...]]
TABLES: dict[str, Table] = {
    "organisations.csv": [
        ("id", "name", "country", "group", "source", "grade"),
        ("acme", "Acme Ltd", "XAA", "acme", "toy", "verified"),
        ("acme-radio", "Acme Radio", "XAA", "acme", "toy", "verified"),
        ("borea", "Borea AG", "XBB", "", "toy", "verified"),
        ("brand", "Brand Inc", "XBB", "", "toy", "verified"),
        ("ceres", "Ceres SA", "", "", "toy", "verified"),
        ("half", "Half KK", "XBB", "acme", "toy", "verified"),
        ("perhaps", "Perhaps BV", "XCC", "acme", "toy", "verified"),
        ("sold", "Sold GmbH", "XCC", "acme", "toy", "verified"),
        ("swapped", "Swapped SA", "XCC", "acme", "toy", "verified"),
        ("tenth", "Tenth Oy", "XBB", "acme", "toy", "verified"),
        ("venture", "Venture NV", "XBB", "acme", "toy", "verified"),
    ],
    "groups.csv": [("group", "name", "root"), ("acme", "Acme", "acme")],
    "aliases.csv": [
        ("alias", "kind", "organisation", "from", "to", "source"),
        ("Airwave", "brand", "acme-radio", "", "", "toy"),
    ],
    "registrants.csv": [("registry", "registrant", "organisation", "from", "to")],
    "registries.csv": [("registry", "title"), ("toy", "Toy registry")],
    "identifiers.csv": [
        ("scheme", "organisation", "registry", "registrant", "from", "to", "values"),
        ("oui", "acme", "toy", "Acme", "", "", "a00001"),
        ("oui", "acme-radio", "toy", "Acme Radio", "", "", "b000021"),
        ("oui", "borea", "toy", "Borea", "", "", "b00001 c00003456"),
        ("split", "", "toy", "", "", "", "b00002 c00003"),
        ("pen", "acme", "toy", "Acme", "", "", "4001"),
        ("pen", "borea", "toy", "Borea", "", "", "4002"),
        ("pen", "ceres", "toy", "Ceres", "", "", "4003"),
    ],
    "ownership.csv": [
        ("owner", "asset", "percentage", "role", "start_date", "end_date", "source", "grade"),
        ("acme", "acme-radio", "100", "owns", "", "", "toy", "verified"),
        ("acme", "tenth", "10", "owns", "", "", "toy", "verified"),
        ("acme", "half", "50", "owns", "", "", "toy", "verified"),
        ("acme", "perhaps", "", "owns", "", "", "toy", "verified"),
        ("acme", "venture", "40", "joint venture", "", "", "toy", "verified"),
        ("acme", "brand", "", "supplies", "", "", "toy", "verified"),
        ("acme", "sold", "100", "owns", "", "2021-01-01", "toy", "verified"),
        ("borea", "sold", "100", "owns", "2021-01-01", "", "toy", "verified"),
        ("borea", "swapped", "100", "owns", "", "2021-01-01", "toy", "verified"),
        ("acme", "swapped", "100", "owns", "2021-01-01", "", "toy", "verified"),
    ],
    "legal_forms.csv": [("form", "position"), ("ltd", "end"), ("ag", "end"), ("inc", "end")],
    "placeholders.csv": [("text",), ("unknown",)],
    "lookalikes.csv": [("name", "like", "source")],
    "not_evidence.csv": [("scheme", "value", "source")],
}
NAMES = {"XAA": "Aaland", "XBB": "Beeland", "XCC": "Ceeland", "XDD": "Deeland"}
PLACES = Places(
    names=NAMES,
    spellings={name.casefold(): code for code, name in NAMES.items()},
    unions={
        "XU": Union(
            "XU", "A union", "toy",
            (Membership("XAA", date(2000, 1, 1), None), Membership("XBB", date(2000, 1, 1), date(2020, 12, 31))),
        )
    },
)  # fmt: skip


def write_register(folder: Path) -> Path:
    """Write the register's tables into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in TABLES.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return folder


@cache
def toy_register() -> Register:
    """Return the register, read once through its files."""
    with TemporaryDirectory() as folder:
        return load_register(write_register(Path(folder)))
