"""Read spec/vectors: packs, a toy register, rows, a day, and the findings that were worked out by hand.

* What stands at the top of a file holds for each of its vectors, unless the vector says otherwise; `files` are joined.
* An expected finding leaves out what follows from the rest: the pack's name, the operator of the element, empty parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.oracle.completing import completed
from tests.oracle.judge import Finding
from tests.oracle.reading import load_yaml
from tests.oracle.register import Row

__all__ = ["FOLDER", "SHOWN", "Vector", "all_vectors", "in_order", "read_vectors"]

FOLDER = Path(__file__).parents[2] / "spec" / "vectors"
SHOWN = (
    "provision", "subject", "subject_id", "operator", "equipment", "status", "by", "until", "excused_by", "missing",
    "unless",
)  # fmt: skip


ABROAD = ("arrangements", "coverage", "positions", "in_use")


@dataclass(frozen=True)
class Vector:
    """One question about some rows and packs on a day, and its answer."""

    name: str
    why: str
    day: date
    packs: Sequence[Mapping[str, Any]]
    """Each as its files' contents by path."""
    register: Mapping[str, Any]
    equipment: Sequence[Row]
    operators: Sequence[Row]
    overlays: Sequence[Row]
    partners: Sequence[Row]
    abroad: Mapping[str, Sequence[Row]]
    """Arrangements, coverage of law, positions, and what is stated to be in use."""
    expect: Sequence[Finding]


def all_vectors() -> list[Vector]:
    """Return every vector, by file and in the order of the file."""
    return [vector for path in sorted(FOLDER.glob("*.yaml")) for vector in read_vectors(path)]


def read_vectors(path: Path) -> list[Vector]:
    """Return the vectors of one file."""
    document = load_yaml(path.read_text("utf-8"))
    return [vector_of(path.stem, document, about) for about in document["vectors"]]


def vector_of(stem: str, document: Mapping[str, Any], own: Mapping[str, Any]) -> Vector:
    """Build a vector from what its file and itself say."""
    about = {**document, **own}
    files = {**document.get("files", {}), **own.get("files", {})}
    packs = [completed(each) for each in about.get("packs", [files])]
    equipment = about.get("equipment", [])
    return Vector(
        name=f"{stem}: {own['name']}",
        why=own["why"],
        day=date.fromisoformat(about["as of"]),
        packs=packs,
        register=about.get("register", {}),
        equipment=equipment,
        operators=about.get("operators", []),
        overlays=[*said_of(about.get("partners", [])), *about.get("overlays", [])],
        partners=[partner_of(row) for row in about.get("partners", [])],
        abroad={key: about[key] for key in ABROAD if key in about},
        expect=[whole_finding(finding, packs[0]["pack.yaml"]["id"], equipment) for finding in about["expect"]],
    )


def said_of(partners: Sequence[Row]) -> list[Row]:
    """Write what a partner's row says of its country as overlays."""
    return [
        {"kind": kind, "subject": row["country"], "text": text}
        for row in partners
        for kind in ("permits", "deploys", "position")
        for text in (row.get(kind) or "").split(";")
        if text
    ]


def partner_of(row: Row) -> Row:
    """Return a row of the partners table; a partner without a name is somebody in its country."""
    return {"partner": row.get("partner") or f"somebody in {row['country']}", "country": row.get("country")}


def whole_finding(about: Mapping[str, Any], pack: str, equipment: Sequence[Row]) -> Finding:
    """Fill in what an expected finding leaves out."""
    element = about.get("equipment")
    operator = about.get("operator")
    for row in equipment:
        if element is not None and row["id"] == element:
            operator = row.get("operator")
    subject = about.get("subject", "equipment")
    provision = about["provision"] if "." in about["provision"] else f"{pack}.{about['provision']}"
    return {
        "provision": provision,
        "subject": subject,
        "subject_id": about.get("subject_id", element if subject == "equipment" else operator),
        "operator": operator,
        "equipment": element,
        "status": about["status"],
        "by": about.get("by"),
        "until": about.get("until"),
        "excused_by": about.get("excused_by"),
        "missing": about.get("missing", []),
        "unless": about.get("unless", []),
    }


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings with the parts that vectors speak of, sorted."""
    shown = [{part: finding[part] for part in SHOWN} for finding in findings]
    return sorted(shown, key=lambda finding: [str(finding[part]) for part in SHOWN])
