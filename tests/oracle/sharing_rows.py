"""Random facts and candidates as plain rows, from few names, so that they often meet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from tests.oracle.sharing import CLASSES, LEVELS, REACHES

__all__ = ["DAY", "candidates", "facts", "generous_facts", "handlings", "open_candidates", "parts_of", "reference_sets"]

DAY = "2024-06-01"
COUNTRIES = ("XAA", "XBB", "XCC")
ORIGINATORS = ("identity--us", "identity--they", "identity--other", "identity--partner")
PURPOSES = ("defence", "research")
RULES = ("purpose", "tlp-cap", "tlp-red", "third-party", "classification", "law l.one", "law l.two", "countries")
SELECTORS = ("name", "description", "pattern", "refs.[0]", "description.[1]", "created")

Rows = st.SearchStrategy[dict[str, Any]]


def some(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


def few(values: tuple[Any, ...], least: int = 0) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(values), unique=True, min_size=least, max_size=3).map(sorted)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


begins = some(None, "2020-01-01", "2020-01-01", "2020-01-01", "2024-06-01", "2024-06-02", ["2024-01-01", "2024-12-31"])
ends = some(
    None, "never", "never", "2025-01-01", "2025-01-01", "2024-06-01", "2024-05-31", ["2024-01-01", "2024-12-31"]
)

partners = st.fixed_dictionaries(
    {
        "id": st.just("p"),
        "country": maybe(some(*COUNTRIES)),
        "identities": some([], ["identity--partner"]),
        "misp": maybe(few(("o1", "o2"))),
        "acs": some(None, [], ["XAA.MOD"], ["XAA.MOD", "ISAC"]),
        "nationalities": maybe(few(COUNTRIES)),
        "entities": maybe(few(("MIL", "GOV"))),
        "shareability": maybe(few(("NCC", "EM"))),
        "reach": maybe(some(*REACHES)),
    }
)
arrangements = st.fixed_dictionaries(
    {
        "partner": some("p", "p", "p", "q"),
        "begins": begins,
        "ends": ends,
        "tlp": maybe(some(*LEVELS)),
        "classification": maybe(some(*CLASSES)),
        "purposes": maybe(few(PURPOSES)),
        "third_party": some(None, "never", "consent", "as marked"),
        "redaction": st.booleans(),
        "onward": few(("tell nobody", "mark every copy")),
    }
)
consents = st.fixed_dictionaries(
    {
        "originator": some(*ORIGINATORS),
        "partner": some("p", "p", "p", "q"),
        "tlp": some("red", "red", *LEVELS),
        "begins": begins,
        "ends": ends,
        "objects": some(None, None, ["x"], ["y"]),
        "by": some("A. Person", "A. Person", "A. Person", ""),
        "source": some("a letter", "a letter", "a letter", ""),
    }
)
waivers = st.fixed_dictionaries(
    {
        "rule": some(*RULES),
        "partner": some("p", "p", "p", "q"),
        "issuer": some("office", "office", "office", ""),
        "persons": some(["a", "b"], ["a", "b"], ["a", "b"], ["a", " A "], ["a"], ["a", ""]),
        "clause": some("section 1", "section 1", "section 1", ""),
        "begins": begins,
        "ends": ends,
        "objects": some(None, None, ["x"], ["y"]),
    }
)
laws = st.fixed_dictionaries(
    {
        "provision": some("l.one", "l.two"),
        "outcome": some("barred", "clear", "clear", "unknown", "consider"),
        "force": some("binding", "scenario", "policy"),
    }
)
privileges = st.fixed_dictionaries(
    {
        "action": some("DSPLY", "ALL", "LEGAL"),
        "permit": st.booleans(),
        "nationalities": maybe(few(COUNTRIES)),
        "organisations": maybe(few(("XAA.MOD", "XBB.MOD"))),
        "shareability": maybe(few(("NCC", "EM"))),
        "entity": maybe(few(("MIL", "GOV"))),
    }
)
assertions = st.fixed_dictionaries(
    {
        "marking": some("m1", "m2"),
        "shared_by_default": st.booleans(),
        "no_foreign": some(False, False, False, True),
        "public": some(False, False, False, True),
        "nationalities": some(None, None, list(COUNTRIES), ["XAA"]),
        "organisations": some(None, None, ["XAA.MOD"]),
        "shareability": some(None, None, ["NCC"]),
        "entities": some(None, None, ["MIL"]),
        "privileges": st.lists(privileges, max_size=1),
        "sharing": st.lists(
            st.fixed_dictionaries({"scope": some(["FOREIGNGOV"], ["ISAC"]), "permit": st.booleans()}), max_size=2
        ),
    }
)
grounds = st.lists(
    some(["a", "m1", ""], ["ism-control", "m1", "OC"], ["ism-control", "m2", "PR"]), unique_by=str, max_size=2
)
handlings = st.fixed_dictionaries(
    {
        "marks": few(("m1", "m2")),
        "tlp": maybe(some(*LEVELS)),
        "classification": maybe(some(*CLASSES)),
        "reach": maybe(some(*REACHES)),
        "rel_to": maybe(few(COUNTRIES)),
        "display_to": some([], [], ["XBB"]),
        "owners": some([], ["XCC"]),
        "organisations": maybe(few(("o1", "o2"))),
        "acs": st.lists(assertions, max_size=2),
        "terms": few(("cite it",)),
        "referred": grounds,
        "withheld": some([], [], [["b", "m1", ""]]),
    }
)


def overlaid(base: Mapping[str, Any], drawn: Rows, most: int) -> Rows:
    """Replace a few cells of a row, at most so many, by drawn ones."""
    keys = st.lists(st.sampled_from(sorted(base)), max_size=most, unique=True)
    return st.builds(lambda row, some_keys: {**base, **{key: row[key] for key in some_keys}}, drawn, keys)


PLAIN = {
    "marks": ["m1"],
    "tlp": "green",
    "classification": None,
    "reach": None,
    "rel_to": None,
    "display_to": [],
    "owners": [],
    "organisations": None,
    "acs": [],
    "terms": [],
    "referred": [],
    "withheld": [],
}
open_handlings = overlaid(PLAIN, handlings, 1)
originators = st.fixed_dictionaries({"ids": few(ORIGINATORS), "complete": some(True, True, True, False)})


def numbered(rows: Rows, prefix: str, most: int, least: int = 0) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Give rows ids of their own."""
    return st.lists(rows, min_size=least, max_size=most).map(
        lambda found: [{"id": f"{prefix}{place}", **row} for place, row in enumerate(found)]
    )


facts: Rows = st.fixed_dictionaries(
    {
        "as_of": st.just(DAY),
        "partner": some(None, *[1] * 9).flatmap(lambda known: partners if known else st.none()),
        "ours": st.just(["identity--us"]),
        "arrangements": numbered(arrangements, "a", 3),
        "consents": numbered(consents, "c", 4),
        "waivers": numbered(waivers, "w", 4),
        "laws": st.lists(laws, max_size=2, unique_by=lambda row: row["provision"]),
        "purpose": maybe(some(*PURPOSES)),
    }
)
parts_of = st.lists(st.tuples(some(*SELECTORS), handlings), max_size=2, unique_by=lambda part: part[0])


known_originators = st.fixed_dictionaries({"ids": few(ORIGINATORS, 1), "complete": st.just(True)})


def with_parts(whole: Rows, part: Rows, origin: Rows) -> Rows:
    return st.fixed_dictionaries(
        {
            "id": some("x", "y", "z"),
            "whole": whole,
            "parts": st.lists(st.tuples(some(*SELECTORS), part), max_size=2, unique_by=lambda each: each[0]),
            "required": st.just(["name", "pattern"]),
            "originators": origin,
        }
    )


candidates = with_parts(handlings, handlings, originators)
open_candidates = with_parts(open_handlings, open_handlings, known_originators | known_originators | originators)
"""Candidates of which much goes out."""


KNOWN = {
    "id": "p",
    "country": "XAA",
    "identities": ["identity--partner"],
    "misp": ["o1"],
    "acs": [],
    "nationalities": ["XAA"],
    "entities": ["MIL"],
    "shareability": ["NCC"],
    "reach": "this-community",
}
AGREED = {
    "partner": "p",
    "begins": "2020-01-01",
    "ends": "never",
    "tlp": "amber+strict",
    "classification": "S",
    "purposes": ["defence"],
    "third_party": "consent",
    "redaction": True,
    "onward": [],
}
GIVEN = {"partner": "p", "begins": "2020-01-01", "tlp": "red", "objects": None, "by": "A. Person", "source": "a letter"}
WAIVED = {
    "partner": "p",
    "begins": "2020-01-01",
    "ends": "2025-01-01",
    "issuer": "office",
    "persons": ["a", "b"],
    "clause": "section 1",
    "objects": None,
}
good_consents = overlaid({**GIVEN, "ends": "never", "originator": "identity--other"}, consents, 1)
good_waivers = st.builds(lambda row, rule: {**row, "rule": rule}, overlaid(WAIVED, waivers, 1), some(*RULES))
good_facts: Rows = st.fixed_dictionaries(
    {
        "as_of": st.just(DAY),
        "partner": overlaid(KNOWN, partners, 1),
        "ours": st.just(["identity--us"]),
        "arrangements": numbered(overlaid(AGREED, arrangements, 1), "a", 2, 1),
        "consents": st.lists(good_consents, max_size=2).map(
            lambda found: [
                {"id": f"c{place}", **row}
                for place, row in enumerate(
                    (*found, *({**GIVEN, "ends": "never", "originator": name} for name in ORIGINATORS))
                )
            ]
        ),
        "waivers": numbered(good_waivers, "w", 4),
        "laws": st.lists(laws, max_size=1),
        "purpose": some("defence", "defence", "defence", "research"),
    }
)
KEYS = ("consents", "arrangements", "waivers", "purpose")
generous_facts: Rows = st.builds(
    lambda good, drawn, keys: {**good, **{key: drawn[key] for key in keys}},
    good_facts,
    facts,
    some([], [], [], *([key] for key in KEYS)),
)
"""Facts under which much goes out."""

NAMES = ("r1", "r2", "r3", "r4", "m1", "m2")
references = st.fixed_dictionaries(
    {
        "at": some("created_by_ref", "refs.[0]", "refs.[1]", "refs.[2]", "source_ref", "description"),
        "target": some(*NAMES, "elsewhere"),
        "required": st.booleans(),
    }
)
markings = st.fixed_dictionaries(
    {
        "at": some("object_marking_refs.[0]", "description", "refs.[0]"),
        "target": some("m1", "m2", "m-elsewhere"),
        "marking": st.just(True),
    }
)
reference_sets = st.dictionaries(
    some(*NAMES),
    st.lists(references | markings, max_size=3, unique_by=lambda row: (row["at"], row["target"])),
    max_size=6,
)
