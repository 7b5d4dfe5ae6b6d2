"""Turn a pack's folder into its parsed documents and a digest, and remember parsed ones by digest.

* A pack is `pack.yaml`, `instruments.yaml`, `designations.yaml`, `provisions/*.yaml`, `cases/*.yaml`.
* Only documents that passed the JSON Schema are remembered, so what comes from the cache was checked.
* The cache holds JSON, never code; it is private to the user, and losing it costs only time.
"""

from __future__ import annotations

import copy
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from telvet import __version__
from telvet.errors import Fault, InputError, PackError
from telvet.packs.schema import faults_of

__all__ = ["PackDocuments", "pack_folders", "read_pack_documents"]

_KINDS = {"pack.yaml": "pack", "instruments.yaml": "instruments", "designations.yaml": "designations"}
_NOTHING: dict[str, Any] = {"pack": {}, "instruments": [], "designations": [], "provisions": {}, "cases": {}}
_FOLDERS = {"provisions": "provision", "cases": "cases"}


@dataclass(frozen=True, slots=True)
class PackDocuments:
    """What the files of one pack say, unbuilt."""

    folder: Path
    pack: Mapping[str, Any]
    instruments: list[Mapping[str, Any]]
    designations: list[Mapping[str, Any]]
    provisions: Mapping[str, Mapping[str, Any]]
    """By file name without its ending."""
    cases: Mapping[str, list[Mapping[str, Any]]]
    digest: str


def pack_folders(*roots: Path) -> list[Path]:
    """Return every folder below the roots that holds a `pack.yaml`, sorted."""
    return sorted(path.parent for root in roots for path in root.rglob("pack.yaml"))


def _files(folder: Path) -> Iterator[tuple[str, str, Path]]:
    """Yield (kind, name, path) of each file of a pack, in a fixed order."""
    for name, kind in _KINDS.items():
        if (path := folder / name).is_file():
            yield kind, path.stem, path
    for sub, kind in _FOLDERS.items():
        for path in sorted((folder / sub).glob("*.yaml")):
            yield kind, path.stem, path


def _digest(folder: Path) -> str:
    total = hashlib.sha256()
    for _, _, path in _files(folder):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def read_pack_documents(folder: Path, *, cache: Path | None = None) -> PackDocuments:
    """Read and check one pack; all faults of all its files are raised together as PackError."""
    digest = _digest(folder)
    kept = cache / f"pack-{__version__}-{digest}.json" if cache else None
    parsed = _recall(kept)
    if parsed is None:
        parsed = _parse(folder)
        _remember(kept, parsed)
    return PackDocuments(folder=folder, digest=digest, **parsed)


def _parse(folder: Path) -> dict[str, Any]:
    from telvet.catalog.yaml_reading import read_yaml  # noqa: PLC0415 - yaml is loaded only when nothing is cached

    parsed: dict[str, Any] = copy.deepcopy(_NOTHING)
    faults: list[Fault] = []
    for kind, name, path in _files(folder):
        try:
            document = read_yaml(path, shown=_shown(path), error=PackError)
        except InputError as error:
            faults.extend(error.faults)
            continue
        faults.extend(faults_of(document, kind, _shown(path)))
        if kind in ("provision", "cases"):
            parsed["provisions" if kind == "provision" else "cases"][name] = document
        else:
            parsed[kind] = document
    if faults:
        raise PackError(f"the pack in {_shown(folder)} has {len(faults)} fault(s)", tuple(faults), code="pack-schema")
    return parsed


def _shown(path: Path) -> str:
    """Name a file from the packs' folder on, so that no machine's path is printed."""
    parts = path.parts
    return "/".join(parts[parts.index("packs") :]) if "packs" in parts else path.name


def _recall(kept: Path | None) -> dict[str, Any] | None:
    try:
        parsed = json.loads(kept.read_text("utf-8")) if kept else None
    except (OSError, ValueError):
        return None
    return parsed if isinstance(parsed, dict) and parsed.keys() == _NOTHING.keys() else None


def _remember(kept: Path | None, parsed: dict[str, Any]) -> None:
    if kept is None:
        return
    try:
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        passing = kept.with_suffix(f".{os.getpid()}")
        passing.write_text(json.dumps(parsed, ensure_ascii=False), "utf-8")
        passing.replace(kept)
    except OSError:
        return
