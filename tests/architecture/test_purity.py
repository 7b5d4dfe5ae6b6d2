"""What judging may not look at, and whom the engine may not call."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.source import SRC, imports_of, modules, parsed

PURE_ROOMS = ("model", "rules", "tables", "assessment")
IMPURE = ("locale", "os", "random", "secrets", "socket", "subprocess", "time", "uuid")
# The modules that may talk to a network: to the endpoint, or the server, that a user names, and to nothing else.
ASKED_FOR = frozenset({"evidence/proposing/endpoint_request.py", "sharing/proxying/upstream.py"})
# A server listens where a user tells it to, and asks nobody.
LISTENING, TO_LISTEN = "sharing/taxii/", frozenset({"asyncio", "socket", "ssl"})
# An event loop, and no network.
LOOPING = frozenset({"cli/share_load.py", "sharing/store/store.py"})
# What makes a position of statements is judging too.
PURE_MODULES = frozenset(
    f"evidence/{name}.py"
    for name in (
        "positions/contradictions", "positions/contributions", "positions/fold", "positions/intervals", "positions/position",
        "positions/record", "statements/when",
    )
)  # fmt: skip
PURE_FOLDERS = (
    "sharing/deciding/", "sharing/decision.py", "sharing/markings/", "sharing/objects/", "sharing/releasing/acts.py",
    "sharing/releasing/gate.py", "sharing/releasing/naming.py", "sharing/releasing/queueing.py", "sharing/releasing/together.py",
)  # fmt: skip
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


def may_import(path: Path) -> frozenset[str]:
    """Return what a module may import of all that could reach a network."""
    if names(path).startswith(LISTENING):
        return TO_LISTEN
    return frozenset({"asyncio"}) if names(path) in LOOPING else frozenset()


@pytest.mark.parametrize("path", [path for path in modules() if names(path) not in ASKED_FOR], ids=names)
def test_nothing_talks_to_a_network_but_what_a_user_asks_for(path: Path) -> None:
    reaching = {name for name in imports_of(path) if within(name, NETWORK)}
    assert reaching <= may_import(path)


def test_the_lists_name_only_what_exists() -> None:
    assert [name for name in sorted(ASKED_FOR | LOOPING | PURE_MODULES) if not (SRC / name).exists()] == []
