"""Semantics, section 9: what a country permits, what it deploys, and its position, each by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.oracle.days import day_of
from tests.oracle.deadlines import considered
from tests.oracle.facts import Case, read_list
from tests.oracle.overlays import holding
from tests.oracle.register import Register, Row
from tests.oracle.status import judge_one
from tests.oracle.truth import Truth, disputed
from tests.oracle.use import in_use

__all__ = ["Abroad", "known_countries"]

KINDS = ("permits", "deploys", "position")


@dataclass(frozen=True)
class Abroad:
    """All that may be known of countries; answers the tests that are put to them."""

    packs: Sequence[Mapping[str, Any]]
    day: date
    register: Register
    equipment: Sequence[Row]
    """With what overlays say of it."""
    overlays: Sequence[Row]
    coverage: Sequence[Row]
    positions: Sequence[Row]
    in_use: Sequence[Row]
    """Confirmed statements that something is in use in a country."""

    def answer(self, country: str, operator: str, operand: Mapping[str, Any]) -> Truth:
        """Put `permits`, `deploys` or `position` to a country."""
        answers: Mapping[str, Callable[[str, Mapping[str, Any]], Truth]] = {
            "permits": self.permits, "deploys": self.deploys, "position": self.position,
        }  # fmt: skip
        return answers[operator](country, operand)

    def said(self, kind: str, country: str) -> list[str]:
        """List what the overlays that hold say of a country."""
        held = holding(self.overlays, self.day)
        return [row["text"] or "" for row in held if row["kind"] == kind and row["subject"] == country]

    def permits(self, country: str, operand: Mapping[str, Any]) -> Truth:
        """Ask overlays, then law in force, then whether all law is known."""
        what = f"{operand['vendor']}/{operand['generation']}"
        texts = self.said("permits", country)
        stated, denied = what in texts, f"-{what}" in texts
        if stated or denied:
            return None if stated and denied else stated
        maker = self.register.root(operand["vendor"])
        if maker is None:
            return None
        if any(self.forbids(pack, rule, country, maker, operand["generation"]) for pack, rule in self.law_of(country)):
            return False
        covered = [row for row in self.coverage if row["country"] == country and within(row, self.day)]
        return True if covered else None

    def law_of(self, country: str) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
        """List each provision of the country's packs, and of those of its unions on the day."""
        found = []
        for pack in self.packs:
            of = pack["pack"]["jurisdiction"]
            if of == country or (self.register.is_union(of) and self.register.in_union(country, of, self.day)):
                found += [(pack, rule) for rule in pack["provisions"]]
        return found

    def forbids(
        self, pack: Mapping[str, Any], rule: Mapping[str, Any], country: str, maker: str, generation: str
    ) -> bool:
        """Tell whether a rule forbids to use the element of which nothing else is known."""
        force = rule.get("force", pack["pack"]["force"])
        if (force, rule["subject"], rule.get("effect")) != ("binding", "equipment", "prohibit use"):
            return False
        element = {"country": country, "generation": generation}
        case = Case(
            self.day, pack, JustOne(self.register, maker), element=element, operator={"country": country}
        )  # fmt: skip
        if not considered(case, rule):
            return False
        verdict = judge_one(case, rule, ())
        return verdict is not None and verdict.status == "contravention" and not verdict.unless

    def deploys(self, country: str, operand: Mapping[str, Any]) -> Truth:
        """Look for one that states it, and one that denies it."""
        vendor, generation = operand["vendor"], operand.get("generation")
        texts = self.said("deploys", country)
        told = [(row["vendor"], row.get("generation")) for row in self.in_use if row["country"] == country]
        if generation:
            stated = f"{vendor}/{generation}" in texts or (vendor, generation) in told
            denied = f"-{vendor}/{generation}" in texts or f"-{vendor}" in texts
        else:
            stated = any(text == vendor or text.startswith(f"{vendor}/") for text in texts)
            stated = stated or any(name == vendor for name, _ in told)
            denied = f"-{vendor}" in texts
        stated = stated or any(self.is_it(row, country, vendor, generation) for row in self.equipment)
        if stated == denied:
            return None
        return stated

    def is_it(self, row: Row, country: str, vendor: str, generation: str | None) -> bool:
        """Tell whether an element is surely in use in the country, of the generation, and made by the vendor."""
        if row.get("country") != country or in_use(row, self.day).truth is not True:
            return False
        if generation and generation not in read_list(row.get("generation") or "-", "closed list").stated:
            return False
        if self.register.root(vendor) is None:
            return False
        controlled = {"vendor": vendor, "closure": "control"}
        makers = self.register.makers(row)
        return (
            disputed(None if one is None else self.register.in_closure(one, controlled, self.day) for one in makers)
            is True
        )

    def position(self, country: str, operand: Mapping[str, Any]) -> Truth:
        """Ask overlays, else what was handed in."""
        vendor = operand["vendor"]
        own = [
            text.removeprefix(f"{vendor}=") for text in self.said("position", country) if text.startswith(f"{vendor}=")
        ]
        handed = [row["position"] for row in self.positions if (row["country"], row["vendor"]) == (country, vendor)]
        return disputed(each in operand["any of"] for each in own or handed if each != "unknown")


class JustOne:
    """A register in which everything is made by one organisation, and nobody knows who manages it."""

    def __init__(self, register: Register, maker: str) -> None:
        self.register, self.maker = register, maker

    def __getattr__(self, name: str) -> Any:
        return getattr(self.register, name)

    def makers(self, _: Row) -> list[str | None]:
        """Return the one."""
        return [self.maker]

    def suppliers(self, _: Row) -> list[str | None]:
        """State none."""
        return []

    def managers(self, _: Row) -> list[str | None]:
        """State one who is nobody."""
        return [None]


def within(row: Row, day: date) -> bool:
    """Tell whether a row's days include a day."""
    begun = not row.get("from") or day_of(row["from"] or "") <= day
    return begun and (not row.get("to") or day <= day_of(row["to"] or ""))


def known_countries(partners: Sequence[Row], equipment: Sequence[Row], overlays: Sequence[Row]) -> list[str]:
    """List the countries of partners, those where equipment stands, and those of which an overlay speaks."""
    of_partners = [row.get("country") for row in partners]
    stand = [row.get("country") for row in equipment]
    spoken_of = [row["subject"] for row in overlays if row["kind"] in KINDS]
    return [country for country in dict.fromkeys((*of_partners, *stand, *spoken_of)) if country is not None]
