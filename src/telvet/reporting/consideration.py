"""The record of what was weighed before an arrangement, into JSON and into a page for the terminal.

* A page never says yes or no, says whose word each figure is, and lists what is not known.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TextIO

from telvet.reporting.screen import Column, Grid, Heading, Line, Part, draw, line
from telvet.sharing.lawful.consideration import Asks, Consideration, Duty
from telvet.sharing.lawful.consideration_entry import NO_DECISION, consideration_object
from telvet.sharing.lawful.measures import Measure

__all__ = ["write_json", "write_table"]

_SCENARIO = "not law, a scenario"


def write_json(found: Consideration, out: TextIO) -> None:
    """Write a record as one JSON object, for people to read too."""
    json.dump(consideration_object(found), out, ensure_ascii=False, indent=1)
    out.write("\n")


def write_table(found: Consideration, width: int, colour: bool, out: TextIO) -> None:  # noqa: FBT001 - one plain question
    """Write a record as a page."""
    draw(_page(found), width, colour, out)


def _page(found: Consideration) -> Iterator[Part]:
    partner = f"{found.partner} ({found.country or 'its country is not known'})"
    yield line((found.arrangement, "bold"), f" with {partner}")
    known = f", by what was published by {found.known_by}" if found.known_by else ""
    yield line(f"considered by {found.by} as of {found.as_of}{known}")
    yield from (line(), Heading("What asks for it"))
    for duty in found.duties:
        yield from _duty_lines(duty)
    yield from (line(), Heading("What was measured"))
    if found.measures:
        yield Grid(
            (Column(head="percent"), Column(ratio=3, head="of what, whose"), Column(ratio=4, head="by whose word")),
            tuple(_measure_cells(one) for one in found.measures),
            gap=2,
        )
    else:
        yield line("nothing")
    if found.facts:
        yield from (line(), Heading("What is known of vendors there"))
        yield Grid(
            (Column(ratio=2), Column(ratio=3)),
            tuple(
                (line(f"{one.fact.rpartition('.')[2]} {one.value}"), line((one.origin, "dim"))) for one in found.facts
            ),
            gap=2,
        )
    yield from (line(), Heading("What is not known", "yellow"))
    yield from _bullets(found.unknown or ("nothing that was looked for",))
    yield from (line(), Heading("What it rests on"))
    yield Grid(
        (Column(ratio=2), Column(ratio=3)),
        tuple(
            (line(name), line((digest[:16], "dim"))) for name, digest in found.digests.items() if _shown(name, found)
        ),
        gap=2,
    )
    yield from (line(), line((NO_DECISION, "italic")))


def _shown(name: str, found: Consideration) -> bool:
    """Tell whether a digest is shown: of packs only those whose duties are; the object has them all."""
    kind, _, rest = name.partition(" ")
    return kind != "pack" or any(one.provision.startswith(f"{rest.partition(' ')[0]}.") for one in found.duties)


def _duty_lines(one: Duty) -> Iterator[Line]:
    when = f" from {one.by} on" if one.asks is Asks.AHEAD and one.by else ""
    stamp = f" ({_SCENARIO})" if one.scenario else f" ({one.force})"
    yield line((one.provision, "bold"), f" {one.asks}{when}{stamp}")
    yield line((f"  {one.title}", "dim"))
    yield from (line((f"  cites {cite}", "dim")) for cite in one.cites)
    yield from (line((f"  {fact.fact} {fact.value}: {fact.origin}", "dim")) for fact in one.because)
    yield from (line((f"  not known: {fact}", "yellow")) for fact in one.missing)


def _measure_cells(one: Measure) -> tuple[Line, ...]:
    supplier = f"{one.supplier} ({one.supplier_country})" if one.supplier_country else one.supplier
    what = ", ".join(filter(None, (one.metric, supplier, one.domain, one.where)))
    return line(f"{one.low or '?'} to {one.high or '?'}"), line(what), line((one.origin, "dim"))


def _bullets(texts: Sequence[str]) -> Iterator[Part]:
    rows = tuple((line(" \N{BULLET}"), line(text)) for text in texts)
    yield Grid((Column(), Column(ratio=1)), rows, gap=1)
