"""Turn the vocabulary's small tables and the register into networks: who runs what, of which make, how it is written.

* Operators and kinds of equipment are invented or ordinary; makers, their spellings and their numbers are the register's.
* What belongs together stays together: an operator buys each kind from a few makers and writes their names its own way.
* The same seed gives the same networks.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import yaml

from telvet.catalog.vendors import Register, load_register
from telvet.inventory.cells import canonical
from telvet.shipped import shipped
from telvet.tables.equipment import EQUIPMENT

__all__ = [
    "BUCKETS",
    "KIND_FACTS",
    "LABELS",
    "OPERATORS",
    "SLOTS",
    "Choices",
    "operator_table",
    "register",
    "rows_of",
    "slot_table",
]

BUCKETS = 20_000
"""Parts into which an inventory is divided among operators."""
SLOTS = 4096
"""Parts into which an operator's equipment is divided among kinds and makers."""
KIND_FACTS = (
    "function",
    "category",
    "generation",
    "access_technology",
    "bands",
    "component",
    "purpose",
    "capabilities",
)
"""The columns that a kind of equipment settles."""
LABELS = ("gbr.gigabit-capable", "gbr.vendor-support", "section-214", "swe.central-function", "third-party-facilities")
"""Every label of the column `tags`."""
_VOCABULARY = Path(__file__).parent / "vocabulary"
OPERATORS = _VOCABULARY / "operators.yaml"
"""The operators table that goes with every generated inventory."""
_ANYWHERE = frozenset({"routing", "security", "compute", "camera", "endpoint", "power", "cpe", "carrier", "optical"})
_DOMAINS = {
    "all": None,
    "fixed": _ANYWHERE | {"fibre", "timing", "microwave"},
    "enterprise": _ANYWHERE | {"pmr", "drone"},
}
_NOBODY = (
    "Brightwater Networks",
    "Oxbow Radio Works",
    "Kestrel Telesystems",
    "Nordlicht Systeme",
    "Tarn & Fell Ltd",
    "Vale Optics",
)
_MANAGERS = (
    "Ericsson",
    "Nokia",
    "Ericsson AB",
    "Nokia Solutions and Networks",
    "Huawei Technologies",
    "Cisco Systems",
    "Ericsson",
    "Nokia",
)
_SUPPLIERS = ("Ericsson", "Nokia", "Huawei Technologies", "Westerly Distribution")
_FREE_BLOCKS, _FREE = range(0x7C0000, 0x7D0000, 97), 200

Table = tuple[str, list[str], list[tuple[object, ...]]]
"""Name, columns with their types, rows."""


class Choices:
    """Lists of words from which one is drawn a row, kept in one table and known by their first place and number."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._known: dict[tuple[str, ...], int] = {}

    def of(self, words: Iterable[str]) -> tuple[int, int]:
        """Return the first place and the number of some words."""
        chosen = tuple(words)
        if chosen not in self._known:
            self._known[chosen] = len(self._words)
            self._words.extend(chosen)
        return self._known[chosen], len(chosen)

    def table(self) -> Table:
        """Return the table of all words."""
        return "words", ["place INTEGER", "word VARCHAR"], list(enumerate(self._words))


@cache
def register() -> Register:
    """Return the shipped register."""
    return load_register(shipped("catalog") / "vendors")


@cache
def rows_of(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a small table."""
    with (_VOCABULARY / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def operator_table(choices: Choices) -> Table:
    """Return the operators, once for each of their buckets."""
    said = {row["operator"]: row for row in _said()}
    lists = ("funding", "manager", "staff", "supplier", "nobody", "free")
    columns = [
        "bucket INTEGER",
        "operator_no INTEGER",
        "operator VARCHAR",
        "country VARCHAR",
        "centre_lat DOUBLE",
        "centre_lon DOUBLE",
        "regions INTEGER",
    ]
    columns += [f"{name}_{what} INTEGER" for name in lists for what in ("first", "count")]
    networks, done = rows_of("networks"), 0.0
    rows: list[tuple[object, ...]] = []
    total = sum(float(row["share"]) for row in networks)
    for number, row in enumerate(networks):
        country, first = said[row["operator"]]["country"], round(done / total * BUCKETS)
        done += float(row["share"])
        drawn = (
            _fundings(said[row["operator"]]["roles"]),
            _MANAGERS,
            [country] * 8 + ["IND", "ROU"],
            _SUPPLIERS,
            _NOBODY,
            _free_blocks(),
        )
        place = (row["operator"], country, float(row["latitude"]), float(row["longitude"]), int(row["regions"]))
        spans = tuple(number for words in drawn for number in choices.of(words))
        rows.extend((bucket, number, *place, *spans) for bucket in range(first, round(done / total * BUCKETS)))
    return "operators", columns, rows


def _fundings(roles: str) -> list[str]:
    held = roles.split(";")
    return ["own"] * 5 + ["usf"] * 4 * ("usf_recipient" in held) + ["federal_grant"] * 4 * ("grant_recipient" in held)


@cache
def _free_blocks() -> tuple[str, ...]:
    """Return hardware-address blocks that the register does not know."""
    known = {block[:6] for block in register().blocks}
    return tuple(prefix for number in _FREE_BLOCKS if (prefix := f"{number:06x}") not in known)[:_FREE]


def slot_table(choices: Choices, seed: int) -> Table:
    """Return for each slot of each operator the kind and maker of the equipment in it."""
    columns = [
        "slot INTEGER",
        "kind VARCHAR",
        *(f"{fact} VARCHAR" for fact in KIND_FACTS),
        "tags VARCHAR",
        "first_day DATE",
        "days INTEGER",
    ]
    columns += ["traffic DOUBLE", "premises_passed DOUBLE", "organisation VARCHAR", "origin VARCHAR"]
    columns += [f"{name}_{what} INTEGER" for name in ("spelling", "prefix", "number") for what in ("first", "count")]
    rows: list[tuple[object, ...]] = []
    for number, operator in enumerate(rows_of("networks")):
        mixed = [
            (kind, maker, weight)
            for kind in _kinds_of(operator)
            for maker, weight in _mix(seed, operator["operator"], kind)
        ]
        total, done = sum(weight for _, _, weight in mixed), 0.0
        for kind, maker, weight in mixed:
            first, done = round(done / total * SLOTS), done + weight
            cells = (*_kind(kind), *_maker(choices, maker))
            rows.extend((number * SLOTS + slot, *cells) for slot in range(first, round(done / total * SLOTS)))
    return "slots", columns, rows


def _kinds_of(operator: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    domains = _DOMAINS[operator["domains"]]
    for kind in rows_of("kinds"):
        if domains is None or kind["domain"] in domains:
            yield {**kind, "tags": _tags(operator["operator"], kind)}


def _mix(seed: int, operator: str, kind: Mapping[str, str]) -> list[tuple[str, float]]:
    """Choose the few makers that an operator buys a domain's equipment from, and weigh them."""
    chance = Random(f"{seed}/{operator}/{kind['domain']}")  # noqa: S311 - nothing secret
    offered = {row["organisation"]: float(row["share"]) for row in rows_of("makers") if row["domain"] == kind["domain"]}
    chosen: dict[str, float] = {}
    for share in (60.0, 28.0, 9.0, 3.0)[: chance.randint(2, 4)]:
        if left := [name for name in offered if name not in chosen]:
            name = chance.choices(left, [offered[one] for one in left])[0]
            chosen[name] = share * float(kind["share"])
    return list(chosen.items())


def _kind(kind: Mapping[str, str]) -> tuple[object, ...]:
    facts = (
        canonical(EQUIPMENT.column(fact), kind[fact] or ("none" if fact == "function" else "")) for fact in KIND_FACTS
    )
    days = (int(kind["last_year"]) - int(kind["first_year"]) + 1) * 365
    weights = (float(kind[name]) if kind[name] else None for name in ("traffic", "premises"))
    return (kind["kind"], *facts, kind["tags"], date(int(kind["first_year"]), 1, 1), days, *weights)


def _maker(choices: Choices, organisation: str) -> tuple[object, ...]:
    words = (_spellings()[organisation], _blocks()[organisation], _numbers()[organisation])
    return (
        organisation,
        register().organisations[organisation].country,
        *(number for one in words for number in choices.of(one)),
    )


@cache
def _spellings() -> Mapping[str, list[str]]:
    found = defaultdict(set)
    for alias in register().aliases:
        found[alias.organisation].add(canonical(EQUIPMENT.column("manufacturer"), alias.alias))
    return defaultdict(list, {name: sorted(filter(None, words)) for name, words in found.items()})


@cache
def _blocks() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for prefix in sorted(register().blocks):
        for identifier in register().block(prefix):
            found[identifier.organisation].append(prefix)
    return found


@cache
def _numbers() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    with (shipped("catalog") / "vendors" / "identifiers.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["scheme"] == "pen":
                found[row["organisation"]].extend(row["values"].split())
    return found


def _tags(operator: str, kind: Mapping[str, str]) -> str:
    """Return the labels of a kind of equipment, stated or denied; only those that somebody would write there."""
    country = next(row["country"] for row in _said() if row["operator"] == operator)
    carrier, service = kind["kind"] == "carrier-service", kind["category"] == "service"
    held = (
        ("gbr.gigabit-capable", country == "GBR" and kind["access_technology"] == "cable", True),
        ("gbr.vendor-support", country == "GBR" and service, kind["kind"] == "managed-ran"),
        ("section-214", country == "USA" and service, carrier),
        (
            "swe.central-function",
            country == "SWE" and kind["function"] in ("timing", "bss"),
            kind["function"] == "timing",
        ),
        ("third-party-facilities", country == "USA" and service, carrier),
    )
    return ";".join(label if stated else f"-{label}" for label, wanted, stated in held if wanted)


@cache
def _said() -> tuple[dict[str, str], ...]:
    """Return the rows of the operators table."""
    return tuple(yaml.safe_load(OPERATORS.read_text(encoding="utf-8")))
