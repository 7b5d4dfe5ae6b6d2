"""Small rooms: what a reader can hold in mind, and where a reader looks for things."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from statistics import median

import pytest

from tests.architecture.source import ROOT, SRC, modules, parsed

LONGEST_MODULE = 400
MEDIAN_MODULE = 120
LONGEST_FUNCTION = 40

# Drawers into which anything fits, so that everything ends up in them.
BANNED = frozenset({"base", "common", "core", "handler", "helper", "lib", "manager", "misc", "shared", "tool", "util"})

# Modules that only declare: there is no behaviour to test, and the tests of their readers cover them.
PURE_DATA = frozenset(
    {
        "inventory/cell_fault.py",
        "model/facts.py",
        "model/finding.py",
        "model/position.py",
        "tables/beside.py",
        "tables/equipment.py",
        "tables/judging.py",
        "tables/reading.py",
        "tables/relation.py",
    }
)

# Steps that Alembic runs; the tests of the database run them all.
MIGRATIONS = "workspace/migrations/"

# Functions that may be longer; empty, and meant to stay so.
LONG_FUNCTIONS: frozenset[str] = frozenset()


def names(path: Path) -> str:
    return path.relative_to(SRC).as_posix()


def is_marker(path: Path) -> bool:
    """Tell whether a module is a package's `__init__` with nothing but its docstring."""
    return path.name == "__init__.py" and len(parsed(path).body) <= 1


@pytest.mark.parametrize("path", modules(), ids=names)
def test_a_module_has_a_docstring(path: Path) -> None:
    assert ast.get_docstring(parsed(path)), f"{names(path)}: say in the first line what it turns into what"


@pytest.mark.parametrize("path", [path for path in modules() if not is_marker(path)], ids=names)
def test_a_module_says_what_is_public(path: Path) -> None:
    declared = {
        target.id
        for node in parsed(path).body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    assert "__all__" in declared, f"{names(path)}: __all__ is missing"


@pytest.mark.parametrize("path", modules(), ids=names)
def test_a_module_is_not_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


def test_most_modules_are_short() -> None:
    assert (
        median(len(path.read_text(encoding="utf-8").splitlines()) for path in modules() if not is_marker(path))
        <= MEDIAN_MODULE
    )


@pytest.mark.parametrize("path", modules(), ids=names)
def test_no_function_is_long(path: Path) -> None:
    long = {
        f"{names(path)}:{node.name}": length
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert {name: length for name, length in long.items() if name not in LONG_FUNCTIONS} == {}


@pytest.mark.parametrize("path", modules(), ids=names)
def test_no_module_is_a_drawer(path: Path) -> None:
    parts = path.relative_to(SRC).with_suffix("").parts
    words = {word.rstrip("s") for part in parts for word in re.split(r"[_\W]+", part) if word}
    assert not words & BANNED, f"{names(path)}: name it after what it does"


@pytest.mark.parametrize("path", [path for path in modules() if path.name != "__init__.py"], ids=names)
def test_a_module_has_a_namesake_test(path: Path) -> None:
    if names(path) in PURE_DATA or names(path).startswith(MIGRATIONS):
        return
    room = path.relative_to(SRC).parts[0] if path.parent != SRC else ""
    folder = ROOT / "tests" / "unit" / room
    wanted = f"test_{path.stem.lstrip('_')}.py"
    found = folder.rglob(wanted) if room else folder.glob(wanted)
    assert any(found), f"{names(path)}: write {folder.relative_to(ROOT).as_posix()}/{wanted}"


def test_the_list_of_pure_data_names_only_what_exists() -> None:
    assert [name for name in sorted(PURE_DATA) if not (SRC / name).exists()] == []
