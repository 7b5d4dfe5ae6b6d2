"""Read spec/vectors/positions: statements, what was judged of them, a question, and the position worked out by hand.

* A statement leaves out what is usual: it is the state's, done, of country XAA, on acme, and rests on a document of its own, which is its origin.
* Without `judgements` each statement is confirmed.
* An answer leaves out what is not its point; position, scopes, `because` and `against` are always told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.oracle.positions import Question
from tests.oracle.positions_rules import Row, table
from tests.oracle.reading import load_yaml

__all__ = ["FOLDER", "PositionVector", "position_vectors"]

FOLDER = Path(__file__).parents[2] / "spec" / "vectors" / "positions"
COUNTRY = "XAA"
MIDNIGHT = "T00:00:00.000000Z"
EARLY = "2024-01-01"


@dataclass(frozen=True)
class PositionVector:
    """A record, a question and what is to be said."""

    name: str
    why: str
    statements: list[Row]
    judgements: list[Row]
    question: Question
    expect: Mapping[str, Any]

    def told(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        """Write as much of an answer as is expected, the way in which it is expected."""
        scopes = {
            scope: [position, leaning] if leaning else position for scope, position, leaning, *_ in answer["scopes"]
        }
        since = answer["since"]
        if since and since.partition("/")[0] == since.partition("/")[2]:
            since = since.partition("/")[0]
        written = {**answer, "scopes": scopes, "against": dict(answer["against"]), "since": since}
        return {key: written[key] for key in self.expect}


def position_vectors() -> list[PositionVector]:
    """Return every vector, by file and in the order of the file."""
    return [
        vector_of(path.stem, about)
        for path in sorted(FOLDER.glob("*.yaml"))
        for about in load_yaml(path.read_text("utf-8"))["vectors"]
    ]


def vector_of(stem: str, about: Mapping[str, Any]) -> PositionVector:
    """Build a vector from what it says."""
    statements = [whole_statement(row) for row in about["statements"]]
    judgements = about.get("judgements")
    if judgements is None:
        judgements = [
            {"statement": row["id"], "verdict": "confirmed", "recorded": EARLY}
            for row in statements
            if not row["catalogue"]
        ]
    known, recorded = about.get("known by"), about.get("recorded by")
    return PositionVector(
        name=f"{stem}: {about['name']}",
        why=about["why"],
        statements=statements,
        judgements=[{"published": None, **row, "recorded": row["recorded"] + MIDNIGHT} for row in judgements],
        question=Question(
            COUNTRY,
            date.fromisoformat(about["as of"]),
            about.get("vendor"),
            date.fromisoformat(known) if known else None,
            recorded + MIDNIGHT if recorded else None,
        ),
        expect=about["expect"],
    )


def whole_statement(about: Mapping[str, Any]) -> Row:
    """Fill in what a statement leaves out."""
    catalogue = about.get("catalogue") == "yes" or about.get("catalogue") is True
    row = {
        "country": COUNTRY,
        "scope": table("measures", "measures")[about["measure"]]["scope"],
        "modality": "done",
        "level": "state",
        "when": None,
        "until": None,
        "origin": about["id"],
        "document": None if catalogue else about["id"],
        **about,
        "catalogue": catalogue,
        "recorded": about.get("recorded", EARLY) + MIDNIGHT,
    }
    row["vendors"] = [
        {"name": name, "id": None if name == "anyone" else name, "anyone": name == "anyone"}
        for name in about.get("vendors", ["acme"])
    ]
    return row
