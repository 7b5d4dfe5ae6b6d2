from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy.exc import OperationalError

from telvet.errors import WorkspaceError
from telvet.workspace.troubles import teaching


@pytest.mark.parametrize(
    ("detail", "code"),
    [
        ("database is locked", "workspace-locked"),
        ("file is not a database", "workspace-foreign"),
        ("database disk image is malformed", "workspace-damaged"),
        ("the ledger is append-only", "workspace-append-only"),
        ("attempt to write a readonly database", "workspace-unusable"),
        ("database or disk is full", "workspace-unusable"),
    ],
)
def test_a_complaint_of_the_database_becomes_an_error_that_teaches(detail: str, code: str) -> None:
    with pytest.raises(WorkspaceError) as caught, teaching("ledger.db"):
        raise OperationalError("INSERT", {}, sqlite3.OperationalError(detail))
    assert (caught.value.code, caught.value.where) == (code, "ledger.db")
    assert caught.value.why
    assert caught.value.fix


def test_other_errors_pass_through() -> None:
    with pytest.raises(KeyError), teaching("ledger.db"):
        raise KeyError("a fault of ours")
