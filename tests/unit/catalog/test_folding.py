from __future__ import annotations

from pathlib import Path

import pytest

from telvet.catalog.evidence_codes import KINDS, REACHES, read_codes
from telvet.catalog.folding import WAYS, read_folding
from telvet.errors import CatalogError
from telvet.model.evidence import Level
from telvet.model.position import POSITIONS
from telvet.shipped import shipped

SHIPPED = (shipped("catalog") / "evidence" / "folding.yaml").read_text("utf-8")
COUNTED = {kind for kind in KINDS if kind != "speaks"}


def with_change(tmp_path: Path, old: str, new: str) -> Path:
    assert SHIPPED.count(old) == 1, old
    (tmp_path / "folding.yaml").write_text(SHIPPED.replace(old, new))
    return tmp_path


def faults(folder: Path) -> list[tuple[str | None, str]]:
    with pytest.raises(CatalogError) as caught:
        read_folding(folder)
    assert caught.value.code == "folding"
    assert all(fault.record for fault in caught.value.faults)
    return [(fault.field, fault.code) for fault in caught.value.faults]


def test_what_ships_speaks_of_every_kind_level_and_position() -> None:
    folding = read_folding()
    assert set(folding.kinds) == COUNTED
    assert set(folding.levels) == set(Level)
    assert set(folding.levels.values()) == set(WAYS)
    assert {rule.position for rule in folding.overall} == set(POSITIONS) - {"unknown"}


def test_what_ships_is_read_once() -> None:
    assert read_folding() is read_folding()


def test_a_kind_may_succeed_only_where_it_is_listed() -> None:
    kinds = read_folding().kinds
    assert "deliberates" not in kinds["prohibits"].gives_way_to
    assert "deliberates" in kinds["permits"].gives_way_to
    assert all("lifts" in kind.gives_way_to for kind in kinds.values())
    assert all("prohibits" in kind.gives_way_to for kind in kinds.values())


def test_the_whole_is_told_by_its_strictest_scope() -> None:
    folding = read_folding()
    strictest = {kind.position: kind.strict for kind in sorted(folding.kinds.values(), key=lambda kind: kind.strict)}
    told = [strictest[rule.position] for rule in folding.overall]
    assert told == sorted(told, reverse=True)


def test_only_the_whole_makes_a_country_permitted_and_nothing_apart_decides() -> None:
    overall = {rule.position: rule for rule in read_folding().overall}
    assert overall["permitted"].reach == overall["banned"].reach == {"whole"}
    assert {reach for rule in overall.values() for reach in rule.reach} == set(REACHES) - {"apart"}
    assert {scope.reach for scope in read_codes().scopes.values()} == set(REACHES)


def test_whose_word_counts_is_data() -> None:
    levels = read_folding().levels
    assert levels[Level.OFFICIAL] == "leaning"
    assert levels[Level.COMPANY] == levels[Level.OTHER] == "nothing"


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("prohibits: {position: banned,", "prohibits: {position: band,", [("position", "unknown-code")]),
        ("strict: 5", "strict: five", [("strict", "not-a-number")]),
        (
            "[prohibits, permits, suspends, lifts]",
            "[prohibit, permits, suspends, lifts]",
            [("gives way to", "unknown-code")],
        ),
        ("[prohibits, permits, suspends, lifts]", "prohibits", [("gives way to", "not-a-list")]),
        ("state: as", "state: ass", [("state", "unknown-code")]),
        ("where: [conditional]", "where: [conditionally]", [("where", "unknown-code")]),
        ("reach: [whole]}\n  - {position: restricted", "reach: whole}\n  - {position: restricted", [("reach", "not-a-list")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_field(tmp_path: Path, old: str, new: str, wrong: list[tuple[str, str]]) -> None:
    assert faults(with_change(tmp_path, old, new)) == wrong


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "folding.yaml").write_text(SHIPPED.replace("strict: 5", "strict: x").replace("state: as", "state: x"))
    assert len(faults(tmp_path)) == 2


@pytest.mark.parametrize("missing", ["kinds", "levels", "overall"])
def test_a_part_that_is_missing_is_told(tmp_path: Path, missing: str) -> None:
    (tmp_path / "folding.yaml").write_text(SHIPPED.replace(f"{missing}:\n", f"{missing}_:\n"))
    assert faults(tmp_path)


def test_a_list_is_wanted_of_the_whole(tmp_path: Path) -> None:
    head = SHIPPED[: SHIPPED.index("overall:\n")]
    (tmp_path / "folding.yaml").write_text(f"{head}overall: banned\n")
    assert faults(tmp_path) == [("overall", "not-a-list")]


def test_a_kind_or_level_that_is_missing_is_told(tmp_path: Path) -> None:
    assert faults(with_change(tmp_path, "  state: as\n", ""))
