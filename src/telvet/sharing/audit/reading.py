"""The logs of a folder -> what has gone out to whom, each version of an object once, with first and last time.

* A page says what it is by `about["act"]`: `sent`, the objects went out; `listed`, their ids and versions; `decided`, somebody looked.
* What was withheld, referred, or seen by nobody but our own staff has not gone out.
* With a key every byte is verified on the way; without one, what the files say is taken as it is.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from telvet.sharing.audit.canonical import Json, quoted
from telvet.sharing.audit.keys import VerifierKey
from telvet.sharing.audit.logs import MAIN, Log, logs, trusted_key
from telvet.sharing.audit.troubles import altered, gone, wrong_key
from telvet.sharing.audit.walking import check_size, published_size, walk
from telvet.workspace.entries import moment

__all__ = ["ACTS", "DECIDED", "LISTED", "SENT", "ReleasedRow", "released"]

SENT, LISTED, DECIDED = "sent", "listed", "decided"
ACTS = (SENT, LISTED, DECIDED)
"""What `about["act"]` of a page may be."""
_RELEASES = frozenset({"permit", "redact"})
_FIRST, _LAST, _TIMES, _REQUEST, _ABOUT = range(5)
_Key = tuple[str, str, str, str, str]
_Read = tuple[str, Mapping[str, Any], Sequence[bytes]]


@dataclass(frozen=True, slots=True)
class ReleasedRow:
    """One version of one object that went out to one partner."""

    partner: str
    object: str
    version: str
    digest: str
    effect: str
    """`permit` or `redact`."""
    first: str
    """The moment when it went out first, as the log writes it."""
    last: str
    times: int
    request: str
    """The last one."""
    about: Mapping[str, Json]
    """Of the last one: what the decision rested on."""


def released(
    folder: Path,
    verifier: VerifierKey | None = None,
    partner: str | None = None,
    since: datetime | None = None,
    objects: Collection[str] | None = None,
) -> Iterator[ReleasedRow]:
    """Yield what has gone out, by the moment when it first did.

    Args:
        folder: That of all logs.
        verifier: The key of `main`; with it every log is verified.
        partner: Only to this one.
        since: Only what went out at this moment or later.
        objects: Only these ids.

    Raises:
        WorkspaceError: There is no log, it cannot be read, or it is not as it was signed.
    """
    held: dict[_Key, list[Any]] = {}
    least = "" if since is None else moment(since)
    names = None if objects is None else [quoted(one).encode() for one in objects]
    for place, told, leaves in _pages(folder, verifier):
        if not _wanted(told, partner, least):
            continue
        named = leaves if names is None else [leaf for leaf in leaves if any(name in leaf for name in names)]
        try:
            _fold(held, told, named, objects)
        except (ValueError, KeyError, TypeError) as problem:
            raise altered(place, f"a decision cannot be read ({problem})") from problem
    for key in sorted(held, key=lambda one: (held[one][_FIRST], one)):
        yield ReleasedRow(*key, *held.pop(key))


def _wanted(told: Mapping[str, Any], partner: str | None, least: str) -> bool:
    """Tell whether a page went out, to the partner asked for, in the time asked for."""
    about = told.get("about")
    sent = isinstance(about, Mapping) and about.get("act") == SENT and told.get("partner")
    return bool(sent) and partner in {None, told["partner"]} and str(told.get("at")) >= least


def _fold(
    held: dict[_Key, list[Any]], told: Mapping[str, Any], leaves: Sequence[bytes], objects: Collection[str] | None
) -> None:
    """Add the decisions of a page to those before it."""
    partner, at, request, about = str(told["partner"]), str(told["at"]), str(told["request"]), told["about"]
    for leaf in json.loads(b"[" + b",".join(leaves) + b"]"):
        name, effect = leaf["object"], leaf["effect"]
        if effect not in _RELEASES or (objects is not None and name not in objects):
            continue
        key = (partner, name, leaf["version"], leaf["digest"], effect)
        row = held.get(key)
        if row is None:
            held[key] = [at, at, 1, request, about]
            continue
        row[_TIMES] += 1
        row[_FIRST] = min(row[_FIRST], at)
        if at >= row[_LAST]:
            row[_LAST], row[_REQUEST], row[_ABOUT] = at, request, about


def _pages(folder: Path, verifier: VerifierKey | None) -> Iterator[_Read]:
    """Yield where a record of decisions stands, the record, and the leaves below it."""
    found = logs(folder)
    if verifier is not None and found[0].name != MAIN:
        raise gone(str(folder), verifier.name, by="the key")
    chain: Sequence[VerifierKey] = ()
    for log in found:
        acknowledged = published_size(log.storage)
        if verifier is None:
            size = yield from _as_they_are(log)
        else:
            named, size = yield from _verified(log, chain)
            chain = chain or named
            if verifier not in chain:
                raise wrong_key(str(log.folder), verifier.text(), why="no record of the log names it")
        check_size(str(log.folder), size, acknowledged)


def _verified(log: Log, chain: Sequence[VerifierKey]) -> Generator[_Read, None, tuple[list[VerifierKey], int]]:
    """Yield the pages of a log that is as it was signed; return its keys, and how many records it has."""
    if log.name != MAIN:
        trusted_key(log, chain)
    keys: list[VerifierKey] = []
    size = 0
    for step in walk(log.storage):
        keys.extend(step.new_keys)
        size = step.commit.checkpoint.size
        pages = (one for one in step.commit.logged if one.told["kind"] == "decisions")
        yield from ((str(log.folder), one.told, one.leaves) for one in pages)
    return keys, size


def _as_they_are(log: Log) -> Generator[_Read, None, int]:
    """Yield the pages of a log; return how many records it has."""
    size = 0
    for stored in log.storage.commits():
        lines = stored.data.partition(b"\n\n")[0].split(b"\n")
        try:
            found = list(_records(lines))
        except (ValueError, KeyError, TypeError) as problem:
            raise altered(stored.place, f"a record cannot be read ({problem})") from problem
        size += len(found)
        yield from ((stored.place, told, leaves) for told, leaves in found if told["kind"] == "decisions")
    return size


def _records(lines: Sequence[bytes]) -> Iterator[tuple[Mapping[str, Any], Sequence[bytes]]]:
    here = 0
    while here < len(lines):
        told = json.loads(lines[here])
        end = here + 1 + (int(told["objects"]) if told["kind"] == "decisions" else 0)
        yield told, lines[here + 1 : end]
        here = end
