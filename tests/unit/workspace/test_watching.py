from __future__ import annotations

from pathlib import Path

import pytest

from telvet.errors import WorkspaceError
from telvet.workspace.sharing_ledger import SharingLedger
from telvet.workspace.sharing_rows import Entry
from telvet.workspace.watching import Watched

NOW = "2024-06-01T00:00:00.000000Z"


def test_it_is_read_again_only_after_somebody_wrote(tmp_path: Path) -> None:
    reads: list[int] = []
    with SharingLedger.open(tmp_path, create=True) as ledger:

        def read() -> int:
            reads.append(1)
            return ledger.mark()

        watched = Watched(tmp_path, read)
        assert [watched(), watched(), watched()] == [0, 0, 0]
        assert len(reads) == 1
        ledger.write([Entry("ours", "x", "{}")], "ann", NOW)
        assert [watched(), watched()] == [1, 1]
        assert len(reads) == 2
        with SharingLedger.open(tmp_path) as other:
            other.write([Entry("ours", "y", "{}")], "ann", NOW)
        assert watched() == 2
        watched.close()


def test_a_shared_database_is_asked_each_time() -> None:
    reads: list[int] = []
    watched = Watched("postgresql+psycopg://nobody@nowhere/x", lambda: reads.append(1))
    watched()
    watched()
    assert len(reads) == 2
    watched.close()


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_bytes(b"no database at all, whatever it is called" * 50)
    watched = Watched(tmp_path, lambda: 1)
    with pytest.raises(WorkspaceError, match="cannot be asked"):
        watched()
    watched.close()
