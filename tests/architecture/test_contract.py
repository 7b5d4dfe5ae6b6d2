"""The floor plan: import-linter's contracts hold, and the oracle shares no code with what it checks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, imports_of

ENGINE = ("telvet.rules", "telvet.assessment", "telvet.packs", "telvet.lawcheck", "telvet.backends", "telvet.pipeline")


def test_the_contracts_of_pyproject_hold() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": "src", "COLUMNS": "200"},
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", sorted((ROOT / "tests" / "oracle").rglob("*.py")), ids=lambda path: path.name)
def test_the_oracle_is_written_without_the_engine(path: Path) -> None:
    if path.name.startswith("test_"):  # a comparison has to know both
        return
    shared = {name for name in imports_of(path) for room in ENGINE if name == room or name.startswith(f"{room}.")}
    assert shared == set()
