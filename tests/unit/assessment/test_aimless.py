"""Overlays that are about nobody and nothing in the run."""

from __future__ import annotations

import pytest

from telvet.assessment.aimless import aimless
from telvet.lawcheck.rows import Rows
from tests.unit.assessment.toy_world import knowledge, row, rows_of
from tests.unit.packs.toy_law import ID, pack

OPERATORS = {"south": {"operator": "south"}}


@pytest.mark.parametrize(
    ("kind", "subject", "text", "missed"),
    [
        ("waiver", "north", None, ()),
        ("waiver", "south", None, ()),
        ("waiver", "e1", None, ()),
        ("waiver", "e11", None, ("operator", "id")),
        ("temporary_licence", "E1", None, ("operator", "id")),
        ("extension", "e1", None, ("operator",)),
        ("order", "nord", None, ("operator",)),
        ("site_tag", "s", "coastal", ()),
        ("site_tag", "t", "coastal", ("site",)),
        ("attestation", "e1", "equipment.function=li", ()),
        ("attestation", "north", "equipment.function=li", ("id",)),
        ("attestation", "north", "operator.roles=mno", ()),
        ("attestation", "e1", "operator.roles=mno", ("operator",)),
        ("permits", "XAA", "acme/5G", ()),
    ],
)
def test_an_overlay_must_be_about_something_in_the_run(
    kind: str, subject: str, text: str | None, missed: tuple[str, ...]
) -> None:
    said = {"kind": kind, "subject": subject, "provision": ID, "text": text}
    known = knowledge(pack(), operators=OPERATORS, overlays=[said])
    backend = Rows()
    relation = backend.table(rows_of(row("e1", operator="north", site="s")))
    found = list(aimless(backend, relation, known))
    assert [columns for _, columns in found] == ([missed] if missed else [])
