"""Bad inventories: one clear error with every fault, exit 2, nothing on standard output; good rows are not lost."""

from __future__ import annotations

import csv
import io
import stat
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from telvet.inventory.spelling import spell_file
from tests.functional.conftest import Write
from tests.functional.driver import Ran, telvet

LAW = ("--law", "usa.ndaa-889.part-b", "--as-of", "2024-01-15", "--format", "jsonl")
ROW = "id,manufacturer\n1,Huawei\n"


def judged(ran: Ran) -> list[str]:
    """Return the elements that findings name."""
    return [one["equipment"] for one in ran.findings]


def refused(ran: Ran, *said: str) -> None:
    """Check that a run was refused for the reasons given, on standard error alone."""
    assert (ran.code, ran.out) == (2, "")
    assert [words for words in said if words not in ran.err] == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "the file is empty [empty]"),
        ("blank.csv", b"\xef\xbb\xbf \r\n\t\n", "the file is empty [empty]"),
        ("header.csv", b"id,manufacturer\n", "a header but no row"),
        ("nobody.csv", b"id,name\n1,x\n", "no column can hint at a maker"),
        ("binary.csv", bytes(range(256)) * 40, "[encoding]"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), "a picture"),
        ("packed.csv", b"\x1f\x8b\x08\x00" + bytes(100), "a gzip archive"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old .xls workbook"),
        ("not.xlsx", b"id,manufacturer\n1,Huawei\n", "the name ends in .xlsx"),
        ("not.parquet", b"PAR1 and no more", "damaged or cut off"),
        ("page.html", b"<html><body>no inventory</body></html>", "XML or HTML"),
        ("cut.jsonl", b'{"id": "1", "manufacturer": "Huawei"}\n{"id": "2", "manuf', "cut.jsonl"),
    ],
)
def test_what_is_no_inventory_is_refused(write: Write, name: str, content: bytes, said: str) -> None:
    refused(telvet("assess", write(name, content)), name, said)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    refused(telvet("assess", tmp_path), "this is a folder")
    refused(telvet("assess", tmp_path / "nothing.csv"), "nothing.csv: there is no such file; check the path [no-file]")


def test_every_file_that_cannot_be_read_is_named_at_once(write: Write, tmp_path: Path) -> None:
    empty, gone = write("empty.csv", ""), tmp_path / "gone.csv"
    refused(telvet("assess", empty, gone, tmp_path), "3 faults", "empty.csv", "gone.csv", "this is a folder")


def test_the_same_file_twice_is_refused(write: Write) -> None:
    one = write("one.csv", ROW)
    refused(telvet("assess", one, one), "given twice")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_usual_encodings_are_understood(write: Write, encoding: str) -> None:
    ran = telvet(
        "assess",
        write("list.csv", "id,manufacturer,site\nä-1,Huawei,Łódź\n".replace("Łódź", "Köln").encode(encoding)),
        *LAW,
    )
    assert (ran.code, judged(ran)) == (0, ["ä-1"])


def test_a_record_that_never_ends_is_refused_by_its_number(write: Write) -> None:
    endless = write("endless.csv", b"id,manufacturer\n1," + b"x" * 9_000_000 + b"\n2,Huawei\n")
    refused(telvet("assess", endless), "endless.csv, record 2: the record is longer than 4 MiB")


def test_a_quote_that_is_never_closed_is_refused(write: Write) -> None:
    rows = "".join(f"{number},Nokia\n" for number in range(100))
    refused(telvet("assess", write("open.csv", f'id,manufacturer\n1,"Huawei\n{rows}')), "open.csv")


FAULTY = """\
id,manufacturer,installed_on,country,function,generation
1,Huawei,2021-02-30,GBR,core.auth,5G
2,ZTE,2020-01-01,GRB,core.auth,5G
3,ZTE,2020-01-01,GBR,core.auth,7G
4,Huawei,soon,XX,core.auth,5G
5,Huawei,2020-01-01,GBR,core.auth,5G
5,ZTE,2020-01-01,GBR,core.auth,5G
"""
FAULTS = (
    "faulty.csv, record 2, installed_on: there is no such day in the calendar ('2021-02-30')",
    "faulty.csv, record 3, country: 'GRB' is no country",
    "faulty.csv, record 4, generation: '7G' is no code of generation ('7G'); did you mean '6G'?",
    "faulty.csv, record 5, installed_on: this is no date that can be read ('soon')",
    "faulty.csv, record 5, country: 'XX' is no country",
    "faulty.csv, record 7, id: this id is taken: record 6 of faulty.csv has it",
)


def test_faulty_rows_are_set_aside_told_and_counted_and_the_good_one_is_judged(write: Write) -> None:
    ran = telvet("assess", write("faulty.csv", FAULTY), *LAW[:4], "--format", "json")
    assert (ran.code, [one["equipment"] for one in ran.document["findings"]]) == (0, ["5"])
    counts = ran.document["counts"]
    assert (counts["rows_in"], counts["rows_judged"], counts["rows_rejected"]) == (6, 1, 5)
    assert [fault for fault in FAULTS if fault not in ran.err] == []
    assert "5 of 6 rows were set aside as faulty (keep them with --rejects FILE)" in ran.err


def test_rejects_are_kept_in_a_private_file_with_their_reasons(write: Write, tmp_path: Path) -> None:
    kept = tmp_path / "rejects.csv"
    ran = telvet("assess", write("faulty.csv", FAULTY), *LAW, "--rejects", kept)
    assert (ran.code, judged(ran)) == (0, ["5"])
    assert f"(kept in {kept})" in ran.err
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    rows = list(csv.DictReader(io.StringIO(kept.read_text("utf-8"))))
    assert [(row["record"], row["id"]) for row in rows] == [("2", "1"), ("3", "2"), ("4", "3"), ("5", "4"), ("7", "5")]
    assert "soon" not in rows[0]["faults"]
    assert "country: 'XX' is no country" in rows[3]["faults"]


def test_strict_refuses_with_every_fault(write: Write, tmp_path: Path) -> None:
    ran = telvet("assess", write("faulty.csv", FAULTY), *LAW, "--strict", "-o", tmp_path / "report.jsonl")
    refused(ran, "5 of 6 rows are faulty", *FAULTS)
    assert not (tmp_path / "report.jsonl").exists()


def test_an_inventory_without_any_good_row_is_no_clean_bill(write: Write, tmp_path: Path) -> None:
    bad = write("bad.csv", "id,manufacturer,generation\n1,Huawei,7G\n2,ZTE,8G\n")
    kept, workspace = tmp_path / "rejects.csv", tmp_path / "workspace"
    ran = telvet("assess", bad, "--rejects", kept, "--workspace", workspace, "-o", tmp_path / "report.json")
    refused(ran, "none of 2 rows can be judged", "'7G' is no code", "'8G' is no code")
    assert kept.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.csv", "rejects.csv"]


def test_a_formula_without_a_value_is_a_fault_and_is_never_run(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["id", "manufacturer"], ["1", "Huawei"], ["2", '=HYPERLINK("http://example.net","Huawei")']):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    ran = telvet("assess", tmp_path / "list.xlsx", *LAW)
    assert (ran.code, judged(ran)) == (0, ["1"])
    assert "list.xlsx, record 3: the formula in B3 has no computed value" in ran.err


def test_a_zip_bomb_is_refused_before_it_goes_off(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "plain.xlsx")
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as plain, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in plain.namelist():
            with packed.open(name, "w", force_zip64=True) as part:
                part.write(plain.read(name))
                if name.endswith("sheet1.xml"):
                    for _ in range(150):
                        part.write(b" " * 1_000_000)
    assert bomb.stat().st_size < 500_000
    refused(telvet("assess", bomb), "bomb.xlsx", "would inflate from")


def test_a_file_that_changes_while_it_is_read_is_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("live.csv", ROW)

    def and_meanwhile(*arguments: Any) -> object:
        path.write_text(ROW.replace("Huawei", "Nokia!"))
        return spell_file(*arguments)

    monkeypatch.setattr("telvet.inventory.read.spell_file", and_meanwhile)
    refused(telvet("assess", path, *LAW), "live.csv: the file changed while it was read")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nonsense", "'nonsense' is not theirs=ours"),
        ("=id", "'=id' is not theirs=ours"),
        ("brand=manufactuer", "did you mean 'manufacturer'?"),
        ("colour=function", "no file has a header 'colour'"),
    ],
)
def test_a_map_that_leads_nowhere_is_refused(write: Write, text: str, said: str) -> None:
    refused(telvet("assess", write("list.csv", "id,brand\n1,Huawei\n"), "--map", text), said)


def test_a_map_reads_their_column_as_ours_and_leaves_another_out(write: Write) -> None:
    wrong = write("list.csv", "asset,make,manufacturer\n1,Huawei,the wholesaler\n")
    ran = telvet("assess", wrong, *LAW, "--map", "make=manufacturer", "--map", "manufacturer=", "--map", "asset=id")
    assert judged(ran) == ["1"]
    assert ran.findings[0]["because"][0]["origin"] == "list.csv record 2 make"
