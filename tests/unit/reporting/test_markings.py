from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest

from telvet.model.handling import MarkingFinding
from telvet.reporting.markings import write_json, write_jsonl, write_plan, write_table
from telvet.sharing.marking.linting import Linted, Tally
from telvet.sharing.marking.plan import Edit, Left, Plan, Shift, signed

FINDINGS = (
    MarkingFinding("x--1", "unmarked-object", "the object has no mark", "mark it"),
    MarkingFinding("x--2", "unmarked-object", "the object has no mark", "mark it"),
    MarkingFinding("", "bundle-malformed", "this is no bundle", ""),
)
LINTED = Linted(
    "feed.json", "STIX bundle", 1300, FINDINGS, (Tally(1200, "TLP:AMBER", {"m": "TLP:AMBER of TLP 2.0", "n": ""}),)
)
PLAN = Plan(
    "feed.json", "0" * 64, "2024-02-01", "Ann",
    (Edit("set", "x", ("rule", "tlp-conflict"), 1), Edit("add", "m", ("marking-absent",))),
    (Shift("same", "a", "a", 5), Shift("first", "no mark: withheld", "TLP:AMBER", 2), Shift("opened", "b", "c", 1)),
    (Left("m", "tlp-unknown-id", "what", "fix", 4),),
    {"unmarked": {"tlp": "amber", "why": ""}, "replace": {"m": {"tlp": "red", "why": "asked"}}},
    opening=True, foreign=2,
)  # fmt: skip


def table(*files: Linted, width: int = 100) -> str:
    out = io.StringIO()
    write_table(files, width, colour=False, out=out)
    return out.getvalue()


def plan(held: Plan, width: int = 100) -> str:
    out = io.StringIO()
    write_plan(held, width, colour=False, out=out)
    return out.getvalue()


def test_findings_are_grouped_by_code_with_an_example_and_the_fix() -> None:
    shown = [line.strip() for line in table(LINTED).splitlines()]
    assert shown[0] == "feed.json: STIX bundle, 1,300 objects, 3 findings"
    place = shown.index("2  unmarked-object: the object has no mark")
    assert shown[place + 1 : place + 3] == ["fix: mark it", "such as x--1"]
    assert shown[shown.index("1  bundle-malformed: this is no bundle") + 1] == "the whole file"
    assert "1,200  TLP:AMBER" in shown
    assert "by TLP:AMBER of TLP 2.0 (m), n" in shown


@pytest.mark.parametrize("width", [40, 70, 130])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    for shown in (table(LINTED, LINTED, width=width), plan(PLAN, width)):
        assert max(map(len, shown.splitlines())) <= max(width, 80 if shown.startswith("plan") else width)


def test_a_file_in_order_is_said_to_be_so_and_many_ways_of_marking_are_cut_short() -> None:
    tallies = tuple(Tally(9, f"way {number}", {}) for number in range(15))
    shown = table(Linted("e.json", "MISP events", 1, (), tallies))
    assert "MISP events, 1 event, object or attribute, nothing is wrong with its marks" in shown
    assert "     27  in 3 other ways" in shown
    assert "Wrong" not in shown


def test_json_holds_everything() -> None:
    out = io.StringIO()
    write_json([LINTED], "2024-02-01", out)
    told = json.loads(out.getvalue())
    assert [one["object"] for one in told["files"][0]["findings"]] == ["x--1", "x--2", ""]
    assert told["files"][0]["findings"][2] == {
        "object": "",
        "code": "bundle-malformed",
        "what": "this is no bundle",
        "fix": "",
    }
    assert told["files"][0]["marks"][0]["marks"] == {"m": "TLP:AMBER of TLP 2.0", "n": ""}


def test_json_lines_name_the_file_each_time() -> None:
    out = io.StringIO()
    write_jsonl([LINTED, replace(LINTED, file="g.json")], out)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["file"] for line in lines] == ["feed.json"] * 3 + ["g.json"] * 3
    assert list(lines[0]) == ["file", "object", "code", "what", "fix"]


def test_a_plan_says_first_what_it_opens() -> None:
    shown = [line.strip() for line in plan(PLAN).splitlines()]
    assert shown[3] == "not signed: it cannot be applied before a second person has signed"
    assert shown[5:9] == [
        "1  opened: more open than now, or something else",
        "2  first: no mark now, so withheld; with the mark that it gets it may go out",
        "0  closed: less open than now",
        "5  same: as open as now",
    ]
    assert shown.index("1  opened: b -> c") < shown.index("2  first: no mark: withheld -> TLP:AMBER")
    for said in ("1  marking-absent: definitions added", "unmarked: amber; no reason given", "m: red; asked"):
        assert said in shown
    assert "4  tlp-unknown-id: m" in shown
    assert shown[-2].startswith("2 objects keep their version")


def test_a_signed_plan_says_who_signed_it_and_an_empty_one_that_there_is_nothing() -> None:
    held = Plan("b", "0", "2024-02-01", "Ann", (), (), (), {}, new_version="2024-02-01T00:00:00.000Z")
    shown = plan(signed(held, by="Ben", at="2024-02-01T09:30:00.000000Z"))
    assert "proposed by Ann, signed by Ben 2024-02-01" in shown
    assert "nothing to mend" in shown
    assert "a new version of 2024-02-01T00:00:00.000Z" in shown
    assert "not signed" not in shown


def test_many_changes_are_cut_short() -> None:
    shifts = tuple(Shift("closed", f"a{number}", "b", 1) for number in range(20))
    assert "... and 8 more" in plan(replace(PLAN, shifts=shifts))
