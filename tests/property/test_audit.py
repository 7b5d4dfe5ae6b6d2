"""Proofs of the audit log hold for every size, and nothing that was changed passes: no byte of a log, a proof or an export."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from telvet.errors import InputError, WorkspaceError
from telvet.sharing.audit.canonical import canonical, parsed
from telvet.sharing.audit.checking import verify_export
from telvet.sharing.audit.exporting import export
from telvet.sharing.audit.file_storage import FileStorage
from telvet.sharing.audit.keys import new_signer
from telvet.sharing.audit.log import AuditLog
from telvet.sharing.audit.merkle import Frontier, leaf_hash, root
from telvet.sharing.audit.proofs import Tree, consistency_path, grew_from, is_included
from telvet.sharing.audit.proving import prove_consistency, prove_inclusion
from telvet.sharing.audit.records import Decided, Event, Page
from telvet.sharing.audit.storage import MemoryStorage, Storage
from telvet.sharing.audit.verifying import verify
from tests.property.strategies import modestly

AT = datetime(2024, 1, 15, tzinfo=UTC)
LEAVES = [b"leaf %d" % number for number in range(400)]
HASHES = [leaf_hash(leaf) for leaf in LEAVES]
SIGNER = new_signer("example.org/sharing", lambda size: b"k" * size)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
)  # fmt: skip
decisions = st.builds(Decided, texts, texts, texts, st.sampled_from(["permit", "withhold"]), st.tuples(texts))
pages = st.builds(
    Page, st.just(AT), texts, texts, st.lists(decisions, max_size=4), st.dictionaries(texts, plain, max_size=2)
)
events = st.builds(Event, st.just(AT), texts, texts, st.dictionaries(texts, plain, max_size=2))
blocks = st.lists(st.lists(pages | events, min_size=1, max_size=3), max_size=5)


def plain_root(hashes: Sequence[bytes]) -> bytes:
    """Return the root by the recursion of the standard, word for word."""
    if len(hashes) < 2:
        return hashes[0] if hashes else sha256(b"").digest()
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return sha256(b"\x01" + plain_root(hashes[:split]) + plain_root(hashes[split:])).digest()


def changed(data: bytes, where: float, how: str, rest: bytes) -> bytes:
    """Change some bytes at a place given as a share of the whole."""
    place = int(where * len(data))
    return data[:place] + rest + data[place + (0 if how == "insert" else len(rest) if how == "replace" else 1) :]


changes = st.tuples(
    st.floats(0, 1, exclude_max=True), st.sampled_from(["insert", "replace", "exchange"]), st.binary(max_size=5)
)


def altered_path(path: tuple[bytes, ...], place: int, bit: int, how: str) -> tuple[bytes, ...]:
    if how == "lengthen":
        return (*path[:place], bytes(32), *path[place:])
    if not path:
        return (bytes(32),)
    here = place % len(path)
    if how == "shorten":
        return (*path[:here], *path[here + 1 :])
    flipped = bytearray(path[here])
    flipped[bit // 8] ^= 1 << bit % 8
    return (*path[:here], bytes(flipped), *path[here + 1 :])


alterations = st.tuples(st.integers(0, 9), st.integers(0, 255), st.sampled_from(["lengthen", "shorten", "flip"]))


def logged(storage: Storage, drawn: Sequence[Sequence[Page | Event]], rotate: int) -> list[str]:
    """Fill a log; return every checkpoint, with the key changed before one of the blocks."""
    log = AuditLog.begin(storage, SIGNER, at=AT, by="ana")
    notes = [log.note]
    for place, entries in enumerate(drawn):
        if place == rotate:
            second = new_signer("example.org/sharing", lambda size: b"l" * size)
            notes.append(log.rotate(second, at=AT, by="ana", why="yearly").note)
        notes.append(log.append(*entries).note)
    log.close()
    return notes


@pytest.mark.parametrize("size", [*range(70), 127, 128, 129, 255, 256, 257, 383, 400])
def test_roots_are_those_of_the_recursion_and_every_leaf_is_proved(size: int) -> None:
    hashes = HASHES[:size]
    top, tree = plain_root(hashes), Tree.over(hashes)
    assert root(hashes) == Frontier().with_leaves(hashes).root() == tree.root() == top
    assert all(is_included(LEAVES[index], index, size, tree.path(index), top) for index in range(size))
    assert all(
        grew_from(old, size, consistency_path(hashes, old), plain_root(hashes[:old]), top) for old in range(size + 1)
    )


@given(st.integers(1, 400), st.integers(0, 399), alterations)
@modestly(300)
def test_a_changed_proof_of_inclusion_is_false(size: int, index: int, alteration: tuple[int, int, str]) -> None:
    assume(index < size)
    tree = Tree.over(HASHES[:size])
    path, top = tree.path(index), tree.root()
    assert is_included(LEAVES[index], index, size, path, top)
    assert not is_included(LEAVES[index], index, size, altered_path(path, *alteration), top)
    assert not is_included(LEAVES[index] + b"x", index, size, path, top)
    assert not any(is_included(LEAVES[index], other, size, path, top) for other in range(size) if other != index)


@given(st.integers(1, 400), st.integers(1, 400), alterations)
@modestly(300)
def test_a_changed_proof_of_growth_is_false(size: int, old: int, alteration: tuple[int, int, str]) -> None:
    assume(old <= size)
    path, before, top = consistency_path(HASHES[:size], old), root(HASHES[:old]), root(HASHES[:size])
    assert grew_from(old, size, path, before, top)
    assert not grew_from(old, size, altered_path(path, *alteration), before, top)
    assert not grew_from(old, size, path, sha256(before).digest(), top)
    assert not grew_from(old, size, path, before, sha256(top).digest())
    other = [*HASHES[: old - 1], leaf_hash(b"replaced"), *HASHES[old:size]]
    assert not grew_from(old, size, consistency_path(other, old), before, root(other))


@given(plain)
@modestly(300)
def test_a_value_has_one_spelling_and_is_read_back(value: Any) -> None:
    spelled = canonical(value)
    assert parsed(spelled) == value
    assert canonical(parsed(spelled)) == spelled
    if isinstance(value, dict):
        assert canonical(dict(reversed(value.items()))) == spelled


@given(blocks, st.integers(0, 5))
@modestly(60)
def test_whatever_is_logged_is_verified_and_proved_by_every_checkpoint(
    drawn: list[list[Page | Event]], rotate: int
) -> None:
    storage = MemoryStorage()
    notes = logged(storage, drawn, rotate)
    found = verify(storage, SIGNER.key, kept=notes)
    by = found.keys[-1]
    assert found.records == 1 + sum(map(len, drawn)) + (len(found.keys) - 1)
    assert all(prove_inclusion(storage, SIGNER.key, index).holds(by) for index in range(found.records))
    assert all(any(prove_consistency(storage, SIGNER.key, note).holds(by, key) for key in found.keys) for note in notes)


@given(blocks, st.integers(0, 5), st.integers(0, 6), changes)
@modestly(150)
def test_a_changed_block_is_always_found(
    drawn: list[list[Page | Event]], rotate: int, which: int, change: tuple[float, str, bytes]
) -> None:
    storage = MemoryStorage()
    logged(storage, drawn, rotate)
    place = which % len(storage.blocks)
    before = storage.blocks[place]
    storage.blocks[place] = changed(before, *change)
    assume(storage.blocks[place] != before)
    with pytest.raises(WorkspaceError):
        verify(storage, SIGNER.key)


@given(blocks, st.integers(0, 5), st.integers(0, 9), changes)
@modestly(60)
def test_a_changed_file_is_always_found(
    drawn: list[list[Page | Event]], rotate: int, which: int, change: tuple[float, str, bytes]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        logged(FileStorage(Path(folder) / "log", 700), drawn, rotate)
        files = sorted(path for path in (Path(folder) / "log").iterdir() if path.stat().st_size)
        file = files[which % len(files)]
        before = file.read_bytes()
        file.write_bytes(changed(before, *change))
        assume(file.read_bytes() != before)
        with pytest.raises(WorkspaceError):
            verify(FileStorage(Path(folder) / "log"), SIGNER.key)


@given(blocks, st.integers(0, 5), st.booleans(), changes)
@modestly(150)
def test_a_changed_export_is_always_found(
    drawn: list[list[Page | Event]], rotate: int, chosen: bool, change: tuple[float, str, bytes]
) -> None:
    storage = MemoryStorage()
    notes = logged(storage, drawn, rotate)
    objects = [one.object for entries in drawn for entry in entries if isinstance(entry, Page) for one in entry.decided]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "export"
        export(storage, SIGNER.key, file, objects=objects[:2] if chosen else None, kept=notes[len(notes) // 2])
        assert verify_export(file, SIGNER.key, kept=notes[len(notes) // 2]).size
        before = file.read_bytes()
        file.write_bytes(changed(before, *change))
        assume(file.read_bytes() != before)
        with pytest.raises(InputError):
            verify_export(file, SIGNER.key)
