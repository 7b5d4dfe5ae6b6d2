"""Turns what is on record now into gates, one for each partner, and keeps each until something has changed.

* What changes a gate is the record, the day, the law and telvet's own data; all of it is in the epoch.
* The clock, the ledger and the law are passed in; several threads may ask at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock

from telvet import __version__
from telvet.catalog.approvals import read_approvals
from telvet.catalog.handling import read_handling
from telvet.catalog.stix import read_stix
from telvet.model.sharing import LawAnswer, Partner
from telvet.sharing.audit.canonical import canonical
from telvet.sharing.recorded.known import Known
from telvet.sharing.releasing.gate import Gate, Rules
from telvet.shipped import shipped

__all__ = ["Laws", "RecordedGates", "data_digest", "gate_of", "shipped_rules"]

Laws = Callable[[Partner | None, date], frozenset[LawAnswer]]
"""What law says about a partner on a day."""

_DATA = ("handling", "release", "stix", "places")


def shipped_rules() -> Rules:
    """Return what ships with telvet."""
    return Rules(read_handling(), read_stix(), read_approvals())


def data_digest(folders: Iterable[Path] | None = None) -> str:
    """Return the SHA-256 of the data that decisions rest on, in hexadecimal."""
    chosen = folders if folders is not None else [shipped("catalog") / name for name in _DATA]
    found = hashlib.sha256()
    for folder in chosen:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                found.update(f"{path.relative_to(folder.parent).as_posix()}\n".encode())
                found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def gate_of(partner: str, as_of: date, known: Known, rules: Rules, laws: frozenset[LawAnswer], data: str) -> Gate:
    """Return a gate, with its epoch and what it rests on.

    Args:
        partner: Its id; one that is not on record gets nothing.
        as_of: The day.
        known: What is on record.
        rules: What ships as data.
        laws: What law says about the partner.
        data: The digest of that data.
    """
    law = hashlib.sha256(
        canonical(sorted([one.provision, one.outcome, one.force, *one.cites] for one in laws))
    ).hexdigest()
    about = {"as_of": as_of.isoformat(), "data": data, "facts": known.digest, "laws": law, "telvet": __version__}
    epoch = hashlib.sha256(canonical({**about, "partner": partner})).hexdigest()
    return Gate(partner, as_of, known, rules, laws, epoch, about)


@dataclass
class RecordedGates:
    """Gates from a ledger; `Gates` for the store and the proxy."""

    mark: Callable[[], object]
    """Returns something else whenever the record has changed; asked each time, so it must be cheap."""
    read: Callable[[], Known]
    today: Callable[[], date]
    laws: Laws
    rules: Rules = field(default_factory=shipped_rules)
    data: str = field(default_factory=data_digest)
    _kept: dict[str, tuple[tuple[object, date], Gate]] = field(default_factory=dict, init=False, repr=False)
    _known: tuple[object, Known] | None = field(default=None, init=False, repr=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

    def gate(self, partner: str) -> Gate:
        """Return the gate of a partner as of now; the same one while nothing has changed."""
        with self._lock:
            now = (self.mark(), self.today())
            kept = self._kept.get(partner)
            if kept is not None and kept[0] == now:
                return kept[1]
            known = self._read(now[0])
            laws = self.laws(known.partners.get(partner), now[1])
            gate = gate_of(partner, now[1], known, self.rules, laws, self.data)
            if kept is not None and kept[1].epoch == gate.epoch:
                gate = kept[1]
            self._kept[partner] = (now, gate)
            return gate

    def _read(self, mark: object) -> Known:
        if self._known is None or self._known[0] != mark:
            self._known = (mark, self.read())
        return self._known[1]
