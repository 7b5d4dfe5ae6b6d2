"""Whole microseconds since 1970 in UTC -> a moment as TAXII writes it (section 2), and back.

* Written with exactly six decimals and `Z`. Read with any number of decimals: what is finer than a microsecond cannot
  part two moments of ours, so that dropping it keeps "strictly after" exact.
* Offsets, leap seconds, days that do not exist and years beyond 9999 are no moments.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

__all__ = ["microseconds", "read_moment", "write_moment"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,12}))?Z", re.ASCII)
_MICROSECOND = timedelta(microseconds=1)
_DECIMALS = 6


def write_moment(when: int) -> str:
    """Write a moment as `2024-01-15T09:30:00.000000Z`."""
    return (_EPOCH + timedelta(microseconds=when)).isoformat(timespec="microseconds")[:-6] + "Z"


def read_moment(text: str) -> int:
    """Read a moment.

    Raises:
        ValueError: It is none, or not in UTC.
    """
    if not (found := _MOMENT.fullmatch(text)):
        raise ValueError("this is no timestamp in UTC, such as 2024-01-15T09:30:00.000000Z")
    fraction = (found[2] or "").ljust(_DECIMALS, "0")[:_DECIMALS]
    return microseconds(datetime.fromisoformat(f"{found[1]}+00:00")) + int(fraction)


def microseconds(when: datetime) -> int:
    """Return a moment that knows its zone as whole microseconds since 1970."""
    return (when - _EPOCH) // _MICROSECOND
