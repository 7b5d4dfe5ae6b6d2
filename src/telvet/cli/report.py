"""Run a request and deliver its report: to the terminal or a private file, with rejects, workspace and exit code."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TextIO

from telvet.cli.output import check_outputs, put, say, width
from telvet.cli.progress import reading_progress
from telvet.cli.set_aside import keep_rejects
from telvet.errors import UsageError
from telvet.inventory.private_file import private_path
from telvet.model.finding import SummaryRow
from telvet.model.status import Status
from telvet.pipeline import (
    Request,
    Run,
    aimless_overlays,
    changed_since,
    running,
    with_dispositions,
    write_parquet,
    write_report,
)
from telvet.reporting import changes as changes_report
from telvet.reporting.fail import fails
from telvet.reporting.table import colour_wanted
from telvet.tables.codes import nearest
from telvet.workspace.burn_down import open_summary
from telvet.workspace.ledger import Ledger

__all__ = ["Order", "deliver", "with_workspace"]

_WITHOUT_NOTES = frozenset({"jsonl", "csv", "parquet"})
"""Formats that hold findings alone, so that what was noted while reading is said beside them."""


@dataclass(frozen=True, slots=True)
class Order:
    """How a report is wanted."""

    form: str
    output: Path | None
    fail_on: Status | None
    allow_unknown: bool
    since: date | None
    rejects: Path | None
    workspace: Path | str | None


def deliver(request: Request, order: Order) -> int:
    """Run, report, and return the exit code."""
    _refuse(request, order)
    check_outputs((order.output, order.rejects), _read(request))
    with ExitStack() as stack:
        with reading_progress() as progress:
            opened = stack.enter_context(running(request, progress, keep=order.form != "parquet"))
        keep_rejects(opened.backend.reader, opened.inventory, order.rejects)
        run = with_workspace(opened, order.workspace)
        _warn_of_strangers(run)
        _warn_of_aimless(run)
        if order.form in _WITHOUT_NOTES:
            for note in run.inventory.notes:
                say(f"note: {note}")
        _report(run, order)
        if order.since:
            _show_changes(run, order.since, aside=order.output is None and order.form != "table")
        failed = order.fail_on is not None and fails(_standing(run, order), order.fail_on, order.allow_unknown)
    return 1 if failed else 0


def _read(request: Request) -> tuple[Path, ...]:
    """Return every file that a run reads."""
    beside = (request.operators, request.overlays, request.partners, request.arrangements, request.assertions)
    return (*request.inputs, *(path for several in beside for path in several))


def _refuse(request: Request, order: Order) -> None:
    if order.form == "parquet" and order.output is None:
        raise UsageError(
            "Parquet is not for the terminal", code="output", where="--format parquet", fix="name a file with -o"
        )
    if order.since and order.since >= request.as_of:
        raise UsageError(
            f"{order.since} is not before {request.as_of}, the day of judgement",
            code="since",
            where="--since",
            fix="name an earlier day",
        )


def _report(run: Run, order: Order) -> None:
    if order.form == "parquet" and order.output:
        with private_path(order.output) as path:
            write_parquet(run, path)
        return
    put(
        order.output,
        lambda out: write_report(run, order.form, out, width=width(), colour=colour_wanted(out, os.environ)),
    )


def _standing(run: Run, order: Order) -> tuple[SummaryRow, ...]:
    """Return what may fail the run: what a person has closed does not."""
    return run.assessment.summary if order.workspace is None else open_summary(run.assessment)


def _warn_of_strangers(run: Run) -> None:
    """Warn of operators that the inventory names and the operators file does not: their facts are all unknown."""
    described = tuple(run.knowledge.operators)
    if not described:
        return
    strangers = {row.operator for row in run.assessment.coverage if row.operator} - set(described)
    for name in sorted(strangers):
        near = nearest(name, described)
        hint = f"; did you mean {near!r}?" if near else ""
        say(f"the operators file does not describe {name!r}, so what it is to the law is unknown{hint}")


def _warn_of_aimless(run: Run) -> None:
    """Warn of overlays that are about nothing in the run: a misspelt subject would lose a waiver without a word."""
    for overlay, columns in aimless_overlays(run):
        say(
            f"no {' or '.join(columns)} of the run is {overlay.subject!r}, so the overlay of kind {overlay.kind} changes nothing"
        )


def _show_changes(run: Run, since: date, *, aside: bool) -> None:
    """Show what changed; aside, on standard error, where standard output is for a program to read."""
    changed = changed_since(run, since)

    def write(out: TextIO) -> None:
        out.write("\n")
        changes_report.write(changed, since, run.request.as_of, width(), colour_wanted(out, os.environ), out)

    if aside:
        write(sys.stderr)
    else:
        put(None, write)


def with_workspace(run: Run, workspace: Path | str | None) -> Run:
    """Show what people decided about findings, and remember this run."""
    if workspace is None:
        return run
    with Ledger.open(workspace, create=True) as ledger:
        return with_dispositions(run, ledger, datetime.now(tz=UTC))
