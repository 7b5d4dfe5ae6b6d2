"""Turns a seed into facts and candidates, as plain rows, within what Cedar can be asked (`sharing_cedar`).

* Facts and candidates have a looseness of their own; by it each cell is one that lets things out, or any, "not known" among these.
* So have consents and waivers: of what is nearly shown, a policy that is a little wrong is soonest found out.
* Dates lie on the day that is asked about, the day before or after it, or are known to a span that ends or begins there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import combinations
from random import Random
from typing import Any, TypeVar

from tests.oracle.sharing import CLASSES, LEVELS, REACHES

__all__ = ["inputs"]

Cell = TypeVar("Cell")
Cells = Sequence[Any]
Made = dict[str, Any]

LOOSE = (0.0, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
DAYS = ("2024-06-01", "2024-02-29", "2024-01-01", "2023-12-31")
COUNTRIES = ("XAA", "XBB", "XCC")
ORIGINATORS = ("identity--us", "identity--they", "identity--other", "identity--partner")
PURPOSES = ("defence", "research")
RULES = (
    "purpose",
    "tlp-cap",
    "third-party",
    "classification",
    "law l.one",
    "law l.two",
    "law l.three",
    "tlp-red",
    "countries",
)
PROVISIONS = ("l.one", "l.two", "l.three", "l.four")
OUTCOMES = ("barred", "unknown", "clear", "consider")
SCOPES = (["FOREIGNGOV"], ["ISAC"], ["XAA.MOD"], ["ISAC", "FOREIGNGOV"])
GROUNDS = (["a", "m1", ""], ["ism-control", "m2", "PR"], ["b", "m1", "x"], ["ism-control", "m1", "OC"])


def subsets(values: Sequence[str], least: int = 0) -> list[list[str]]:
    return [list(each) for size in range(least, len(values) + 1) for each in combinations(values, size)]


SOME_COUNTRIES, SOME_GROUPS, SOME_CODES = subsets(COUNTRIES), subsets(("o1", "o2")), subsets(("XAA.MOD", "ISAC"))
SOME_PURPOSES, SOME_ENTITIES, SOME_SHARES = subsets(PURPOSES), subsets(("MIL", "GOV")), subsets(("NCC", "EM"))
SOME_OBJECTS = subsets(("x", "y"))
SOME_GROUNDS: list[list[list[str]]] = [[], *([each] for each in GROUNDS), [GROUNDS[0], GROUNDS[3]]]


def dates_of(day: str) -> tuple[list[Any], list[Any], list[Any], list[Any]]:
    """Return beginnings and ends: first those that surely hold, then all."""
    here = date.fromisoformat(day)
    before, after, early, late = ((here + timedelta(days)).isoformat() for days in (-1, 1, -400, 400))
    begun, lasting = [early, before, day, [early, day]], ["never", late, after, day, [day, late]]
    begins = [None, *begun, after, [day, after], [before, after], [after, late]]
    ends = [None, *lasting, before, [before, day], [before, after], [early, before]]
    return begun, begins, lasting, ends


DATES = {day: dates_of(day) for day in DAYS}


def inputs(seed: int, number: int, each: int) -> Iterator[tuple[Made, list[Made]]]:
    """Yield facts, so many times, with some candidates each."""
    random = Random(seed)  # noqa: S311 - the same examples each time, and no secret
    for _ in range(number):
        yield _Drawn(random).facts(), [_Drawn(random).candidate() for _ in range(each)]


class _Drawn:
    """One input."""

    def __init__(self, random: Random) -> None:
        self.random, self.day, self.loose = random.random, self.one_of(random, DAYS), self.one_of(random, LOOSE)
        self.begun, self.begins, self.lasting, self.ends = DATES[self.day]

    @staticmethod
    def one_of(random: Random, cells: Sequence[Cell]) -> Cell:
        return cells[int(random.random() * len(cells))]

    def any(self, cells: Sequence[Cell]) -> Cell:
        return cells[int(self.random() * len(cells))]

    def cell(self, good: Cells, all_: Cells, *, unknown: bool = False) -> Any:
        """Draw one that lets things out or, by looseness, any; one in four of these is not known, where it may be."""
        if self.random() >= self.loose:
            return self.any(good)
        return None if unknown and self.random() < 1 / 4 else self.any(all_)

    def term(self, *, endless: bool = True) -> Made:
        if endless:
            return {"begins": self.cell(self.begun, self.begins), "ends": self.cell(self.lasting, self.ends)}
        ends = self.cell(self.lasting[1:], [*self.ends, "never", "never", "never"])
        return {"begins": self.cell(self.begun, self.begins), "ends": ends}

    def facts(self) -> Made:
        known = self.loose < self.random() * 20
        return {
            "as_of": self.day,
            "partner": self.partner() if known else None,
            "ours": self.cell([["identity--us"]], subsets(("identity--us", "identity--they"))),
            "arrangements": [self.arrangement()] if self.cell([True], [True, True, False]) else [],
            "consents": self.consents(),
            "waivers": self.waivers(),
            "laws": self.laws(),
            "purpose": self.cell([*PURPOSES[:1] * 7, "research"], PURPOSES, unknown=True),
        }

    def partner(self) -> Made:
        return {
            "id": "p",
            "country": self.cell(["XAA"], COUNTRIES, unknown=True),
            "identities": self.cell([["identity--partner"]], subsets(("identity--partner", "identity--they"))),
            "misp": self.cell([["o1"], ["o1", "o2"]], SOME_GROUPS, unknown=True),
            "acs": self.cell([[], ["XAA.MOD"]], SOME_CODES, unknown=True),
            "nationalities": self.cell([["XAA"], [], ["XAA", "XBB"]], SOME_COUNTRIES, unknown=True),
            "entities": self.cell([["MIL"], ["MIL", "GOV"]], SOME_ENTITIES, unknown=True),
            "shareability": self.cell([["NCC"], ["NCC", "EM"]], SOME_SHARES, unknown=True),
            "reach": self.cell(REACHES[2:], REACHES, unknown=True),
        }

    def arrangement(self) -> Made:
        return {
            "id": "a",
            "partner": self.cell(["p"], ["p", "p", "q"]),
            **self.term(),
            "tlp": self.cell(LEVELS[3:], LEVELS, unknown=True),
            "classification": self.cell(CLASSES[2:], CLASSES, unknown=True),
            "purposes": self.cell([["defence"], ["defence", "research"]], SOME_PURPOSES, unknown=True),
            "third_party": self.cell(["consent", "as marked"], ["never", "consent", "as marked"], unknown=True),
            "redaction": self.any([True, False]),
        }

    def consents(self) -> list[Made]:
        given = (name for name in ORIGINATORS if self.cell([True], [True, False]))
        return [self.apart(partial(self.consent, place, name)) for place, name in enumerate(given)]

    def waivers(self) -> list[Made]:
        waived = [rule for rule in RULES if self.cell([True, False], [True, False])]
        return [self.apart(partial(self.waiver, rule)) for rule in waived]

    def apart(self, record: Callable[[], Made]) -> Made:
        """Draw a record with a looseness of its own."""
        before, self.loose = self.loose, self.any((0.0, 0.1, 0.2, 0.3, self.loose))
        found = record()
        self.loose = before
        return found

    def consent(self, place: int, originator: str) -> Made:
        return {
            "id": f"c{place}",
            "originator": originator,
            "partner": self.cell(["p"], ["p", "q"]),
            "tlp": self.cell(["red"], LEVELS),
            **self.term(),
            "objects": self.cell([None, ["x"]], SOME_OBJECTS),
            "by": self.cell(["A. Person"], ["A. Person", "", " "]),
            "source": self.cell(["a letter"], ["a letter", "", " "]),
        }

    def waiver(self, rule: str) -> Made:
        return {
            "id": f"w {rule}",
            "rule": rule,
            "partner": self.cell(["p"], ["p", "q"]),
            "issuer": self.cell(["office"], ["office", "", " "]),
            "persons": self.cell([["a", "b"]], [["a", "b"], ["a", " A "], ["a"], ["a", " "], ["", "b "], []]),
            "clause": self.cell(["section 1"], ["section 1", "", " "]),
            **self.term(endless=False),
            "objects": self.cell([None, ["x"]], SOME_OBJECTS),
        }

    def laws(self) -> list[Made]:
        provisions = [name for name in PROVISIONS if self.random() < 1 / 2]
        outcomes = [
            each
            for each in OUTCOMES
            if self.cell([True, False] if each in OUTCOMES[2:] else [True, *[False] * 5], [True, False])
        ]
        force = ("binding", "scenario", "policy")
        return [
            {"provision": name, "outcome": outcome, "force": self.any(force)}
            for name, outcome in zip(provisions, outcomes, strict=False)
        ]

    def candidate(self) -> Made:
        good, every = [[each] for each in ORIGINATORS], subsets(ORIGINATORS)[:11]
        origin = {"ids": self.cell([*good, *every[5:]], every), "complete": self.cell([True], [True, False])}
        return {"id": self.cell(["x"], ["x", "y", "z"]), "whole": self.handling(), "originators": origin}

    def handling(self) -> Made:
        if self.random() < self.loose / 20:
            return {"marks": ["m1"], "terms": ["cite it"]}
        return {
            "marks": ["m1"],
            "tlp": self.cell([*LEVELS, None], LEVELS, unknown=True),
            "classification": self.cell([*CLASSES[:3], None, None], CLASSES, unknown=True),
            "reach": self.cell([*REACHES[:3], None, None], REACHES, unknown=True),
            "rel_to": self.cell([None, None, ["XAA"], ["XAA", "XCC"]], SOME_COUNTRIES, unknown=True),
            "display_to": self.cell([[], ["XBB"]], [[], ["XBB"], ["XAA"], ["XAA", "XBB"]]),
            "owners": self.cell([[], ["XCC"]], [[], ["XCC"], ["XAA"]]),
            "organisations": self.cell([None, ["o1"], ["o1", "o2"]], SOME_GROUPS, unknown=True),
            "acs": [self.acs()] if self.random() < self.loose + 1 / 4 else [],
            "terms": [],
            "referred": self.cell([[], [], [GROUNDS[3]]], SOME_GROUNDS),
            "withheld": self.cell([[]], [[], [], SOME_GROUNDS[1], SOME_GROUNDS[3]]),
        }

    def acs(self) -> Made:
        return {
            "marking": "m1",
            "shared_by_default": self.cell([True, False], [True, False]),
            "no_foreign": self.cell([False], [False, False, False, True]),
            "public": self.cell([False, False, False, True], [False, False, True]),
            "nationalities": self.cell([None, list(COUNTRIES), ["XAA", "XBB"]], SOME_COUNTRIES, unknown=True),
            "organisations": self.cell([None, None, ["XAA.MOD"]], SOME_CODES, unknown=True),
            "entities": self.cell([None, ["MIL"]], SOME_ENTITIES, unknown=True),
            "shareability": self.cell([None, ["NCC"]], SOME_SHARES, unknown=True),
            "privileges": [self.privilege()] if self.cell([True, False, False], [True, False]) else [],
            "sharing": [
                {"scope": self.any(SCOPES), "permit": permit}
                for permit in (True, False)
                if self.cell([permit], [True, False])
            ],
        }

    def privilege(self) -> Made:
        return {
            "action": self.cell(["DSPLY", "ALL", "LEGAL"], ["DSPLY", "ALL", "LEGAL"]),
            "permit": self.cell([True, False, False], [True, False]),
            "nationalities": self.cell([None, ["XCC"]], SOME_COUNTRIES, unknown=True),
            "organisations": self.cell([None, ["XBB.MOD"]], SOME_CODES, unknown=True),
            "shareability": self.cell([None, ["EM"]], SOME_SHARES, unknown=True),
            "entity": self.cell([None, ["GOV"]], SOME_ENTITIES, unknown=True),
        }
