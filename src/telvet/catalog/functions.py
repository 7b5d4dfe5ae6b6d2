"""Turn what people call network functions, roles and products into the codes of the `function` column.

* Names are folded as headers are, and a plural `s` is removed; a name may carry several codes.
* The catalogue is data (`catalog/functions.yaml`); a name that is not in it has no code, and stays unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from telvet.catalog.headers import fold_name
from telvet.catalog.yaml_reading import read_yaml
from telvet.errors import CatalogError, Fault
from telvet.shipped import shipped
from telvet.tables.codes import FUNCTIONS

__all__ = ["Functions", "read_functions"]

_FILE = "functions.yaml"


@dataclass(frozen=True, slots=True)
class Functions:
    """Codes by folded name."""

    names: Mapping[str, tuple[str, ...]]

    def codes(self, text: str) -> tuple[str, ...]:
        """Return the codes of a name in the order of the taxonomy, or nothing where it is not known."""
        folded = fold_name(text)
        return self.names.get(folded) or (self.names.get(folded[:-1], ()) if folded.endswith("s") else ())


def read_functions(path: Path | None = None) -> Functions:
    """Read the names of functions; those that ship with telvet are read once."""
    return _shipped() if path is None else _read(path)


@cache
def _shipped() -> Functions:
    return _read(shipped("catalog") / _FILE)


def _read(path: Path) -> Functions:
    document = read_yaml(path)
    faults = [
        Fault(_FILE, None, str(code), "unknown-code", f"{code!r} is no function", f"use one of {', '.join(FUNCTIONS)}")
        for code in document
        if code not in FUNCTIONS
    ]
    if faults:
        raise CatalogError(f"{_FILE} has {len(faults)} fault(s)", tuple(faults), code="functions")
    names: dict[str, list[str]] = {}
    for code in FUNCTIONS:
        for name in (code, *map(str, document.get(code) or ())):
            held = names.setdefault(fold_name(name), [])
            if code not in held:
                held.append(code)
    return Functions({name: tuple(codes) for name, codes in names.items()})
