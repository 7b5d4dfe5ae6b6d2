from __future__ import annotations

import pytest

from telvet.sharing.audit.merkle import EMPTY, Frontier, leaf_hash, node_hash, root

# The leaves and roots that implementations of Certificate Transparency test with.
LEAVES = tuple(
    bytes.fromhex(leaf)
    for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
)
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_known_vectors(size: int) -> None:
    hashes = [leaf_hash(leaf) for leaf in LEAVES[:size]]
    assert root(hashes).hex() == ROOTS[size]
    assert Frontier().with_leaves(hashes).root().hex() == ROOTS[size]


def test_the_tree_without_leaves_has_the_hash_of_nothing() -> None:
    assert root([]) == Frontier().root() == EMPTY


def test_a_leaf_never_hashes_like_a_node() -> None:
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert node_hash(left, right) != leaf_hash(left + right)


def test_a_frontier_holds_as_many_hashes_as_its_size_has_ones() -> None:
    assert [len(Frontier().with_leaves([leaf_hash(b"")] * size).hashes) for size in range(9)] == [
        0, 1, 1, 2, 1, 2, 2, 3, 1,
    ]  # fmt: skip
    for size, hashes in ((1, 0), (2, 2), (0, 1), (-1, 1)):
        with pytest.raises(ValueError, match="full subtrees"):
            Frontier(size, (EMPTY,) * hashes)
