"""What the tests of marks share: the rules that ship, a day, and marking definitions made up for one test."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from telvet.catalog.handling import read_handling
from telvet.model.handling import Handling
from telvet.sharing.markings.compiled import Compiled

__all__ = [
    "DAY", "MARK", "OFFICIAL", "RULES", "codes", "countries", "data", "grounds", "ids", "marking", "referrals", "statement",
    "thing",
]  # fmt: skip

RULES = read_handling()
DAY = date(2024, 6, 1)
MARK = "marking-definition--11111111-1111-4111-8111-111111111111"
OFFICIAL = {row.level: row.id for row in RULES.tlp.values() if row.official and row.version == "2.0"}


def data(name: str) -> Any:
    """Return one of the files of examples."""
    return json.loads((Path(__file__).parents[3] / "data" / "handling" / name).read_text("utf-8"))


def marking(name: str = MARK, **more: Any) -> dict[str, Any]:
    """Return a marking definition with what is given."""
    return {"type": "marking-definition", "spec_version": "2.1", "id": name, "created": "2024-01-01T00:00:00Z", **more}


def statement(text: str, name: str = MARK) -> dict[str, Any]:
    """Return a statement marking."""
    return marking(name, definition_type="statement", definition={"statement": text})


def thing(*refs: str, **more: Any) -> dict[str, Any]:
    """Return an indicator with marks."""
    made = {"type": "indicator", "id": "indicator--22222222-2222-4222-8222-222222222222", "name": "Beacon", **more}
    return {**made, "object_marking_refs": list(refs)} if refs else made


def codes(compiled: Compiled) -> list[str]:
    """Return the codes of findings."""
    return [finding.code for finding in compiled.findings]


def grounds(handling: Handling) -> set[str]:
    """Return the codes of why it is withheld."""
    return {ground.code for ground in handling.withheld}


def referrals(handling: Handling) -> set[str]:
    """Return what a person is to look at."""
    return {ground.about for ground in handling.referred}


def countries(text: str) -> frozenset[str]:
    """Return codes written with spaces as a set."""
    return frozenset(text.split())


def ids(rows: Iterable[dict[str, Any]]) -> list[str]:
    """Return what tells one example from the others."""
    return [str(row["why"]) for row in rows]
