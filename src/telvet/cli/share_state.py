"""Where the commands of `telvet share` keep what is no row of a database: the audit logs, their key, the key of cursors."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from telvet.cli.options import FILE
from telvet.errors import UsageError

if TYPE_CHECKING:
    from telvet.sharing.audit.keys import Signer
    from telvet.sharing.audit.log import AuditLog

__all__ = ["KEY", "STATE", "State", "state_of"]

_SECRET_BYTES = 32
_OTHERS = 0o077
STATE = click.option(
    "--state",
    type=FILE,
    default=None,
    metavar="DIR",
    help="Where audit logs and keys lie; the workspace if it is a folder.",
)
KEY = click.option(
    "--key", type=FILE, default=None, metavar="FILE", help="The private key of the log, if it is kept elsewhere."
)


@dataclass(frozen=True, slots=True)
class State:
    """A folder, and the key of its logs."""

    folder: Path
    key: Path

    @property
    def logs(self) -> Path:
        """Return the folder of all audit logs."""
        return self.folder / "audit"

    def signer(self) -> Signer:
        """Return the key that signs.

        Raises:
            UsageError: There is none, or others may read it.
        """
        from telvet.sharing.audit.key_files import read_signer

        if not self.key.exists():
            raise UsageError(
                "there is no key for an audit log here",
                code="audit-missing",
                where=str(self.key),
                why="nothing leaves without a record that can be proved",
                fix="make log and key once: telvet share audit init",
            )
        return read_signer(self.key)

    @contextmanager
    def log(self, *, by: str, name: str = "main", patience: float = 15) -> Iterator[tuple[AuditLog, Signer]]:
        """Yield the log, open to append to it, and the key that signs.

        Raises:
            UsageError: There is no key.
            WorkspaceError: The log cannot be opened.
        """
        from telvet.sharing.audit.logs import open_log

        signer = self.signer()
        log = open_log(self.logs, signer, name, at=datetime.now(UTC), by=by, patience=patience)
        try:
            yield log, signer
        finally:
            log.close()

    def secret(self, name: str = "cursor.key") -> bytes:
        """Return a secret that every process of this state shares; it is made when it is asked for first.

        Raises:
            UsageError: It cannot be made, or others may read it.
        """
        path = self.folder / name
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _make_secret(path)
            if path.stat().st_mode & _OTHERS:
                raise UsageError(
                    "others may read this key", code="key-open", where=str(path), fix=f"chmod 600 {path}, or remove it"
                )
            return _secret(path)
        except (OSError, ValueError) as problem:
            raise UsageError(
                "the key of cursors cannot be used",
                code="key-unusable",
                where=str(path),
                why=str(getattr(problem, "strerror", None) or problem).lower(),
                fix="remove it, and a new one is made; clients then begin their pages anew",
            ) from problem


def _secret(path: Path) -> bytes:
    """Return a secret from its file.

    Raises:
        ValueError: It is none, or too short to be one.
    """
    found = bytes.fromhex(path.read_text(encoding="ascii").strip())
    if len(found) < _SECRET_BYTES:
        raise ValueError("it is too short to be a secret")
    return found


def _make_secret(path: Path) -> None:
    """Make a secret if there is none; of two who make one at once, one wins."""
    if path.exists():
        return
    passing = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(passing, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(secrets.token_hex(_SECRET_BYTES))
            stream.flush()
            os.fsync(stream.fileno())
        try:
            os.link(passing, path)
        except FileExistsError:
            return
    finally:
        passing.unlink()


def state_of(workspace: Path | str, state: Path | None, key: Path | None = None) -> State:
    """Return where the state is.

    Raises:
        UsageError: The workspace is a database's address, and no folder is named.
    """
    folder = state if state is not None else workspace if isinstance(workspace, Path) else None
    if folder is None:
        raise UsageError(
            "no folder is named for audit logs and keys",
            code="no-state",
            where="--state",
            why="the workspace is a database's address",
            fix="name a folder of this machine: --state DIR",
        )
    return State(folder, key or folder / "audit.key")
