from __future__ import annotations

from dataclasses import fields

import pytest

from telvet.cli.share_facts import _KINDS
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
    assert tuple(KINDS) == _KINDS


def test_codes_are_shapes() -> None:
    assert set(CODES) < set(Shape)
