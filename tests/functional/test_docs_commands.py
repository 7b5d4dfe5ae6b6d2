"""Every command that a page shows is run, and prints what the page shows."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.functional.driver import ROOT

FIRST_READ = ("README.md", "docs/tutorials/")
PAGES = sorted(
    page.relative_to(ROOT).as_posix()
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    if "```console" in page.read_text("utf-8")
)
COMMAND = re.compile(r"^\$ .*\btelvet ", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_shows_is_what_is_printed(page: str) -> None:
    least = 2 if page.startswith(FIRST_READ) else 1
    assert len(COMMAND.findall((ROOT / page).read_text("utf-8"))) >= least
    line = [sys.executable, "scripts/build_console.py", "--check", page]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), "run `make docs` and read what changed"
