"""Turn what others call columns, codes and empty cells into our names for them.

* Names are compared by `fold_name`: case, accents and everything but letters and digits are folded.
* The catalogue is data (`catalog/headers.yaml`); it may name only columns and codes that the tables declare.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from telvet.catalog.yaml_reading import read_yaml
from telvet.errors import CatalogError, Fault
from telvet.shipped import shipped
from telvet.tables.beside import OPERATORS
from telvet.tables.columns import Column
from telvet.tables.equipment import EQUIPMENT

__all__ = ["Headers", "fold_name", "read_headers"]

_NOT_LETTERS = re.compile(r"[\W_]+")
_FILE = "headers.yaml"


@dataclass(frozen=True, slots=True)
class Headers:
    """What columns, codes and empty cells are called elsewhere."""

    names: Mapping[str, tuple[str, ...]]
    """Folded names of each column, best first; its own name is the first."""
    codes: Mapping[str, Mapping[str, str]]
    """Code by folded other spelling, for each column that has any."""
    blanks: frozenset[str]
    """Whole cells, in lower case, that say no more than an empty one."""
    months: Mapping[str, int]
    """Number of a month by folded name."""

    def rank(self, column: str, header: str) -> int | None:
        """Return how good a name a header is for a column, 0 the best, or None where it is none."""
        names = self.names.get(column, ())
        folded = fold_name(header)
        return names.index(folded) if folded in names else None


def fold_name(text: str) -> str:
    """Fold case, accents and everything but letters and digits; `+` is kept as a word."""
    text = text.casefold().replace("+", "plus")
    if not text.isascii():
        text = "".join(part for part in unicodedata.normalize("NFKD", text) if not unicodedata.combining(part))
    return _NOT_LETTERS.sub("", text)


def read_headers(path: Path | None = None) -> Headers:
    """Read the names of columns and codes; those that ship with telvet are read once."""
    return _shipped() if path is None else _read(path)


@cache
def _shipped() -> Headers:
    return _read(shipped("catalog") / _FILE)


def _read(path: Path) -> Headers:
    document = read_yaml(path)
    declared = {column.name: column for column in (*OPERATORS.columns, *EQUIPMENT.columns)}
    faults: list[Fault] = []
    codes = {
        name: _codes(name, spellings, declared.get(name), faults)
        for name, spellings in document.get("codes", {}).items()
    }
    names: dict[str, tuple[str, ...]] = {}
    for name, others in document["columns"].items():
        if name not in EQUIPMENT.names:
            faults.append(Fault(_FILE, None, name, "unknown-column", f"{name!r} is no column of the equipment table"))
        names[name] = tuple(dict.fromkeys(fold_name(text) for text in (name, *map(str, others))))
    if faults:
        raise CatalogError(f"{_FILE} has {len(faults)} fault(s)", tuple(faults), code="headers")
    own = {name: (fold_name(name),) for name in EQUIPMENT.names if name not in names}
    blanks = frozenset(str(text).casefold() for text in document.get("blanks", ()))
    months = {fold_name(str(text)): int(n) for n, texts in document.get("months", {}).items() for text in texts}
    return Headers({**names, **own}, codes, blanks, months)


def _codes(
    name: str, spellings: Mapping[str, list[object]], column: Column | None, faults: list[Fault]
) -> Mapping[str, str]:
    result: dict[str, str] = {}
    for code, others in spellings.items():
        if column is None or code not in column.codes:
            faults.append(Fault(_FILE, None, name, "unknown-code", f"{code!r} is no code of {name!r}"))
        for other in map(str, others):
            if (first := result.setdefault(fold_name(other), code)) != code:
                what = f"{other!r} stands for both {first!r} and {code!r}"
                faults.append(Fault(_FILE, None, name, "code-twice", what))
    return result
