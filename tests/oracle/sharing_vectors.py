"""Read spec/vectors/sharing: facts, a candidate or a set of objects, and the decision worked out by hand.

* `usual` of a file stands under all its vectors; a mapping within is filled up, anything else is replaced.
* An answer leaves out what is not its point; the effect is always told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.oracle.reading import load_yaml

__all__ = ["FOLDER", "SharingVector", "sharing_vectors"]

FOLDER = Path(__file__).parents[2] / "spec" / "vectors" / "sharing"


@dataclass(frozen=True)
class SharingVector:
    """One decision worked out by hand."""

    name: str
    why: str
    facts: Mapping[str, Any]
    candidate: Mapping[str, Any]
    objects: Mapping[str, Any] | None
    """Several candidates by id, for references."""
    references: Mapping[str, Any]
    expect: Mapping[str, Any]


def sharing_vectors() -> list[SharingVector]:
    """Return all vectors."""
    return [
        SharingVector(
            f"{path.stem}: {row['name']}",
            row["why"],
            filled(document["usual"]["facts"], row.get("facts", {})),
            filled(document["usual"]["candidate"], row.get("candidate", {})),
            row.get("objects")
            and {
                name: filled(document["usual"]["candidate"], {**(one or {}), "id": name})
                for name, one in row["objects"].items()
            },
            row.get("references", {}),
            row["expect"],
        )
        for path in sorted(FOLDER.glob("*.yaml"))
        for document in [load_yaml(path.read_text("utf-8"))]
        for row in document["vectors"]
    ]


def filled(usual: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """Fill a row up with what is usual."""
    both = {**usual, **row}
    for key, value in row.items():
        if isinstance(value, Mapping) and isinstance(usual.get(key), Mapping):
            both[key] = filled(usual[key], value)
    return both
