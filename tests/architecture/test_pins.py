"""The pins install with hashes on whatever pip a fresh machine has: nothing that is required is left without a version."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

_FOLDER = Path(__file__).parents[2] / "requirements"


def pins(path: Path) -> list[Requirement]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Requirement(line.rstrip(" \\")) for line in lines if line and not line.startswith((" ", "#", "-"))]


def wanted_with_extras(name: str) -> list[Requirement]:
    try:
        asked = [Requirement(line) for line in requires(name) or []]
    except PackageNotFoundError:
        return []
    return [one for one in asked if one.extras and (one.marker is None or one.marker.evaluate({"extra": ""}))]


def same(extra: str) -> str:
    """Return an extra as it is compared: `html_clean` and `html-clean` are one."""
    return re.sub(r"[-_.]+", "-", extra).lower()


@pytest.mark.parametrize("path", sorted(_FOLDER.glob("*.txt")), ids=lambda path: path.name)
def test_what_is_required_with_extras_is_pinned_with_them(path: Path) -> None:
    pinned = {(pin.name, same(extra)) for pin in pins(path) for extra in pin.extras}
    asked = {
        (one.name, same(extra)) for pin in pins(path) for one in wanted_with_extras(pin.name) for extra in one.extras
    }
    assert asked <= pinned


@pytest.mark.parametrize("path", sorted(_FOLDER.glob("*.txt")), ids=lambda path: path.name)
def test_every_pin_is_one_version(path: Path) -> None:
    assert all(str(pin.specifier).startswith("==") for pin in pins(path))
