from __future__ import annotations

import pytest

from telvet.sharing.audit.merkle import EMPTY, leaf_hash
from telvet.sharing.audit.proofs import Tree, consistency_path, grew_from, is_included
from tests.unit.sharing.audit.test_merkle import LEAVES, ROOTS

HASHES = [leaf_hash(leaf) for leaf in LEAVES]
TOPS = [bytes.fromhex(top) for top in ROOTS]

# Place, size, and the path, of the known vectors.
PATHS = (
    (0, 1, ()),
    (
        0,
        8,
        (
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ),
    ),
    (
        5,
        8,
        (
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ),
    ),
    (2, 3, ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",)),
    (
        1,
        5,
        (
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ),
    ),
)
GROWTHS = (
    (1, 1, ()),
    (
        1,
        8,
        (
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ),
    ),
    (
        6,
        8,
        (
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ),
    ),
    (
        2,
        5,
        (
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ),
    ),
)


@pytest.mark.parametrize(("index", "size", "path"), PATHS)
def test_paths_to_the_root_are_those_of_the_known_vectors(index: int, size: int, path: tuple[str, ...]) -> None:
    found = Tree.over(HASHES[:size]).path(index)
    assert tuple(hashed.hex() for hashed in found) == path
    assert is_included(LEAVES[index], index, size, found, TOPS[size])


@pytest.mark.parametrize(("old", "size", "path"), GROWTHS)
def test_proofs_of_growth_are_those_of_the_known_vectors(old: int, size: int, path: tuple[str, ...]) -> None:
    found = consistency_path(HASHES[:size], old)
    assert tuple(hashed.hex() for hashed in found) == path
    assert grew_from(old, size, found, TOPS[old], TOPS[size])


def test_a_tree_knows_its_root_also_without_leaves() -> None:
    assert Tree.over([]).root() == EMPTY
    assert [Tree.over(HASHES[:size]).root() for size in range(9)] == TOPS


def test_the_tree_without_leaves_is_the_beginning_of_every_tree() -> None:
    assert grew_from(0, 8, consistency_path(HASHES, 0), TOPS[0], TOPS[8])
    assert grew_from(0, 0, (), TOPS[0], TOPS[0])
    assert not grew_from(0, 8, (), TOPS[1], TOPS[8])


def test_a_proof_for_another_place_size_leaf_or_root_is_false() -> None:
    path = Tree.over(HASHES).path(5)
    for leaf, index, size, top in (
        (LEAVES[5], 4, 8, TOPS[8]),
        (LEAVES[5], -1, 8, TOPS[8]),
        (LEAVES[5], 8, 8, TOPS[8]),
        (LEAVES[5], 5, 16, TOPS[8]),
        (LEAVES[4], 5, 8, TOPS[8]),
        (LEAVES[5], 5, 8, TOPS[7]),
    ):
        assert not is_included(leaf, index, size, path, top)


def test_a_proof_with_a_hash_too_many_or_too_few_is_false() -> None:
    path, growth = Tree.over(HASHES).path(5), consistency_path(HASHES, 6)
    for other in (path[:-1], path[1:], (*path, TOPS[8]), (*path, *path), ()):
        assert not is_included(LEAVES[5], 5, 8, other, TOPS[8])
    for other in (growth[:-1], growth[1:], (*growth, TOPS[8]), (*growth, *growth), ()):
        assert not grew_from(6, 8, other, TOPS[6], TOPS[8])
    assert not grew_from(8, 8, (TOPS[8],), TOPS[8], TOPS[8])
    assert not grew_from(4, 8, (), TOPS[4], TOPS[8])
    assert not grew_from(8, 6, growth, TOPS[8], TOPS[6])


def test_no_proof_is_made_of_what_is_not_there() -> None:
    for index in (-1, 8):
        with pytest.raises(ValueError, match="no leaf"):
            Tree.over(HASHES).path(index)
    for old in (-1, 9):
        with pytest.raises(ValueError, match="never had"):
            consistency_path(HASHES, old)
