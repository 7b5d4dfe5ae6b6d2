"""`telvet replay`: run an earlier report again from the same parts, and say whether the bytes are the same."""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from telvet.cli.options import FILE, WORKSPACE
from telvet.cli.output import check_outputs

if TYPE_CHECKING:
    from telvet.pipeline import Run
    from telvet.reporting.stored import StoredRun

__all__ = ["command"]


@click.command("replay")
@click.argument("report", type=FILE)
@click.argument("inputs", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--packs", type=FILE, multiple=True, metavar="DIR", help="A folder with further packs of law.")
@click.option(
    "--workspace", type=WORKSPACE, default=None, metavar="DIR", help="The workspace whose decisions it shows."
)
@click.option("-o", "--output", type=FILE, default=None, metavar="FILE", help="Keep the replayed report.")
def command(
    report: Path, inputs: tuple[Path, ...], packs: tuple[Path, ...], workspace: Path | str | None, output: Path | None
) -> int:
    """Run REPORT (json, html or parquet) again and say whether the bytes are the same, or which part is missing.

    INPUTS are the inventories, operators and overlays that it was made from, or folders of them, known by their
    digests wherever they lie now; those beside the report or under their old names need not be given.
    """
    from telvet.cli.replay_parts import files_at_hand, refuse_missing, request_of, under_old_names
    from telvet.pipeline import running, stored_run

    check_outputs((output,), (report, *inputs))
    stored = stored_run(report)
    found = files_at_hand(stored, inputs, report)
    refuse_missing(stored, found, packs, report, workspace)
    with tempfile.TemporaryDirectory(prefix="telvet-") as folder:
        request = request_of(stored, under_old_names(stored, found, Path(folder)), packs, workspace)
        with running(request) as opened:
            same = _same(_recalled(opened, stored, workspace), stored.form, report, output)
    what = "findings" if stored.form == "parquet" else "bytes"
    click.echo(f"the same {what}" if same else f"not the same {what}")
    return 0 if same else 1


def _recalled(run: Run, stored: StoredRun, workspace: Path | str | None) -> Run:
    """Show the decisions that the report showed."""
    from telvet.cli.replay_parts import shows_decisions
    from telvet.pipeline import with_recalled
    from telvet.workspace.ledger import Ledger

    if workspace is None or stored.recorded_by is None or not shows_decisions(stored):
        return run
    with Ledger.open(workspace) as ledger:
        return with_recalled(run, ledger, stored.recorded_by)


def _same(run: Run, form: str, report: Path, output: Path | None) -> bool:
    from telvet.cli.output import private_file
    from telvet.inventory.private_file import private_path
    from telvet.pipeline import write_parquet, write_report

    if form == "parquet":
        with tempfile.TemporaryDirectory() as folder:
            again = Path(folder) / "findings.parquet"
            write_parquet(run, again)
            if output:
                with private_path(output) as kept:
                    shutil.copyfile(again, kept)
            return run.backend.same_rows(report, again)
    text = io.StringIO()
    write_report(run, form, text)
    if output:
        with private_file(output) as out:
            out.write(text.getvalue())
    return text.getvalue().encode() == report.read_bytes()
