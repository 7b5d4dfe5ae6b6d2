"""Turns the rows of `ownership.csv` into dated edges between organisations.

* An edge holds from its first day until the day before its last (`start_date <= day < end_date`).
* Where a source gives less than a day, the cell is a month, a year or `first/last`, and the edge is cut in two: one for
  the days that are sure, and one for the days that are not. The second has no percentage, role `owns` and grade
  `unverified`: a holding of unknown size, which no reader can mistake for a sure one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from telvet.catalog.vendor_rows import RegisterFiles, Row
from telvet.model.dates import Span, show_span
from telvet.model.organisation import Organisation, Ownership
from telvet.model.status import Grade

__all__ = ["ROLES", "read_ownership"]

ROLES = ("owns", "controls", "joint venture", "supplies")
_COLUMNS = ("owner", "asset", "percentage", "role", "start_date", "end_date", "source", "grade")


def read_ownership(files: RegisterFiles, organisations: dict[str, Organisation]) -> tuple[Ownership, ...]:
    """Read every edge; faults are noted in `files`."""
    return tuple(edge for row in files.rows("ownership.csv", _COLUMNS) for edge in _edges(files, row, organisations))


def _edges(files: RegisterFiles, row: Row, organisations: dict[str, Organisation]) -> Iterator[Ownership]:
    before = len(files.faults)
    files.known(row, "owner", organisations)
    files.known(row, "asset", organisations)
    files.one_of(row, "role", ROLES)
    files.one_of(row, "grade", tuple(Grade))
    files.filled(row, "source")
    share, start, end = files.share(row, "percentage"), files.span(row, "start_date"), files.span(row, "end_date")
    cells = row.cells
    if cells["owner"] == cells["asset"]:
        files.fault(row, "asset", "owns-itself", "an organisation cannot own itself")
    if start and end and end.last < start.first:
        files.fault(row, "end_date", "bad-date", "the holding ends before it begins")
    if len(files.faults) > before:
        return
    grade = Grade(cells["grade"])
    edge = Ownership(cells["owner"], cells["asset"], share, cells["role"], None, None, cells["source"], grade)
    yield from _cut(edge, start, end)


def _cut(edge: Ownership, start: Span | None, end: Span | None) -> Iterator[Ownership]:
    """Cut an edge into its sure days and the days of which no source is sure."""
    sure_from, sure_until = start.last if start else None, end.first if end else None
    if start and start.first < start.last:
        yield from _unsure(edge, start, start.first, min(start.last, end.last) if end else start.last)
    if sure_from is None or sure_until is None or sure_from < sure_until:
        yield replace(edge, start_date=sure_from, end_date=sure_until)
    if end and end.first < end.last:
        yield from _unsure(edge, end, max(end.first, start.last) if start else end.first, end.last)


def _unsure(edge: Ownership, span: Span, first: date, last: date) -> Iterator[Ownership]:
    if first < last and edge.role != "supplies":
        source = f"{edge.source}; the day lies in {show_span(span)}"
        yield Ownership(edge.owner, edge.asset, None, "owns", first, last, source, Grade.UNVERIFIED)
