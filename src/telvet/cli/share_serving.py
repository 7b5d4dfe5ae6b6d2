"""What `telvet share serve` and `telvet share proxy` have in common: their options, the gates, the record, the server."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from telvet.cli.evidence_options import now
from telvet.cli.options import today
from telvet.cli.output import say
from telvet.cli.share_asking import share_place
from telvet.cli.share_state import KEY, STATE, State, state_of
from telvet.errors import UsageError

if TYPE_CHECKING:
    from telvet.model.release import Outcome
    from telvet.sharing.audit.canonical import Json
    from telvet.sharing.audit.log import AuditLog
    from telvet.sharing.audit.records import Event, Page
    from telvet.sharing.objects.thing import Thing
    from telvet.sharing.releasing.gates import RecordedGates
    from telvet.sharing.taxii.config import Config
    from telvet.sharing.taxii.source import Collection, Source, Viewer
    from telvet.workspace.sharing_ledger import SharingLedger

__all__ = ["Asked", "Parts", "asked_of", "readable", "run", "serving_options", "working"]

_Command = TypeVar("_Command", bound=Callable[..., Any])
_OPTIONS = (
    click.option("--host", default=None, help="Listen here; as the configuration says, else 127.0.0.1."),
    click.option("--port", type=click.IntRange(0, 65_535), default=None, help="Listen here; 0 takes any that is free."),
    click.option(
        "--law", "laws", multiple=True, metavar="ID[,ID]", help="Packs or provisions; scenarios only when named."
    ),
    click.option("--home", default=None, metavar="CODE", help="Our own country: law of others is left out."),
    click.option("--log", default=None, metavar="NAME", help="This process's own audit log."),
    STATE,
    KEY,
    share_place(required=True),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """How a server is to run."""

    workspace: Path | str
    state: State
    log_name: str
    laws: tuple[str, ...]
    home: str | None
    host: str | None
    port: int | None


@dataclass(frozen=True)
class Parts:
    """What a source needs of us."""

    gates: RecordedGates
    record: Callable[[Page | Event], None]
    queue_up: Callable[[str, Sequence[tuple[Thing, Collection, Outcome]]], None]
    readable: Callable[[str], Sequence[Collection]]
    secret: bytes


def serving_options(log_name: str) -> Callable[[_Command], _Command]:
    """Add the options of a server; they come as one `Asked`.

    Args:
        log_name: The name of its audit log, where none is given.
    """

    def added(command: _Command) -> _Command:
        @wraps(command)
        def asked(
            *,
            host: str | None,
            port: int | None,
            laws: tuple[str, ...],
            home: str | None,
            log: str | None,
            state: Path | None,
            key: Path | None,
            workspace: Path | str,
            **others: object,
        ) -> int:
            found = asked_of(
                workspace=workspace,
                state=state,
                key=key,
                log_name=log or log_name,
                laws=laws,
                home=home,
                host=host,
                port=port,
            )
            code: int = command(asked=found, **others)
            return code

        made: Any = asked
        for option in reversed(_OPTIONS):
            made = option(made)
        return cast("_Command", made)

    return added


def asked_of(
    *,
    workspace: Path | str,
    state: Path | None,
    key: Path | None,
    log_name: str,
    laws: tuple[str, ...],
    home: str | None,
    host: str | None,
    port: int | None,
) -> Asked:
    """Return how a server is to run, or say that an extra is missing."""
    from importlib.util import find_spec

    from telvet.cli.options import names_of

    missing = [name for name in ("uvicorn", "msgspec", "cryptography", "httpx") if find_spec(name) is None]
    if missing:
        raise UsageError(
            f"{' and '.join(missing)} is not installed",
            code="no-extra",
            why="a server needs more than telvet brings along",
            fix="pip install 'telvet[share]'",
        )
    return Asked(workspace, state_of(workspace, state, key), log_name, names_of(laws), home, host, port)


@contextmanager
def working(asked: Asked, config: Config, by: str) -> Iterator[Parts]:
    """Yield what a source needs, while ledger and log are open."""
    from telvet.workspace.evidence_ledger import EvidenceLedger
    from telvet.workspace.sharing_ledger import SharingLedger
    from telvet.workspace.watching import Watched

    with (
        asked.state.log(by=by, name=asked.log_name) as (log, _),
        SharingLedger.open(asked.workspace) as ledger,
        EvidenceLedger.open(asked.workspace) as evidence,
        closing(Watched(asked.workspace, lambda: (ledger.mark(), evidence.mark()))) as mark,
    ):
        yield Parts(
            _gates(asked, ledger, mark),
            _recording(log),
            _queueing(ledger),
            lambda partner: readable(config, partner),
            asked.state.secret(),
        )


def readable(config: Config, partner: str) -> tuple[Collection, ...]:
    """Return the collections that any user of a partner may read, in the order of the configuration."""
    mine = frozenset().union(*(user.read for user in config.users if user.partner == partner))
    return tuple(each for root in config.roots for each in root.collections if each.id in mine)


def run(asked: Asked, config: Config, parts: Parts, source: Source) -> None:
    """Serve until the process is told to stop."""
    from telvet.sharing.taxii.app import build_app
    from telvet.sharing.taxii.serving import serve

    _check_partners(parts, config)
    _settle()
    app = build_app(config, source, record=parts.record, secret=parts.secret, handling=_handling(parts, config))
    serve(app, config, host=asked.host, port=asked.port, say=lambda text: say(text.rstrip("\n")))


def _settle() -> None:
    """Look for garbage seldom, for what a server handles are many small values without circles; let threads take turns often."""
    sys.setswitchinterval(0.0005)
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _gates(asked: Asked, ledger: SharingLedger, mark: Callable[[], object]) -> RecordedGates:
    from telvet.cli.share_law import laws_of
    from telvet.sharing.lawful.gathering import Question
    from telvet.sharing.recorded.folding import known_at
    from telvet.sharing.releasing.gates import RecordedGates

    laws = laws_of(Question(today(), laws=asked.laws, home=asked.home), asked.workspace)
    return RecordedGates(mark, lambda: known_at(ledger), today, laws)


def _recording(log: AuditLog) -> Callable[[Page | Event], None]:
    """Return what writes an entry durably, with what became of the objects in it."""
    from telvet.sharing.audit.reading import DECIDED, SENT
    from telvet.sharing.audit.records import Page

    def record(entry: Page | Event) -> None:
        if isinstance(entry, Page):
            resource = entry.about.get("resource")
            act = SENT if resource == "objects" else "listed" if resource else DECIDED
            entry = replace(entry, about={**entry.about, "act": act})
        log.append(entry)

    return record


def _queueing(ledger: SharingLedger) -> Callable[[str, Sequence[tuple[Thing, Collection, Outcome]]], None]:
    from telvet.sharing.releasing.queueing import waiting

    def queue_up(partner: str, waits: Sequence[tuple[Thing, Collection, Outcome]]) -> None:
        moment = now()
        ledger.queue_up(
            waiting(
                partner, thing, outcome, origin=f"collection {place.alias or place.id}", by="the server", now=moment
            )
            for thing, place, outcome in waits
        )

    return queue_up


def _handling(parts: Parts, config: Config) -> Callable[[Viewer], Mapping[str, Json]]:
    """Return what tells a user which markings may reach it."""
    from telvet.sharing.releasing.receivable import receivable

    def handling(viewer: Viewer) -> Mapping[str, Json]:
        if viewer.partner is None:
            return {"partner": None, "note": "Our own staff read the collections as they are."}
        purposes = {each.purpose for each in readable(config, viewer.partner)}
        return receivable(parts.gates.gate(viewer.partner), purposes)

    return handling


def _check_partners(parts: Parts, config: Config) -> None:
    """Tell of users whose partner is on nobody's record: they would see nothing."""
    for user in config.users:
        if user.partner is not None and user.partner not in parts.gates.read().partners:
            say(f"note: user {user.name}: no partner {user.partner!r} is on record, so that nothing is released to it")
