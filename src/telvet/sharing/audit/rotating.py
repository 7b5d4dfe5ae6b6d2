"""The logs of a folder and a new key -> every log signed by the new key from here on, also after an interruption.

* The new key lies in a file beside the old one until every log has it; whoever is interrupted calls again, and it goes on.
* The old private key is gone when all is done: nobody can continue the logs with it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from telvet.errors import WorkspaceError
from telvet.sharing.audit.durable import sync_folder
from telvet.sharing.audit.key_files import keep_signer, read_signer
from telvet.sharing.audit.keys import Signer, new_signer
from telvet.sharing.audit.log import AuditLog
from telvet.sharing.audit.logs import Log, logs, signer_for
from telvet.sharing.audit.troubles import teaching

__all__ = ["rotate_logs"]


def rotate_logs(
    folder: Path, key_file: Path, *, at: datetime, by: str, why: str, made: Callable[[str], Signer] = new_signer
) -> tuple[Signer, int]:
    """Let a new key sign every log; return it, and how many logs it was given to by this call.

    Args:
        folder: That of all logs.
        key_file: The private key; the new one takes its place at the end.
        at: The moment.
        by: Who changes it.
        why: Why.
        made: Makes a key of a name.

    Raises:
        UsageError: A key cannot be read or written.
        WorkspaceError: A log cannot be opened; those before it have the new key, and calling again goes on.
    """
    old, beside = read_signer(key_file), key_file.with_name(f"{key_file.name}.next")
    found = logs(folder)
    if not beside.exists():
        for log in found:
            AuditLog.resume(log.storage, signer_for(old, log.name)).close()
        keep_signer(beside, made(old.key.name))
    new = read_signer(beside)
    changed = sum(_rotated(log, old, new, at=at, by=by, why=why) for log in found)
    with teaching(str(key_file)):
        beside.replace(key_file)
        sync_folder(key_file.parent)
    return new, changed


def _rotated(log: Log, old: Signer, new: Signer, *, at: datetime, by: str, why: str) -> bool:
    """Give a log the new key, unless it has it already."""
    try:
        opened = AuditLog.resume(log.storage, signer_for(new, log.name))
    except WorkspaceError as problem:
        if problem.code != "audit-wrong-key":
            raise
    else:
        opened.close()
        return False
    opened = AuditLog.resume(log.storage, signer_for(old, log.name))
    try:
        opened.rotate(signer_for(new, log.name), at=at, by=by, why=why)
    finally:
        opened.close()
    return True
