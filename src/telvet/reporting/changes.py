"""Turn what changed between two days of judgement into a table for the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Protocol, TextIO

from telvet.model.status import Force, Status, reading
from telvet.reporting.screen import WIDE, console
from telvet.reporting.words import printable

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["Changed", "write"]


class Changed(Protocol):
    """One line of changes; see `telvet.assessment.changes.Change`."""

    @property
    def provision(self) -> str:
        """The provision's id."""

    @property
    def operator(self) -> str | None:
        """The operator."""

    @property
    def force(self) -> Force:
        """The provision's force."""

    @property
    def before(self) -> Status:
        """The status on the earlier day."""

    @property
    def after(self) -> Status:
        """The status on the later day."""

    @property
    def count(self) -> int:
        """How many findings."""

    @property
    def examples(self) -> tuple[str, ...]:
        """The first of them."""


_WORD = len("contravention")
_COLOUR = {
    Status.CONTRAVENTION: "bold red",
    Status.BARRED: "red",
    Status.DUE: "yellow",
    Status.UNKNOWN: "magenta",
    Status.CLEAR: "green",
}


def write(
    changed: Iterable[Changed],
    earlier: date,
    later: date,
    console_width: int,
    colour: bool,  # noqa: FBT001 - one plain question
    out: TextIO,
) -> None:
    """Write the changes, strongest new status first."""
    from rich.table import Table  # noqa: PLC0415 - heavy: loaded when used
    from rich.text import Text  # noqa: PLC0415

    screen = console(console_width, colour, out)
    rows = list(changed)
    screen.print(Text(f"What changed from {earlier} to {later}", style="bold"))
    if not rows:
        screen.print("Nothing: every finding stands as it did.")
        return
    table = Table(box=None, pad_edge=False, show_edge=False, expand=console_width < WIDE)
    if console_width >= WIDE:
        table.add_column("provision", no_wrap=True)
        table.add_column("operator", overflow="fold")
        _add_statuses(table)
        table.add_column("for example", overflow="ellipsis", no_wrap=True)
    else:
        _add_statuses(table)
        table.add_column("provision, operator, for example", overflow="fold", ratio=1)
    for row in rows:
        before = Text(reading(row.before, row.force))
        now = Text(reading(row.after, row.force), style=_COLOUR.get(row.after, ""))
        operator, examples = printable(row.operator or ""), printable(", ".join(row.examples))
        if console_width >= WIDE:
            table.add_row(Text(row.provision), Text(operator), before, now, str(row.count), Text(examples))
        else:
            about = f"{row.provision} \N{MIDDLE DOT} {operator}" if operator else row.provision
            table.add_row(before, now, str(row.count), Text(f"{about}\n  {examples}"))
    screen.print(table)


def _add_statuses(table: Table) -> None:
    for head in ("was", "is now"):
        table.add_column(head, min_width=_WORD)
    table.add_column("count", justify="right")
