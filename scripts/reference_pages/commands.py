"""Turn the tree of commands into a page: each command's own help, as it is printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from reference_pages.writing import ROOT, page
from telvet.cli.entry import app

__all__ = ["pages"]


def pages() -> Iterator[tuple[Path, str]]:
    """Yield the page of commands."""
    yield ROOT / "docs/reference/cli.md", page("Command line", *_sections(app, "telvet", None))


def _sections(command: click.Command, name: str, parent: click.Context | None) -> Iterator[str]:
    settings = {**command.context_settings, "terminal_width": 100, "max_content_width": 100}
    context = click.Context(command, info_name=name, parent=parent, **settings)
    path = context.command_path
    depth = "#" * min(path.count(" ") + 2, 4)
    text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    yield f"{depth} {path}\n\n```text\n{text}\n```"
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            if found is not None and not found.hidden:
                yield from _sections(found, inner, context)
