from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from telvet.cli.share import command


def test_every_command_that_is_listed_can_be_called_and_says_the_same_of_itself() -> None:
    context = click.Context(command, info_name="share")
    names = command.list_commands(context)
    assert names == sorted(names)
    for name in names:
        found = command.get_command(context, name)
        assert found is not None
        assert found.name == name
        assert CliRunner().invoke(command, [name, "--help"]).exit_code == 0


def test_help_lists_them_all() -> None:
    said = CliRunner().invoke(command, ["--help"])
    assert said.exit_code == 0
    for name in command.list_commands(click.Context(command)):
        assert f"\n  {name} " in said.output


@pytest.mark.parametrize("name", ["shares", "", "__init__"])
def test_what_is_no_command_is_none(name: str) -> None:
    assert command.get_command(click.Context(command), name) is None
