"""`telvet read`: how headers were understood, and a snapshot that gives the same findings."""

from __future__ import annotations

import stat
from pathlib import Path

import openpyxl

from tests.functional.conftest import Write
from tests.functional.driver import EXAMPLE, telvet

ASKED = ("--law", "gbr", "--as-of", "2024-01-15", "--format", "jsonl")


def test_the_mapping_of_headers_is_shown() -> None:
    ran = telvet("read", EXAMPLE / "inventory.csv", "--show-mapping")
    assert (ran.code, ran.err) == (0, "")
    rows = {line.split("  ")[1].strip(): line.split() for line in ran.out.splitlines()[1:]}
    assert rows["Asset tag"][2] == "id"
    assert rows["Role"][1] == "function"
    assert "(not read)" in ran.out


def test_a_snapshot_is_private_and_gives_the_same_findings(inventory: Path, operators: Path, tmp_path: Path) -> None:
    kept = tmp_path / "equipment.parquet"
    ran = telvet("read", inventory, "-o", kept)
    assert (ran.code, ran.out, ran.err) == (0, "4 rows read: 4 good, 0 set aside\n", "")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    first = telvet("assess", inventory, "--operators", operators, *ASKED)
    again = telvet("assess", kept, "--operators", operators, *ASKED)
    assert again.findings == first.findings


def test_faulty_rows_are_counted_told_and_kept(write: Write, tmp_path: Path) -> None:
    faulty = write("faulty.csv", "id,manufacturer,generation\n1,Huawei,5G\n2,Huawei,7G\n")
    ran = telvet("read", faulty, "--rejects", tmp_path / "rejects.csv")
    assert (ran.code, ran.out) == (0, "2 rows read: 1 good, 1 set aside\n")
    assert "faulty.csv, record 3, generation: '7G' is no code" in ran.err
    assert "2,Huawei,7G" in (tmp_path / "rejects.csv").read_text("utf-8")
    strict = telvet("read", faulty, "--strict", "-o", tmp_path / "kept.parquet")
    assert (strict.code, strict.out) == (2, "")
    assert not (tmp_path / "kept.parquet").exists()


def test_a_place_that_cannot_be_written_is_a_usage_error(inventory: Path, tmp_path: Path) -> None:
    for target in (tmp_path, tmp_path / "none" / "kept.parquet"):
        ran = telvet("read", inventory, "-o", target)
        assert (ran.code, ran.out) == (2, "")
        assert "cannot be written" in ran.err


def test_a_sheet_of_a_workbook_is_chosen_by_name_and_kept_for_replay(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, maker in (("Radio", "Ericsson"), ("Core", "Huawei")):
        sheet = book.create_sheet(name)
        sheet.append(["id", "manufacturer", "function"])
        sheet.append([name, maker, "core.auth"])
    path, report = tmp_path / "list.xlsx", tmp_path / "report.json"
    book.save(path)
    asked = ("--law", "gbr.huawei-direction-2022.core", "--as-of", "2024-01-15")
    assert [
        one["equipment"] for one in telvet("assess", path, *asked, "--sheet", "Core", "--format", "jsonl").findings
    ] == ["Core"]
    assert telvet("assess", path, *asked, "--format", "jsonl").findings == []
    telvet("assess", path, *asked, "--sheet", "Core", "-o", report)
    assert telvet("replay", report).out == "the same bytes\n"
    wrong = telvet("assess", path, "--sheet", "Cores")
    assert (wrong.code, wrong.out) == (2, "")
    assert "Core" in wrong.err
    assert "Ericsson" not in telvet("read", path, "--sheet", "Core", "--show-mapping").err


def test_an_input_is_never_written_over(inventory: Path, operators: Path, tmp_path: Path) -> None:
    before = inventory.read_bytes()
    runs = [
        telvet("read", inventory, "-o", inventory),
        telvet("read", inventory, "--rejects", inventory),
        telvet("assess", inventory, "-o", inventory),
        telvet("assess", inventory, "--operators", operators, "-o", operators, "--format", "json"),
        telvet("assess", inventory, "-o", tmp_path / "a.csv", "--rejects", tmp_path / "a.csv"),
    ]
    assert [(ran.code, ran.out, "would be written over" in ran.err) for ran in runs] == [(2, "", True)] * 5
    assert inventory.read_bytes() == before


def test_an_inventory_without_any_good_row_is_refused(write: Write, tmp_path: Path) -> None:
    ran = telvet("read", write("bad.csv", "id,manufacturer,generation\n1,Huawei,7G\n"), "-o", tmp_path / "kept.parquet")
    assert (ran.code, ran.out) == (2, "")
    assert "none of 1 rows can be judged" in ran.err
    assert not (tmp_path / "kept.parquet").exists()


def test_a_map_that_leads_nowhere_is_refused_where_the_mapping_is_shown(write: Write) -> None:
    listed = write("list.csv", "id,vendr\n1,Huawei\n")
    ran = telvet("read", listed, "--show-mapping", "--map", "vendr=manufactuer")
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean 'manufacturer'?" in ran.err
    lacking = telvet("read", listed, "--show-mapping")
    assert (lacking.code, "no column can hint at a maker" in lacking.err) == (0, True)
