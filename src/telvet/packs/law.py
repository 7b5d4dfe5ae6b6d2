"""Load every pack, and choose the ones that a person asks for.

* `all` is every pack but scenarios; a scenario takes part only when it is named.
* A name is a pack's id, a provision's id, or the beginning of ids up to a dot (a jurisdiction, a pack).
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from telvet.errors import Fault, PackError, UsageError
from telvet.model.law import Pack
from telvet.model.status import Force
from telvet.packs.build import build_pack
from telvet.packs.documents import pack_folders, read_pack_documents

__all__ = ["Law", "load_law", "select"]


@dataclass(frozen=True, slots=True)
class Law:
    """All packs that could be found, and the provisions chosen of them."""

    packs: tuple[Pack, ...]
    chosen: frozenset[str]
    """Ids of the provisions to judge."""
    named: frozenset[str]
    """Ids of the packs that were named, not merely swept up by `all`."""

    @property
    def packs_chosen(self) -> tuple[Pack, ...]:
        """Return the packs of which some provision is chosen."""
        return tuple(pack for pack in self.packs if any(provision.id in self.chosen for provision in pack.provisions))


def load_law(roots: Sequence[Path], *, cache: Path | None = None) -> tuple[Pack, ...]:
    """Return every pack below the roots, by id; the faults of all packs are raised together."""
    packs: dict[str, Pack] = {}
    faults: list[Fault] = []
    for folder in pack_folders(*roots):
        try:
            pack = build_pack(read_pack_documents(folder, cache=cache))
        except PackError as error:
            faults.extend(error.faults)
            continue
        if pack.id in packs:
            faults.append(Fault(pack.id, None, "id", "pack-twice", "two packs have this id", "rename one of them"))
        packs[pack.id] = pack
    if faults:
        raise PackError(f"{len(faults)} fault(s) in packs", tuple(faults), code="pack")
    return tuple(packs[name] for name in sorted(packs))


def _matches(name: str, provision: str) -> bool:
    return provision == name or provision.startswith(f"{name}.")


def select(packs: tuple[Pack, ...], names: Sequence[str]) -> Law:
    """Choose provisions by names; an unknown name is a UsageError that names the nearest."""
    chosen: set[str] = set()
    named: set[str] = set()
    for name in names:
        if name == "all":
            chosen.update(p.id for pack in packs if pack.force is not Force.SCENARIO for p in pack.provisions)
            continue
        found = [(pack.id, p.id) for pack in packs for p in pack.provisions if _matches(name, p.id)]
        if not found:
            raise _no_such(name, packs)
        exact = [pair for pair in found if "." in name or not _is_scenario(packs, pair[0])]
        chosen.update(provision for _, provision in exact)
        named.update(pack for pack, _ in exact)
    return Law(packs, frozenset(chosen), frozenset(named))


def _is_scenario(packs: tuple[Pack, ...], identifier: str) -> bool:
    return any(pack.id == identifier and pack.force is Force.SCENARIO for pack in packs)


def _no_such(name: str, packs: tuple[Pack, ...]) -> UsageError:
    ids = [pack.id for pack in packs] + [provision.id for pack in packs for provision in pack.provisions]
    near = difflib.get_close_matches(name, ids, n=1, cutoff=0.4)
    fix = f"did you mean {near[0]}? " if near else ""
    return UsageError(
        f"no pack or provision is called {name!r}",
        code="law-unknown",
        where="--law",
        fix=f"{fix}`telvet law list` shows them all",
    )
