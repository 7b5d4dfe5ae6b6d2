"""Turns moments as STIX and TAXII write them into microseconds since 1970 in UTC, and back.

* What is no moment is None, never a guess: no offset but `Z`, no day that the calendar lacks, no leap second.
* Finer than a microsecond is cut off, never rounded: two moments may become one number, so versions are told apart by their text.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

__all__ = ["microseconds", "taxii_moment"]

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?Z")
_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(text: object) -> int | None:
    """Return the microseconds from 1970 to a moment such as `2020-01-01T00:00:00.5Z`; None where it is none."""
    if not isinstance(text, str) or not _MOMENT.fullmatch(text):
        return None
    try:
        return (datetime.fromisoformat(text) - _BEGIN) // _MICROSECOND
    except ValueError:
        return None


def taxii_moment(moment: int) -> str:
    """Write microseconds since 1970 as TAXII does, with six decimals.

    Raises:
        OverflowError: Where the moment is in no year from 1 to 9999.
    """
    found = _BEGIN + timedelta(microseconds=moment)
    return f"{found.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
