"""A summary into one answer for automation: does this run fail?

* A run fails on every status at the threshold or stronger, of whatever force.
* It fails on unknown too, at any threshold, unless unknown is allowed: unknown is never clear.
"""

from __future__ import annotations

from collections.abc import Iterable

from telvet.model.finding import SummaryRow
from telvet.model.status import Status

__all__ = ["fails"]


def fails(summary: Iterable[SummaryRow], threshold: Status, allow_unknown: bool) -> bool:  # noqa: FBT001 - one plain question
    """Tell whether some finding is at the threshold or stronger, or unknown where that is not allowed."""
    return any(row.count and _fails(row.status, threshold, allow_unknown=allow_unknown) for row in summary)


def _fails(status: Status, threshold: Status, *, allow_unknown: bool) -> bool:
    if status is Status.UNKNOWN:
        return not allow_unknown
    return status.rank <= threshold.rank
