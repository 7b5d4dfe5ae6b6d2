"""Semantics, section 6: overlays that fill cells, before anything is judged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tests.oracle.days import span_of
from tests.oracle.register import Row

__all__ = ["element_overlaid", "holding", "operator_overlaid"]

Cells = dict[str, str | None]


def holding(overlays: Sequence[Row], day: date) -> list[Row]:
    """List the overlays that hold on the day."""
    return [overlay for overlay in overlays if holds(overlay, day)]


def holds(overlay: Row, day: date) -> bool:
    """Tell whether the day lies between an overlay's first and last."""
    begins, ends = span_of(overlay.get("from")), span_of(overlay.get("to"))
    return (begins is None or begins[0] <= day) and (ends is None or day <= ends[1])


def element_overlaid(row: Row, overlays: Sequence[Row]) -> Row:
    """Return an element with attested cells filled and its site's tags added."""
    cells = attested(row, overlays, row["id"], "equipment.")
    for overlay in overlays:
        if overlay["kind"] == "site_tag" and cells.get("site") == overlay["subject"]:
            add(cells, "site_tags", overlay["text"])
    return cells


def operator_overlaid(row: Row, name: str, overlays: Sequence[Row]) -> Row:
    """Return an operator with attested cells filled, and named in the orders addressed to it."""
    cells = attested(row, overlays, name, "operator.")
    for overlay in overlays:
        if overlay["kind"] == "order" and overlay["subject"] == name:
            add(cells, "named_in", overlay["provision"])
    return cells


def attested(row: Row, overlays: Sequence[Row], subject: str | None, about: str) -> Cells:
    """Fill empty cells from attestations written `fact=value`."""
    cells = dict(row)
    for overlay in overlays:
        if overlay["kind"] == "attestation" and overlay["subject"] == subject:
            fact, _, value = (overlay["text"] or "").partition("=")
            column = fact.removeprefix(about)
            if fact.startswith(about) and cells.get(column) is None:
                cells[column] = value
    return cells


def add(cells: Cells, column: str, member: str | None) -> None:
    """Add a member (or a denied one) to a list cell, without closing the list."""
    if member:
        written = member if member.startswith("-") else f"+{member}"
        cells[column] = f"{cells[column]};{written}" if cells.get(column) else written
