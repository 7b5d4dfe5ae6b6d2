from __future__ import annotations

import json

import pytest

from telvet.sharing.audit.canonical import Json, canonical
from telvet.sharing.audit.export_format import Head, Line, Rotation, read_head, read_line
from telvet.sharing.audit.proving import LeafProof
from tests.unit.sharing.audit.logs import signer

HASH = b"h" * 32
WRONG: tuple[Json, ...] = (False, 1.5, [1], {})
HEAD = Head("note", (signer().key, signer(2).key), (Rotation(b"record", (HASH,), "note"),), 3, "kept", (HASH, HASH))
LINE = Line(4, b'{"a":1}', (HASH,), (b"leaf", b"other"))
CHOSEN = Line(4, b'{"a":1}', (), None, (LeafProof(2, b"leaf", (HASH,)),))


def test_lines_are_read_back_as_they_were_written() -> None:
    assert read_head(HEAD.written()) == HEAD
    for line in (LINE, CHOSEN):
        assert read_line(line.written()) == line


@pytest.mark.parametrize("part", sorted(json.loads(HEAD.written())))
def test_a_first_line_with_another_part_is_refused(part: str) -> None:
    told = json.loads(HEAD.written())
    for value in WRONG:
        with pytest.raises(ValueError, match=r"\w"):
            read_head(canonical({**told, part: value}) + b"\n")
    with pytest.raises(ValueError, match="other parts"):
        read_head(canonical({key: value for key, value in told.items() if key != part}) + b"\n")


@pytest.mark.parametrize("part", ["chosen", "index", "path", "record"])
def test_a_record_with_another_part_is_refused(part: str) -> None:
    for value in (*WRONG, None, -1, [{}]):
        with pytest.raises(ValueError, match=r"\w"):
            read_line(canonical({**json.loads(CHOSEN.written()), part: value}) + b"\n")


def test_what_is_no_line_is_refused() -> None:
    for line in (b"", b"\n", b"[]\n", b"{}\n", LINE.written()[:-1], LINE.written() + b"\n", b"\xff\n"):
        for read in (read_head, read_line):
            with pytest.raises(ValueError, match=r"\w"):
                read(line)
