from __future__ import annotations

from telvet.workspace.schema import APPEND_ONLY, METADATA, WORKING


def test_every_table_but_those_of_the_server_is_append_only() -> None:
    assert sorted(METADATA.tables) == sorted((*APPEND_ONLY, *WORKING))
    assert not set(APPEND_ONLY) & set(WORKING)
