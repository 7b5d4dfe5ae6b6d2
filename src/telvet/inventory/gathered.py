"""Gather what stands beside an inventory: operators and overlays, from as many files as are given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from telvet.errors import Fault, OperatorsError
from telvet.inventory.beside import read_operators, read_overlay_files
from telvet.model.finding import InputRead

__all__ = ["OPERATORS_FORM", "OVERLAYS_FORM", "Beside", "gather"]

OPERATORS_FORM = "operators"
OVERLAYS_FORM = "overlays"


@dataclass(frozen=True, slots=True)
class Beside:
    """Operators by name, overlays in order, and the files they came from."""

    operators: Mapping[str, Mapping[str, str]]
    overlays: tuple[Mapping[str, str], ...]
    files: tuple[InputRead, ...]
    operators_name: str
    """How findings name the place of an operator's fact."""


def gather(operators: Sequence[Path], overlays: Sequence[Path]) -> Beside:
    """Read all files beside an inventory; an operator that two files describe is a fault."""
    found: dict[str, Mapping[str, str]] = {}
    files: list[InputRead] = []
    faults: list[Fault] = []
    for path in operators:
        read = read_operators(path)
        files.append(replace(read.file, format=f"{OPERATORS_FORM} {read.file.format}"))
        for row in read.rows:
            if row["operator"] in found:
                faults.append(
                    Fault(
                        read.file.name,
                        None,
                        "operator",
                        "operator-twice",
                        "another file describes this operator",
                        "keep one",
                        row["operator"],
                    )
                )
            found[row["operator"]] = row
    if faults:
        raise OperatorsError(f"{len(faults)} operator(s) are described twice", tuple(faults), code="operator-twice")
    private = read_overlay_files(overlays)
    files.extend(replace(file, format=f"{OVERLAYS_FORM} {file.format}") for file in private.files)
    names = ", ".join(file.name for file in files if file.format.startswith(OPERATORS_FORM))
    return Beside(found, private.rows, tuple(files), names or "operators")
