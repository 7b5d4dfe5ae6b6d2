"""Rows of a toy inventory, what is known beside them, and the findings of a judgement, in few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from telvet.assessment.assess import Judgement, assess
from telvet.assessment.findings import Findings
from telvet.assessment.knowledge import Knowledge
from telvet.assessment.overlays import Overlay, Overlays
from telvet.lawcheck.rows import Rows
from telvet.model.finding import Finding
from telvet.model.law import Pack
from telvet.packs.law import Law
from tests.unit.assessment.toy_register import PLACES, toy_register

__all__ = ["DAY", "FILE", "findings", "judgement", "knowledge", "row", "rows_of", "statuses"]

Cells = Mapping[str, str | int | None]
DAY = date(2021, 6, 15)
FILE = "boxes.csv"
MNO: Mapping[str, Mapping[str, str]] = {"north": {"operator": "north", "roles": "mno", "country": "XAA"}}


def row(name: str = "e1", /, **cells: str | int | None) -> dict[str, str | int | None]:
    """Return an element of the operator north, made by Acme and in use, but for what is said."""
    plain: dict[str, str | int | None] = {
        "id": name,
        "operator": "north",
        "manufacturer": "Acme Ltd",
        "lifecycle": "live",
    }
    return {**plain, **cells}


def rows_of(*given: Cells) -> list[dict[str, str | int | None]]:
    """Give rows their places in a file, as records from the second on."""
    return [{"origin_file": FILE, "origin_row": record, **each} for record, each in enumerate(given, 2)]


def knowledge(
    *packs: Pack,
    on: date = DAY,
    operators: Mapping[str, Mapping[str, str]] = MNO,
    overlays: Sequence[Mapping[str, str | None]] = (),
    chosen: frozenset[str] | None = None,
    **abroad: Any,
) -> Knowledge:
    """Return what is known beside the rows; every provision is chosen unless said otherwise."""
    every = frozenset(provision.id for pack in packs for provision in pack.provisions)
    law = Law(packs, every if chosen is None else chosen, frozenset(pack.id for pack in packs))
    private = Overlays(tuple(Overlay.of(each) for each in overlays))
    return Knowledge(law, on, toy_register(), PLACES, operators, private, **abroad)


def judgement(known: Knowledge, *given: Cells) -> tuple[Rows, Judgement]:
    """Judge rows in memory."""
    backend = Rows()
    return backend, assess(backend, backend.table(rows_of(*given)), known)


def findings(known: Knowledge, *given: Cells) -> list[Finding]:
    """Return the findings about some rows."""
    backend, judged = judgement(known, *given)
    return list(Findings(backend, judged, {FILE: {"manufacturer": "Vendor", "function": "Role"}}, (FILE,))())


def statuses(known: Knowledge, *given: Cells) -> list[tuple[Any, ...]]:
    """Return (subject, provision's own name, status) of each finding."""
    return [
        (found.subject_id, found.provision.rpartition(".")[2], found.status.value) for found in findings(known, *given)
    ]
