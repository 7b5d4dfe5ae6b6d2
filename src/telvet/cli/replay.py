"""`telvet replay`: run an earlier report again from the same parts, and say whether the bytes are the same."""

from __future__ import annotations

import hashlib
import io
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from telvet import __version__
from telvet.cli.options import FILE
from telvet.errors import Fault, ReportError

if TYPE_CHECKING:
    from telvet.pipeline import Request, Run
    from telvet.reporting.stored import StoredRun

__all__ = ["command"]


@click.command("replay")
@click.argument("report", type=FILE)
@click.argument("inputs", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--packs", type=FILE, multiple=True, metavar="DIR", help="A folder with further packs of law.")
@click.option("--workspace", type=FILE, default=None, metavar="DIR", help="The workspace whose decisions it shows.")
@click.option("-o", "--output", type=FILE, default=None, metavar="FILE", help="Keep the replayed report.")
def command(
    report: Path, inputs: tuple[Path, ...], packs: tuple[Path, ...], workspace: Path | None, output: Path | None
) -> int:
    """Run REPORT (json, html or parquet) again and say whether the bytes are the same, or which part is missing.

    INPUTS are the inventories, operators and overlays that it was made from, or folders of them, known by their
    digests wherever they lie now; those beside the report or under their old names need not be given.
    """
    from telvet.pipeline import running, stored_run

    stored = stored_run(report)
    found = _found(stored, inputs, report)
    _refuse_missing(stored, found, packs, report, workspace)
    with tempfile.TemporaryDirectory(prefix="telvet-") as folder:
        request = _request(stored, _named(stored, found, Path(folder)), packs)
        with running(request) as opened:
            same = _same(_recalled(opened, stored, workspace), stored.form, report, output)
    what = "findings" if stored.form == "parquet" else "bytes"
    click.echo(f"the same {what}" if same else f"not the same {what}")
    return 0 if same else 1


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _found(stored: StoredRun, inputs: Iterable[Path], report: Path) -> dict[str, Path]:
    """Return the files at hand by their digests; those that were named win."""
    names = [name for name, _, _ in (*stored.inputs, *stored.beside)]
    given = (inner for path in inputs for inner in (sorted(path.iterdir()) if path.is_dir() else [path]))
    candidates = [*(Path(name) for name in names), *(report.parent / name for name in names), *given]
    return {digest: path for path in candidates if (digest := _digest(path))}


def _named(stored: StoredRun, found: Mapping[str, Path], folder: Path) -> dict[str, Path]:
    """Return the files under the names that the report knows them by, for findings name the file of each fact."""
    named = dict(found)
    for place, (name, digest, _) in enumerate((*stored.inputs, *stored.beside)):
        if found[digest].name != name and Path(name).name == name:
            named[digest] = folder / str(place) / name
            named[digest].parent.mkdir()
            named[digest].symlink_to(found[digest].resolve())
    return named


def _refuse_missing(
    stored: StoredRun, found: Mapping[str, Path], packs: tuple[Path, ...], report: Path, workspace: Path | None
) -> None:
    from telvet.pipeline import law_of, register_of

    lacking = [(name, digest, "file") for name, digest, _ in (*stored.inputs, *stored.beside) if digest not in found]
    held = {pack.id: pack.digest for pack in law_of(packs)}
    lacking += [(name, digest, "pack") for name, digest in stored.packs.items() if held.get(name) != digest]
    if stored.catalogue != register_of().digest:
        lacking.append(("catalogue", stored.catalogue, "catalogue"))
    faults = [
        Fault(name, None, None, f"replay-{what}", f"the {what} with digest {digest[:16]}... is not at hand", _FIX[what])
        for name, digest, what in lacking
    ]
    if stored.telvet != __version__:
        what = f"the report was made by telvet {stored.telvet}, this is {__version__}"
        faults.append(Fault("telvet", None, None, "replay-version", what, f"install telvet {stored.telvet}"))
    if workspace is None and _shows_decisions(stored):
        what = "the report shows what people had decided, and the workspace that keeps it is not at hand"
        faults.append(Fault("workspace", None, None, "replay-workspace", what, "name it with --workspace"))
    if faults:
        raise ReportError(
            "the report cannot be run again: a part is missing", tuple(faults), code="replay", where=str(report)
        )


_FIX = {
    "file": "name it after the report",
    "pack": "use the packs of that version, or name their folder with --packs",
    "catalogue": "use the catalogue of that version",
}


def _request(stored: StoredRun, found: Mapping[str, Path], packs: tuple[Path, ...]) -> Request:
    from telvet.inventory.gathered import OPERATORS_FORM
    from telvet.pipeline import Request

    beside = [(found[digest], form.startswith(OPERATORS_FORM)) for _, digest, form in stored.beside]
    return Request(
        inputs=tuple(found[digest] for _, digest, _ in stored.inputs),
        as_of=stored.as_of,
        laws=stored.laws,
        operators=tuple(path for path, is_operators in beside if is_operators),
        overlays=tuple(path for path, is_operators in beside if not is_operators),
        maps=stored.maps,
        redact=stored.redact,
        packs=packs,
    )


def _shows_decisions(stored: StoredRun) -> bool:
    """Tell whether a report shows dispositions; one in Parquet holds the law's answers alone."""
    return stored.recorded_by is not None and stored.form != "parquet"


def _recalled(run: Run, stored: StoredRun, workspace: Path | None) -> Run:
    """Show the decisions that the report showed."""
    from telvet.pipeline import with_recalled
    from telvet.workspace.ledger import Ledger

    if workspace is None or stored.recorded_by is None or not _shows_decisions(stored):
        return run
    with Ledger.open(workspace) as ledger:
        return with_recalled(run, ledger, stored.recorded_by)


def _same(run: Run, form: str, report: Path, output: Path | None) -> bool:
    from telvet.cli.output import private_file
    from telvet.pipeline import write_parquet, write_report

    if form == "parquet":
        with tempfile.TemporaryDirectory() as folder:
            again = Path(folder) / "findings.parquet"
            write_parquet(run, again)
            return run.backend.same_rows(report, again)
    text = io.StringIO()
    write_report(run, form, text)
    if output:
        with private_file(output) as out:
            out.write(text.getvalue())
    return text.getvalue().encode() == report.read_bytes()
