"""A table held by a backend, and the values in which it is asked about: plain, no SQL.

A canonical equipment relation has exactly the columns of `EQUIPMENT`, in order, and these spellings:

* lists: members in the order of their codes (labels: sorted), joined by `;`, denied ones after `-`; `none` for a list stated empty;
* dates: `2019-10-03`, `2019-10`, `2019Q3` or `2019`; countries alpha-3; yes_no `yes`/`no`;
* mac: twelve lower hex digits without separators, several joined by `;`; oid: digits and dots, no leading dot;
* pen: the number without leading zeros; numbers as doubles; origin_row as an integer; all else trimmed text;
* nothing is ever the empty string: an empty cell is NULL.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Relation"]


@dataclass(frozen=True, slots=True)
class Relation:
    """A handle to a table or view inside the backend that made it."""

    name: str
    columns: tuple[str, ...]
