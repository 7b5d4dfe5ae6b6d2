"""Run a request and deliver its report: to the terminal or a private file, with rejects, workspace and exit code."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

import click

from telvet.cli.progress import reading_progress
from telvet.errors import UsageError
from telvet.inventory.rejects import write_rejects
from telvet.model.finding import SummaryRow
from telvet.model.status import Status
from telvet.pipeline import Request, Run, changed_since, running, with_dispositions, write_parquet, write_report
from telvet.reporting import changes as changes_report
from telvet.reporting.fail import fails
from telvet.reporting.table import colour_wanted
from telvet.tables.codes import nearest
from telvet.workspace.burn_down import open_summary
from telvet.workspace.ledger import Ledger

__all__ = ["Order", "deliver", "private_file", "width", "with_workspace"]


@dataclass(frozen=True, slots=True)
class Order:
    """How a report is wanted."""

    form: str
    output: Path | None
    fail_on: Status | None
    allow_unknown: bool
    since: date | None
    rejects: Path | None
    workspace: Path | None


def deliver(request: Request, order: Order) -> int:
    """Run, report, and return the exit code."""
    if order.form == "parquet" and order.output is None:
        raise UsageError(
            "Parquet is not for the terminal", code="output", where="--format parquet", fix="name a file with -o"
        )
    with reading_progress() as progress, running(request, progress, keep=order.form != "parquet") as opened:
        run = with_workspace(opened, order.workspace)
        _set_aside(run, order.rejects)
        _warn_of_strangers(run)
        if order.form == "parquet" and order.output:
            with _private_path(order.output) as path:
                write_parquet(run, path)
        else:
            _write(
                order.output,
                lambda out: write_report(run, order.form, out, width=width(), colour=colour_wanted(out, os.environ)),
            )
        if order.since:
            _show_changes(run, order.since)
        failed = order.fail_on is not None and fails(_standing(run, order), order.fail_on, order.allow_unknown)
    return 1 if failed else 0


def _standing(run: Run, order: Order) -> tuple[SummaryRow, ...]:
    """Return what may fail the run: what a person has closed does not."""
    return run.assessment.summary if order.workspace is None else open_summary(run.assessment)


def width() -> int:
    """Return how wide the terminal is."""
    return shutil.get_terminal_size((100, 24)).columns


def _write(output: Path | None, write: Callable[[TextIO], None]) -> None:
    if output is None:
        write(sys.stdout)
        return
    with private_file(output) as out:
        write(out)


@contextmanager
def _private_path(path: Path) -> Iterator[Path]:
    """Yield a path beside the wanted one; it takes its place, readable by its owner only, when all went well."""
    try:
        handle, passing = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise UsageError(
            f"cannot write {path}: {error.strerror}",
            code="output",
            where="-o",
            fix="name a file in a folder that you may write to",
        ) from error
    os.close(handle)
    try:
        yield Path(passing)
        Path(passing).replace(path)
    finally:
        Path(passing).unlink(missing_ok=True)


@contextmanager
def private_file(path: Path) -> Iterator[TextIOWrapper]:
    """Yield a text file that takes its place, readable by its owner only, when all went well."""
    with _private_path(path) as passing, passing.open("w", encoding="utf-8", newline="") as out:
        yield out


def _set_aside(run: Run, rejects: Path | None) -> None:
    """Warn of rows that were set aside, and keep them where a file is named."""
    count = run.inventory.rows_rejected
    if not count:
        return
    if rejects:
        write_rejects(run.backend.reader, run.inventory, rejects)
    kept = f"kept in {rejects}" if rejects else "keep them with --rejects FILE"
    click.echo(f"{count:,} of {run.inventory.rows_in:,} rows were set aside as faulty ({kept}):", err=True)
    for fault in run.inventory.faults[:10]:
        click.echo(f"  {fault.line()}", err=True)
    if run.inventory.fault_count > len(run.inventory.faults[:10]):
        click.echo(f"  ... and {run.inventory.fault_count - 10:,} more", err=True)


def _warn_of_strangers(run: Run) -> None:
    """Warn of operators that the inventory names and the operators file does not: their facts are all unknown."""
    described = tuple(run.knowledge.operators)
    if not described:
        return
    strangers = {row.operator for row in run.assessment.coverage if row.operator} - set(described)
    for name in sorted(strangers):
        near = nearest(name, described)
        hint = f"; did you mean {near!r}?" if near else ""
        click.echo(f"the operators file does not describe {name!r}, so what it is to the law is unknown{hint}", err=True)


def _show_changes(run: Run, since: date) -> None:
    sys.stdout.write("\n")
    changes_report.write(
        changed_since(run, since), since, run.request.as_of, width(), colour_wanted(sys.stdout, os.environ), sys.stdout
    )


def with_workspace(run: Run, workspace: Path | None) -> Run:
    """Show what people decided about findings, and remember this run."""
    if workspace is None:
        return run
    with Ledger.open(workspace, create=True) as ledger:
        return with_dispositions(run, ledger, datetime.now(tz=UTC))
