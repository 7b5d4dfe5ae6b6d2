"""Where the audit logs of a workspace and their keys lie, and how a command opens the one it writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from telvet.cli.options import FILE
from telvet.cli.output import say, width
from telvet.cli.share_state import state_of
from telvet.errors import InputError, SharingError, WorkspaceError
from telvet.reporting.words import hung, printable

if TYPE_CHECKING:
    from telvet.sharing.audit.keys import VerifierKey
    from telvet.sharing.audit.log import AuditLog

__all__ = ["KEPT", "PUBLIC", "Place", "notes_of", "place_of", "show", "tell", "trusted", "unsound", "writing"]

PUBLIC = click.option(
    "--pub",
    "public_file",
    type=FILE,
    default=None,
    metavar="FILE",
    help="The public key that you trust; DIR/audit.pub if not given.",
)
KEPT = click.option(
    "--kept",
    type=FILE,
    multiple=True,
    metavar="FILE",
    help="Checkpoints that were stored elsewhere; several in one file will do.",
)
_UNSOUND = frozenset(("audit-wrong-key", "audit-gone", "audit-altered", "audit-truncated", "audit-forked"))


@dataclass(frozen=True, slots=True)
class Place:
    """The audit of one workspace."""

    logs: Path
    """The folder with a folder for each log."""
    key: Path
    public: Path


def place_of(
    workspace: Path | str, state: Path | None, key: Path | None = None, public_file: Path | None = None
) -> Place:
    """Return where the audit of a workspace lies.

    Raises:
        UsageError: The workspace is a database's address, and no folder is named.
    """
    kept = state_of(workspace, state, key)
    return Place(kept.logs, kept.key, public_file or kept.folder / "audit.pub")


@contextmanager
def writing(workspace: Path | str, state: Path | None, key: Path | None, *, by: str) -> Iterator[AuditLog | None]:
    """Yield the log in which commands record, open to append; None where the workspace has none.

    Raises:
        UsageError: The key cannot be read.
        WorkspaceError: The log cannot be opened.
    """
    if state is None and not isinstance(workspace, Path):
        yield None
        return
    kept = state_of(workspace, state, key)
    if not kept.logs.is_dir():
        yield None
        return
    with kept.log(by=by) as (log, _):
        yield log


def trusted(place: Place) -> VerifierKey:
    """Return the public key that a workspace is verified with.

    Raises:
        UsageError: It cannot be read.
    """
    from telvet.sharing.audit.key_files import read_verifier

    return read_verifier(place.public)


def notes_of(files: Sequence[Path]) -> list[str]:
    """Return the checkpoints in files.

    Raises:
        SharingError: One cannot be read.
    """
    from telvet.cli.share_lint import content
    from telvet.sharing.audit.logs import notes_in

    found: list[str] = []
    for path in files:
        try:
            notes = notes_in(content(path).decode("utf-8"))
        except UnicodeDecodeError:
            notes = []
        if not notes:
            fix = "give what `telvet share audit status --keep FILE` wrote"
            raise SharingError("there is no checkpoint in it", code="audit-kept", where=str(path), fix=fix)
        found += notes
    return found


def unsound(problem: WorkspaceError, *, known: bool) -> int:
    """Tell what is wrong with a log; return 1 where that is a finding, else pass the error on."""
    if problem.code in _UNSOUND or (known and problem.code == "audit-missing"):
        tell(problem)
        return 1
    raise problem


def show(text: str) -> None:
    """Print a text, no line wider than the terminal unless a word is."""
    for line in hung(printable(text), width()):
        click.echo(line)


def tell(problem: WorkspaceError | InputError) -> None:
    """Tell a person what is wrong."""
    for line in problem.lines():
        say(line)
