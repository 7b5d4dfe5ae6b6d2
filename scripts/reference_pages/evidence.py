"""Turn the vocabulary of evidence into a page: measures, modalities, scopes, and how they become a position."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reference_pages.writing import ROOT, page, table
from telvet.catalog.evidence_codes import EvidenceCodes, read_codes
from telvet.catalog.folding import Folding, read_folding
from telvet.catalog.outlets import read_outlets
from telvet.catalog.places import read_places
from telvet.catalog.positions import read_catalogue

__all__ = ["pages"]

_INTRODUCTION = """
Who says what about whom is written with these codes. They are data (`catalog/evidence/`), and so is how they become a position;
what that means exactly is [spec/positions.md](../../spec/positions.md). How to write an annotation is
[annotate a document](../how-to/annotate-evidence.md).
"""


def pages() -> Iterator[tuple[Path, str]]:
    """Yield the page of evidence."""
    codes, folding = read_codes(), read_folding()
    yield (
        ROOT / "docs/reference/evidence.md",
        page(
            "Evidence",
            _INTRODUCTION,
            _measures(codes),
            _modalities(codes),
            _scopes(codes),
            _folding(folding),
            _catalogue(),
            _outlets(),
        ),
    )


def _measures(codes: EvidenceCodes) -> str:
    rows = [
        (f"`{one.id}`", one.means, one.kind + ("" if not one.parts else ": " + _parts(one.parts)), one.scope)
        for one in codes.measures.values()
    ]
    return "## Measures\n\n" + table(("measure", "means", "kind", "scope, if none is named"), rows)


def _parts(parts: object) -> str:
    return ", ".join(f"{scope} {kind}" for scope, kind in dict(parts).items())  # type: ignore[call-overload]  # a mapping


def _modalities(codes: EvidenceCodes) -> str:
    rows = [(f"`{one.id}`", one.means, one.counts) for one in codes.modalities.values()]
    return "## Modalities\n\n" + table(("modality", "means", "counts"), rows)


def _scopes(codes: EvidenceCodes) -> str:
    rows = [(f"`{one.id}`", one.title, one.within or "", one.reach) for one in codes.scopes.values()]
    about = "Free text is about the first of these scopes one of whose words it holds."
    return f"## Scopes\n\n{about}\n\n" + table(("scope", "what it is", "within", "reach"), rows)


def _folding(folding: Folding) -> str:
    kinds = [
        (name, one.position, str(one.strict), ", ".join(sorted(one.gives_way_to)))
        for name, one in folding.kinds.items()
    ]
    levels = [(level.value, way) for level, way in folding.levels.items()]
    whole = [(one.position, ", ".join(sorted(one.where)), ", ".join(sorted(one.reach))) for one in folding.overall]
    return "\n\n".join(
        (
            "## From statements to a position",
            table(("kind", "position of the scope", "strict", "gives way to"), kinds),
            table(("level", "counts"), levels),
            table(("position", "where some scope is", "of reach"), whole),
        )
    )


def _catalogue() -> str:
    names, rows = read_places().names, read_catalogue()
    told = [
        (
            names[country],
            str(len(mine)),
            mine[0].date,
            mine[-1].date,
            ", ".join(sorted({one.grade.value for one in mine})),
        )
        for country in sorted({row.country for row in rows}, key=lambda code: names[code])
        if (mine := sorted((row for row in rows if row.country == country), key=lambda row: row.date))
    ]
    about = "Statements that ship with telvet, each dated, cited and graded (`catalog/positions/`)."
    return f"## The catalogue of positions\n\n{about}\n\n" + table(
        ("country", "statements", "from", "to", "grades"), told
    )


def _outlets() -> str:
    rows = [(f"`{one.id}`", one.name, one.kind, one.country or "") for one in read_outlets().by_id.values()]
    about = (
        "Where a statement comes from in the end is one of these, if it is known; otherwise the publisher's own name."
    )
    return f"## Outlets\n\n{about}\n\n" + table(("id", "name", "kind", "country"), rows)
