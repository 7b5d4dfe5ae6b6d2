"""Turn what a kept report says of its run into the parts that it was made from, or into the names of those that are missing.

* Files are known by their digests, wherever they lie and whatever they are called now.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from telvet import __version__
from telvet.errors import Fault, ReportError

if TYPE_CHECKING:
    from telvet.pipeline import Request
    from telvet.reporting.stored import StoredRun

__all__ = ["files_at_hand", "refuse_missing", "request_of", "shows_decisions", "under_old_names"]

_FIX = {
    "file": "name it after the report",
    "pack": "use the packs of that version, or name their folder with --packs",
    "catalogue": "use the catalogue of that version",
}


def files_at_hand(stored: StoredRun, inputs: Iterable[Path], report: Path) -> dict[str, Path]:
    """Return the files at hand by their digests: named, under their old names, or beside the report; named ones win."""
    names = [name for name, _, _ in (*stored.inputs, *stored.beside)]
    given = (inner for path in inputs for inner in (sorted(path.iterdir()) if path.is_dir() else [path]))
    candidates = [*(Path(name) for name in names), *(report.parent / name for name in names), *given]
    return {digest: path for path in candidates if (digest := _digest(path))}


def under_old_names(stored: StoredRun, found: Mapping[str, Path], folder: Path) -> dict[str, Path]:
    """Return the files under the names that the report knows them by, for findings name the file of each fact.

    Args:
        stored: The run.
        found: The files by their digests.
        folder: Where links can be made.
    """
    named = dict(found)
    for place, (name, digest, _) in enumerate((*stored.inputs, *stored.beside)):
        if found[digest].name != name and Path(name).name == name:
            named[digest] = folder / str(place) / name
            named[digest].parent.mkdir()
            named[digest].symlink_to(found[digest].resolve())
    return named


def refuse_missing(
    stored: StoredRun, found: Mapping[str, Path], packs: Sequence[Path], report: Path, workspace: Path | str | None
) -> None:
    """Raise ReportError that names every part of a run that is not at hand."""
    faults = [
        Fault(name, None, None, f"replay-{what}", f"the {what} with digest {digest[:16]}... is not at hand", _FIX[what])
        for name, digest, what in _lacking(stored, found, packs)
    ]
    if stored.telvet != __version__:
        what = f"the report was made by telvet {stored.telvet}, this is {__version__}"
        faults.append(Fault("telvet", None, None, "replay-version", what, f"install telvet {stored.telvet}"))
    if workspace is None and (stored.evidence_by or shows_decisions(stored)):
        shows = "rests on evidence" if stored.evidence_by else "shows what people had decided"
        what = f"the report {shows}, and the workspace that keeps it is not at hand"
        faults.append(Fault("workspace", None, None, "replay-workspace", what, "name it with --workspace"))
    if faults:
        raise ReportError(
            "the report cannot be run again: a part is missing", tuple(faults), code="replay", where=str(report)
        )


def _lacking(stored: StoredRun, found: Mapping[str, Path], packs: Sequence[Path]) -> list[tuple[str, str, str]]:
    from telvet.evidence.positions.country_facts import catalogue_digest
    from telvet.pipeline import law_of, register_of

    lacking = [(name, digest, "file") for name, digest, _ in (*stored.inputs, *stored.beside) if digest not in found]
    held = {pack.id: pack.digest for pack in law_of(packs)}
    lacking += [(name, digest, "pack") for name, digest in stored.packs.items() if held.get(name) != digest]
    if stored.catalogue != register_of().digest:
        lacking.append(("catalogue", stored.catalogue, "catalogue"))
    if stored.countries and stored.countries != catalogue_digest():
        lacking.append(("catalogue of positions", stored.countries, "catalogue"))
    return lacking


def request_of(
    stored: StoredRun, found: Mapping[str, Path], packs: Sequence[Path], workspace: Path | str | None = None
) -> Request:
    """Return the request that made the report."""
    from telvet.pipeline import Request

    beside: dict[str, list[Path]] = {}
    for _, digest, form in stored.beside:
        beside.setdefault(form.partition(" ")[0], []).append(found[digest])
    return Request(
        inputs=tuple(found[digest] for _, digest, _ in stored.inputs),
        as_of=stored.as_of,
        laws=stored.laws,
        operators=tuple(beside.get("operators", ())),
        overlays=tuple(beside.get("overlays", ())),
        partners=tuple(beside.get("partners", ())),
        arrangements=tuple(beside.get("arrangements", ())),
        assertions=tuple(beside.get("assertions", ())),
        maps=stored.maps,
        sheet=stored.sheet,
        redact=stored.redact,
        packs=tuple(packs),
        workspace=workspace if stored.evidence_by else None,
        recorded_by=stored.evidence_by,
    )


def shows_decisions(stored: StoredRun) -> bool:
    """Tell whether a report shows dispositions; one in Parquet holds the law's answers alone."""
    return stored.recorded_by is not None and stored.form != "parquet"


def _digest(path: Path) -> str | None:
    try:
        if not path.is_file():  # a pipe or a device would never end
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
