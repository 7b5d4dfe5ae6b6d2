from __future__ import annotations

from pathlib import Path

import pytest

from telvet.errors import WorkspaceError
from telvet.sharing.audit.file_reading import Segment, published, segment_paths, segments
from telvet.sharing.audit.segments import HEADER, framed
from tests.unit.sharing.audit.logs import in_folder


def test_a_log_of_many_segments_is_read_in_order(tmp_path: Path) -> None:
    notes = in_folder(tmp_path / "log", segment_bytes=1)
    assert [path.name for path in segment_paths(tmp_path / "log")] == [f"0000000{n}.segment" for n in range(1, 6)]
    assert sum(len(segment.extents) for segment in segments(tmp_path / "log")) == 5
    assert published(tmp_path / "log") == notes[-1]


def test_a_missing_segment_is_told(tmp_path: Path) -> None:
    in_folder(tmp_path / "log", segment_bytes=1)
    (tmp_path / "log" / "00000003.segment").unlink()
    with pytest.raises(WorkspaceError, match=r"00000003\.segment is missing"):
        list(segments(tmp_path / "log"))


def test_a_folder_without_segments_is_no_log(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as caught:
        list(segments(tmp_path))
    assert caught.value.code == "audit-missing"
    assert published(tmp_path) is None


def test_only_the_end_of_the_last_segment_may_be_unfinished(tmp_path: Path) -> None:
    path = tmp_path / "00000001.segment"
    path.write_bytes(HEADER + framed(b"a") + b"block 10 0000")
    assert Segment(path, is_last=True).unsettled == 13
    with pytest.raises(WorkspaceError, match="a later segment follows"):
        Segment(path, is_last=False)
    path.write_bytes(HEADER + framed(b"a")[:-1] + b"x" + framed(b"b"))
    with pytest.raises(WorkspaceError, match="a whole one follows"):
        Segment(path, is_last=True)
    path.write_bytes(HEADER.replace(b"1", b"2"))
    with pytest.raises(WorkspaceError, match="first line"):
        Segment(path, is_last=True)


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as caught:
        Segment(tmp_path / "none", is_last=True)
    assert caught.value.code == "audit-unusable"
    (tmp_path / "checkpoint").write_bytes(b"\xff")
    with pytest.raises(WorkspaceError, match="no text"):
        published(tmp_path)
