"""The oracle would share the engine's misreadings if it used the engine: it may not."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
MAY_ASK = ("telvet.attribution", "telvet.catalog")


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_only_the_adapter_meets_telvet_and_only_its_register() -> None:
    for path in HERE.glob("*.py"):
        of_telvet = [name for name in imports_of(path) if name.split(".")[0] == "telvet"]
        allowed = MAY_ASK if path.name == "telvet_register.py" else ()
        assert [name for name in of_telvet if not name.startswith(tuple(allowed))] == [], path.name


def test_the_oracle_imports_nothing_of_the_tests_that_compare_it() -> None:
    for path in HERE.glob("*.py"):
        assert [name for name in imports_of(path) if name.startswith("tests.") and "oracle" not in name] == [], (
            path.name
        )
