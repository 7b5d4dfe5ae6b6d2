"""`telvet share serve`: partners' views of our collections, over TAXII 2.1."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from telvet.cli.options import FILE
from telvet.cli.share_serving import Asked, run, serving_options, working

__all__ = ["command"]


@click.command("serve")
@click.argument("config", type=FILE)
@serving_options("server")
@click.option("--older-versions", is_flag=True, help="Serve older versions of what is withheld in its newest.")
def command(asked: Asked, config: Path, older_versions: bool) -> int:
    """Serve the collections of CONFIG (YAML) over TAXII 2.1: to each partner what may go to it, by a person's act."""
    from telvet.sharing.store.store import open_store
    from telvet.sharing.taxii.config_reading import read_config

    read = read_config(config)
    with working(asked, read, f"telvet share serve {config.name}") as parts:
        store = open_store(
            asked.workspace,
            readable=parts.readable,
            gates=parts.gates,
            record=parts.record,
            queue_up=parts.queue_up,
            clock=lambda: datetime.now(UTC),
            older_versions=older_versions,
            keep=sorted({user.partner for user in read.users if user.partner is not None}),
        )
        run(asked, read, parts, store)
    return 0
