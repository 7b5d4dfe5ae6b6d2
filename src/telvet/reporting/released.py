"""What has gone out into a table and JSON Lines, and what each partner holds together into counts."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from telvet.reporting.screen import Column, Grid, Part, bar, draw, line
from telvet.reporting.words import counted, number
from telvet.sharing.audit.reading import ReleasedRow

__all__ = ["together", "write_jsonl", "write_table", "write_together"]

_MOST, _BAR = 200, 24


def write_jsonl(rows: Iterable[ReleasedRow], out: TextIO) -> None:
    """Write a line for every version that went out to a partner."""
    out.writelines(json.dumps(_object(row), ensure_ascii=False) + "\n" for row in rows)


def write_table(rows: Sequence[ReleasedRow], width: int, colour: bool, out: TextIO) -> None:  # noqa: FBT001 - one plain question
    """Write what went out, the first two hundred."""
    if not rows:
        draw([line("Nothing has gone out.")], width, colour, out)
        return
    columns = (
        Column("right", head="times"),
        Column(head="effect"),
        Column(ratio=1, head="object, to whom, since when"),
    )
    cells = tuple(
        (
            line(number(row.times)),
            line(row.effect),
            line(
                row.object, (f"\nto {row.partner}, {row.first[:19]}Z; version {row.version or 'without date'}", "dim")
            ),
        )
        for row in rows[:_MOST]
    )
    parts: list[Part] = [
        Grid(columns, cells, gap=2),
        line(),
        line((counted(len(rows), "version"), "bold"), " went out"),
    ]
    if len(rows) > _MOST:
        parts.append(line((f"{number(len(rows) - _MOST)} are not shown; --format jsonl has them all", "dim")))
    draw(parts, width, colour, out)


def together(rows: Iterable[ReleasedRow]) -> dict[str, Counter[str]]:
    """Count the objects that each partner holds together, by type; versions of one object are one."""
    held: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        held[row.partner].add(row.object)
    return {partner: Counter(name.partition("--")[0] for name in names) for partner, names in sorted(held.items())}


def write_together(rows: Iterable[ReleasedRow], form: str, width: int, colour: bool, out: TextIO) -> None:  # noqa: FBT001 - one plain question
    """Write what each partner holds together."""
    found = together(rows)
    if form == "jsonl":
        for partner, counts in found.items():
            told = {"partner": partner, "objects": counts.total(), "types": dict(sorted(counts.items()))}
            out.write(json.dumps(told, ensure_ascii=False) + "\n")
        return
    parts: list[Part] = [] if found else [line("Nothing has gone out.")]
    for partner, counts in found.items():
        most = max(counts.values())
        rows_ = tuple(
            (line(kind), line(number(many)), line((bar(many, most, _BAR), "cyan")))
            for kind, many in counts.most_common()
        )
        parts += [
            line((partner, "bold"), f" holds {counted(counts.total(), 'object')}"),
            Grid((Column(), Column("right"), Column()), rows_, gap=2),
            line(),
        ]
    draw(parts, width, colour, out)


def _object(row: ReleasedRow) -> dict[str, Any]:
    return {
        "partner": row.partner,
        "object": row.object,
        "version": row.version,
        "sha256": row.digest,
        "effect": row.effect,
        "first": row.first,
        "last": row.last,
        "times": row.times,
        "request": row.request,
        "about": dict(row.about),
    }
