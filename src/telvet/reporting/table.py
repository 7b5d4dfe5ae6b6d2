"""An assessment into one screenful that a person understands at once.

* Grouped by provision with counts per operator; elements appear as a few examples only.
* No line is wider than the console. Colour only when asked for; `colour_wanted` knows when to ask.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TextIO

from telvet.model.finding import Assessment
from telvet.reporting.examples import examples
from telvet.reporting.screen import WIDE, Heading, Part, draw, line
from telvet.reporting.table_account import headline, nobody, not_covered, row_account, standing_lines
from telvet.reporting.table_findings import barred, conditional, contravened, due, excused, to_weigh, unknown
from telvet.reporting.words import CANDIDATE, NOTICE

__all__ = ["colour_wanted", "write"]

_EXAMPLES_WIDE, _EXAMPLES_NARROW = 8, 4


def write(assessment: Assessment, console_width: int, colour: bool, out: TextIO) -> None:  # noqa: FBT001 - one plain question
    """Write the screenful, at most `console_width` wide."""
    draw(_parts(assessment, console_width), console_width, colour, out)


def colour_wanted(out: TextIO, environ: Mapping[str, str]) -> bool:
    """Tell whether the output is a terminal whose user did not decline colour."""
    return out.isatty() and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"


def _parts(assessment: Assessment, width: int) -> Iterator[Part]:
    yield from headline(assessment)
    for heading, parts in _sections(assessment, width):
        if parts:
            yield from (line(), heading, *parts)
    yield from (line(), line((f"{NOTICE} {CANDIDATE}", "italic")))


def _sections(assessment: Assessment, width: int) -> list[tuple[Heading, list[Part]]]:
    found = examples(assessment, _EXAMPLES_WIDE if width >= WIDE else _EXAMPLES_NARROW)
    return [
        (Heading("Contravenes", "bright_red"), contravened(assessment, found, width)),
        (Heading("Bars", "bright_magenta"), barred(assessment, found, width)),
        (Heading("Falls due", "yellow"), due(assessment, width)),
        (Heading("Needs a step first", "bright_blue"), conditional(assessment, found, width)),
        (Heading("To be weighed", "bright_blue"), to_weigh(assessment, found, width)),
        (Heading("Unknown", "cyan"), unknown(assessment, width)),
        (Heading("Excused"), excused(assessment, found, width)),
        (Heading("Not covered"), not_covered(assessment)),
        (Heading("Names that are nobody in the register"), nobody(assessment, width)),
        (Heading("Decided so far"), standing_lines(assessment)),
        (Heading("Rows"), row_account(assessment)),
    ]
