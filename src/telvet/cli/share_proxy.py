"""`telvet share proxy`: partners' views of another TAXII server, decided page by page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from telvet.cli.options import FILE
from telvet.cli.share_serving import Asked, run, serving_options, working
from telvet.errors import Fault, SharingError

if TYPE_CHECKING:
    from telvet.sharing.proxying.settings import UpstreamSettings
    from telvet.sharing.taxii.config import Config, Root

__all__ = ["command"]


@click.command("proxy")
@click.argument("upstream")
@click.option("--config", type=FILE, required=True, metavar="FILE", help="Collections and users, as for `share serve`.")
@click.option(
    "--upstream-token", type=FILE, default=None, metavar="FILE", help="A file with the token that upstream knows us by."
)
@click.option(
    "--upstream-password", type=FILE, default=None, metavar="FILE", help="A file with `user:password` for upstream."
)
@click.option(
    "--upstream-certificate", type=FILE, default=None, metavar="FILE", help="Our certificate for upstream, PEM."
)
@click.option("--upstream-key", type=FILE, default=None, metavar="FILE", help="Its key, PEM.")
@click.option("--upstream-trusted", type=FILE, default=None, metavar="FILE", help="Whom else to trust, PEM.")
@click.option(
    "--seconds", type=click.FloatRange(0.1, 3600), default=30, show_default=True, help="Patience with one request."
)
@click.option(
    "--cache-seconds",
    type=click.FloatRange(0, 3600),
    default=60,
    show_default=True,
    help="How long what is referred to is kept.",
)
@serving_options("proxy")
def command(
    asked: Asked,
    upstream: str,
    config: Path,
    upstream_token: Path | None,
    upstream_password: Path | None,
    upstream_certificate: Path | None,
    upstream_key: Path | None,
    upstream_trusted: Path | None,
    seconds: float,
    cache_seconds: float,
) -> int:
    """Serve partners' views of UPSTREAM, the address of a TAXII 2.1 server, an API root or a collection."""
    from telvet.sharing.proxying.settings import UpstreamSettings
    from telvet.sharing.taxii.config_reading import read_config

    settings = UpstreamSettings(
        upstream,
        seconds=seconds,
        token_file=upstream_token,
        basic_file=upstream_password,
        certificate=upstream_certificate,
        certificate_key=upstream_key,
        trusted=upstream_trusted,
    )
    read = _placed(read_config(config), settings, config.name)
    _serve(asked, read, settings, cache_seconds)
    return 0


def _serve(asked: Asked, config: Config, settings: UpstreamSettings, cache_seconds: float) -> None:
    """Serve until the process is told to stop."""
    from telvet.sharing.proxying.proxy import open_proxy

    with working(asked, config, f"telvet share proxy {settings.address}") as parts:
        proxy = open_proxy(
            readable=parts.readable,
            gates=parts.gates,
            upstream=settings,
            queue_up=parts.queue_up,
            cache_seconds=cache_seconds,
            key=asked.state.secret("proxy.key"),
            collections=[each for root in config.roots for each in root.collections],
        )
        run(asked, config, parts, proxy)


def _placed(config: Config, settings: UpstreamSettings, name: str) -> Config:
    """Find where upstream has the collections for which the configuration does not say it.

    Raises:
        SharingError: Upstream has no such collection; all of them are told.
        SourceError: Upstream cannot be asked.
    """
    from telvet.sharing.proxying.discovering import discover

    if all(each.upstream for root in config.roots for each in root.collections):
        return config
    there = {each.collection.id.lower(): each.collection for each in discover(settings)}
    faults: list[Fault] = []

    def placed(root: Root) -> Root:
        collections = []
        for each in root.collections:
            found = there.get(each.id)
            if each.upstream is None and found is None:
                what = f"upstream shows us no collection {each.id}"
                fix = f"it has {', '.join(sorted(there)) or 'none'}; or write upstream: ADDRESS"
                faults.append(Fault(name, None, f"roots.{root.path}.collections", "no-upstream", what, fix))
                continue
            collections.append(each if each.upstream or found is None else replace(each, upstream=found.upstream))
        return replace(root, collections=tuple(collections))

    roots = tuple(map(placed, config.roots))
    if faults:
        raise SharingError(
            "collections are missing upstream", tuple(faults), code="no-upstream", where=settings.address
        )
    return replace(config, roots=roots)
