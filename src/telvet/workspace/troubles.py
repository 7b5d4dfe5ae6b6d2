"""Turn what a database complains of into a `WorkspaceError` that teaches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from telvet.errors import WorkspaceError

__all__ = ["damaged", "foreign", "missing", "newer", "teaching"]


def missing(where: str) -> WorkspaceError:
    """Say that there is no ledger."""
    return WorkspaceError(
        "no ledger here",
        code="workspace-missing",
        where=where,
        why="a ledger is made by the first run or decision that is told to keep one",
        fix="check the folder's name, or make a ledger: `telvet assess ... --workspace FOLDER`, `telvet evidence add ...`",
    )


def foreign(where: str) -> WorkspaceError:
    """Say that something else lies where the ledger should be."""
    return WorkspaceError(
        "this is not a ledger of telvet",
        code="workspace-foreign",
        where=where,
        why="it holds other tables, or is no database at all; telvet leaves it alone",
        fix="name another folder, or move that file away",
    )


def newer(where: str, revision: str) -> WorkspaceError:
    """Say that a newer telvet has made the ledger."""
    return WorkspaceError(
        f"the ledger was written by a newer telvet (schema {revision})",
        code="workspace-newer",
        where=where,
        why="an older telvet cannot know what the new columns mean, and does not guess",
        fix="upgrade telvet on this machine",
    )


def damaged(where: str, detail: str) -> WorkspaceError:
    """Say that the database cannot be read any more."""
    return WorkspaceError(
        "the ledger is damaged",
        code="workspace-damaged",
        where=where,
        why=detail,
        fix="restore ledger.db from a backup; do not delete it, the rows may still be recoverable",
    )


def _unusable(where: str, detail: str) -> WorkspaceError:
    return WorkspaceError(
        "the ledger cannot be used",
        code="workspace-unusable",
        where=where,
        why=detail,
        fix="check that the place exists, that you may write there, and that the disk is not full",
    )


def _locked(where: str) -> WorkspaceError:
    return WorkspaceError(
        "the ledger is locked",
        code="workspace-locked",
        where=where,
        why="another program has been writing to it for longer than telvet waits",
        fix="try again when the other run has ended; for many writers use a PostgreSQL ledger",
    )


def _refused(where: str, detail: str) -> WorkspaceError:
    return WorkspaceError(
        "the ledger refuses this",
        code="workspace-append-only",
        where=where,
        why=detail,
        fix="record a new disposition or judgement; the latest one counts, and the earlier ones stay as evidence",
    )


@contextmanager
def teaching(where: str) -> Iterator[None]:
    """Raise a `WorkspaceError` in place of whatever the database raises within."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 - heavy: loaded when used

    try:
        yield
    except DBAPIError as error:
        raise _told(where, str(error.orig)) from error


def _told(where: str, detail: str) -> WorkspaceError:
    """Choose the error by what the database says; the wording is that of SQLite and PostgreSQL."""
    if "append-only" in detail:
        return _refused(where, detail)
    if "locked" in detail:
        return _locked(where)
    if "not a database" in detail:
        return foreign(where)
    if "malformed" in detail or "corrupt" in detail:
        return damaged(where, detail)
    return _unusable(where, detail)
