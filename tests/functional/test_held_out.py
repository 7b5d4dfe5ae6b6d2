"""What was frozen to measure proposals on is as it was frozen."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "data" / "evidence"


@pytest.mark.parametrize("folder", ["heldout", "heldout-second", "heldout-third"])
def test_the_documents_are_those_that_were_frozen(folder: str) -> None:
    place = DATA / folder
    lines = [line.split() for line in (place / "FROZEN.sha256").read_text("utf-8").splitlines()]
    frozen = {name: digest for digest, name in lines}
    there = {path.name for path in place.iterdir() if path.name not in {"FROZEN.sha256", ".gitattributes"}}
    assert {name.removeprefix("./") for name in frozen} - {".gitattributes"} == there
    digests = {name: hashlib.sha256((place / name).read_bytes()).hexdigest() for name in frozen}
    assert digests == frozen
