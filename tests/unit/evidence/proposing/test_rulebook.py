from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from telvet.errors import CatalogError
from telvet.evidence.proposing.rulebook import Rulebook, read_rulebook
from telvet.shipped import shipped


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("rules.yaml", "connectives.yaml"):
        shutil.copy(shipped("catalog") / "evidence" / name, tmp_path / name)
    return tmp_path


def mend(folder: Path, old: str, new: str) -> None:
    path = folder / "rules.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_rules_are_read_once(rules: Rulebook) -> None:
    assert read_rulebook() is rules
    assert rules.forms["banned"] == "past"
    assert rules.effects["will.not"]["strict"].measure == "ALLOWED"


def test_ids_of_rules_are_told_apart(rules: Rulebook) -> None:
    ids = [rule.id for rule in rules.rules]
    assert len(ids) == len(set(ids))


def test_every_class_of_governors_has_an_effect(rules: Rulebook) -> None:
    names = {governor.name for governor in rules.governors} | {name for name, _ in rules.after_nouns}
    assert {name for name in names if name not in rules.effects or f"{name}.not" not in rules.effects} == set()


def test_unknown_codes_and_broken_patterns_are_told_together(folder: Path) -> None:
    mend(folder, "measure: CAPPED, vendor", "measure: CAPT, vendor")
    mend(folder, '{id: order, find: "', '{id: order, find: "((')
    mend(folder, '{id: cap, strong: yes, find: "', '{id: cap, strong: yes, find: "{nowhere}')
    with pytest.raises(CatalogError) as problem:
        read_rulebook(folder)
    whats = " ".join(fault.what for fault in problem.value.faults)
    assert "'CAPT' is no measure" in whats
    assert "no verbs and no words are called 'nowhere'" in whats
    assert "the pattern cannot be read" in whats
