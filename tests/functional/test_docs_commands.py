"""Every command that the README and the tutorials show is run, and prints what they show.

The how-tos are checked in the same way by `make check`.
"""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.functional.driver import ROOT

PAGES = sorted(
    page.relative_to(ROOT).as_posix() for page in [ROOT / "README.md", *(ROOT / "docs/tutorials").glob("*.md")]
)
COMMAND = re.compile(r"^\$ .*\btelvet ", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_shows_is_what_is_printed(page: str) -> None:
    assert len(COMMAND.findall((ROOT / page).read_text("utf-8"))) >= 2
    line = [sys.executable, "scripts/build_console.py", "--check", page]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), "run `make docs` and read what changed"
