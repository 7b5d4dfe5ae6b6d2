"""The engine names no country, vendor or statute: those are data, and the data itself gives the list to look for."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.architecture.source import ROOT, SRC

READ = {".py", ".html", ".j2", ".txt", ".css", ".js", ".md", ".sql", ".toml", ".yaml", ".json", ".mako"}

# Words of the data that are also plain words of the trade or of English, each with its meaning in the engine.
PLAIN = {
    "actual": "an adjective",
    "act": "what a provision prohibits: use, install, procure",
    "apple": "a fruit",
    "aggregate": "a function of SQL",
    "bands": "spectrum",
    "based": "an adjective",
    "box": "a piece of equipment",
    "brand": "a kind of alias",
    "case": "a worked example of a pack",
    "core": "a part of a network",
    "checkpoint": "a signed state of a log",
    "cover": "what coverage does",
    "covered": "covered equipment",
    "digital": "an adjective",
    "direct": "an adjective",
    "direction": "a kind of instrument; the way of a condition",
    "element": "a row of an inventory",
    "equipment": "the table",
    "extreme": "an adjective",
    "generic": "a type that takes another",
    "intel": "short for intelligence",
    "law": "what a pack holds",
    "list": "a Python type",
    "mitel": "never: kept out of the engine by review",
    "none": "a cell that states an empty list",
    "oracle": "the naive implementation that tests compare with",
    "order": "a kind of overlay; the order of rows",
    "phoenix": "a bird",
    "policy": "a force of law",
    "private": "a visibility",
    "scenario": "a force of law",
    "section": "a place in an instrument",
    "signal": "a message",
    "standard": "an adjective",
    "unknown": "the third truth value",
    "verified": "a grade of a source",
}

# Generic words of which names of regimes are made; only what is left is telling.
_GENERIC = """
act access aid and amendment assurance authorisation ban bill code communications compliance control covered data
decision decree designated designation direction directive equipment federal for funding grants guidance high in
infrastructure installation integrity it law licence license list measures national network networks notice of on
order part plan policy position press procurement protection providers regulation removal report restrictions risk
rule rules safety scenario secure security services sharing statement strategy supply support supplier system
technology telecom telecommunications the to toolbox trusted use vendor vendors
"""
REGIME_WORDS = frozenset(_GENERIC.split())


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def vendor_names() -> Iterator[str]:
    """Yield the ids, groups and brands of the register; legal names follow from them."""
    vendors = ROOT / "catalog" / "vendors"
    yield from (row["id"] for row in rows(vendors / "organisations.csv"))
    yield from (row["group"] for row in rows(vendors / "groups.csv"))
    yield from (row["alias"] for row in rows(vendors / "aliases.csv") if row["kind"] in {"brand", "legal"})


def country_names() -> Iterator[str]:
    """Yield the names of countries and unions, wherever the catalogue's tables of places give them."""
    for path in sorted((ROOT / "catalog" / "places").glob("*.csv")):
        for row in rows(path):
            yield from (row[column] for column in ("name", "names", "country_name") if row.get(column))


def statute_names() -> Iterator[str]:
    """Yield the ids and titles of packs and their instruments, and the telling words of the ids."""
    for path in sorted((ROOT / "packs").rglob("pack.yaml")):
        pack = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield from (pack["id"], pack["title"])
        regime = pack["id"].partition(".")[2]
        yield regime
        yield from (word for word in re.split(r"[-.]", regime) if not word.isdigit() and word not in REGIME_WORDS)
        instruments = path.parent / "instruments.yaml"
        if instruments.exists():
            yield from (
                instrument["title"] for instrument in yaml.safe_load(instruments.read_text(encoding="utf-8")) or ()
            )


@cache
def forbidden(kind: str) -> re.Pattern[str]:
    source = {"vendors": vendor_names, "countries": country_names, "statutes": statute_names}[kind]
    words = {name.strip().casefold() for name in source()}
    telling = sorted(
        (word for word in words if len(word) > 2 and word not in PLAIN and not word.isdigit()), key=len, reverse=True
    )
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, telling)) + r")(?![\w-])", re.IGNORECASE)


def engine_files() -> list[Path]:
    return sorted(path for path in SRC.rglob("*") if path.suffix in READ and "_data" not in path.parts)


@pytest.mark.parametrize("kind", ["vendors", "countries", "statutes"])
def test_no_name_of_the_data_stands_in_the_engine(kind: str) -> None:
    pattern = forbidden(kind)
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{number}: {hit[0]}"
        for path in engine_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (hit := pattern.search(line))
    ]
    assert found == []


# Codes of a standard that happen to be those of countries, by the file that must name them.
MEANT_OTHERWISE = {("acs_terms.py", "FIN"): "the financial sector, as a scope of sharing"}


def test_no_country_is_spelled_as_a_code_in_the_engine() -> None:
    codes = {path.parent.parent.name.upper() for path in (ROOT / "packs").rglob("pack.yaml")}
    codes |= {row["country"] for row in rows(ROOT / "catalog" / "vendors" / "organisations.csv") if row["country"]}
    pattern = re.compile(r"""["'](?:""" + "|".join(sorted(codes)) + r""")["']""")
    assert [
        f"{path.name}: {hit}"
        for path in engine_files()
        for hit in pattern.findall(path.read_text(encoding="utf-8"))
        if (path.name, hit.strip("\"'")) not in MEANT_OTHERWISE
    ] == []


def test_the_search_finds_what_it_looks_for() -> None:
    assert forbidden("vendors").search(f"made by {next(vendor_names()).title()} in a year")
    assert forbidden("statutes").search(f"bound by {next(statute_names())}.")
