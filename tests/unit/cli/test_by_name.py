from __future__ import annotations

import sys

import click
from click.testing import CliRunner

from telvet.cli.by_name import ByName

GROUP = ByName(name="some", modules={"b": ("telvet.cli.read", "Second."), "a": ("no.such.module", "First.")})


def test_help_lists_what_there_is_and_imports_nothing() -> None:
    shown = CliRunner().invoke(GROUP, ["--help"]).output
    assert shown.index("First.") < shown.index("Second.")
    assert "no.such.module" not in sys.modules


def test_a_command_is_found_by_its_name_alone() -> None:
    context = click.Context(GROUP)
    found = GROUP.get_command(context, "b")
    assert found is not None
    assert found.name == "read"
    assert GROUP.get_command(context, "c") is None
