"""What would change for a partner into a table, and into JSON Lines."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, TextIO

from telvet.reporting.decisions import SCENARIO, said_of, summary
from telvet.reporting.screen import Column, Grid, Heading, Line, Part, draw, line
from telvet.reporting.words import NOTICE, counted, number
from telvet.sharing.lawful.changes import Changed, Changes
from telvet.sharing.releasing.gate import Gate

__all__ = ["write_jsonl", "write_table"]

_MOST, _EXAMPLES = 6, 2
_LISTS = (
    ("leaves", "would go", "green"),
    ("stays", "would go no longer", "bright_red"),
    ("queued", "would wait for a person", "yellow"),
    ("refused", "would be withheld in place of waiting", "bright_red"),
    ("altered", "would go otherwise", "bright_blue"),
)


def write_jsonl(changes: Changes, out: TextIO) -> None:
    """Write a line for every object that comes out otherwise; one that stands in two lists has two."""
    for name, _, _ in _LISTS:
        out.writelines(
            json.dumps({"change": name, **_object(each)}, ensure_ascii=False) + "\n" for each in getattr(changes, name)
        )


def write_table(
    before: Gate,
    after: Gate,
    changes: Changes,
    width: int,
    colour: bool,  # noqa: FBT001 - one plain question
    out: TextIO,
    otherwise: Sequence[str] = (),
) -> None:
    """Write what would change, grouped by why; `otherwise` says in words which facts would be others."""
    draw(_parts(before, after, changes, otherwise), width, colour, out)


def _parts(before: Gate, after: Gate, changes: Changes, otherwise: Sequence[str]) -> Iterator[Part]:
    yield line(("now: ", "dim"), summary(before))
    yield line(("then:", "dim"), f" {'; '.join((summary(after), *otherwise))}")
    if any(law.scenario for gate in (before, after) for law in gate.laws):
        yield line((f"{SCENARIO.capitalize()}.", "bold yellow"))
    yield line()
    changed = False
    for name, title, style in _LISTS:
        found: Sequence[Changed] = getattr(changes, name)
        if found:
            changed = True
            yield Heading(f"{title}: {number(len(found))}", style)
            yield from _grouped(found)
            yield line()
    if not changed:
        yield line(("Nothing would change.", "bold"))
    yield line((f"{counted(changes.same, 'object')} as before.", "dim"))
    yield line((NOTICE, "dim"))


def _grouped(found: Sequence[Changed]) -> Iterator[Part]:
    groups: dict[tuple[str, ...], list[Changed]] = defaultdict(list)
    for each in found:
        groups[tuple(dict.fromkeys(_why(each)))].append(each)
    ordered = sorted(groups.items(), key=lambda one: (-len(one[1]), one[0]))
    rows = tuple(_row(why, held) for why, held in ordered[:_MOST])
    yield Grid((Column("right", least=5), Column(ratio=1)), rows, gap=2)
    if more := ordered[_MOST:]:
        yield line((f"and {counted(sum(len(held) for _, held in more), 'object')} in {len(more)} more groups", "dim"))


def _why(one: Changed) -> Iterator[str]:
    for reason in one.added:
        yield f"then: {said_of(reason)}"
    for reason in one.lifted:
        yield f"no longer: {said_of(reason)}"


def _row(why: Sequence[str], held: Sequence[Changed]) -> tuple[Line, ...]:
    names = ", ".join(each.name.partition(" ")[0] for each in held[:_EXAMPLES])
    more = " ..." if len(held) > _EXAMPLES else ""
    said = "\n".join(why) or "its references"
    return line((number(len(held)), "bold")), line(said, (f"\n{names}{more}", "dim"))


def _object(one: Changed) -> dict[str, Any]:
    name, _, version = one.name.partition(" ")
    return {
        "object": name,
        "version": version,
        "before": one.before.value if one.before else None,
        "after": one.after.value if one.after else None,
        "added": [{"rule": each.rule, "because": each.because} for each in one.added],
        "lifted": [{"rule": each.rule, "because": each.because} for each in one.lifted],
    }
