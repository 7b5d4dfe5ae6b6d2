from __future__ import annotations

import pytest

from telvet.sharing.audit.checkpoints import Checkpoint, signed_checkpoint
from telvet.sharing.audit.merkle import EMPTY, Frontier, leaf_hash
from telvet.sharing.audit.notes import Note
from tests.unit.sharing.audit.logs import NAME, signer


def test_the_example_of_the_format_is_read_and_written() -> None:
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    checkpoint = Checkpoint.of(Note(text, ()))
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoint.text() == text


def test_a_signed_checkpoint_names_its_log_size_and_root() -> None:
    frontier = Frontier().with_leaf(leaf_hash(b"record"))
    note = signed_checkpoint(frontier, [signer(), signer(2)])
    assert Checkpoint.of(note) == Checkpoint(NAME, 1, leaf_hash(b"record"))
    assert signer().key.signed(note)
    assert signer(2).key.signed(note)


@pytest.mark.parametrize(
    "text",
    [
        "a\n1\n",
        "\n1\n{root}\n",
        "a\n01\n{root}\n",
        "a\n-1\n{root}\n",
        "a\n1 \n{root}\n",
        "a\n\u0661\n{root}\n",
        "a\n1\nAAAA\n",
        "a\n1\n{root}\nextension\n",
        "a b\n1\n{root}\n",
        "a\n99999999999999999\n{root}\n",
    ],
)
def test_another_spelling_is_no_checkpoint(text: str) -> None:
    root = Checkpoint("a", 0, EMPTY).text().split("\n")[2]
    with pytest.raises(ValueError, match=r"checkpoint|root"):
        Checkpoint.of(Note(text.format(root=root), ()))
