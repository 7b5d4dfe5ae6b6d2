"""Gather what stands beside an inventory: operators and overlays, from as many files as are given."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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


def gather(operators: Sequence[Path], overlays: Sequence[Path], known: Collection[str] | None = None) -> Beside:
    """Read all files beside an inventory; the faults of all of them are raised together.

    Args:
        operators: Files of operators; an operator that two of them describe is a fault.
        overlays: Files of overlays, and folders of such files.
        known: The provisions and packs that an overlay may name.
    """
    found: dict[str, Mapping[str, str]] = {}
    files: list[InputRead] = []
    faults: list[Fault] = []
    for path in operators:
        try:
            read = read_operators(path)
        except OperatorsError as error:
            faults.extend(error.faults)
            continue
        files.append(replace(read.file, format=f"{OPERATORS_FORM} {read.file.format}"))
        faults.extend(_twice(read.file.name, row["operator"]) for row in read.rows if row["operator"] in found)
        found.update({row["operator"]: row for row in read.rows})
    try:
        private = read_overlay_files(overlays, known)
    except OperatorsError as error:
        faults.extend(error.faults)
    if faults:
        names = list(dict.fromkeys(fault.file for fault in faults))
        faults.sort(key=lambda fault: (names.index(fault.file), fault.record or 0))
        what = f"{', '.join(names)}: {len(faults)} fault{'s' * (len(faults) > 1)}"
        raise OperatorsError(what, tuple(faults), code=faults[0].code)
    files.extend(replace(file, format=f"{OVERLAYS_FORM} {file.format}") for file in private.files)
    operators_name = ", ".join(file.name for file in files if file.format.startswith(OPERATORS_FORM))
    return Beside(found, private.rows, tuple(files), operators_name or "operators")


def _twice(file: str, operator: str) -> Fault:
    what = "another file describes this operator"
    return Fault(file, None, "operator", "operator-twice", what, "keep one", operator)
