"""`telvet replay`: run an earlier report again from the same parts, and say whether the bytes are the same."""

from __future__ import annotations

import hashlib
import io
import tempfile
from pathlib import Path

import click

from telvet.cli.options import FILE
from telvet.errors import Fault, ReportError

__all__ = ["command"]


@click.command("replay")
@click.argument("report", type=FILE)
@click.argument("inputs", nargs=-1, type=FILE)
@click.option("--packs", type=FILE, multiple=True, metavar="DIR", help="A folder with further packs of law.")
@click.option("--workspace", type=FILE, default=None, metavar="DIR", help="The workspace whose dispositions the report shows.")
@click.option("-o", "--output", type=FILE, default=None, metavar="FILE", help="Keep the replayed report.")
def command(report: Path, inputs: tuple[Path, ...], packs: tuple[Path, ...], workspace: Path | None, output: Path | None) -> int:
    """Run REPORT (json, html or parquet) again and say whether the bytes are the same, or which part is missing.

    INPUTS are the inventories, operators and overlays that it was made from, found by their digests wherever they lie now.
    """
    from telvet.backends.duckdb import DuckDB  # noqa: PLC0415 - the engine is loaded when used
    from telvet.cli.report import private_file, with_workspace  # noqa: PLC0415
    from telvet.pipeline import law_of, register_of, running, write_parquet, write_report  # noqa: PLC0415
    from telvet.reporting.stored import StoredRun, read_stored  # noqa: PLC0415

    with DuckDB() as engine:
        stored: StoredRun = read_stored(report, lambda path: engine.reader.parquet_marks(path))
    held = {pack.id: pack.digest for pack in law_of(packs)}
    request, faults = _request(stored, (*inputs, *(report.parent / name for name, _, _ in (*stored.inputs, *stored.beside))), packs)
    faults += _law_faults(stored, held, register_of().digest)
    if faults or request is None:
        raise ReportError("the report cannot be run again: a part is missing", tuple(faults), code="replay", where=str(report))
    with running(request) as opened:
        run = with_workspace(opened, workspace)
        if stored.form == "parquet":
            with tempfile.TemporaryDirectory() as folder:
                again = Path(folder) / "findings.parquet"
                write_parquet(run, again)
                same = run.backend.same_rows(report, again)
        else:
            text = io.StringIO()
            write_report(run, stored.form, text)
            same = text.getvalue().encode() == report.read_bytes()
            if output:
                with private_file(output) as out:
                    out.write(text.getvalue())
    click.echo("the same bytes" if same and stored.form != "parquet" else "the same findings" if same else "not the same")
    return 0 if same else 1


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _request(stored, candidates, packs):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    from telvet.pipeline import Request  # noqa: PLC0415

    found = {digest: path for path in candidates if (digest := _digest(path))}
    faults = [
        Fault(name, None, None, "replay-input", f"the file with digest {digest[:16]}... is not at hand", "name it after the report")
        for name, digest, _ in (*stored.inputs, *stored.beside)
        if digest not in found
    ]
    if faults:
        return None, faults
    beside = [(found[digest], form) for _, digest, form in stored.beside]
    maps = dict(pair.split("=", 1) for pair in stored.options.get("maps", "").split(";") if pair)
    request = Request(
        inputs=tuple(found[digest] for _, digest, _ in stored.inputs), as_of=stored.as_of, laws=stored.laws,
        operators=tuple(path for path, form in beside if "operators" in form),
        overlays=tuple(path for path, form in beside if "overlay" in form),
        maps=maps, redact=stored.options.get("redact") == "yes", packs=packs,
    )  # fmt: skip
    return request, []


def _law_faults(stored, held, catalogue):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    from telvet import __version__  # noqa: PLC0415

    faults = [
        Fault(pack, None, None, "replay-pack", f"the pack with digest {digest[:16]}... is not at hand", "check out the version that the report names")
        for pack, digest in stored.packs.items()
        if held.get(pack) != digest
    ]
    if stored.catalogue != catalogue:
        faults.append(Fault("catalogue", None, None, "replay-catalogue", f"the catalogue with digest {stored.catalogue[:16]}... is not at hand"))
    if stored.telvet != __version__:
        faults.append(Fault("telvet", None, None, "replay-version", f"the report was made by telvet {stored.telvet}, this is {__version__}"))
    return faults
