from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from telvet.errors import WorkspaceError
from telvet.sharing.audit.checking import verify_export
from telvet.sharing.audit.exporting import export
from telvet.sharing.audit.storage import MemoryStorage
from tests.unit.sharing.audit.logs import in_memory, signer

KEY = signer().key


def test_a_whole_log_is_exported_and_is_complete(tmp_path: Path) -> None:
    storage, notes = in_memory(rotate_after=2)
    assert export(storage, KEY, tmp_path / "export") == 8
    for key in (KEY, signer(2).key):
        found = verify_export(tmp_path / "export", key)
        assert (found.records, found.objects, found.size, found.complete) == (8, 5, 8, True)
        assert (found.note, found.keys) == (notes[-1], (KEY, signer(2).key))
    assert stat.S_IMODE((tmp_path / "export").stat().st_mode) == 0o600


def test_chosen_records_are_exported(tmp_path: Path) -> None:
    assert export(in_memory()[0], KEY, tmp_path / "export", records=[1, 5]) == 2
    found = verify_export(tmp_path / "export", KEY)
    assert (found.records, found.objects, found.complete) == (2, 5, False)


def test_of_chosen_objects_only_their_decisions_leave(tmp_path: Path) -> None:
    assert export(in_memory()[0], KEY, tmp_path / "export", objects={"indicator--2", "indicator--4"}) == 2
    text = (tmp_path / "export").read_text(encoding="utf-8")
    assert [number for number in range(10) if f"indicator--{number}" in text] == [2, 4]
    found = verify_export(tmp_path / "export", KEY)
    assert (found.records, found.objects) == (2, 2)
    assert export(in_memory()[0], KEY, tmp_path / "export", objects=["indicator--9"], records=[1]) == 0
    assert verify_export(tmp_path / "export", KEY).records == 0


def test_an_export_proves_that_the_log_grew_from_what_its_reader_had(tmp_path: Path) -> None:
    storage, notes = in_memory(rotate_after=2)
    for kept in notes:
        export(storage, KEY, tmp_path / "export", records=[1], kept=kept)
        assert verify_export(tmp_path / "export", KEY, kept=kept).size == 8
        assert verify_export(tmp_path / "export", KEY).size == 8


def test_nothing_is_exported_from_a_log_that_was_altered_or_forked(tmp_path: Path) -> None:
    storage, notes = in_memory()
    with pytest.raises(WorkspaceError) as caught:
        export(storage, KEY, tmp_path / "export", kept=in_memory()[1][1])
    assert caught.value.code == "audit-forked"
    with pytest.raises(WorkspaceError) as told:
        export(MemoryStorage(storage.blocks[:2]), KEY, tmp_path / "export", kept=notes[-1])
    assert told.value.code == "audit-truncated"
    storage.blocks.pop(2)
    with pytest.raises(WorkspaceError) as altered:
        export(storage, KEY, tmp_path / "export")
    assert altered.value.code == "audit-altered"
    assert not (tmp_path / "export").exists()


def test_each_line_is_json_that_other_programs_read(tmp_path: Path) -> None:
    export(in_memory()[0], KEY, tmp_path / "export")
    first, *lines = map(json.loads, (tmp_path / "export").read_text(encoding="utf-8").splitlines())
    assert (first["format"], first["records"], first["keys"]) == ("telvet audit export 1", 7, [KEY.text()])
    assert [line["index"] for line in lines] == list(range(7))
    assert json.loads(lines[1]["record"])["request"] == "first"
