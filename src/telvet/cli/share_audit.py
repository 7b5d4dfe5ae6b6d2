"""`telvet share audit`: the log of what was decided and done: begun, verified, shown, exported, and its key changed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from telvet.cli.evidence_options import BY
from telvet.cli.options import FILE
from telvet.cli.output import check_outputs, private_file, say
from telvet.cli.share_asking import share_place
from telvet.cli.share_audit_exports import export, prove, verify_exported
from telvet.cli.share_audit_options import KEPT, PUBLIC, Place, notes_of, place_of, show, trusted, unsound
from telvet.cli.share_state import KEY, STATE
from telvet.errors import UsageError, WorkspaceError
from telvet.reporting.words import counted

if TYPE_CHECKING:
    from telvet.sharing.audit.keys import VerifierKey
    from telvet.sharing.audit.logs import Log
    from telvet.sharing.audit.notes import Note

__all__ = ["command"]

_PLACE = share_place(required=True)


@click.group("audit")
def command() -> None:
    """Prove that the record of decisions is whole: nothing changed, nothing removed, nothing put in."""


@command.command("init", short_help="Begin the audit log of a workspace, with its key.")
@_PLACE
@STATE
@click.option("--name", required=True, metavar="NAME", help="The log's name, like an address: example.org/sharing.")
@BY
@KEY
def init(workspace: Path | str, state: Path | None, name: str, by: str, key: Path | None) -> int:
    """Begin the audit log of a workspace: a private key, a public key to hand out, and the first record."""
    from telvet.sharing.audit.key_files import keep_signer
    from telvet.sharing.audit.keys import new_signer
    from telvet.sharing.audit.logs import MAIN, begin_logs
    from telvet.sharing.audit.troubles import exists, teaching

    place = place_of(workspace, state, key)
    signer = new_signer(name)
    if (place.logs / MAIN).exists():
        raise exists(str(place.logs))
    with teaching(str(place.logs)):
        for folder in (place.logs.parent, place.logs):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    check_outputs((place.public,), (place.key,))
    keep_signer(place.key, signer)
    try:
        begin_logs(place.logs, signer, at=_now(), by=by).close()
    except WorkspaceError:
        place.key.unlink()
        raise
    _publish(place, signer.key)
    show(f"audit log {name} begun by {by} in {place.logs}")
    show(f"  private key {place.key}: readable by you alone; who has it can write another history")
    show(f"  public key  {place.public}: hand it out; it is what verifies the log")
    return 0


@command.command("status", short_help="Say how long each log is, and keep its checkpoint.")
@_PLACE
@STATE
@PUBLIC
@click.option(
    "--keep", type=FILE, default=None, metavar="FILE", help="Write the checkpoints here, to be stored elsewhere."
)
def status(workspace: Path | str, state: Path | None, public_file: Path | None, keep: Path | None) -> int:
    """Say how long each log is and who signed it last; nothing but the last checkpoint is looked at."""
    from telvet.sharing.audit.checkpoints import Checkpoint
    from telvet.sharing.audit.logs import logs
    from telvet.sharing.audit.notes import to_base64

    place = place_of(workspace, state, public_file=public_file)
    if keep is not None:
        check_outputs((keep,), (place.public,))
    trust, notes = trusted(place), []
    for log in logs(place.logs):
        text = log.storage.published()
        if text is None:
            show(f"{log.name}: begun, and nothing was acknowledged yet")
            continue
        note = _signed(log, text, trust)
        checkpoint = Checkpoint.of(note)
        ids = ", ".join(line.key_id.hex() for line in note.signatures)
        size = sum(path.stat().st_size for path in log.folder.glob("*.segment"))
        show(
            f"{log.name}: {counted(checkpoint.size, 'record')} of {checkpoint.origin}, {size:,} bytes, "
            f"signed by key {ids}, root {to_base64(checkpoint.root)}"
        )
        notes.append(text)
    if keep is not None:
        with private_file(keep) as out:
            out.write("\n".join(notes))
        show(f"{counted(len(notes), 'checkpoint')} written to {keep}: store it where this machine cannot write")
    return 0


@command.command("verify", short_help="Check every byte of every log, offline.")
@_PLACE
@STATE
@PUBLIC
@KEPT
def verify(workspace: Path | str, state: Path | None, public_file: Path | None, kept: tuple[Path, ...]) -> int:
    """Check every byte of every log of a workspace, offline, against the public key and checkpoints kept elsewhere."""
    from telvet.sharing.audit.logs import verify_logs
    from telvet.sharing.audit.notes import to_base64

    place = place_of(workspace, state, public_file=public_file)
    key = trusted(place)
    notes = notes_of(kept)
    try:
        found = verify_logs(place.logs, key, notes)
    except WorkspaceError as problem:
        return unsound(problem, known=place.public.exists())
    for log, made in found:
        show(
            f"{log.name}: sound; {counted(made.records, 'record')}, {counted(made.objects, 'decision')} about objects, "
            f"root {to_base64(made.root)}, key {made.keys[-1].text()}"
        )
        if made.unsettled:
            say(
                f"note: {log.name}: {counted(made.unsettled, 'byte')} of a block that is being written, or was when its writer ended"
            )
    show("This proves that nothing was changed or removed, not that a decision was right.")
    if not notes:
        say(
            "note: no checkpoint was given with --kept: that the end was not cut off together with its checkpoint is not proved"
        )
    return 0


@command.command("rotate", short_help="Let another key sign from here on.")
@_PLACE
@STATE
@BY
@click.option("--why", required=True, help="Why the key is changed.")
@KEY
def rotate(workspace: Path | str, state: Path | None, by: str, why: str, key: Path | None) -> int:
    """Make a new key and let it sign every log of a workspace; the old private key is removed.

    Stop the servers first. Whoever is interrupted calls it again, and it goes on.
    """
    from telvet.sharing.audit.rotating import rotate_logs

    if not why.strip():
        raise UsageError("no reason is given", code="no-reason", where="--why", fix="write why, in words")
    place = place_of(workspace, state, key)
    signer, changed = rotate_logs(place.logs, place.key, at=_now(), by=by, why=why)
    _publish(place, signer.key)
    show(f"{counted(changed, 'log')} signed by {signer.key.text()} from here on; {place.public} has it")
    show("The earlier public key still verifies the log; the earlier private key is gone.")
    return 0


def _publish(place: Place, key: VerifierKey) -> None:
    with private_file(place.public) as out:
        out.write(key.text() + "\n")


def _signed(log: Log, text: str, key: VerifierKey) -> Note:
    """Read the checkpoint beside a log.

    Raises:
        WorkspaceError: It is none, or not signed by the key.
    """
    from telvet.sharing.audit.logs import key_of
    from telvet.sharing.audit.notes import Note
    from telvet.sharing.audit.troubles import altered, wrong_key

    try:
        note = Note.read(text)
    except ValueError as problem:
        raise altered(str(log.folder), f"the checkpoint beside the records cannot be read ({problem})") from problem
    if not key_of(key, log.name).signed(note):
        raise wrong_key(str(log.folder), key.text(), why="it did not sign the last checkpoint")
    return note


def _now() -> datetime:
    return datetime.now(tz=UTC)


for _each in (prove, export, verify_exported):
    command.add_command(_each)
