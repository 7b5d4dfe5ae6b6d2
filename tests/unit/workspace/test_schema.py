from __future__ import annotations

from telvet.workspace.schema import APPEND_ONLY, METADATA


def test_every_table_is_append_only() -> None:
    assert sorted(METADATA.tables) == sorted(APPEND_ONLY)
