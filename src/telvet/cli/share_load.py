"""`telvet share load`: a bundle into a collection of the server, without going over the network."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from telvet.cli.evidence_options import BY
from telvet.cli.options import FILE
from telvet.cli.output import say
from telvet.cli.share_asking import bundle_of, share_place
from telvet.cli.share_state import KEY, STATE, state_of
from telvet.errors import UsageError
from telvet.reporting.words import counted, printable
from telvet.tables.codes import nearest

if TYPE_CHECKING:
    from telvet.sharing.audit.canonical import Json
    from telvet.sharing.releasing.gate import Gate
    from telvet.sharing.taxii.config import Config
    from telvet.sharing.taxii.source import Collection, Posting

__all__ = ["command"]

_SHOWN = 20
_CHUNK = 5000


@click.command("load")
@click.argument("bundle", type=FILE)
@click.option("--config", type=FILE, required=True, metavar="FILE", help="The server's configuration.")
@click.option("--into", required=True, metavar="COLLECTION", help="Its id or alias.")
@BY
@STATE
@KEY
@share_place(required=True)
def command(
    bundle: Path, config: Path, into: str, by: str, state: Path | None, key: Path | None, workspace: Path | str
) -> int:
    """Take the objects of BUNDLE into a collection; what is there already with the same bytes stays as it is."""
    from telvet.sharing.audit.records import Event
    from telvet.sharing.taxii.config_reading import read_config

    kept = state_of(workspace, state, key)
    root, collection = _collection(read_config(config), into)
    read = bundle_of(bundle)
    with kept.log(by=by) as (log, _):
        postings = asyncio.run(_post(workspace, root, collection, [thing.raw for thing in read.things], by))
        failed = [failure for each in postings for failure in each.failures]
        came = sum(len(each.successes) for each in postings)
        told: dict[str, Json] = {
            "collection": collection.id,
            "failures": len(failed),
            "file": bundle.name,
            "successes": came,
        }
        log.append(Event(datetime.now(UTC), by, "load", told))
    click.echo(printable(f"{counted(came, 'object')} in {collection.title}, {len(failed):,} refused"))
    for name, version, why in failed[:_SHOWN]:
        say(f"{name} {version}: {why}")
    if len(failed) > _SHOWN:
        say(f"... and {len(failed) - _SHOWN:,} more")
    return 2 if failed and not came else 0


async def _post(
    workspace: Path | str, root: str, collection: Collection, objects: list[bytes], by: str
) -> list[Posting]:
    from telvet.sharing.store.store import open_store
    from telvet.sharing.taxii.source import Viewer

    store = open_store(
        workspace,
        readable=lambda _: (),
        gates=_NoGates(),
        record=lambda _: None,
        queue_up=lambda *_: None,
        clock=lambda: datetime.now(UTC),
    )
    try:
        chunks = [objects[place : place + _CHUNK] for place in range(0, len(objects), _CHUNK)]
        return [await store.post(Viewer(by, None), root, collection, chunk) for chunk in chunks]
    finally:
        await store.close()


class _NoGates:
    """For our own staff: whoever loads asks for no partner."""

    def gate(self, partner: str) -> Gate:
        """Refuse."""
        raise KeyError(partner)


def _collection(config: Config, name: str) -> tuple[str, Collection]:
    for root in config.roots:
        found = root.collection(name)
        if found is not None:
            return root.path, found
    names = sorted(each.alias or each.id for root in config.roots for each in root.collections)
    near = nearest(name, tuple(names))
    fix = f"did you mean {near!r}?" if near else f"name one of: {', '.join(names)}"
    raise UsageError(f"no collection {name!r} is configured", code="unknown-collection", where="--into", fix=fix)
