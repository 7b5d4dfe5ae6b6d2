"""Check every pack at once: lint it, run its cases, and say what the cases cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from telvet.catalog.law_coverage import read_law_coverage
from telvet.catalog.places import Places
from telvet.catalog.vendors import Register
from telvet.errors import Fault, PackError, UsageError
from telvet.lawcheck.cases import CaseResult, run_cases
from telvet.lawcheck.lint import Linter
from telvet.model.law import Pack
from telvet.packs.build import build_pack
from telvet.packs.documents import PackDocuments, pack_folders, read_pack_documents
from telvet.tables.codes import nearest

__all__ = ["Checked", "lint_packs", "try_packs"]


@dataclass(frozen=True, slots=True)
class Checked:
    """A pack with the documents it was built from."""

    pack: Pack
    documents: PackDocuments


def _built(roots: Sequence[Path], cache: Path | None) -> tuple[list[Checked], list[Fault]]:
    built: list[Checked] = []
    faults: list[Fault] = []
    for folder in pack_folders(*roots):
        try:
            documents = read_pack_documents(folder, cache=cache)
            built.append(Checked(build_pack(documents), documents))
        except PackError as error:
            faults.extend(error.faults)
    return built, faults


def lint_packs(
    roots: Sequence[Path], register: Register, places: Places, *, cache: Path | None = None
) -> tuple[int, list[Fault]]:
    """Return how many packs were checked, and every fault of all of them."""
    built, faults = _built(roots, cache)
    linter = Linter(register, places)
    return len(built), [*faults, *(fault for one in built for fault in linter.faults(one.pack, one.documents))]


def _matches(name: str, pack: str) -> bool:
    return pack == name or pack.startswith(f"{name}.")


def try_packs(
    roots: Sequence[Path], register: Register, places: Places, names: Sequence[str] = (), *, cache: Path | None = None
) -> list[CaseResult]:
    """Run the cases of every pack, or of those whose ids begin with a name; a name of none is a UsageError."""
    built, faults = _built(roots, cache)
    if faults:
        raise PackError(f"{len(faults)} fault(s) in packs", tuple(faults), code="pack")
    packs = tuple(one.pack for one in built)
    wanted = [one for one in built if not names or any(_matches(name, one.pack.id) for name in names)]
    if strangers := [name for name in names if not any(_matches(name, one.pack.id) for one in built)]:
        near = nearest(strangers[0], tuple(pack.id for pack in packs))
        raise UsageError(
            f"no pack is called {strangers[0]!r}",
            code="law-unknown",
            fix=(f"did you mean {near}? " if near else "") + "`telvet law list` shows them all",
        )
    coverage = read_law_coverage()
    return [
        result
        for one in wanted
        for result in run_cases(packs, one.pack, one.documents.cases, register, places, coverage)
    ]
