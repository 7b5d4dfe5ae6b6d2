"""The queue of what waits for a person into a table, JSON Lines, and one entry into a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO

from telvet.reporting.screen import Column, Grid, Heading, Part, draw, line
from telvet.reporting.words import counted
from telvet.sharing.releasing.queueing import Standing, State

__all__ = ["write_jsonl", "write_one", "write_table"]

_STYLES = {State.WAITING: "yellow", State.APPROVED: "green", State.REFUSED: "bright_red", State.RETURNED: "cyan"}


def write_jsonl(found: Iterable[Standing], out: TextIO) -> None:
    """Write a line for every entry."""
    out.writelines(json.dumps(_object(each), ensure_ascii=False) + "\n" for each in found)


def write_table(found: Sequence[Standing], state: str, width: int, colour: bool, out: TextIO) -> None:  # noqa: FBT001 - one plain question
    """Write the entries, each with why it waits."""
    if not found:
        draw(
            [line("Nothing is in the queue." if state == "all" else f"Nothing in the queue is {state}.")],
            width,
            colour,
            out,
        )
        return
    columns = (
        Column("right", head="#"),
        Column(head="state"),
        Column(ratio=1, head="object, for whom, and why it waits"),
    )
    draw(
        [Grid(columns, tuple(map(_row, found)), gap=2), line(), line((counted(len(found), "entry", "entries"), "dim"))],
        width,
        colour,
        out,
    )


def write_one(found: Standing, body: bytes | None, width: int, colour: bool, out: TextIO) -> None:  # noqa: FBT001 - one plain question
    """Write one entry: why it waits, who said what, and the object."""
    draw(_page(found, body), width, colour, out)


def _row(one: Standing) -> tuple[Any, ...]:
    entry = one.entry
    why = "; ".join(f"{reason['rule']}: {reason['because']}" for reason in json.loads(entry.reasons))
    state = one.state.value
    if one.state is State.WAITING:
        state = f"{one.approvals} of {entry.persons}"
    return (
        line((str(entry.seq), "bold")),
        line((state, _STYLES[one.state])),
        line(entry.object, (f"\nfor {entry.partner}; {why}", "dim")),
    )


def _page(found: Standing, body: bytes | None) -> Iterator[Part]:
    entry = found.entry
    yield line((entry.object, "bold"), f" {entry.version} for {entry.partner}")
    yield line(
        (found.state.value, _STYLES[found.state]), f"; {found.approvals} of {counted(entry.persons, 'approval')}"
    )
    yield line((f"from {entry.origin}, queued by {entry.by} at {entry.recorded_at}; sha256 {entry.digest}", "dim"))
    yield line()
    yield Heading("Why it waits")
    for reason in json.loads(entry.reasons):
        cites = f" [{'; '.join(reason['cites'])}]" if reason["cites"] else ""
        yield line((reason["rule"], "bold"), f": {reason['because']}{cites}")
    for facts in json.loads(entry.unless):
        yield line((f"unless {' and '.join(facts)}", "dim"))
    if found.judgements:
        yield line()
        yield Heading("Judged")
        for each in found.judgements:
            yield line((each.verdict.value, "bold"), f" by {each.by} at {each.at}: {each.why}")
    if body is not None:
        yield line()
        yield Heading("The object")
        yield from (line(text) for text in _shown(body))


def _shown(body: bytes) -> list[str]:
    """Return the lines of an object: of JSON set out, of other text as it is, of anything else how long it is."""
    try:
        return json.dumps(json.loads(body), ensure_ascii=False, indent=1).split("\n")
    except (ValueError, RecursionError):
        pass
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [f"{counted(len(body), 'byte')} that are no text; read the file itself"]
    return text.splitlines()


def _object(one: Standing) -> dict[str, Any]:
    entry = one.entry
    return {
        "entry": entry.seq,
        "id": entry.id,
        "partner": entry.partner,
        "object": entry.object,
        "version": entry.version,
        "sha256": entry.digest,
        "type": entry.type,
        "state": one.state.value,
        "persons": entry.persons,
        "reasons": json.loads(entry.reasons),
        "unless": json.loads(entry.unless),
        "origin": entry.origin,
        "recorded_at": entry.recorded_at,
        "judgements": [
            {"verdict": each.verdict.value, "by": each.by, "at": each.at, "why": each.why} for each in one.judgements
        ],
    }
