from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from telvet.cli import evidence
from telvet.cli.evidence import command
from telvet.errors import EvidenceError, UsageError, WorkspaceError
from telvet.model.evidence import Judgement, Verdict
from telvet.workspace.evidence_ledger import EvidenceLedger

TEXT = "Australia banned Huawei\u2019s kit,\u00a0it said.\r\nGermany has not decided.\r\n"
ROW = {
    "doc": "a.txt",
    "quote": "Australia banned Huawei\u2019s kit",
    "measure": "BANNED",
    "modality": "done",
    "country": "Australia",
}
LATER = "2099-01-16T09:30:00.000000Z"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    return tmp_path


def run(folder: Path, *arguments: object) -> int:
    line = [*map(str, arguments), "--workspace", str(folder / "w")]
    code: int = command.main(line, standalone_mode=False)
    return code


def add(folder: Path, *more: object) -> int:
    return run(folder, "add", folder / "a.txt", "--published", "2019-02-01", "--publisher", "The Gazette", *more)


def rows(folder: Path, *given: dict[str, Any] | str, name: str = "x.jsonl", end: str = "\n") -> Path:
    path = folder / name
    lines = [one if isinstance(one, str) else json.dumps(ROW | one) for one in given]
    path.write_bytes("".join(line + end for line in lines).encode())
    return path


def test_a_document_is_kept_and_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert add(folder, "--by", "ada") == 0
    shown = capsys.readouterr()
    assert shown.err == f"note: there was no ledger in {folder / 'w'}; a new one was made\n"
    assert shown.out.endswith("  a.txt: kept; 67 characters, published 2019-02-01 (stated), The Gazette\n")
    with EvidenceLedger.open(folder / "w") as ledger:
        [digest] = ledger.documents()
        assert ledger.document(digest).text == TEXT
    assert run(folder, "add", folder / "a.txt") == 0
    shown = capsys.readouterr()
    assert ": held already; " in shown.out
    assert "2019-02-01 (stated), The Gazette" in shown.out
    assert shown.err == ""
    assert run(folder, "add", folder / "a.txt", "--published", "2019-02") == 0
    assert ": known better; 67 characters, published 2019-02 (stated), The Gazette" in capsys.readouterr().out


def test_good_documents_are_kept_and_every_faulty_one_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "b.txt").write_text("Nothing tells a day.")
    (folder / "c.pdf").write_text("no pdf")
    (folder / "d.txt").write_text("Published 5 March 2019\n\nAvaria waits.")
    with pytest.raises(EvidenceError) as caught:
        run(folder, "add", *(folder / name for name in ("b.txt", "c.pdf", "none.txt", "d.txt")))
    assert caught.value.what == "3 of 4 documents were not taken in"
    assert [fault.file for fault in caught.value.faults] == ["b.txt", "c.pdf", "none.txt"]
    assert caught.value.faults[0].code == "published-missing"
    assert "--published" in caught.value.faults[0].fix
    assert "d.txt: kept" in capsys.readouterr().out


def test_where_nothing_can_be_kept_no_ledger_is_made(folder: Path) -> None:
    with pytest.raises(EvidenceError, match="the document was not taken in"):
        run(folder, "add", folder / "none.txt")
    assert not (folder / "w").exists()


def test_a_day_to_come_is_no_day_of_publication(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "today", lambda: date(2020, 1, 9))
    for day in ("2020-01-11", "2020-02", "2021"):
        with pytest.raises(UsageError, match="day to come"):
            run(folder, "add", folder / "a.txt", "--published", day)
    for day in ("2020-01-10", "2020-01", "2020"):
        assert run(folder, "add", folder / "a.txt", "--published", day) == 0


def test_documents_are_listed_with_their_statements(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(folder)
    (folder / "b\x1b.txt").write_text("other")
    run(folder, "add", folder / "b\x1b.txt", "--published", "2018")
    run(folder, "import", rows(folder, {}), "--by", "ada", "--confirm")
    run(folder, "import", rows(folder, {"note": "x"}), "--by", "ada")
    capsys.readouterr()
    assert run(folder, "list") == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.endswith("  2019-02-01  a.txt  The Gazette  1 of 2 statements confirmed")
    assert second.endswith("  2018  b\ufffd.txt  -  no statements")


def test_an_empty_ledger_says_how_to_begin(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    EvidenceLedger.open(folder / "w", create=True).close()
    assert run(folder, "list") == 0
    assert capsys.readouterr().out == "no documents; keep one with `telvet evidence add FILE`\n"


def test_a_text_is_shown_as_quotes_must_match_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(folder)
    capsys.readouterr()
    assert run(folder, "show", "a") == 0
    assert capsys.readouterr().out == TEXT


def test_an_import_tells_of_every_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(folder)
    capsys.readouterr()
    given = rows(folder, {}, {}, {"measure": "BAN"}, {"country": "Atlantis"}, "{")
    assert run(folder, "import", given, "--by", "ada") == 0
    shown = capsys.readouterr()
    assert shown.out == "5 lines: 2 statements added, 1 held already, 2 set aside\n"
    told = shown.err.splitlines()
    assert told[0].startswith(
        "note: x.jsonl, record 4, country: this is no country that is known; kept as written ('Atlantis')"
    )
    assert told[1] == "x.jsonl, record 3, measure: this is no measure ('BAN'); did you mean BANNED? [unknown-code]"
    assert told[2].startswith("x.jsonl, record 5: this is not JSON: ")
    assert told[3] == "note: what was added counts once a person confirms it: telvet evidence review --by WHO"
    assert run(folder, "import", given, "--by", "ada", "--confirm") == 0
    assert capsys.readouterr().out == "5 lines: 0 statements added, 3 held already, 2 set aside, 2 confirmed by ada\n"


def test_what_was_rejected_before_is_told_to_stay_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(folder)
    run(folder, "import", rows(folder, {}), "--by", "ada")
    with EvidenceLedger.open(folder / "w") as ledger:
        [held] = ledger.statements()
        ledger.judge([Judgement(held.statement.id, Verdict.REJECTED, "bo", LATER)])
    capsys.readouterr()
    run(folder, "import", rows(folder, {}), "--by", "ada", "--confirm")
    shown = capsys.readouterr()
    assert shown.out == "1 line: 0 statements added, 1 held already, 0 set aside, 0 confirmed by ada\n"
    assert shown.err == "note: 1 statement that a person rejected before stay so\n"


def test_where_every_line_is_set_aside_the_code_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(folder)
    assert run(folder, "import", rows(folder, {"measure": "BAN"}, "{"), "--by", "ada") == 2
    assert run(folder, "import", rows(folder), "--by", "ada") == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "2 lines: 0 statements added, 0 held already, 2 set aside",
        "0 lines: 0 statements added, 0 held already, 0 set aside",
    ]


def test_many_faults_are_told_in_part_and_the_rejects_hold_them_all(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(folder)
    capsys.readouterr()
    given = rows(folder, {}, *({"measure": f"BAN {number}"} for number in range(30)))
    assert run(folder, "import", given, "--by", "ada", "--rejects", folder / "rejects.jsonl") == 0
    told = capsys.readouterr().err.splitlines()
    assert (len([line for line in told if "unknown-code" in line]), told[20]) == (20, "... and 10 more")
    assert (folder / "rejects.jsonl").read_text() == "".join(f"{line}\n" for line in given.read_text().splitlines()[1:])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_rejects_hold_the_faulty_lines_as_they_were(folder: Path, end: str) -> None:
    add(folder)
    odd = '  {"doc" : "a.txt",\t"quote": "n\u00e9\u2028\u00a0", "measure":"BANNED", "modality": "done", "x": 1e5 }  '
    given = rows(folder, {}, odd, "not json", {"note": "x"}, end=end)
    assert run(folder, "import", given, "--by", "ada", "--rejects", folder / "rejects.jsonl") == 0
    assert (folder / "rejects.jsonl").read_bytes() == f"{odd}{end}not json{end}".encode()
    assert (folder / "rejects.jsonl").stat().st_mode & 0o777 == 0o600
    with EvidenceLedger.open(folder / "w") as ledger:
        assert len(ledger.statements()) == 2


def test_strict_keeps_everything_out_and_still_tells_the_rejects(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(folder)
    given = rows(folder, {}, {"measure": "BAN"})
    with pytest.raises(EvidenceError, match=r"1 of 2 lines set aside, and nothing was taken in"):
        run(folder, "import", given, "--by", "ada", "--strict", "--confirm", "--rejects", folder / "rejects.jsonl")
    assert "did you mean BANNED?" in capsys.readouterr().err
    assert len((folder / "rejects.jsonl").read_text().splitlines()) == 1
    with EvidenceLedger.open(folder / "w") as ledger:
        assert ledger.statements() == []


def test_the_rejects_are_not_written_over_what_is_read(folder: Path) -> None:
    add(folder)
    given = rows(folder, {"measure": "BAN"})
    with pytest.raises(UsageError, match="would be written over"):
        run(folder, "import", given, "--by", "ada", "--rejects", given)


@pytest.mark.parametrize(
    ("content", "said"), [(b"\xff\xfe", "this is not UTF-8"), (None, "cannot be read: no such file")]
)
def test_a_file_that_cannot_be_read_is_told(folder: Path, content: bytes | None, said: str) -> None:
    add(folder)
    if content:
        (folder / "x.jsonl").write_bytes(content)
    with pytest.raises(EvidenceError, match=said) as caught:
        run(folder, "import", folder / "x.jsonl", "--by", "ada")
    assert caught.value.fix


def test_a_mark_at_the_start_of_the_file_is_no_fault(folder: Path) -> None:
    add(folder)
    given = rows(folder, {})
    given.write_bytes(b"\xef\xbb\xbf" + given.read_bytes())
    assert run(folder, "import", given, "--by", "ada") == 0


@pytest.mark.parametrize("verb", [("list",), ("show", "a"), ("export",), ("import", "x", "--by", "ada"), ("propose",)])
def test_where_there_is_no_workspace_none_is_made(folder: Path, verb: tuple[str, ...]) -> None:
    given = [str(rows(folder, {})) if word == "x" else word for word in verb]
    with pytest.raises(WorkspaceError, match="no ledger here"):
        run(folder, *given)
    assert not (folder / "w").exists()


def test_what_is_confirmed_is_exported_and_taken_in_elsewhere(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(folder)
    run(folder, "import", rows(folder, {"vendor": "Huawei", "date": "2018-08"}), "--by", "ada", "--confirm")
    run(folder, "import", rows(folder, {"country": "Atlantis"}), "--by", "ada")
    capsys.readouterr()
    assert run(folder, "export") == 0
    [line] = capsys.readouterr().out.splitlines()
    assert json.loads(line)["quote"] == ROW["quote"]
    assert run(folder, "export", "--all", "-o", folder / "all.jsonl") == 0
    assert (folder / "all.jsonl").stat().st_mode & 0o777 == 0o600
    other = folder / "other"
    other.mkdir()
    (other / "renamed.txt").write_bytes(TEXT.encode())
    run(other, "add", other / "renamed.txt", "--published", "2019-02-01")
    capsys.readouterr()
    assert run(other, "import", folder / "all.jsonl", "--by", "bo") == 0
    assert capsys.readouterr().out == "2 lines: 2 statements added, 0 held already, 0 set aside\n"
    assert run(other, "export", "--all") == 0
    assert capsys.readouterr().out == (folder / "all.jsonl").read_text()


def test_a_retraction_is_kept_with_its_day_and_reason(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(folder)
    run(folder, "import", rows(folder, {}), "--by", "ada", "--confirm")
    with EvidenceLedger.open(folder / "w") as ledger:
        name = ledger.statements()[0].statement.id
    capsys.readouterr()
    assert run(folder, "retract", name, "--published", "2019-03", "--why", "corrected", "--by", "bo") == 0
    assert capsys.readouterr().out == f"{name}: retracted by its source, 2019-03\n"
    with EvidenceLedger.open(folder / "w") as ledger:
        last = ledger.judgements()[-1]
    assert (last.verdict, last.why, last.by) == (Verdict.RETRACTED, "corrected", "bo")
    with pytest.raises(UsageError, match="no reason is given"):
        run(folder, "retract", name, "--published", "2019-03", "--why", " ", "--by", "bo")
    for bad, day, code in (
        ("s-1", "2019-03", "unknown-statement"),
        (name, "2018", "retracted-early"),
        (name, "2999", "published-ahead"),
    ):
        with pytest.raises(UsageError) as caught:
            run(folder, "retract", bad, "--published", day, "--why", "x", "--by", "bo")
        assert (caught.value.code, bool(caught.value.fix)) == (code, True)
