"""`telvet share queue`: persons approve, refuse and return, and only what they saw, and only as many as are needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.sharing_desk import FACTS, FEED, OURS, Desk, bundle, indicator, lasting

STRICT = indicator(1)["id"]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk whose arrangement lets AMBER+STRICT go, and nobody else's act does."""
    return Desk(tmp_path, lasting(FACTS.read_text("utf-8")).replace("tlp: amber ", "tlp: amber+strict ", 1))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return bundle(tmp_path / "feed.json", [indicator(1, "amber+strict"), indicator(2, "amber")])


def test_two_different_persons_are_needed_where_it_is_strict(desk: Desk, file: Path) -> None:
    assert desk.released(file) == [OURS]
    assert desk.queue()[STRICT]["persons"] == 2
    first = desk.judge("approve", STRICT, "bo")
    assert "1 more must approve" in first.out
    assert STRICT not in desk.released(file)
    again = desk.judge("approve", STRICT, " BO ")
    assert "1 more must approve" in again.out
    assert STRICT not in desk.released(file)
    assert desk.queue()[STRICT]["state"] == "waiting"
    assert "1 of 2" in desk.share("queue", "list").out
    last = desk.judge("approve", STRICT, "cy")
    assert "approved" in last.out
    assert "more must approve" not in last.out
    assert STRICT in desk.released(file)
    by = {each["id"]: each["leaves_by"] for each in desk.receipt()["objects"]}
    assert by[STRICT] == ["approval of BO and cy"]


def test_one_person_is_enough_for_less(desk: Desk, file: Path) -> None:
    desk.released(file)
    assert desk.queue()[indicator(2)["id"]]["persons"] == 1
    desk.judge("approve", indicator(2)["id"])
    assert desk.released(file) == [OURS, indicator(2)["id"]]


def test_who_refuses_keeps_it_back_whatever_others_say(desk: Desk, file: Path) -> None:
    name = indicator(2)["id"]
    desk.released(file)
    desk.judge("approve", name)
    assert "refused" in desk.judge("refuse", name, "cy").out
    assert desk.released(file) == [OURS]
    assert name in desk.queue("refused")
    assert desk.decide(file)[name]["effect"] == "permit"
    told = desk.share("explain", file, name, "--partner", "northland-cert", "--purpose", "cyber-defence")
    assert "cy refused it" in told.out
    desk.judge("approve", name, "cy")
    assert desk.released(file) == [OURS, name]


def test_what_is_returned_waits_for_other_bytes(desk: Desk, file: Path, tmp_path: Path) -> None:
    name = indicator(2)["id"]
    desk.released(file)
    desk.judge("approve", name)
    assert "returned" in desk.judge("return", name, "cy").out
    assert desk.released(file) == [OURS]
    assert desk.queue("returned").keys() >= {name}
    mended = bundle(tmp_path / "mended.json", [indicator(2, "amber", name="mended")])
    assert desk.released(mended) == [OURS]
    assert desk.queue()[name]["state"] == "waiting"


def test_other_bytes_ask_anew(desk: Desk, file: Path, tmp_path: Path) -> None:
    name = indicator(2)["id"]
    desk.released(file)
    desk.judge("approve", name)
    assert name in desk.released(file)
    for change in ({"name": "another"}, {"modified": "2024-03-02T00:00:00.000Z"}):
        other = bundle(tmp_path / "other.json", [indicator(2, "amber", **change)])
        assert name not in desk.released(other)
    assert name in desk.released(file)


def test_what_waits_is_in_the_queue_once(desk: Desk, file: Path) -> None:
    for _ in range(2):
        desk.released(file)
    assert len(desk.share("queue", "list", "--state", "all", "--format", "jsonl").findings) == 2
    assert desk.share("queue", "list", "--partner", "suedwall-lage", "--format", "jsonl").findings == []


def test_what_is_withheld_never_gets_into_the_queue(desk: Desk, tmp_path: Path) -> None:
    red = bundle(tmp_path / "red.json", [indicator(3, "red")])
    assert desk.released(red) == [OURS]
    assert desk.queue("all") == {}


def test_an_entry_is_shown_with_its_object_and_what_was_said(desk: Desk) -> None:
    desk.released(FEED)
    grey = "intrusion-set--7d1e0c5a-0002-4b6e-9c2f-1f2e3d4c5b6a"
    desk.judge("refuse", grey)
    number = desk.queue("all")[grey]["entry"]
    for name in (number, f"#{number}", desk.queue("all")[grey]["id"]):
        page = desk.share("queue", "show", name)
        assert page.code == 0
        assert "GREY CAUSEWAY" in page.out
        assert "refuse by bo" in page.out
        assert "it was looked at" in page.out


def test_what_cannot_be_judged_is_refused_and_nothing_is_recorded(desk: Desk, file: Path) -> None:
    desk.released(file)
    entry = desk.queue()[STRICT]["entry"]
    for asked, code in (
        (("approve", entry, "999", "--by", "bo", "--why", "x"), "unknown-entry"),
        (("approve", "9" * 40, "--by", "bo", "--why", "x"), "unknown-entry"),
        (("approve", entry, "--by", " ", "--why", "x"), "no-name"),
        (("approve", entry, "--by", "bo", "--why", " "), "no-reason"),
    ):
        said = desk.share("queue", *asked)
        assert said.code == 2
        assert f"[{code}]" in said.err
    assert desk.queue()[STRICT]["judgements"] == []
    assert desk.share("queue", "list", "-o", desk.folder / "queue.txt").code == 0
    assert STRICT in (desk.folder / "queue.txt").read_text("utf-8")


def test_what_stands_in_an_object_cannot_steer_the_terminal(desk: Desk, tmp_path: Path) -> None:
    odd = bundle(tmp_path / "odd.json", [indicator(2, "amber", name="\x1b[2J\u202e")])
    desk.released(odd)
    (entry,) = desk.queue().values()
    assert desk.share("queue", "approve", entry["entry"], "--by", "\x1b[31mbo", "--why", "\x1b[2J").code == 0
    for ran in (desk.share("queue", "show", entry["entry"]), desk.share("queue", "list", "--state", "all")):
        assert not {"\x1b", "\u202e"} & set(ran.out)


def test_one_person_may_approve_for_one_reason_after_the_other(tmp_path: Path) -> None:
    """Each approval is of these bytes, and what a person saw before is not forgotten."""
    text = lasting(FACTS.read_text("utf-8")).replace("most: 500", "most: 0")
    desk = Desk(tmp_path, text)
    name = indicator(2)["id"]
    file = bundle(tmp_path / "feed.json", [indicator(2, "amber")])
    for rule in ("authority", "together"):
        assert desk.released(file) == [OURS]
        (entry,) = desk.queue().values()
        assert [each["rule"] for each in entry["reasons"]] == [rule]
        assert "approved" in desk.judge("approve", name).out
    assert desk.released(file) == [OURS, name]


def test_who_did_not_see_the_new_reason_is_not_counted(tmp_path: Path) -> None:
    text = (
        lasting(FACTS.read_text("utf-8"))
        .replace("tlp: amber ", "tlp: amber+strict ", 1)
        .replace("most: 500", "most: 0")
    )
    desk = Desk(tmp_path, text)
    file = bundle(tmp_path / "feed.json", [indicator(1, "amber+strict")])
    desk.released(file)
    for person in ("bo", "cy"):
        desk.judge("approve", STRICT, person)
    assert desk.released(file) == [OURS]
    assert "0 of 2" in desk.share("queue", "list").out
    assert "1 more must approve" in desk.judge("approve", STRICT, "bo").out
    assert desk.released(file) == [OURS]
    assert "approved" in desk.judge("approve", STRICT, "di").out
    assert desk.released(file) == [OURS, STRICT]
    by = {each["id"]: each["leaves_by"] for each in desk.receipt()["objects"]}
    assert by[STRICT] == ["approval of bo and cy", "approval of bo and di"]
