from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from telvet.catalog.handling import read_handling
from telvet.errors import CatalogError
from telvet.model.handling import Classification, Tlp
from telvet.model.status import Grade
from telvet.shipped import shipped

DAY = date(2024, 6, 1)


def copied(tmp_path: Path) -> Path:
    return copytree(shipped("catalog") / "handling", tmp_path / "handling")


def test_each_level_has_one_official_id_in_each_version() -> None:
    rules = read_handling()
    official = [(row.version, row.level) for row in rules.tlp.values() if row.official]
    assert len(official) == len(set(official)) == 9
    assert {level for version, level in official if version == "2.0"} == set(Tlp)
    assert {level for version, level in official if version == "1"} == set(Tlp) - {Tlp.AMBER_STRICT}


def test_what_is_only_recalled_is_graded_so() -> None:
    rules = read_handling()
    assert {row.grade for row in rules.tetragraphs} == {Grade.UNVERIFIED}
    assert {row.grade for row in rules.statements} == {Grade.UNVERIFIED}


@pytest.mark.parametrize(
    ("code", "on", "alpha3"),
    [
        ("GBR", DAY, "GBR"), ("XKS", DAY, "XKX"), ("XWB", DAY, None), ("QQQ", DAY, None), ("GB", DAY, None),
        ("gbr", DAY, None), ("United Kingdom", DAY, None), ("NATO", DAY, None), ("ROM", date(2000, 1, 1), "ROU"), ("ROM", DAY, None),
    ],
)  # fmt: skip
def test_a_trigraph_stands_for_a_country_on_a_day_or_for_none(code: str, on: date, alpha3: str | None) -> None:
    assert read_handling().country(code, on) == alpha3


def test_a_tetragraph_is_its_members_on_the_day() -> None:
    rules = read_handling()
    assert rules.group("FVEY", DAY) == frozenset({"AUS", "CAN", "GBR", "NZL", "USA"})
    assert "SWE" not in (rules.group("NATO", date(2024, 3, 6)) or ())
    assert "SWE" in (rules.group("NATO", date(2024, 3, 7)) or ())
    assert rules.group("FVEY", date(1940, 1, 1)) is None
    assert rules.group("ACGU", DAY) == frozenset({"AUS", "CAN", "GBR", "USA"})


@pytest.mark.parametrize("code", ["ISAF", "GCTF", "ABCD", "GBR"])
def test_a_code_whose_members_nobody_knows_has_none(code: str) -> None:
    assert read_handling().group(code, DAY) is None


def test_a_statement_is_known_by_the_whole_of_its_text() -> None:
    rules = read_handling()
    found = rules.statement("PAP:AMBER")
    assert found is not None
    assert found.id == "pap"
    assert rules.statement("PAP:AMBER and more") is None
    assert rules.statement("see PAP:AMBER") is None


def test_a_statement_that_two_rules_claim_is_known_by_none(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    digest = hashlib.sha256(b"PAP:RED").hexdigest()
    with (folder / "statements.yaml").open("a", encoding="utf-8") as stream:
        stream.write(f"  twin:\n    {{sha256: {digest}, effect: nothing, grade: verified, source: us}}\n")
    rules = read_handling(folder)
    assert rules.statement("PAP:RED") is None
    assert rules.statement("PAP:GREEN") is not None


def test_words_of_levels_and_attributes_are_read() -> None:
    ism = read_handling().ism
    assert ism.levels["TOP SECRET"] is Classification.TS
    assert ism.attributes["releasableto"] == "release"
    assert {control.effect for control in ism.controls} >= {"noforn", "release", "display", "eyes", "officer", "refer"}


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("tlp.yaml", "level: clear", "level: white", "unknown-code"),
        ("tlp.yaml", 'version: "1", ', "", "missing"),
        ("extensions.yaml", "kind: unread", "kind: ignored", "unknown-code"),
        ("misp.yaml", "read: tlp", "read: all", "unknown-code"),
        ("statements.yaml", "effect: terms", "effect: nothing", "not-one-of-two"),
        ("statements.yaml", "sha256: ", "sha256: x", "not-a-digest"),
        ("statements.yaml", "PAP:(?:", "PAP:(?<", "bad-pattern"),
        ("statements.yaml", '    pattern: "PAP', '    sha256: ab\n    pattern: "PAP', "not-one-of-two"),
        ("ism.yaml", "owner: USA", "owner: Atlantis", "unknown-code"),
        ("ism.yaml", "TS: [TOP SECRET, TS]", "XS: [TOP SECRET]", "unknown-code"),
        ("ism.yaml", "words: [SI]", "words: SI", "not-a-list"),
        ("ism.yaml", "effect: noforn", "effect: maybe", "unknown-code"),
        ("ism.yaml", "DESVersion: harmless", "DESVersion: fine", "unknown-code"),
        ("tetragraphs.csv", "AUS;CAN;GBR;USA", "AUS;ZZZ", "unknown-country"),
        ("tetragraphs.csv", "Organization,NATO,", "Organization,Hanse,", "unknown-code"),
        ("tetragraphs.csv", "Five Eyes,FVEY,,", "Five Eyes,FVEY,USA,", "not-one-of-two"),
        ("tetragraphs.csv", "2001-12-20", "2001", "not-a-date"),
        ("country_codes.csv", "XKS,XKX", "XKS,XXX", "unknown-country"),
        ("country_codes.csv", "2002-02-01", "soon", "not-a-date"),
        ("country_codes.csv", "code,alpha3", "code,alpha2", "wrong-header"),
        ("country_codes.csv", "secondary", "sure", "unknown-code"),
    ],
)  # fmt: skip
def test_faulty_rows_are_refused(tmp_path: Path, name: str, old: str, new: str, code: str) -> None:
    folder = copied(tmp_path)
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CatalogError) as caught:
        read_handling(folder)
    assert code in {fault.code for fault in caught.value.faults}


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "tlp.yaml").unlink()
    (folder / "tetragraphs.csv").unlink()
    (folder / "ism.yaml").write_text("ism: []\n", "utf-8")
    with pytest.raises(CatalogError) as caught:
        read_handling(folder)
    assert {fault.code for fault in caught.value.faults} == {"unreadable", "missing-file", "missing"}
