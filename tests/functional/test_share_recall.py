"""`telvet share recall`: what went out is called back, whoever holds it is told, and it stays from then on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.functional.sharing_desk import FEED, NORTH, OURS, Desk, bundle, by_id, indicator

GONE = "indicator--7d1e0c5a-000a-4b6e-9c2f-1f2e3d4c5b6a"
TIE = "relationship--7d1e0c5a-006e-4b6e-9c2f-1f2e3d4c5b6a"
RECALL = ("--by", "cy", "--why", "it names a sensor")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_what_was_sent_is_called_back_with_a_notice_and_stays(desk: Desk) -> None:
    before = desk.released(FEED)
    assert {GONE, TIE} <= set(before)
    notices = desk.folder / "notices"
    said = desk.share("recall", GONE, *RECALL, "--notices", notices)
    assert said.code == 0, said.err
    assert "1 object stays from now on" in said.out
    assert "northland-cert holds 1 version of it" in said.out
    (notice,) = notices.iterdir()
    text = notice.read_text("utf-8")
    assert GONE in text
    assert "it names a sensor" in text
    assert "northland-cert" in text
    assert notice.stat().st_mode & 0o777 == 0o600
    (sent,) = desk.share("released", "--object", GONE, "--format", "jsonl").findings
    assert sent["sha256"] in text
    after = desk.released(FEED)
    assert set(before) - set(after) == {GONE, TIE}, "what names it stays too"
    assert GONE.encode() not in (desk.folder / "out.json.receipt.json").read_bytes()


def test_an_explanation_says_who_recalled_it(desk: Desk) -> None:
    assert desk.share("recall", GONE, *RECALL).code == 0
    (told,) = json.loads(desk.share("explain", FEED, GONE, *NORTH, "--format", "json").out)
    assert told["release"]["effect"] == "withhold"
    (reason,) = (each for each in told["release"]["reasons"] if each["rule"] == "recall")
    assert "cy recalled it" in reason["because"]
    assert "it names a sensor" in reason["because"]


def test_what_nobody_holds_can_be_recalled_too(desk: Desk) -> None:
    notices = desk.folder / "notices"
    said = desk.share("recall", GONE, *RECALL, "--notices", notices)
    assert said.code == 0
    assert "nobody holds any of it, as far as the log says" in said.out
    assert not list(notices.glob("*"))
    assert GONE not in desk.released(FEED)


def test_a_recall_from_one_partner_leaves_the_others_alone(desk: Desk) -> None:
    said = desk.share("recall", GONE, *RECALL, "--partner", "suedwall-lage")
    assert said.code == 0
    assert GONE in desk.released(FEED)
    assert desk.share("recall", GONE, *RECALL, "--partner", "northland-cert").code == 0
    assert GONE not in desk.released(FEED)


def test_an_approval_does_not_undo_a_recall(desk: Desk, tmp_path: Path) -> None:
    file, name = bundle(tmp_path / "feed.json", [indicator(1, "amber")]), indicator(1)["id"]
    desk.released(file)
    desk.judge("approve", name)
    assert name in desk.released(file)
    desk.share("recall", name, *RECALL)
    desk.judge("approve", name, "di")
    assert desk.released(file) == [OURS]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ((GONE, "--by", "cy", "--why", " "), "no-reason"), ((GONE, *RECALL, "--partner", "nobody"), "unknown-partner"),
        (("indicator--1", *RECALL), "id-malformed"), ((GONE, "\x1b[31m", *RECALL), "id-malformed"),
    ],
)  # fmt: skip
def test_a_recall_that_cannot_be_meant_is_refused_and_nothing_is_recorded(
    desk: Desk, asked: tuple[str, ...], code: str
) -> None:
    said = desk.share("recall", *asked)
    assert said.code == 2
    assert f"[{code}]" in said.err
    assert "\x1b" not in said.err
    assert GONE in desk.released(FEED)


def test_without_a_log_nothing_is_recalled(tmp_path: Path) -> None:
    desk = Desk(tmp_path, log=False)
    said = desk.share("recall", GONE, *RECALL)
    assert said.code == 2
    assert "[audit-missing]" in said.err
    assert "recall-" not in desk.share("facts", "list", "--kind", "recall").out


def test_notices_that_cannot_be_written_are_told_before_anything_is_recorded(desk: Desk) -> None:
    desk.released(FEED)
    blocked = desk.folder / "file"
    blocked.write_text("not a folder")
    said = desk.share("recall", GONE, *RECALL, "--notices", blocked)
    assert said.code == 2
    assert "[unwritable]" in said.err
    assert GONE in desk.released(FEED)


def test_a_recall_is_in_the_log(desk: Desk) -> None:
    desk.share("recall", GONE, *RECALL)
    (segment,) = (desk.workspace / "audit" / "main").glob("*.segment")
    (told,) = [json.loads(text) for text in segment.read_bytes().split(b"\n") if b'"what":"recall"' in text]
    assert (told["by"], told["told"]["objects"], told["told"]["why"]) == ("cy", [GONE], "it names a sensor")
    assert desk.share("audit", "verify").code == 0


def test_a_recall_changes_what_leaves_and_not_what_may_go(desk: Desk) -> None:
    desk.share("recall", GONE, *RECALL)
    now = by_id(desk.share("decide", FEED, *NORTH, "--format", "jsonl"))
    assert now[GONE]["effect"] == "permit", "what may go is one thing, and whether it leaves another"
