"""The oracle gives the answers that were worked out by hand, and the vectors are packs that the schema accepts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.oracle.judge import judge
from tests.oracle.reading import load_yaml, pack_of_files
from tests.oracle.register import ToyRegister
from tests.oracle.vectors import FOLDER, Vector, all_vectors, in_order

VECTORS = all_vectors()
SCHEMA = json.loads((FOLDER.parent / "schemas" / "law.schema.json").read_text("utf-8"))


def kind_of_file(path: str) -> str:
    return "provision" if path.startswith("provisions/") else path.removesuffix(".yaml")


def schema_faults(path: str, document: Any) -> list[str]:
    validator = Draft202012Validator({"$ref": f"#/$defs/{kind_of_file(path)}", "$defs": SCHEMA["$defs"]})
    return [f"{path}: {error.message}" for error in validator.iter_errors(document)]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_the_oracle_answers_as_worked_by_hand(vector: Vector) -> None:
    found = judge(
        [pack_of_files(files) for files in vector.packs],
        vector.equipment,
        vector.day,
        ToyRegister(vector.register),
        operators=vector.operators,
        overlays=vector.overlays,
        partners=vector.partners,
        **vector.abroad,
    )
    assert in_order(found) == in_order(vector.expect), vector.why


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_a_vector_holds_packs_that_the_schema_accepts(vector: Vector) -> None:
    assert [fault for files in vector.packs for path in files for fault in schema_faults(path, files[path])] == []


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_a_vector_expects_something_of_rows_that_exist(vector: Vector) -> None:
    elements = {row["id"] for row in vector.equipment}
    assert {finding["equipment"] for finding in vector.expect} <= {*elements, None}
    assert len(elements) == len(vector.equipment)


def test_no_two_vectors_share_a_name() -> None:
    names = [vector.name for vector in VECTORS]
    assert len(set(names)) == len(names)


def test_every_vector_says_why() -> None:
    for path in FOLDER.glob("*.yaml"):
        document = load_yaml(path.read_text("utf-8"))
        assert document["about"]
        assert all(len(vector["why"]) > 10 for vector in document["vectors"])
