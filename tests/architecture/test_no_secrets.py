"""Tracked files name no machine: no absolute path of a home or work folder, no registry's host, no key."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

PATHS = re.compile(r"(?<![\w.])/(?:home|Users|root|work|opt)/[\w.-]+")
HOSTS = re.compile(r"\b(?:pypi|test\.pypi|files\.pythonhosted|pypi\.python)\.(?:org|io|com)\b", re.IGNORECASE)
INDEX = re.compile(r"^(?:--(?:index-url|extra-index-url|find-links|trusted-host)|-i) ", re.MULTILINE)
KEYS = re.compile("-----BEGIN " + r"(?:[A-Z]+ )?PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b")
BINARY = {".parquet", ".xlsx", ".png", ".gz", ".zip", ".db"}


def tracked() -> list[Path]:
    """Return the files that are, or are about to be, under version control; all but the ignored ones."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [
        path
        for name in done.stdout.split("\0")
        if name and (path := ROOT / name).is_file() and path.suffix not in BINARY
    ]


@pytest.mark.parametrize("pattern", [PATHS, HOSTS, INDEX, KEYS], ids=["paths", "hosts", "index options", "keys"])
def test_no_tracked_file_names_a_machine(pattern: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(ROOT).as_posix()}: {hit[0]}"
        for path in tracked()
        if (hit := pattern.search(path.read_text(encoding="utf-8", errors="replace")))
    ]
    assert found == []
