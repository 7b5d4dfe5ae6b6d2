"""What the ledger holds, as plain values: the states of a finding, and runs for a burn-down.

* Moments are text in one fixed form of UTC, so that every database compares and prints them alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

__all__ = ["NOTE", "STATES", "Run", "moment"]

NOTE = "note"
STATES = ("candidate", "confirmed", "not covered", "accepted risk", "remediated", NOTE)
"""What a person may record about a finding; a note leaves its state as it was."""


@dataclass(frozen=True, slots=True)
class Run:
    """One assessment in short: what was judged, and how many findings were open."""

    as_of: date
    laws: tuple[str, ...]
    inputs: str
    """A digest of everything that was read."""
    recorded_at: datetime
    open: Mapping[str, int]
    """Open findings by status."""
    total: int
    """Open findings, of every status together."""


def moment(when: datetime) -> str:
    """Write a moment as `2024-01-15T09:30:00.000000Z`; one without a zone is a ValueError."""
    if when.tzinfo is None:
        message = "a moment needs its time zone"
        raise ValueError(message)
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
