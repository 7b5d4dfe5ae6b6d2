"""Gather what stands beside an inventory: operators, overlays, partners and what is agreed with them, from many files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from telvet.errors import Fault, OperatorsError
from telvet.inventory.beside import (
    Named,
    read_arrangements,
    read_assertions,
    read_operators,
    read_overlay_files,
    read_partners,
)
from telvet.model.finding import InputRead
from telvet.tables.codes import nearest

__all__ = ["OPERATORS_FORM", "OVERLAYS_FORM", "Beside", "gather"]

OPERATORS_FORM = "operators"
OVERLAYS_FORM = "overlays"
_ORIGIN = "origin_file"


@dataclass(frozen=True, slots=True)
class Beside:
    """Operators by name, overlays in order, and the files they came from."""

    operators: Mapping[str, Mapping[str, str]]
    overlays: tuple[Mapping[str, str], ...]
    files: tuple[InputRead, ...]
    operators_name: str
    """How findings name the place of an operator's fact."""
    partners: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By name; each with `origin_file`, as the next two."""
    arrangements: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    assertions: tuple[Mapping[str, str], ...] = ()


def gather(
    operators: Sequence[Path],
    overlays: Sequence[Path],
    known: Collection[str] | None = None,
    *,
    partners: Sequence[Path] = (),
    arrangements: Sequence[Path] = (),
    assertions: Sequence[Path] = (),
) -> Beside:
    """Read all files beside an inventory; the faults of all of them are raised together.

    Args:
        operators: Files of operators; an operator that two of them describe is a fault, as with the last three.
        overlays: Files of overlays, and folders of such files.
        known: The provisions and packs that an overlay may name.
        partners: Files of partners.
        arrangements: Files of what is agreed with partners; where partners are given, each is with one of them.
        assertions: Files of what analysts assert; where arrangements are given, one that names any names one of them.
    """
    files: list[InputRead] = []
    faults: list[Fault] = []
    found = _by_name(operators, read_operators, OPERATORS_FORM, files, faults)
    try:
        private = read_overlay_files(overlays, known)
        files.extend(replace(file, format=f"{OVERLAYS_FORM} {file.format}") for file in private.files)
    except OperatorsError as error:
        faults.extend(error.faults)
    partnered = _by_name(partners, read_partners, "partners", files, faults)
    arranged = _by_name(arrangements, read_arrangements, "arrangements", files, faults)
    asserted = _by_name(assertions, read_assertions, "assertions", files, faults)
    faults.extend(_strangers(arranged.values(), "partner", partnered))
    faults.extend(_strangers(asserted.values(), "arrangement", arranged))
    _raise(faults)
    operators_name = ", ".join(file.name for file in files if file.format.startswith(OPERATORS_FORM))
    own = {name: {key: cell for key, cell in row.items() if key != _ORIGIN} for name, row in found.items()}
    return Beside(
        own, private.rows, tuple(files), operators_name or "operators", partnered, arranged, tuple(asserted.values())
    )


def _raise(faults: list[Fault]) -> None:
    """Raise all faults together, by file and line."""
    if faults:
        names = list(dict.fromkeys(fault.file for fault in faults))
        faults.sort(key=lambda fault: (names.index(fault.file), fault.record or 0))
        what = f"{', '.join(names)}: {len(faults)} fault{'s' * (len(faults) > 1)}"
        raise OperatorsError(what, tuple(faults), code=faults[0].code)


def _by_name(
    paths: Sequence[Path], read: Callable[[Path], Named], form: str, files: list[InputRead], faults: list[Fault]
) -> dict[str, dict[str, str]]:
    """Read the files of a table; return its rows by their names, each with the file it is from."""
    found: dict[str, dict[str, str]] = {}
    for path in paths:
        try:
            table = read(path)
        except OperatorsError as error:
            faults.extend(error.faults)
            continue
        files.append(replace(table.file, format=f"{form} {table.file.format}"))
        for row in table.rows:
            key, name = next(iter(row.items()))
            if name in found:
                faults.append(_twice(path.name, key, form.removesuffix("s"), name))
            found[name] = {**row, _ORIGIN: path.name}
    return found


def _strangers(rows: Collection[Mapping[str, str]], column: str, known: Mapping[str, object]) -> Iterator[Fault]:
    """Yield a fault for each row that names something which is not among those that are described."""
    for row in rows:
        name = row.get(column)
        if known and name is not None and name not in known:
            near = nearest(name, tuple(known))
            fix = f"did you mean {near!r}?" if near else f"describe it among the {column}s, or mend the name"
            yield Fault(row[_ORIGIN], None, column, f"{column}-unknown", f"no {column} is called so", fix, name)


def _twice(file: str, column: str, word: str, name: str) -> Fault:
    return Fault(file, None, column, f"{word}-twice", f"another file describes this {word}", "keep one", name)
