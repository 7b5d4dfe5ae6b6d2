"""Turns objects into what becomes of each for one partner: decided, under a person's act or not, closed over references.

* Pure: what is known was passed in when the gate was made. A gate is for one partner, one day and one state of the record.
* `epoch` tells gates apart: equal epochs decide alike, so whoever keeps outcomes keeps the epoch beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from telvet.catalog.handling import HandlingRules
from telvet.model.release import Outcome
from telvet.model.sharing import LawAnswer
from telvet.sharing.objects.thing import Thing
from telvet.sharing.recorded.known import Known

__all__ = ["Gate", "Gates", "Offered"]


@dataclass(frozen=True)
class Offered:
    """An object where it lies."""

    thing: Thing
    collections: frozenset[str] = frozenset({"files"})
    """The names (id and alias) of the collection in which it lies; `files` for a file."""
    purpose: str | None = None


@dataclass(frozen=True)
class Gate:
    """Decides for one partner."""

    partner: str
    as_of: date
    known: Known
    rules: HandlingRules
    laws: frozenset[LawAnswer] = frozenset()
    epoch: str = ""
    about: Mapping[str, str] = field(default_factory=dict)
    """What decisions rest on, for the record: digests and days."""

    def outcomes(self, offered: Sequence[Offered]) -> list[Outcome]:
        """Return what becomes of each, in their order.

        Whatever an object refers to must be among them if it is to go out: what is not there is gone. Marking
        definitions count from wherever they stand. Of several versions of one object a reference means the newest.
        """
        raise NotImplementedError


class Gates(Protocol):
    """Makes gates from what is known now."""

    def gate(self, partner: str) -> Gate:
        """Return the gate of a partner as of now; the same one while nothing has changed."""
