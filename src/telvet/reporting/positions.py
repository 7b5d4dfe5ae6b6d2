"""Positions of countries into a table, CSV, JSON and marks of the world map; one position into a page for the terminal.

* A position is one object of plain values, as `telvet position --format json` prints it; `name` is the country's name.
* What is disputed is always said to be so; what a scope leans to never reads as what was decided.
* No line is wider than the console. Quotes keep their words; only steering characters are shown as U+FFFD.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import shorten
from typing import Any, TextIO

from telvet.reporting.csv import defuse
from telvet.reporting.screen import WIDE, Column, Grid, Heading, Line, Part, draw, line
from telvet.reporting.words import counted, printable
from telvet.reporting.world_map import Mark

__all__ = [
    "COLUMNS",
    "is_disputed",
    "marks",
    "write_csv",
    "write_json",
    "write_one_json",
    "write_one_table",
    "write_table",
]

Row = Mapping[str, Any]
"""`country, name, vendor, position, since, until, scopes, because, against, context, origins`, and perhaps `disputed`.

An entry of `because`, `against` or `context` whose `paraphrase` is true holds no one's words, and gets no quotation marks.
"""

COLUMNS = (
    "country", "name", "vendor", "position", "disputed", "since", "until", "scopes", "origins", "because", "against",
)  # fmt: skip
"""The header of the CSV, in order."""

_STYLES = {
    "banned": "bright_red",
    "restricted": "yellow",
    "conditional": "bright_blue",
    "permitted": "green",
    "undecided": "cyan",
    "unknown": "dim",
}
_CONTRADICTION, _DISPUTED, _UNKNOWN = "contradiction", "disputed", "unknown"
_BESIDE = "What is said, and makes no position"
_QUOTE_WIDE, _QUOTE, _INDENT = 150, 90, 2
_LEFT, _RIGHT, _DOTS = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}", "\N{HORIZONTAL ELLIPSIS}"
_DOT = " \N{MIDDLE DOT} "
_KINDS = {
    _CONTRADICTION: ("Contradicts it", "bright_red"),
    "denial": ("Denies it", "yellow"),
    "tension": ("Does not fit it", "yellow"),
    "succession": ("Came before it", "dim"),
}


def is_disputed(row: Row) -> bool:
    """Tell whether sources contradict each other: as the row says, or by its scopes and what speaks against it."""
    if _DISPUTED in row:
        return bool(row[_DISPUTED])
    told = any(scope.get(_DISPUTED) for scope in row.get("scopes") or ())
    return told or any(entry.get("kind") == _CONTRADICTION for entry in row.get("against") or ())


def marks(rows: Iterable[Row]) -> dict[str, Mark]:
    """Return what the map says of each country; the rows are about one vendor, so that a country has one row."""
    found: dict[str, Mark] = {}
    for row in rows:
        if row["country"] in found:
            raise ValueError(f"two positions of {row['country']} for one map")
        note = "; ".join(_scope(scope) for scope in row.get("scopes") or ())
        found[row["country"]] = Mark(
            _name(row), row["position"], row.get("since"), row.get("until"), is_disputed(row), note
        )
    return found


def write_table(rows: Sequence[Row], width: int, colour: bool, out: TextIO) -> None:  # noqa: FBT001 - one plain question
    """Write a line for every position, with the first words that say so."""
    if not rows:
        draw([line("No position: nothing is known of any country.")], width, colour, out)
        return
    wide = width >= WIDE
    heads = ["country", "position", "since", "scopes", "origins", "what says so"]
    ratios = [3, None, None, 4, None, 8] if wide else [3, None, None, None, 5]
    if not wide:
        heads = ["country", "position", "since", "origins", "scopes, and what says so"]
    columns = [
        Column("right" if head == "origins" else "left", ratio, head=head)
        for head, ratio in zip(heads, ratios, strict=True)
    ]
    grid = Grid(tuple(columns), tuple(_cells(row, wide=wide) for row in rows), gap=2 if wide else 1)
    draw([grid], width, colour, out)


def write_one_table(row: Row, width: int, colour: bool, out: TextIO) -> None:  # noqa: FBT001 - one plain question
    """Write one position: what it is, per scope, and what says so, speaks against it and stands around it."""
    draw(_page(row), width, colour, out)


def write_csv(rows: Iterable[Row], out: TextIO) -> None:
    """Write a header and every position as one row."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        cells = {key: row.get(key) for key in COLUMNS} | {
            _DISPUTED: "yes" if is_disputed(row) else "no",
            "scopes": "; ".join(_scope(scope) for scope in row.get("scopes") or ()),
            "because": "; ".join(_cited(entry) for entry in row.get("because") or ()),
            "against": "; ".join(_opposed(entry) for entry in row.get("against") or ()),
        }
        writer.writerow([defuse("" if cell is None else str(cell)) for cell in cells.values()])


def write_json(rows: Iterable[Row], out: TextIO) -> None:
    """Write the positions as one JSON list, a line each."""
    lines = ",\n ".join(json.dumps(row, ensure_ascii=False) for row in rows)
    out.write(f"[\n {lines}\n]\n" if lines else "[]\n")


def write_one_json(row: Row, out: TextIO) -> None:
    """Write one position as one JSON object, for people to read too."""
    out.write(json.dumps(row, ensure_ascii=False, indent=1) + "\n")


def _cells(row: Row, *, wide: bool) -> tuple[Line, ...]:
    style = _STYLES.get(row["position"], "")
    word = [(row["position"], style)] + ([(f"\n{_DISPUTED}", "bold")] if is_disputed(row) else [])
    scopes = ("\n" if wide else "; ").join(_scope(scope) for scope in row.get("scopes") or ())
    because = row.get("because") or ()
    says = _quoted(because[0], _QUOTE_WIDE if wide else _QUOTE) if because else ""
    ends = [end.replace("/", "/\n") for end in _ends(row)]
    head = (line(_name(row)), line(*word), line("\n".join(ends)))
    origins = line(str(row.get("origins", 0)))
    if wide:
        return (*head, line(scopes), origins, line((says, "dim")))
    return (*head, origins, line(scopes + ("\n" if scopes and says else ""), (says, "dim")))


def _page(row: Row) -> Iterator[Part]:
    style = _STYLES.get(row["position"], "")
    disputed = f", {_DISPUTED}" if is_disputed(row) else ""
    times = " ".join(_ends(row, "since "))
    yield line((_name(row), "bold"), " on ", (str(row.get("vendor") or "any vendor"), "bold"))
    yield line((f"{row['position']}{disputed}", f"bold {style}".strip()), f" {times}" if times else "")
    if row.get("in_principle"):
        yield line(f"in principle {row['in_principle']}")
    rests = "rests on" if row["position"] != _UNKNOWN else "decided by nothing; heard from"
    heard = counted(row.get("origins") or 0, "independent origin")
    yield line((f"{rests} {heard}" if row.get("origins") else "nothing is known", "dim"))
    scopes = row.get("scopes") or ()
    if scopes:
        yield from (line(), Heading("By part of the network"))
        yield Grid((Column(), Column(ratio=1)), tuple(_scope_cells(scope) for scope in scopes), gap=2)
    decided = row["position"] != _UNKNOWN
    yield from _section("What says so" if decided else _BESIDE, "", row.get("because") or ())
    yield from _against(row.get("against") or ())
    parts = {name for scope in scopes for name in scope.get("because") or ()}
    beside = row.get("context") or ()
    yield from _section("What says so of a part", "", [one for one in beside if one.get("id") in parts])
    rest = [one for one in beside if one.get("id") not in parts]
    yield from _section("What else is said" if decided else _BESIDE, "dim", rest)
    if not decided:
        yield from (line(), line("Nothing that is known makes a position. That is not permission."))


def _against(entries: Sequence[Row]) -> Iterator[Part]:
    """Show what speaks against it by kind, the gravest first."""
    for kind in (*_KINDS, None):
        title, style = _KINDS[kind] if kind else ("Speaks against it", "yellow")
        found = [
            entry
            for entry in entries
            if entry.get("kind") == kind or (kind is None and entry.get("kind") not in _KINDS)
        ]
        yield from _section(title, style, found)


def _section(title: str, style: str, entries: Sequence[Row]) -> Iterator[Part]:
    if not entries:
        return
    yield from (line(), Heading(title, style))
    hung = (Column(), Column(ratio=1))
    for entry in entries:
        said = [(_quoted(entry), "")] if entry.get("quote") else []
        said += [(f"\n{_source(entry)}", "dim")] if _source(entry) else []
        said += [(f"\n{entry['why']}", "italic")] if entry.get("why") else []
        mark = "\N{BULLET}".rjust(_INDENT)
        yield Grid(hung, ((line(mark), line(*said)),))


def _scope_cells(scope: Row) -> tuple[Line, ...]:
    since = " ".join(_ends(scope, "since "))
    told = _standing(scope)
    return line(str(scope["scope"])), line((told, _STYLES.get(scope["position"], "")), f"  {since}" if since else "")


def _scope(scope: Row) -> str:
    return f"{scope['scope']}: {_standing(scope)}"


def _standing(scope: Row) -> str:
    """Say a scope's position, what it leans to and how far that has got, and that it is disputed."""
    leans = f"in principle {scope['in_principle']}" if scope.get("in_principle") else ""
    if scope.get("leaning"):
        leans = f"{scope['leaning']}: {scope.get('modality') or 'open'}"
    return ", ".join(filter(None, (scope["position"], leans, _DISPUTED if scope.get(_DISPUTED) else "")))


def _ends(row: Row, before: str = "") -> list[str]:
    since, until = row.get("since"), row.get("until")
    return [*([f"{before}{since}"] if since else []), *([f"until {until}"] if until else [])]


def _name(row: Row) -> str:
    return str(row.get("name") or row["country"])


def _quoted(entry: Row, most: int | None = None) -> str:
    """Set a quote in quotation marks, on one line; shortened at a word where it is long."""
    words = " ".join(printable(str(entry.get("quote") or "")).split())
    if most:
        words = shorten(words, most, placeholder=_DOTS)
    return words if entry.get("paraphrase") or not words else f"{_LEFT}{words}{_RIGHT}"


def _source(entry: Row) -> str:
    """Say who published a quote and when, who spoke or acts, and where it comes from in the end."""
    origin = entry.get("origin")
    by_way = f"from {origin}" if origin and origin != entry.get("publisher") else ""
    speaker = f"{entry['speaker']} speaking" if entry.get("speaker") else entry.get("actor")
    told = (entry.get("publisher"), entry.get("published"), speaker, by_way, entry.get("id"))
    return _DOT.join(str(part) for part in told if part)


def _cited(entry: Row) -> str:
    return " ".join(filter(None, (_quoted(entry), f"({_source(entry)})" if _source(entry) else "")))


def _opposed(entry: Row) -> str:
    why = f" [{entry['why']}]" if entry.get("why") else ""
    return f"{entry.get('kind') or 'against'}: {_cited(entry)}{why}"
