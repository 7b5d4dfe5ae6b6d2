"""`telvet law`: what there is, what it says, whether it is sound, and whether its cases hold."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.functional.driver import ROOT, telvet

PACK = ROOT / "packs" / "usa" / "s3153-116"
IDS = (
    "aus.tssr-2018", "can.policy-2022", "gbr.huawei-direction-2022", "swe.pts-2020", "usa.ndaa-889",
    "usa.secure-networks", "usa.s3153-116",
)  # fmt: skip


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """Return a folder with one pack of its own."""
    target = tmp_path / "packs" / "zzz" / "own"
    shutil.copytree(PACK, target)
    for path in target.rglob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("usa.s3153-116", "zzz.own"), "utf-8")
    return tmp_path / "packs"


def test_list_names_every_pack_its_force_and_its_provisions() -> None:
    ran = telvet("law", "list")
    assert (ran.code, ran.err) == (0, "")
    assert [name for name in IDS if name not in ran.out] == []
    for said in ("binding", "policy", "guidance", "scenario", "2018-08-13", "part-b", "sanctions-affected-fibre"):
        assert said in ran.out


def test_show_tells_a_provision_with_its_sources() -> None:
    ran = telvet("law", "show", "gbr.huawei-direction-2022.core")
    assert (ran.code, ran.err) == (0, "")
    for said in (
        "Designated vendor direction", "extended to 2023-12-31", "equipment.vendor designated huawei", "cites direction",
        "uncertain: ", "Sources:",
    ):  # fmt: skip
        assert said in ran.out
    assert "5g-removal: " not in ran.out


def test_show_of_an_unknown_name_names_the_nearest() -> None:
    ran = telvet("law", "show", "gbr.huawei-direction-2022.coar")
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean gbr.huawei-direction-2022.core?" in ran.err


def test_the_shipped_packs_are_sound() -> None:
    ran = telvet("law", "lint")
    assert (ran.code, ran.out) == (0, "8 pack(s) checked, 0 fault(s)\n")


def test_cases_are_counted_by_provision_and_answer() -> None:
    ran = telvet("law", "test", "usa.s3153-116", "-v")
    assert (ran.code, ran.err) == (0, "")
    assert "usa.s3153-116.no-sharing: " in ran.out
    assert ", 0 failed" in ran.out.splitlines()[-1]


def test_cases_of_an_unknown_pack_are_no_success() -> None:
    ran = telvet("law", "test", "usa.ndaa-88")
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean usa.ndaa-889?" in ran.err


def test_a_pack_of_ones_own_is_listed_linted_tested_and_judged(packs: Path, inventory: Path) -> None:
    assert "zzz.own" in telvet("law", "list", "--packs", packs).out
    assert telvet("law", "test", "zzz.own", "--packs", packs).code == 0
    ran = telvet("assess", inventory, "--packs", packs, "--law", "zzz.own", "--as-of", "2020-06-01", "--format", "json")
    assert [pack["id"] for pack in ran.document["packs"]] == ["zzz.own"]


def test_the_faults_of_all_files_of_a_pack_are_listed(packs: Path) -> None:
    provision = next((packs / "zzz" / "own" / "provisions").glob("*.yaml"))
    provision.write_text(provision.read_text("utf-8") + "colour: red\nbye: 2024-01-01\n", "utf-8")
    pack = packs / "zzz" / "own" / "pack.yaml"
    pack.write_text(pack.read_text("utf-8").replace("force: scenario", "force: tremendous"), "utf-8")
    ran = telvet("law", "lint", packs)
    assert (ran.code, ran.err) == (1, "")
    for said in (
        "pack.yaml, force: 'tremendous' is not one of",
        f"{provision.name}, ",
        "'bye', 'colour'",
        "2 fault(s)",
    ):
        assert said in ran.out
    refused = telvet("law", "list", "--packs", packs)
    assert (refused.code, refused.out) == (2, "")
    assert "tremendous" in refused.err


def test_a_case_that_fails_is_shown_and_fails(packs: Path) -> None:
    cases = next((packs / "zzz" / "own" / "cases").glob("*.yaml"))
    cases.write_text(cases.read_text("utf-8").replace("barred", "contravention"), "utf-8")
    ran = telvet("law", "test", "zzz.own", "--packs", packs)
    assert ran.code == 1
    assert "FAILED" in ran.out
    assert ", 0 failed" not in ran.out


def test_a_folder_that_is_none_is_a_usage_error(tmp_path: Path) -> None:
    for arguments in (
        ("lint", tmp_path / "none"),
        ("test", "--packs", tmp_path / "none"),
        ("list", "--packs", tmp_path),
    ):
        ran = telvet("law", *arguments)
        assert (ran.code, ran.out) == (2, "")
        assert str(tmp_path) in ran.err
