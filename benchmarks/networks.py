"""Turn the vocabulary's small tables and the register into networks: who runs what, of which make, how it is written.

* Operators and kinds of equipment are invented or ordinary; makers, their spellings and their numbers are the register's.
* What belongs together stays together: an operator buys each kind from a few makers and writes their names its own way.
* The same seed gives the same networks.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import yaml

from telvet.catalog.vendors import Register, load_register
from telvet.inventory.cells import canonical
from telvet.shipped import shipped
from telvet.tables.equipment import EQUIPMENT

__all__ = ["LABELS", "OPERATORS", "SLOTS", "Maker", "Profile", "operator_rows", "profiles", "register", "rows_of", "the_makers"]

VOCABULARY = Path(__file__).parent / "vocabulary"
OPERATORS = VOCABULARY / "operators.yaml"
"""The operators table that goes with every generated inventory."""
SLOTS = 4096
"""Parts into which an operator's equipment is divided."""
LABELS = ("gbr.gigabit-capable", "gbr.vendor-support", "section-214", "swe.central-function", "third-party-facilities")
"""Every label of the column `tags`."""
KIND_FACTS = ("function", "category", "generation", "access_technology", "bands", "component", "purpose", "capabilities")
_EVERYWHERE = frozenset({"routing", "security", "compute", "camera", "endpoint", "power", "cpe", "carrier"})
_DOMAINS = {
    "all": None,
    "fixed": _EVERYWHERE | {"optical", "fibre", "timing", "microwave"},
    "enterprise": _EVERYWHERE | {"optical", "pmr", "drone"},
}


@dataclass(frozen=True, slots=True)
class Maker:
    """A maker as inventories show it."""

    organisation: str
    country: str | None
    spellings: tuple[str, ...]
    prefixes: tuple[str, ...]
    """Its blocks of hardware addresses."""
    numbers: tuple[str, ...]
    """Its enterprise numbers."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What many elements of one operator have in common."""

    operator: str
    slot: int
    """The first of its slots; it reaches to the next profile's."""
    kind: str
    facts: Mapping[str, str | None]
    """Canonical cells of `KIND_FACTS`."""
    tags: str
    maker: str
    first_year: int
    last_year: int
    traffic: float | None
    premises: float | None


@cache
def register() -> Register:
    """Return the shipped register."""
    return load_register(shipped("catalog") / "vendors")


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of a small table."""
    with (VOCABULARY / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def operator_rows() -> list[dict[str, str]]:
    """Return the operators with what is said of their networks."""
    said = {row["operator"]: row for row in yaml.safe_load(OPERATORS.read_text(encoding="utf-8"))}
    return [{**row, "country": said[row["operator"]]["country"], "roles": said[row["operator"]]["roles"]} for row in rows_of("networks")]


@cache
def the_makers() -> tuple[Maker, ...]:
    """Return the makers that the vocabulary names, with all spellings and numbers that the register knows."""
    held, spellings = register(), defaultdict(set)
    for alias in held.aliases:
        spellings[alias.organisation].add(canonical(EQUIPMENT.column("manufacturer"), alias.alias))
    blocks, numbers = defaultdict(list), defaultdict(list)
    for prefix in sorted(held.blocks):
        for found in held.block(prefix):
            blocks[found.organisation].append(prefix)
    for number in sorted(_enterprise_numbers(), key=int):
        for found in held.pen(int(number)):
            numbers[found.organisation].append(number)
    names = dict.fromkeys(row["organisation"] for row in rows_of("makers"))
    return tuple(
        Maker(name, held.organisations[name].country, tuple(sorted(filter(None, spellings[name]))), tuple(blocks[name]), tuple(numbers[name]))
        for name in names
    )


def _enterprise_numbers() -> Iterator[str]:
    with (shipped("catalog") / "vendors" / "identifiers.csv").open(encoding="utf-8", newline="") as stream:
        yield from {value for row in csv.DictReader(stream) if row["scheme"] == "pen" for value in row["values"].split()}


def profiles(seed: int) -> Iterator[Profile]:
    """Yield the profiles of every operator."""
    for operator in operator_rows():
        kinds = list(_kinds_of(operator))
        mix = {domain: _mix(seed, operator["operator"], domain) for domain in {kind["domain"] for kind in kinds}}
        weighed = [(kind, maker, float(kind["share"]) * share) for kind in kinds for maker, share in mix[kind["domain"]]]
        total, before = sum(weight for _, _, weight in weighed), 0.0
        for kind, maker, weight in weighed:
            slot, before = round(before / total * SLOTS), before + weight
            if round(before / total * SLOTS) > slot:
                yield _profile(operator, slot, kind, maker)


def _kinds_of(operator: Mapping[str, str]) -> Iterator[dict[str, str]]:
    domains = _DOMAINS[operator["domains"]]
    return (kind for kind in rows_of("kinds") if domains is None or kind["domain"] in domains)


def _mix(seed: int, operator: str, domain: str) -> list[tuple[str, float]]:
    """Choose the few makers that an operator buys a kind from."""
    chance = Random(f"{seed}/{operator}/{domain}")  # noqa: S311 - not for secrets
    offered = [(row["organisation"], float(row["share"])) for row in rows_of("makers") if row["domain"] == domain]
    chosen: dict[str, float] = {}
    for share in (60.0, 28.0, 9.0, 3.0)[: chance.randint(2, 4)]:
        left = [(name, weight) for name, weight in offered if name not in chosen]
        if left:
            chosen[chance.choices([name for name, _ in left], [weight for _, weight in left])[0]] = share
    return list(chosen.items())


def _profile(operator: Mapping[str, str], slot: int, kind: Mapping[str, str], maker: str) -> Profile:
    return Profile(
        operator=operator["operator"], slot=slot, kind=kind["kind"],
        facts={fact: canonical(EQUIPMENT.column(fact), kind[fact] or ("none" if fact == "function" else "")) for fact in KIND_FACTS},
        tags=_tags(operator, kind), maker=maker, first_year=int(kind["first_year"]), last_year=int(kind["last_year"]),
        traffic=float(kind["traffic"]) if kind["traffic"] else None, premises=float(kind["premises"]) if kind["premises"] else None,
    )  # fmt: skip


def _tags(operator: Mapping[str, str], kind: Mapping[str, str]) -> str:
    """Return the labels of a kind of equipment, each stated or denied; only those that somebody would write there."""
    service, central = kind["category"] == "service", kind["function"] in ("timing", "bss")
    held: Sequence[tuple[str, bool, bool]] = (
        ("gbr.gigabit-capable", operator["country"] == "GBR" and kind["access_technology"] == "cable", True),
        ("gbr.vendor-support", operator["country"] == "GBR" and service, kind["kind"] == "managed-ran"),
        ("section-214", operator["country"] == "USA" and service, kind["kind"] == "carrier-service"),
        ("swe.central-function", operator["country"] == "SWE" and central, kind["function"] == "timing"),
        ("third-party-facilities", operator["country"] == "USA" and service, kind["kind"] == "carrier-service"),
    )
    return ";".join(label if stated else f"-{label}" for label, wanted, stated in held if wanted)
