"""Turn what an attestation says, `fact=value`, into its canonical spelling, or say what is wrong with it.

* The value is read as a cell of the fact's column is; a fact without a column cannot be attested.
* Keys and places of origin are not facts of the world, and nobody attests them.
"""

from __future__ import annotations

from collections.abc import Mapping

from telvet.inventory.cells import CellFault, canonical
from telvet.tables.beside import OPERATORS
from telvet.tables.codes import nearest
from telvet.tables.columns import Column
from telvet.tables.equipment import EQUIPMENT

__all__ = ["canonical_attestation"]

_FACTS: Mapping[str, Column] = {
    f"{stratum}.{column.name}": column
    for stratum, table in (("equipment", EQUIPMENT), ("operator", OPERATORS))
    for column in table.columns
    if not column.key and not column.name.startswith("origin_")
}


def canonical_attestation(text: str) -> str:
    """Return `fact=value` with the value as its column spells it, or raise CellFault."""
    name, _, value = text.partition("=")
    fact = name.strip()
    column = _FACTS.get(fact)
    if column is None:
        near = nearest(fact, tuple(_FACTS))
        fix = (
            f"did you mean {near}?"
            if near
            else "write a fact of an element or operator, such as equipment.generation=5G"
        )
        raise CellFault("unknown-fact", f"{fact!r} is no fact that can be attested", fix)
    cell = canonical(column, value)
    if cell is None:
        raise CellFault("no-value", f"nothing is attested of {fact}", "write fact=value")
    return f"{fact}={cell}"
