from __future__ import annotations

import pytest

from telvet.errors import UsageError
from telvet.sharing.audit import segments
from telvet.sharing.audit.segments import HEADER, extents, framed, has_block_beyond

BLOCKS = (b"first\n", b"second\nwith lines\n", b"third\n")
DATA = HEADER + b"".join(map(framed, BLOCKS))


def test_whole_blocks_are_found_from_the_beginning() -> None:
    assert tuple(DATA[extent.start : extent.end] for extent in extents(DATA)) == BLOCKS


def test_wherever_the_file_ends_only_whole_blocks_are_found() -> None:
    ends = [extent.end for extent in extents(DATA)]
    for length in range(len(HEADER), len(DATA) + 1):
        assert [extent.end for extent in extents(DATA[:length])] == [end for end in ends if end <= length]


def test_a_changed_byte_ends_the_whole_blocks_and_later_ones_are_seen() -> None:
    first = next(iter(extents(DATA)))
    for place in range(first.frame, first.end):
        changed = DATA[:place] + bytes([DATA[place] ^ 1]) + DATA[place + 1 :]
        assert list(extents(changed)) == []
        assert has_block_beyond(changed, len(HEADER))
    assert not has_block_beyond(DATA[:-1], list(extents(DATA))[-1].frame)


def test_a_block_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "_MOST_BYTES", 3)
    framed(b"abc")
    with pytest.raises(UsageError, match="too many"):
        framed(b"abcd")
