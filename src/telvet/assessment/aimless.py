"""Turn overlays and a run into the overlays that are about nobody and nothing in it: a misspelt waiver waives nothing.

* Whether a subject is there is asked of the engine, once for each column that may hold it.
* A country is never missed: what one permits matters wherever equipment stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from telvet.assessment.knowledge import Knowledge
from telvet.assessment.overlays import Overlay
from telvet.tables.judging import Judging
from telvet.tables.relation import Relation

__all__ = ["aimless"]

_ELEMENT, _OPERATOR, _SITE = "id", "operator", "site"
_COLUMNS = {
    "waiver": (_OPERATOR, _ELEMENT),
    "temporary_licence": (_OPERATOR, _ELEMENT),
    "extension": (_OPERATOR,),
    "variation": (_OPERATOR,),
    "order": (_OPERATOR,),
    "site_tag": (_SITE,),
}


def aimless(backend: Judging, equipment: Relation, knowledge: Knowledge) -> Iterator[tuple[Overlay, tuple[str, ...]]]:
    """Yield each overlay whose subject is not in the run, with the columns in which it was looked for."""
    wanted: dict[str, set[str]] = {}
    for row in knowledge.overlays.rows:
        for column in _columns(row):
            wanted.setdefault(column, set()).add(row.subject)
    found = {column: backend.occurring(equipment, column, sorted(names)) for column, names in wanted.items()}
    found[_OPERATOR] = found.get(_OPERATOR, frozenset()) | knowledge.operators.keys()
    for row in knowledge.overlays.rows:
        columns = _columns(row)
        if columns and not any(row.subject in found[column] for column in columns):
            yield row, columns


def _columns(row: Overlay) -> tuple[str, ...]:
    """Return the columns in which the subject of an overlay may stand."""
    if row.kind == "attestation":
        return (_ELEMENT,) if (row.text or "").strip().startswith("equipment.") else (_OPERATOR,)
    return _COLUMNS.get(row.kind, ())
