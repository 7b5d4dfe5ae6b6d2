"""What is wrong with marks, and plans to mend them -> a table that fits the terminal, or JSON.

* The table groups by code: how often, an example, the fix. JSON holds every finding.
* A plan says first what it would open: that is what its second reader has to weigh.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TextIO

from telvet.model.handling import MarkingFinding
from telvet.reporting.screen import Column, Grid, Heading, Line, Part, draw, line
from telvet.reporting.words import counted, listed, number
from telvet.sharing.marking.linting import Linted, Tally
from telvet.sharing.marking.plan import WAYS, Plan

__all__ = ["write_json", "write_jsonl", "write_plan", "write_table"]

_MOST = 12
_MARKS = 3
_WORDS = {
    "same": "as open as now",
    "closed": "less open than now",
    "first": "no mark now, so withheld; with the mark that it gets it may go out",
    "opened": "more open than now, or something else",
}


def write_jsonl(files: Sequence[Linted], out: TextIO) -> None:
    """Write one finding a line."""
    for one in files:
        out.writelines(
            f"{json.dumps({'file': one.file, **_found(each)}, ensure_ascii=False)}\n" for each in one.findings
        )


def write_json(files: Sequence[Linted], as_of: str, out: TextIO) -> None:
    """Write one document with every finding and what the files are marked with."""
    told = [
        {
            "file": one.file,
            "kind": one.kind,
            "objects": one.objects,
            "findings": [_found(each) for each in one.findings],
            "marks": [
                {"objects": each.objects, "comes_to": each.comes_to, "marks": each.marks} for each in one.tallies
            ],
        }
        for one in files
    ]
    json.dump({"as_of": as_of, "files": told}, out, ensure_ascii=False, indent=2)
    out.write("\n")


def write_table(files: Sequence[Linted], width: int, colour: bool, out: TextIO) -> None:  # noqa: FBT001 - one plain question
    """Write findings by code, and what each file is marked with, at most `width` wide."""
    parts = [part for place, one in enumerate(files) for part in (*([line()] if place else []), *_file(one))]
    draw(parts, width, colour, out)


def write_plan(plan: Plan, width: int, colour: bool, out: TextIO) -> None:  # noqa: FBT001 - one plain question
    """Write what a plan would do, at most `width` wide."""
    draw(_plan(plan), width, colour, out)


def _found(finding: MarkingFinding) -> dict[str, str]:
    return {"object": finding.object, "code": finding.code, "what": finding.what, "fix": finding.fix}


def _file(one: Linted) -> Iterator[Part]:
    noun = "object" if one.kind == "STIX bundle" else "event, object or attribute"
    many = "objects" if one.kind == "STIX bundle" else "events, objects and attributes"
    said = counted(len(one.findings), "finding") if one.findings else "nothing is wrong with its marks"
    yield line((one.file, "bold"), f": {one.kind}, {counted(one.objects, noun, many)}, {said}")
    if one.findings:
        yield Heading("Wrong", "yellow")
        yield _grid(_codes(one.findings))
    yield Heading("Marked with")
    rows = [(number(each.objects), _tally(each)) for each in one.tallies[:_MOST]]
    if more := one.tallies[_MOST:]:
        rows.append((number(sum(each.objects for each in more)), line(f"in {counted(len(more), 'other way')}")))
    yield _grid(rows)


def _codes(findings: Sequence[MarkingFinding]) -> Iterator[tuple[str, Line]]:
    first: dict[str, MarkingFinding] = {}
    for each in findings:
        first.setdefault(each.code, each)
    for code, times in sorted(Counter(each.code for each in findings).items(), key=lambda one: (-one[1], one[0])):
        one = first[code]
        example = (f"\n{'such as ' if times > 1 else ''}{one.object or 'the whole file'}", "dim")
        fix = f"\nfix: {one.fix}" if one.fix else ""
        yield number(times), line((code, "bold"), f": {one.what}{fix}", example)


def _tally(each: Tally) -> Line:
    named = [f"{name} ({mark})" if name else mark for mark, name in each.marks.items()]
    by = f"\nby {listed(named, _MARKS)}" if named else ""
    return line((each.comes_to, "bold"), (by, "dim"))


def _grid(rows: Iterator[tuple[str, Line]] | Sequence[tuple[str, Line]]) -> Grid:
    columns = (Column("right", least=7), Column(ratio=1))
    return Grid(columns, tuple((line(count), text) for count, text in rows), gap=2)


def _plan(plan: Plan) -> Iterator[Part]:
    who = f"proposed by {plan.by}" + "".join(f", signed by {one.by} {one.at[:10]}" for one in plan.signatures)
    yield line(("plan to mend the marks of ", ""), (plan.bundle, "bold"), f", {who}")
    yield line(f"  bundle SHA-256 {plan.sha256}\n  plan   SHA-256 {plan.digest()}")
    if not plan.signatures:
        yield line("  not signed: it cannot be applied before a second person has signed")
    ways = plan.ways()
    yield Heading("How many objects it opens and closes", "bright_magenta" if ways["opened"] or ways["first"] else "")
    yield _grid([(number(ways[way]), line((way, "bold"), f": {_WORDS[way]}")) for way in reversed(WAYS)])
    changed = [one for one in plan.shifts if one.way != "same" or one.before != one.after]
    if changed:
        yield Heading("Before and after")
        ranked = sorted(changed, key=lambda one: (-WAYS.index(one.way), -one.objects, one.before, one.after))
        rows = [(number(one.objects), line((one.way, "bold"), f": {one.before} -> {one.after}")) for one in ranked]
        yield _grid(
            [*rows[:_MOST], *([("", line(f"... and {number(len(rows) - _MOST)} more"))] if rows[_MOST:] else [])]
        )
    yield Heading("Edits")
    yield _grid(_edits(plan))
    yield from _reasons(plan.rules)
    yield from _rest(plan)


def _edits(plan: Plan) -> list[tuple[str, Line]]:
    what = {
        "set": "objects",
        "drop": "definitions that go",
        "replace": "definitions put right",
        "add": "definitions added",
    }
    counts = Counter((one.do, code) for one in plan.edits for code in one.because)
    return [(number(times), line((code, "bold"), f": {what[do]}")) for (do, code), times in sorted(counts.items())] or [
        ("0", line("nothing to mend"))
    ]


def _reasons(rules: Mapping[str, Any]) -> Iterator[Part]:
    first, replace = rules.get("unmarked"), rules.get("replace") or {}
    rows = [("unmarked", first)] if first else []
    rows += sorted(replace.items())
    if rows:
        yield Heading("Rules")
        for name, one in rows:
            yield line((f"  {name}", "bold"), f": {one['tlp']}; {one['why'] or 'no reason given'}")


def _rest(plan: Plan) -> Iterator[Part]:
    if plan.left:
        yield Heading("Left as they are", "yellow")
        yield _grid(
            [
                (number(one.objects), line((one.code, "bold"), f": {one.mark}\n{one.what}\n{one.fix}"))
                for one in plan.left
            ]
        )
    yield line()
    if plan.new_version:
        yield line(f"Objects of our own get a new version of {plan.new_version}.")
    if plan.foreign:
        yield line(
            f"{counted(plan.foreign, 'object')} keep their version, and differ from what was sent under it. "
            "Only who made an object may make a new version of it."
        )
