from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from telvet.cli.share_facts import _KINDS
from telvet.sharing.lawful.consideration_entry import KIND as CONSIDERATION
from telvet.sharing.recorded.shapes import CODES, FILED, KINDS, Kind, Shape


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.noun], ids=lambda kind: kind.name)
def test_every_field_of_a_noun_is_on_record(kind: Kind) -> None:
    assert kind.noun is not None
    named = {"term" if field.key in {"from", "to"} else field.key for field in kind.fields}
    key = set() if kind.name == "judgement" else {kind.key}
    assert named | key == {field.name for field in fields(kind.noun)}


def test_no_file_brings_a_judgement() -> None:
    assert set(KINDS.values()) - set(FILED.values()) == {KINDS["judgement"]}
    assert all(section == kind.section for section, kind in FILED.items())


def test_the_command_line_knows_every_kind() -> None:
    assert (*KINDS, CONSIDERATION) == _KINDS


def test_codes_are_shapes() -> None:
    assert set(CODES) < set(Shape)


@pytest.mark.parametrize("kind", FILED.values(), ids=lambda kind: kind.name)
def test_every_field_of_a_file_is_in_the_reference(kind: Kind) -> None:
    page = Path(__file__).resolve().parents[4] / "docs" / "reference" / "sharing-facts.md"
    _, _, section = page.read_text(encoding="utf-8").partition(f"## `{kind.section}`\n")
    section = section.partition("\n## ")[0]
    assert [key for key in (kind.key, *(field.key for field in kind.fields)) if f"`{key}`" not in section] == []
    needed = [field.key for field in kind.fields if field.needed]
    assert [key for key in needed if f"`{key}` *" not in section] == []
