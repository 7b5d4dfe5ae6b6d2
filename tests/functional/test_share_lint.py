"""What is wrong with the marks of a feed, as whoever receives it sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.functional.conftest import Write
from tests.functional.driver import ROOT, telvet
from tests.unit.sharing.marking.bundles import AMBER, FAULTY, MISTAKEN, bundle, indicator, tlp

ATTACK = ROOT.parent / "shared" / "samples" / "stix" / "ics-attack-18.1.json"
EVENT = {"Event": {"uuid": "e", "info": "i", "distribution": "4", "Tag": [{"name": "tlp:amber"}, {"name": "tlp:odd"}]}}


def test_a_table_says_what_is_wrong_how_to_mend_it_and_what_the_feed_is_marked_with(write: Write) -> None:
    ran = telvet("share", "lint", write("feed.json", FAULTY))
    assert (ran.code, ran.err) == (1, "")
    assert "STIX bundle, 5 objects, 5 findings" in " ".join(ran.out.split())
    assert "tlp-unknown-id" in ran.out
    assert "fix: use the official id of the level" in ran.out
    assert "      1  withheld (tlp-unknown-id); TLP:RED" in ran.out
    assert all(len(line) <= 100 for line in ran.out.splitlines())


def test_a_narrow_terminal_is_kept_to(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    ran = telvet("share", "lint", write("feed.json", FAULTY))
    assert all(len(line) <= 60 for line in ran.out.splitlines())


def test_json_lines_hold_one_finding_each(write: Write) -> None:
    path = write("feed.json", FAULTY)
    ran = telvet("share", "lint", path, "--format", "jsonl")
    assert {tuple(one) for one in ran.findings} == {("file", "object", "code", "what", "fix")}
    assert {one["file"] for one in ran.findings} == {str(path)}
    assert [one["code"] for one in ran.findings if one["object"] == MISTAKEN] == ["tlp-unknown-id"]
    assert telvet("share", "lint", path, "--format", "jsonl").out == ran.out


def test_json_holds_what_the_files_are_marked_with(write: Write, tmp_path: Path) -> None:
    good = write("good.json", bundle(indicator(1, object_marking_refs=[AMBER]), tlp(AMBER, "amber")))
    event = write("event.json", json.dumps(EVENT))
    out = tmp_path / "lint.json"
    ran = telvet("share", "lint", good, event, "--format", "json", "--as-of", "2024-02-01", "-o", out)
    assert (ran.code, ran.out) == (1, "")
    told = json.loads(out.read_text("utf-8"))
    assert told["as_of"] == "2024-02-01"
    first, second = told["files"]
    assert (first["kind"], first["findings"]) == ("STIX bundle", [])
    assert first["marks"] == [{"objects": 1, "comes_to": "TLP:AMBER", "marks": {AMBER: "TLP:AMBER of TLP 2.0"}}]
    assert (second["kind"], [one["code"] for one in second["findings"]]) == (
        "MISP events",
        ["group-absent", "tag-unread"],
    )


def test_it_fails_on_findings_unless_told_otherwise(write: Write) -> None:
    faulty = write("feed.json", FAULTY)
    good = write("good.json", bundle(indicator(1, object_marking_refs=[AMBER]), tlp(AMBER, "amber")))
    assert telvet("share", "lint", faulty, "--fail-on", "none").code == 0
    assert telvet("share", "lint", good).code == 0
    assert telvet("share", "lint", good, faulty).code == 1
    assert "nothing is wrong with its marks" in telvet("share", "lint", good).out


def test_files_that_cannot_be_read_are_told_all_at_once(write: Write, tmp_path: Path) -> None:
    bad = [
        write("a.json", b"{"),
        write("b.json", b'{"a": 1, "a": 2}'),
        tmp_path / "none.json",
        write("c.json", b"\xff"),
    ]
    ran = telvet("share", "lint", write("good.json", FAULTY), *bad)
    assert (ran.code, ran.out) == (2, "")
    assert "4 of 5 files cannot be read [not-json]" in ran.err
    assert [ran.err.count(f"[{code}]") for code in ("not-json", "key-twice", "unreadable", "encoding")] == [2, 1, 1, 1]


def test_nothing_is_written_over_what_is_read(write: Write) -> None:
    path = write("feed.json", FAULTY)
    assert telvet("share", "lint", path, "-o", path).code == 2
    assert path.read_bytes() == FAULTY


def test_what_comes_from_a_file_cannot_steer_the_terminal(write: Write) -> None:
    odd = {**indicator(1, object_marking_refs=[AMBER]), "id": "indicator--\x1b[31mred"}
    del odd["object_marking_refs"]
    ran = telvet("share", "lint", write("odd.json", bundle(odd)))
    assert "\x1b" not in ran.out


@pytest.mark.skipif(not ATTACK.exists(), reason="the sample is not here")
def test_a_real_feed_is_marked_with_one_statement() -> None:
    ran = telvet("share", "lint", ATTACK)
    assert ran.code == 0
    assert "1,825  TLP:CLEAR; terms reproduce the copyright notice" in ran.out
