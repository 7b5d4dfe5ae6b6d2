"""Every command that the documents show is run, and prints what they show."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.functional.driver import ROOT

SHOWN = "```console\n$ "
PAGES = sorted(
    page.relative_to(ROOT).as_posix()
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    if SHOWN in page.read_text("utf-8")
)


def test_the_readme_the_tutorials_and_the_how_tos_show_what_commands_print() -> None:
    assert "README.md" in PAGES
    assert {f"docs/tutorials/{page.name}" for page in (ROOT / "docs" / "tutorials").glob("*.md")} <= set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_shows_is_what_is_printed(page: str) -> None:
    line = [sys.executable, "scripts/build_console.py", "--check", page]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), "run `make docs` and read what changed"
