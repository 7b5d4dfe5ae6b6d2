"""Documents, annotations and what a person makes of them, as a new user meets them."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.functional.driver import Ran, command, telvet

ARTICLE = (
    "Australia banned Huawei\u2019s kit from its\u00a05G networks on 23 August 2018.\r\n\r\n"
    "\u201cA ban in New Zealand remains unlikely,\u201d a minister told Reuters. \U0001f4e1\r\n"
)
BAN = "Australia banned Huawei\u2019s kit from its\u00a05G networks"
ROWS: tuple[dict[str, Any], ...] = (
    {
        "doc": "a.txt", "quote": BAN, "country": "Australia", "vendor": ["Huawei"], "measure": "BANNED", "modality": "done",
        "scope": "5G", "date": "2018-08-23",
    },
    {
        "doc": "a.txt", "quote": "A ban in New Zealand remains unlikely", "country": "New Zealand", "vendor": "Huawei",
        "measure": "BANNED", "modality": "unlikely", "actor": "a minister", "speaker": "a minister", "via": "Reuters", "date": None,
    },
)  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_bytes(ARTICLE.encode())
    (tmp_path / "x.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    return tmp_path


def ask(place: Path, *arguments: object) -> Ran:
    return telvet(*arguments, "--workspace", place / "w")


def taken_in(place: Path) -> None:
    added = ask(place, "evidence", "add", place / "a.txt", "--published", "2018-08-24", "--publisher", "The Gazette")
    assert (added.code, "citing reuters" in added.out) == (0, True)
    brought = ask(place, "evidence", "import", place / "x.jsonl", "--confirm", "--by", "ada")
    assert (brought.code, brought.err) == (0, "")
    assert brought.out == "2 lines: 2 statements added, 0 held already, 0 set aside, 2 confirmed by ada\n"


def stands(place: Path, country: str, *more: str) -> dict[str, Any]:
    ran = ask(place, "position", country, "--no-catalogue", "--format", "json", "--as-of", "2020-01-09", *more)
    assert (ran.code, ran.err) == (0, "")
    return ran.document


def test_a_document_an_annotation_and_a_position(place: Path) -> None:
    taken_in(place)
    found = stands(place, "Australia", "--vendor", "huawei")
    assert (found["country"], found["vendor"], found["position"], found["origins"]) == ("AUS", "huawei", "banned", 1)
    [said] = found["because"]
    assert (said["quote"], said["publisher"], said["published"]) == (BAN, "The Gazette", "2018-08-24")
    assert ARTICLE[said["start"] : said["end"]] == BAN
    assert stands(place, "NZL")["position"] == "undecided"
    assert stands(place, "NZL")["because"][0]["origin"] == "Reuters"
    assert stands(place, "AUS", "--vendor", "zte")["position"] == "unknown"
    assert "Australia on any vendor\nbanned since 2018-08-23" in ask(place, "position", "AUS", "--no-catalogue").out


def test_nothing_counts_that_no_person_confirmed(place: Path) -> None:
    ask(place, "evidence", "add", place / "a.txt", "--published", "2018-08-24")
    assert ask(place, "evidence", "import", place / "x.jsonl", "--by", "ada").code == 0
    assert (stands(place, "AUS")["position"], stands(place, "AUS")["because"]) == ("unknown", [])
    told = ask(place, "position", "AUS", "--no-catalogue")
    assert told.err == "note: 1 statement about it not confirmed yet: telvet evidence review --by WHO\n"
    assert ask(place, "evidence", "export").out == ""
    assert len(ask(place, "evidence", "export", "--all").out.splitlines()) == 2


def test_a_day_before_publication_knows_nothing_of_it(place: Path) -> None:
    taken_in(place)
    assert stands(place, "AUS", "--known-by", "2018-08-23")["position"] == "unknown"
    assert stands(place, "AUS", "--known-by", "2018-08-24")["position"] == "banned"
    assert stands(place, "AUS", "--recorded-by", "2019-01-01")["position"] == "unknown"
    assert stands(place, "AUS", "--recorded-by", "2999-01-01")["position"] == "banned"


def test_what_its_source_took_back_no_longer_counts_from_that_day(place: Path) -> None:
    taken_in(place)
    name = stands(place, "AUS")["because"][0]["id"]
    gone = ask(place, "evidence", "retract", name, "--published", "2019-05-01", "--why", "corrected", "--by", "ada")
    assert (gone.code, gone.out) == (0, f"{name}: retracted by its source, 2019-05-01\n")
    assert stands(place, "AUS", "--known-by", "2019-04-30")["position"] == "banned"
    assert stands(place, "AUS", "--known-by", "2019-05-01")["position"] == "unknown"
    ask(place, "evidence", "import", place / "x.jsonl", "--confirm", "--by", "bo")
    assert stands(place, "AUS", "--known-by", "2019-05-01")["position"] == "unknown"
    assert ask(place, "position", "AUS", "--no-catalogue").err == ""


def test_one_wire_under_two_mastheads_is_one_origin(place: Path) -> None:
    for number, name in enumerate(("The Gazette", "The Herald")):
        text = f"Version {number}. Australia banned Huawei.\n\nSource: Reuters\n"
        (place / f"{number}.txt").write_text(text)
        ask(place, "evidence", "add", place / f"{number}.txt", "--published", "2018-08-24", "--publisher", name)
        row = {
            "doc": f"{number}.txt",
            "quote": "Australia banned Huawei",
            "country": "AUS",
            "vendor": "Huawei",
            "measure": "BANNED",
            "modality": "done",
        }
        (place / "y.jsonl").write_text(json.dumps(row))
        assert ask(place, "evidence", "import", place / "y.jsonl", "--confirm", "--by", "ada").code == 0
    found = stands(place, "AUS")
    assert ({said["publisher"] for said in found["because"]}, found["origins"]) == ({"The Gazette", "The Herald"}, 1)


def test_a_publisher_who_is_learned_later_is_where_it_comes_from(place: Path) -> None:
    ask(place, "evidence", "add", place / "a.txt", "--published", "2018-08-24")
    ask(place, "evidence", "import", place / "x.jsonl", "--confirm", "--by", "ada")
    assert stands(place, "AUS")["because"][0]["origin"].startswith("document ")
    better = ask(place, "evidence", "add", place / "a.txt", "--publisher", "The Gazette")
    assert "known better" in better.out
    said = stands(place, "AUS")["because"][0]
    assert (said["publisher"], said["origin"], said["published"]) == ("The Gazette", "The Gazette", "2018-08-24")


def test_what_is_exported_is_the_same_evidence_in_another_workspace(place: Path) -> None:
    taken_in(place)
    out = place / "out.jsonl"
    assert ask(place, "evidence", "export", "-o", out).code == 0
    other = place / "other"
    other.mkdir()
    ask(other, "evidence", "add", place / "a.txt", "--published", "2018-08-24", "--publisher", "The Gazette")
    assert ask(other, "evidence", "import", out, "--confirm", "--by", "bo").out.startswith(
        "2 lines: 2 statements added"
    )
    assert ask(other, "evidence", "export").out == out.read_text()
    for country in ("AUS", "NZL"):
        assert stands(other, country) == stands(place, country)


def test_faulty_lines_are_set_aside_and_the_code_tells_if_none_was_good(place: Path) -> None:
    taken_in(place)
    bad = [ROWS[0] | {"measure": "BAN"}, ROWS[0] | {"doc": "b.txt"}, ROWS[0] | {"quote": BAN.replace("\u2019", "'")}]
    lines = [json.dumps(row) for row in bad] + [
        "[" * 100_000,
        '{"note": "\\ud800"',
        json.dumps(ROWS[0])[:-1] + ', "note": "\\ud800"}',
    ]
    (place / "bad.jsonl").write_text("".join(f"{line}\n" for line in lines))
    ran = ask(place, "evidence", "import", place / "bad.jsonl", "--by", "ada", "--rejects", place / "rejects.jsonl")
    assert (ran.code, ran.out) == (2, "6 lines: 0 statements added, 0 held already, 6 set aside\n")
    assert [line.rpartition("[")[2] for line in ran.err.splitlines()] == [
        "unknown-code]", "unknown-document]", "not-verbatim]", "json]", "json]", "not-text]",
    ]  # fmt: skip
    assert (place / "rejects.jsonl").read_bytes() == (place / "bad.jsonl").read_bytes()
    (place / "bad.jsonl").write_text("\n".join([*lines, json.dumps(ROWS[0] | {"note": "good"})]))
    assert ask(place, "evidence", "import", place / "bad.jsonl", "--by", "ada").code == 0
    strict = ask(place, "evidence", "import", place / "bad.jsonl", "--by", "ada", "--strict")
    assert (strict.code, strict.out) == (2, "")
    assert "6 of 7 lines set aside, and nothing was taken in [strict]" in strict.err


def test_the_workspace_is_private_and_may_come_from_the_environment(place: Path) -> None:
    where = {"TELVET_WORKSPACE": str(place / "w")}
    ran = command("evidence", "add", "a.txt", "--published", "2018-08-24", cwd=place, env=where)
    assert (ran.code, "kept; " in ran.out) == (0, True)
    assert stat.S_IMODE((place / "w").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (place / "w").iterdir()} == {0o600}
    shown = command("evidence", "show", "a", env=where)
    assert shown.out == ARTICLE.replace("\r\n", "\n")  # as Python reads a pipe


def test_a_name_that_is_no_text_is_no_trouble(place: Path) -> None:
    odd = os.fsencode(place) + b"/caf\xe9.txt"
    Path(os.fsdecode(odd)).write_text("Australia waits.")
    ran = ask(place, "evidence", "add", os.fsdecode(odd), "--published", "2019")
    assert (ran.code, "caf\ufffd.txt: kept" in ran.out) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("evidence", "add"), "Missing argument 'FILES...'"),
        (("evidence", "add", "none.txt"), "no such file or directory"),
        (("evidence", "add", "none.txt", "--published", "2019-13"), "'2019-13' is no date"),
        (("evidence", "add", "none.txt", "--published", "2999"), "published on a day to come"),
        (("evidence", "list"), "no ledger here"),
        (("evidence", "import", "none.jsonl", "--confirm"), "nobody is named who confirms them"),
        (("evidence", "import", "none.jsonl", "--by", " "), "nobody is named"),
        (("evidence", "import", "none.jsonl", "--by", "ada"), "none.jsonl: the file cannot be read"),
        (("evidence", "retract", "s-1", "--published", "2019", "--why", "x", "--by", "ada"), "no ledger here"),
        (("evidence", "judge"), "No such command 'judge'"),
        (("position",), "Missing argument 'COUNTRY'"),
        (("position", "Atlantis"), "'Atlantis' is no country"),
        (("position", "AUS"), "no ledger here"),
        (("positions", "--known-by", "2019"), "not a day of the calendar"),
        (("positions", "--as-of", "1492-01-01"), "not between the years"),
        (("positions", "--recorded-by", "0001-01-01T00:00+14:00"), "no day and no moment"),
        (("positions", "--format", "xml"), "'xml' is not one of"),
    ],
)
def test_what_cannot_be_is_told_in_few_lines_and_makes_nothing(
    place: Path, arguments: tuple[str, ...], said: str
) -> None:
    ran = ask(place, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert len(ran.err.splitlines()) <= 5
    assert not (place / "w").exists()


@pytest.mark.parametrize("verb", ["add", "export", "import", "list", "propose", "retract", "review", "show"])
def test_every_verb_says_what_it_does(verb: str) -> None:
    ran = telvet("evidence", verb, "--help")
    assert ran.code == 0
    assert "--workspace DIR" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 100


def test_a_judgement_can_be_taken_back(tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text("The state banned Huawei.", "utf-8")
    row = {
        "doc": "paper.txt",
        "quote": "The state banned Huawei.",
        "country": "GBR",
        "vendor": ["Huawei"],
        "measure": "BANNED",
        "modality": "done",
    }
    (tmp_path / "rows.jsonl").write_text(json.dumps(row), "utf-8")
    place = ("--workspace", tmp_path / "w")
    assert telvet("evidence", "add", tmp_path / "paper.txt", "--published", "2020-01-10", *place).code == 0
    assert telvet("evidence", "import", tmp_path / "rows.jsonl", "--confirm", "--by", "ana", *place).code == 0
    asked = ("position", "GBR", "--no-catalogue", "--format", "json", *place)
    (said,) = telvet(*asked).document["because"]
    assert telvet("evidence", "reopen", said["id"], "--why", "misread", "--by", "bo", *place).code == 0
    assert telvet(*asked).document["position"] == "unknown"
    assert "1 of 1" in telvet("evidence", "review", "--by", "bo", *place).out
    assert telvet("evidence", "reopen", "s-0", "--why", "misread", "--by", "bo", *place).code == 2
    assert telvet("evidence", "reopen", said["id"], "--why", " ", "--by", "bo", *place).code == 2


def test_an_import_that_confirms_nothing_needs_no_name(tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text("The state banned Huawei.", "utf-8")
    row = {
        "doc": "paper.txt",
        "quote": "The state banned Huawei.",
        "country": "GBR",
        "measure": "BANNED",
        "modality": "done",
    }
    (tmp_path / "rows.jsonl").write_text(json.dumps(row), "utf-8")
    place = ("--workspace", tmp_path / "w")
    assert telvet("evidence", "add", tmp_path / "paper.txt", "--published", "2020-01-10", *place).code == 0
    ran = telvet("evidence", "import", tmp_path / "rows.jsonl", *place)
    assert (ran.code, ran.out) == (0, "1 line: 1 statement added, 0 held already, 0 set aside\n")
    assert telvet("position", "GBR", "--no-catalogue", "--format", "json", *place).document["position"] == "unknown"
