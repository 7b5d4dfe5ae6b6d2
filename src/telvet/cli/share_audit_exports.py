"""`telvet share audit prove`, `export` and `verify-export`: what a log holds, for somebody who does not have it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

import click

from telvet.cli.options import DAY, FILE
from telvet.cli.output import check_outputs
from telvet.cli.share_asking import share_place
from telvet.cli.share_audit_options import KEPT, PUBLIC, Place, notes_of, place_of, show, tell, trusted, unsound
from telvet.cli.share_state import STATE
from telvet.errors import InputError, UsageError, WorkspaceError
from telvet.reporting.words import counted

__all__ = ["export", "prove", "verify_exported"]

_PLACE = share_place(required=True)


@click.command("prove", short_help="Write the proof about one object, or of one record.")
@click.argument("what", metavar="OBJECT|RECORD")
@click.option("-o", "--output", type=FILE, required=True, metavar="FILE", help="Where to write the proof.")
@_PLACE
@STATE
@PUBLIC
@KEPT
@click.option("--log", "name", default=None, metavar="NAME", help="The log of a record; main if not given.")
def prove(
    what: str,
    output: Path,
    workspace: Path | str,
    state: Path | None,
    public_file: Path | None,
    kept: tuple[Path, ...],
    name: str | None,
) -> int:
    """Write the decisions about one OBJECT, by its id, or one RECORD, by its number, with what proves that the log has them.

    Nothing else of the log is shown. `telvet share audit verify-export` checks the file anywhere.
    """
    place = place_of(workspace, state, public_file=public_file)
    number = int(what) if what.isdecimal() else None
    return _export(
        place,
        output,
        notes_of(kept),
        records=None if number is None else {number},
        objects={what} if number is None else None,
        only=name or (None if number is None else "main"),
    )


@click.command("export", short_help="Write records with their proofs, for somebody who is offline.")
@click.option("-o", "--output", type=FILE, required=True, metavar="FILE", help="Where to write the export.")
@click.option("--object", "objects", multiple=True, metavar="ID", help="Only the decisions about these objects.")
@click.option("--since", type=DAY, default=None, metavar="DATE", help="Only records from this day (UTC) on.")
@_PLACE
@STATE
@PUBLIC
@KEPT
@click.option("--log", "name", default=None, metavar="NAME", help="Only this log; all if not given.")
def export(
    output: Path,
    objects: tuple[str, ...],
    since: date | None,
    workspace: Path | str,
    state: Path | None,
    public_file: Path | None,
    kept: tuple[Path, ...],
    name: str | None,
) -> int:
    """Write records with their proofs, the checkpoint and the keys; each log with such records gets a file of its own."""
    place = place_of(workspace, state, public_file=public_file)
    begins = datetime.combine(since, time.min, UTC) if since else None
    return _export(place, output, notes_of(kept), objects=set(objects) or None, since=begins, only=name)


@click.command("verify-export", short_help="Check an export, offline.")
@click.argument("file", type=FILE)
@click.option(
    "--key",
    "public_file",
    type=FILE,
    required=True,
    metavar="PUB",
    help="The public key that you trust, from elsewhere.",
)
@KEPT
def verify_exported(file: Path, public_file: Path, kept: tuple[Path, ...]) -> int:
    """Check an export or a proof against a public key that you have from elsewhere; no log and no network is needed."""
    from telvet.sharing.audit.checking import verify_export
    from telvet.sharing.audit.key_files import read_verifier
    from telvet.sharing.audit.logs import key_in_export

    key = key_in_export(file, read_verifier(public_file))
    try:
        found = verify_export(file, key, *notes_of(kept)[:1])
        for text in notes_of(kept)[1:]:
            verify_export(file, key, text)
    except InputError as problem:
        if problem.code != "audit-export":
            raise
        tell(problem)
        return 1
    here = "every record of the log is here" if found.complete else "whether more was recorded is not proved by it"
    show(
        f"{file.name}: true; {counted(found.records, 'record')} and {counted(found.objects, 'decision')} "
        f"of a log of {counted(found.size, 'record')}, {found.keys[-1].name}; {here}"
    )
    show("This proves that they are in the log as they were signed, not that a decision was right.")
    return 0


def _export(
    place: Place,
    output: Path,
    kept: Sequence[str],
    *,
    records: set[int] | None = None,
    objects: set[str] | None = None,
    since: datetime | None = None,
    only: str | None = None,
) -> int:
    """Write an export of each log that holds something of what is wanted."""
    from telvet.sharing.audit.logs import logs
    from telvet.sharing.audit.selecting import export_logs

    key = trusted(place)
    check_outputs((output,), (place.public,))
    names = [log.name for log in logs(place.logs)]
    if only is not None and only not in names:
        fix = f"name one of {', '.join(names)}"
        raise UsageError(f"there is no log {only!r}", code="audit-no-log", where=str(place.logs), fix=fix)
    try:
        written = export_logs(
            place.logs, key, output, records=records, objects=objects, since=since, only=only, kept=kept
        )
    except WorkspaceError as problem:
        return unsound(problem, known=True)
    if not written:
        raise UsageError(
            "nothing of this is in the log",
            code="audit-nothing-found",
            where=str(place.logs),
            why="no record has this number, no decision is about the object, or none is so late",
            fix="check the id; `telvet share released` lists what has gone out",
        )
    for path, count in written:
        show(f"{path}: {counted(count, 'record')}; check it with telvet share audit verify-export")
    return 0
