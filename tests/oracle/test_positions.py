"""The oracle finds the positions that were worked out by hand."""

from __future__ import annotations

import pytest

from tests.oracle.position_vectors import FOLDER, PositionVector, position_vectors
from tests.oracle.positions import position
from tests.oracle.reading import load_yaml

VECTORS = position_vectors()
ALWAYS = {"position", "scopes", "because", "against"}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_the_oracle_finds_the_position_as_worked_by_hand(vector: PositionVector) -> None:
    answer = position(vector.statements, vector.judgements, vector.question)
    assert vector.told(answer) == dict(vector.expect), vector.why


def test_every_vector_of_a_position_tells_the_whole_and_why() -> None:
    for path in FOLDER.glob("*.yaml"):
        document = load_yaml(path.read_text("utf-8"))
        assert document["about"]
        assert all(len(vector["why"]) > 10 and set(vector["expect"]) >= ALWAYS for vector in document["vectors"])


def test_no_two_vectors_of_a_position_share_a_name() -> None:
    names = [vector.name for vector in VECTORS]
    assert len(set(names)) == len(names)
