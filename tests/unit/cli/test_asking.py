from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click
import pytest

from telvet.cli import asking
from telvet.cli.asking import asked_of, country_of, objects, record_at, screen, tell_waiting
from telvet.cli.evidence import command as evidence
from telvet.errors import UsageError, WorkspaceError
from telvet.evidence.positions.position import Asked
from telvet.evidence.positions.record import Record
from telvet.model.evidence import Judgement, Verdict
from telvet.workspace.evidence_ledger import EvidenceLedger

DAY, OTHER = date(2020, 1, 9), date(2019, 1, 1)


def test_the_day_asked_about_is_that_of_knowing_where_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "today", lambda: date(2024, 5, 5))
    assert asked_of(DAY, OTHER, None) == Asked(DAY, OTHER, None)
    assert asked_of(None, OTHER, "m") == Asked(OTHER, OTHER, "m")
    assert asked_of(None, None, None) == Asked(date(2024, 5, 5), None, None)


@pytest.mark.parametrize("text", ["AUS", "au", "Australia", "australia"])
def test_a_country_is_named_by_any_spelling(text: str) -> None:
    assert country_of(text) == "AUS"


@pytest.mark.parametrize(("text", "fix"), [("Austalia", "did you mean AUS"), ("", "write its name"), ("\x1b[31m", "")])
def test_what_is_no_country_is_told_with_the_nearest(text: str, fix: str) -> None:
    with pytest.raises(UsageError) as caught:
        country_of(text)
    assert caught.value.code == "unknown-country"
    assert fix in caught.value.fix


def test_without_catalogue_and_workspace_there_is_nothing_to_answer_from() -> None:
    with pytest.raises(UsageError) as caught:
        record_at(None, no_catalogue=True, country=None, recorded_by=None)
    assert caught.value.code == "no-evidence"


def test_the_record_is_that_of_the_catalogue_of_the_workspace_or_of_both(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError):
        record_at(tmp_path, no_catalogue=False, country=None, recorded_by=None)
    EvidenceLedger.open(tmp_path, create=True).close()
    assert record_at(tmp_path, no_catalogue=True, country=None, recorded_by=None).countries() == ()
    whole = record_at(None, no_catalogue=False, country=None, recorded_by=None)
    assert len(whole.countries()) > 20
    assert record_at(tmp_path, no_catalogue=False, country=None, recorded_by=None).countries() == whole.countries()
    one = record_at(None, no_catalogue=False, country=whole.countries()[0], recorded_by=None)
    assert one.countries() == whole.countries()[:1]


def test_a_vendor_is_asked_for_by_id_or_name_and_an_empty_one_is_nobody() -> None:
    record, asked = Record.of((), ()), Asked(DAY)
    assert [row["vendor"] for row in objects(record, ["AUS"], "huawei", asked)] == ["huawei"]
    assert [row["vendor"] for row in objects(record, ["AUS"], "Huawei Technologies", asked)] == ["huawei"]
    [bare] = objects(record, ["AUS"], None, asked)
    assert (bare["vendor"], bare["position"], bare["name"], bare["origins"]) == (None, "unknown", "Australia", 0)
    for text, fix in (("ericson", "did you mean ericsson?"), ("", "write the id")):
        with pytest.raises(UsageError) as caught:
            objects(record, ["AUS"], text, asked)
        assert (caught.value.code, fix in caught.value.fix) == ("unknown-vendor", True)


def test_what_nobody_has_judged_is_told_and_what_somebody_has_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Australia banned Huawei.")
    rows = [{"quote": "Australia banned Huawei", "note": note, "country": "AUS"} for note in ("1", "2")]
    made = [{"doc": "a", "measure": "BANNED", "modality": "done"} | row for row in rows]
    (tmp_path / "x.jsonl").write_text("\n".join(json.dumps(row) for row in made))
    for line in (
        ["add", str(tmp_path / "a.txt"), "--published", "2019"],
        ["import", str(tmp_path / "x.jsonl"), "--by", "ada"],
    ):
        evidence.main([*line, "--workspace", str(tmp_path / "w")], standalone_mode=False)
    for many, said in ((2, "2 statements"), (1, "1 statement"), (0, None)):
        capsys.readouterr()
        record = record_at(tmp_path / "w", no_catalogue=False, country="AUS", recorded_by=None)
        tell_waiting(record, "AUS")
        tell_waiting(record, "NZL")
        told = f"note: {said} about it not confirmed yet: telvet evidence review --by WHO\n"
        assert capsys.readouterr().err == (told if said else "")
        with EvidenceLedger.open(tmp_path / "w") as ledger:
            name = ledger.statements()[many - 1].statement.id
            ledger.judge([Judgement(name, Verdict.REJECTED, "bo", "2024-01-15T09:30:00.000000Z")])


def test_a_file_is_as_wide_as_ever_and_has_no_colour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert screen(tmp_path / "out") == (100, False)
    assert screen(None)[0] == 60


def test_both_commands_share_their_options() -> None:
    @click.command
    @asking.asking
    def toy(**given: object) -> dict[str, object]:
        return given

    line = [
        "--vendor",
        "v",
        "--as-of",
        "2020-01-09",
        "--known-by",
        "2019-01-01",
        "--recorded-by",
        "2024-01-15",
        "--no-catalogue",
    ]
    assert toy.main([*line, "--workspace", "w", "-o", "out"], standalone_mode=False) == {
        "vendor": "v", "as_of": DAY, "known_by": OTHER, "recorded_by": "2024-01-15T23:59:59.999999Z", "no_catalogue": True,
        "workspace": Path("w"), "output": Path("out"),
    }  # fmt: skip
