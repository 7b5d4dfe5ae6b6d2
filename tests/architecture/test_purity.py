"""What judging may not look at, and whom the engine may not call."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.source import SRC, imports_of, modules, parsed

PURE_ROOMS = ("model", "rules", "tables", "assessment")
IMPURE = ("locale", "os", "random", "secrets", "socket", "subprocess", "time", "uuid")
# The one module that may talk to a network: to the endpoint that a user names, and to nothing else.
ASKED_FOR = "evidence/proposing/endpoint_request.py"
# What makes a position of statements is judging too.
PURE_MODULES = frozenset(
    f"evidence/{name}.py"
    for name in (
        "positions/contradictions", "positions/contributions", "positions/fold", "positions/intervals", "positions/position",
        "positions/record", "statements/when",
    )
)  # fmt: skip
PURE_FOLDERS = ("sharing/deciding/", "sharing/decision.py", "sharing/markings/")
CLOCKS = {"now", "today", "utcnow"}
NETWORK = (
    "aiohttp",
    "asyncio",
    "ftplib",
    "http.client",
    "http.server",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "ssl",
    "urllib.request",
    "urllib3",
)


def names(path: Path) -> str:
    return path.relative_to(SRC).as_posix()


def pure_modules() -> list[Path]:
    return [
        path
        for path in modules()
        if path.relative_to(SRC).parts[0] in PURE_ROOMS
        or names(path) in PURE_MODULES
        or names(path).startswith(PURE_FOLDERS)
    ]


def within(imported: str, banned: tuple[str, ...]) -> bool:
    return any(imported == name or imported.startswith(f"{name}.") for name in banned)


@pytest.mark.parametrize("path", pure_modules(), ids=names)
def test_judging_looks_at_no_clock_machine_or_chance(path: Path) -> None:
    assert [name for name in imports_of(path) if within(name, IMPURE)] == []
    calls = [
        node.func.attr
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    assert CLOCKS & set(calls) == set()


@pytest.mark.parametrize("path", [path for path in modules() if names(path) != ASKED_FOR], ids=names)
def test_nothing_talks_to_a_network_but_what_a_user_asks_for(path: Path) -> None:
    assert [name for name in imports_of(path) if within(name, NETWORK)] == []
