"""Whatever the documents list is complete, and what is generated is up to date."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from telvet.cli.entry import app
from tests.architecture.source import ROOT

ADRS = sorted(path for path in (ROOT / "docs" / "adr").glob("[0-9]*.md") if not path.name.startswith("0000"))
HEADINGS = ("Status", "Context and problem", "Considered options", "Decision", "Consequences")
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    here = (*path, command.name or "")
    yield " ".join(here), command
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            inner = command.get_command(click.Context(command), name)
            assert inner is not None
            yield from commands(inner, here)


def test_every_command_and_option_is_in_the_reference() -> None:
    page = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    missing = [name for name, _ in commands(app) if f"telvet {name.partition(' ')[2]}".strip() not in page]
    options = [
        f"{name} {option}"
        for name, command in commands(app)
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.hidden
        for option in parameter.opts
        if option not in page
    ]
    assert missing + options == []


@pytest.mark.parametrize("path", ADRS, ids=lambda path: path.name)
def test_a_decision_record_has_the_headings_of_the_template(path: object) -> None:
    text = (ROOT / "docs" / "adr" / str(path)).read_text(encoding="utf-8")
    assert [heading for heading in HEADINGS if f"## {heading}" not in text] == []


def test_the_index_of_decision_records_is_complete() -> None:
    index = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert [path.name for path in ADRS if f"docs/adr/{path.name}" not in index] == []


def test_the_tests_that_hold_the_invariants_exist() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    _, _, invariants = text.partition("| | always true | held by |")
    named = re.findall(r"`(tests/[^`]+)`", invariants.partition("\n\n")[0])
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize(
    "path", sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]), ids=lambda path: path.name
)
def test_links_between_documents_lead_somewhere(path: object) -> None:
    page = ROOT / str(path)
    links = [
        link
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if "://" not in link and not link.startswith("mailto:")
    ]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_generated_pages_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/build_reference.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
