"""What is wrong with a log -> a `WorkspaceError` that says what it means and what to do.

* A log that is not sound is an `AuditError`: a finding, with exit code 1. What only cannot be used or read has exit code 2.
* Damage and tampering look alike to a program: the message says what was found, and a person finds out why.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, EFBIG, ENOSPC

from telvet.errors import AuditError, WorkspaceError

__all__ = [
    "AuditError", "altered", "closed", "exists", "forked", "gone", "locked", "missing", "teaching", "truncated", "unfit",
    "wrong_key",
]  # fmt: skip

_FULL = {ENOSPC, EDQUOT, EFBIG}
_KEEP = "keep a copy of the whole folder as it is, and compare it with a backup and with checkpoints kept elsewhere"


def missing(where: str) -> WorkspaceError:
    """Say that there is no log."""
    return WorkspaceError(
        "no audit log here",
        code="audit-missing",
        where=where,
        why="a log is made once, with its key; a missing one is never made anew in silence",
        fix="check the folder's name; if a log was here before, find out who removed it",
    )


def gone(where: str, origin: str, *, by: str) -> AuditError:
    """Say that a log that was there is not there any more."""
    return AuditError(
        f"the audit log {origin} is not here, and {by} says that it was",
        code="audit-gone",
        where=where,
        why="its folder was removed or renamed, or the checkpoint is of another workspace",
        fix=_KEEP,
    )


def exists(where: str) -> WorkspaceError:
    """Say that a log is there already."""
    return WorkspaceError(
        "an audit log is here already",
        code="audit-exists",
        where=where,
        why="beginning again would hide what it says",
        fix="open it with its key, or name another folder",
    )


def locked(where: str) -> WorkspaceError:
    """Say that another program writes."""
    return WorkspaceError(
        "another program is writing this audit log",
        code="audit-locked",
        where=where,
        why="two writers would sign two histories",
        fix="stop the other one, or give each its own log; reading and verifying need no lock",
    )


def closed(where: str, why: str) -> WorkspaceError:
    """Say that nothing more can be appended through this object."""
    return WorkspaceError(
        "nothing can be appended to this audit log",
        code="audit-closed",
        where=where,
        why=why,
        fix="open the log again; what was acknowledged is in it",
    )


def altered(where: str, what: str) -> AuditError:
    """Say that the log is not what was signed."""
    return AuditError(
        f"the audit log is not as it was signed: {what}",
        code="audit-altered",
        where=where,
        why="a byte of it was changed, removed, added or moved: by a fault of the disk, or by somebody",
        fix=_KEEP,
    )


def truncated(where: str, size: int, known: int, *, by: str) -> AuditError:
    """Say that records are missing at the end."""
    return AuditError(
        f"the audit log holds {size} records, and {by} says that it held {known}",
        code="audit-truncated",
        where=where,
        why="records that were acknowledged are missing: the end was cut off, or an older copy was put in place",
        fix=_KEEP,
    )


def forked(where: str, size: int, *, by: str) -> AuditError:
    """Say that there are two histories."""
    return AuditError(
        f"the first {size} records of the audit log are not those that {by} was signed over",
        code="audit-forked",
        where=where,
        why="the same key has signed two histories: records were replaced after the checkpoint was given out",
        fix=_KEEP,
    )


def wrong_key(where: str, key: str, *, why: str) -> WorkspaceError:
    """Say that a key is not the one that this log needs."""
    return WorkspaceError(
        f"{key} is not the key of this audit log",
        code="audit-wrong-key",
        where=where,
        why=why,
        fix="use the key that the log was made with or last rotated to; its public half is in the log's key records",
    )


def unfit(where: str, why: str) -> WorkspaceError:
    """Say that a checkpoint kept elsewhere cannot be compared."""
    return WorkspaceError(
        "a kept checkpoint cannot be compared with this audit log",
        code="audit-kept",
        where=where,
        why=why,
        fix="give the checkpoint as it was handed out, signed by a key of this log",
    )


@contextmanager
def teaching(where: str) -> Iterator[None]:
    """Raise a `WorkspaceError` in place of whatever the system complains of."""
    try:
        yield
    except OSError as problem:
        if problem.errno in _FULL:
            raise WorkspaceError(
                "the disk is full: nothing was recorded",
                code="audit-full",
                where=where,
                why="an answer whose record cannot be kept must not go out",
                fix="make room and try again; the log is whole and needs no repair",
            ) from problem
        raise WorkspaceError(
            f"the audit log cannot be used: {(problem.strerror or str(problem)).lower()}",
            code="audit-unusable",
            where=where,
            fix="check that the folder exists and that you may read and write there",
        ) from problem
