"""`telvet share decide` and `explain` as a new user would call them, on the example and on what is near it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.functional.driver import ROOT, TELVET, command, telvet
from tests.functional.sharing_desk import FACTS, FEED, NORTH, OURS, Desk, bundle, by_id, indicator, lasting

ON = ("--facts", FACTS, "--as-of", "2026-04-01")
STRICT = "indicator--7d1e0c5a-0014-4b6e-9c2f-1f2e3d4c5b6a"
SCENARIO = "usa.s3153-116"


def test_each_line_says_what_becomes_of_an_object_and_why() -> None:
    ran = telvet("share", "decide", FEED, *NORTH, *ON, "--format", "jsonl")
    assert ran.code == 0
    fed = json.loads(FEED.read_text("utf-8"))["objects"]
    assert [each["object"] for each in ran.findings] == [each["id"] for each in fed]
    for each in ran.findings:
        assert list(each)[:2] == ["object", "type"]
        assert {"object", "type", "effect", "reasons", "obligations"} <= each.keys()
        assert each["reasons"]
        assert all({"rule", "cites", "because"} <= reason.keys() for reason in each["reasons"])
    one = by_id(ran)[STRICT]
    assert (one["type"], one["effect"], one["unless"]) == ("indicator", "withhold", [["waiver of tlp-cap"]])
    assert one["reasons"][0] == {
        "rule": "tlp-cap",
        "cites": [],
        "because": "it is TLP:AMBER+STRICT, and A-1 goes to TLP:AMBER",
        "effect": "withhold",
        "counts": True,
        "unless": ["waiver of tlp-cap"],
    }


def test_all_four_effects_occur(tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    wide = (
        FACTS.read_text("utf-8").replace("redaction: no ", "redaction: yes", 1).replace("tlp: amber ", "tlp: green ", 1)
    )
    facts.write_text(wide, "utf-8")
    unsigned = indicator(1, "green", created_by_ref=None)
    part = [{"marking_ref": "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421", "selectors": ["description"]}]
    partly = indicator(2, "green", description="seen by a probe", granular_markings=part)
    objects = [indicator(3, "green"), partly, unsigned, indicator(4, "red")]
    file = bundle(tmp_path / "feed.json", objects)
    ran = telvet("share", "decide", file, *NORTH, "--facts", facts, "--as-of", "2026-04-01", "--format", "jsonl")
    found = by_id(ran)
    effects = [found[str(each["id"])]["effect"] for each in objects]
    assert effects == ["permit", "redact", "refer", "withhold"]
    assert found[partly["id"]]["redacted"] == ["description"]
    assert {one["rule"] for one in found[partly["id"]]["obligations"]} == {"onward", "tlp", "parts"}
    table = telvet("share", "decide", file, *NORTH, "--facts", facts, "--as-of", "2026-04-01").out
    assert all(f"{effect}: " in table for effect in ("permit", "redact", "refer", "withhold"))


@pytest.mark.parametrize("form", ["jsonl", "table"])
def test_the_same_questions_have_the_same_bytes(tmp_path: Path, form: str) -> None:
    asked = ("share", "decide", FEED, *NORTH, *ON, "--format", form)
    for name, seed in (("one", "1"), ("two", "2")):
        ran = command(*asked, "-o", tmp_path / name, env={"PYTHONHASHSEED": seed})
        assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert (tmp_path / "one").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("columns", [80, 120])
def test_a_table_fits_the_terminal_and_names_objects_in_full(columns: int) -> None:
    asked = ("share", "decide", FEED, *NORTH, *ON)
    ran = command(*asked, env={"COLUMNS": str(columns), "NO_COLOR": "1"})
    assert all(len(text) <= columns for text in ran.out.splitlines())
    assert STRICT in ran.out
    assert "\x1b" not in ran.out
    assert "Decision support, not legal advice." in ran.out
    page = command("share", "explain", FEED, STRICT, *NORTH, *ON, env={"COLUMNS": str(columns)})
    assert all(len(text) <= columns for text in page.out.splitlines())


@pytest.mark.parametrize(("more", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_gets_colour_unless_it_is_not_wanted(more: dict[str, str], coloured: bool) -> None:
    ours, theirs = pty.openpty()
    env = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "FORCE_COLOR"}}
    asked = [TELVET, "share", "decide", FEED, *NORTH, *ON]
    with subprocess.Popen(
        list(map(str, asked)), stdout=theirs, env={**env, "TERM": "xterm", "COLUMNS": "80", **more}
    ) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                came = os.read(ours, 65_536)
            except OSError:  # the other end is closed
                break
            if not came:
                break
            shown += came
    os.close(ours)
    assert process.returncode == 0
    assert (b"\x1b[" in shown) is coloured
    assert b"permit" in shown


def test_what_cannot_be_answered_is_refused_with_how_to_mend_it(tmp_path: Path) -> None:
    near = telvet("share", "decide", FEED, "--partner", "northland-crt", *ON)
    assert (near.code, near.out) == (2, "")
    assert "did you mean 'northland-cert'?" in near.err
    nothing = telvet("share", "decide", FEED, *NORTH)
    assert nothing.code == 2
    assert "[no-facts]" in nothing.err
    missing = telvet("share", "decide", tmp_path / "none.json", *NORTH, *ON)
    assert missing.code == 2
    assert "no such file" in missing.err
    over = tmp_path / "feed.json"
    over.write_bytes(FEED.read_bytes())
    assert telvet("share", "decide", over, *NORTH, *ON, "-o", over).code == 2
    assert over.read_bytes() == FEED.read_bytes()


def test_all_faults_of_a_bundle_are_told(tmp_path: Path) -> None:
    faulty = tmp_path / "bad.json"
    objects = [{"type": "tool"}, {"type": "tool", "id": "malware--x"}, indicator(1, "green", created="soon"), 5]
    faulty.write_text(json.dumps({"type": "bundle", "id": "bundle--1", "objects": objects}))
    ran = telvet("share", "decide", faulty, *NORTH, *ON)
    assert (ran.code, ran.out) == (2, "")
    for record in (1, 2, 3, 4):
        assert f"bad.json, record {record}" in ran.err
    for text in (b"{", b"\xff\xfe{}", b'{"type": "bundle", "objects": ' + b"[" * 3000):
        faulty.write_bytes(text)
        assert telvet("share", "decide", faulty, *NORTH, *ON).code == 2


def test_faults_of_facts_are_told_of_every_file(tmp_path: Path) -> None:
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text("partners:\n  - {id: a, contry: GBR}\n")
    two.write_text("arrangements:\n  - {id: B, partner: nobody}\n")
    ran = telvet("share", "decide", FEED, "--partner", "a", "--facts", one, "--facts", two)
    assert ran.code == 2
    assert "one.yaml, line 2, contry" in ran.err
    assert "two.yaml, line 2" in ran.err


def test_a_scenario_is_stamped_as_no_law_in_every_form() -> None:
    asked = (FEED, *NORTH, *ON, "--law", SCENARIO)
    table = telvet("share", "decide", *asked).out
    assert "Not law: a scenario was asked for." in table
    lines = telvet("share", "decide", *asked, "--format", "jsonl").findings
    assert {(each["stamp"], *each["scenario"]) for each in lines} == {
        ("not law: a scenario was asked for", f"{SCENARIO}.no-sharing")
    }
    page = telvet("share", "explain", FEED, STRICT, *NORTH, *ON, "--law", SCENARIO).out
    assert f"Not law: a scenario was asked for: {SCENARIO}.no-sharing." in page
    without = telvet("share", "decide", FEED, *NORTH, *ON, "--format", "jsonl").findings
    assert not any("stamp" in each for each in without)


def test_what_was_published_later_is_not_heard(tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    text = FACTS.read_text("utf-8").replace("  - id: A-1\n", "  - id: A-1\n    published: 2026-03-15\n")
    facts.write_text(text, "utf-8")
    for day, effect in (("2026-03-14", "withhold"), ("2026-03-15", "permit")):
        ran = telvet("share", "decide", FEED, *NORTH, "--facts", facts, "--known-by", day, "--format", "jsonl")
        assert by_id(ran)[OURS]["effect"] == effect


def test_what_was_recorded_later_is_not_heard(tmp_path: Path) -> None:
    text = lasting(FACTS.read_text("utf-8"))
    before, _, rest = text.partition("arrangements:\n")
    arrangements, _, after = rest.partition("\n# Whose information")
    desk = Desk(tmp_path, f"{before}\n# Whose information{after}", log=False)
    moment = datetime.now(UTC).isoformat()
    time.sleep(0.01)
    assert {each["effect"] for each in desk.decide(FEED).values()} == {"withhold"}
    desk.learn(f"arrangements:\n{arrangements}")
    assert desk.decide(FEED)[OURS]["effect"] == "permit"
    early = desk.decide(FEED, "--recorded-by", moment)
    assert {each["effect"] for each in early.values()} == {"withhold"}
    assert desk.share("decide", FEED, *NORTH, "--recorded-by", "yesterday").code == 2


def test_facts_from_a_file_stand_beside_those_of_the_workspace(tmp_path: Path) -> None:
    desk = Desk(tmp_path, log=False)
    more = tmp_path / "more.yaml"
    more.write_text("waivers:\n  - {id: W-2, rule: tlp-cap, partner: northland-cert, issuer: Office, persons: [ana, bo],\n"
                    "     clause: c, from: 2020-01-01, to: 2098-12-31, objects: all}\n")  # fmt: skip
    assert desk.decide(FEED)[STRICT]["effect"] == "withhold"
    excused = desk.decide(FEED, "--facts", more)[STRICT]
    assert excused["effect"] == "permit"
    assert [each["excused_by"] for each in excused["reasons"] if each["rule"] == "tlp-cap"] == ["waiver W-2"]


def test_an_explanation_says_what_may_go_and_what_lets_it_go() -> None:
    page = telvet("share", "explain", FEED, STRICT, *NORTH, *ON)
    assert page.code == 0
    assert "may it go? withhold, under A-1" in page.out
    assert "waiver of tlp-cap" in page.out
    (told,) = json.loads(telvet("share", "explain", FEED, OURS, *NORTH, *ON, "--format", "json").out)
    assert (told["effect"], told["release"]["effect"]) == ("permit", "permit")
    assert told["release"]["leaves_by"] == ["standing authority SRA-1"]
    assert told["about"]["as_of"] == "2026-04-01"
    none = telvet("share", "explain", FEED, STRICT[:-1] + "b", *NORTH, *ON)
    assert none.code == 2
    assert f"did you mean {STRICT}?" in none.err


def test_what_comes_from_a_file_cannot_steer_the_terminal(tmp_path: Path) -> None:
    odd = "\x1b[2J\x07\u202e"
    file = bundle(tmp_path / "odd.json", [indicator(1, "green", name=odd, created_by_ref=None), indicator(2, "red")])
    facts = tmp_path / "facts.yaml"
    facts.write_text(FACTS.read_text("utf-8").replace('"MoU of 2024, clause 4"', '"\\e[31mred\\u202e"'), "utf-8")
    asked = (file, *NORTH, "--facts", facts, "--as-of", "2026-04-01")
    for ran in (
        telvet("share", "decide", *asked),
        telvet("share", "explain", file, indicator(1)["id"], *asked[1:]),
        telvet("share", "explain", file, f"{indicator(1)['id'][:-1]}\x1b[31m", *asked[1:]),
        telvet("share", "decide", file, "--partner", "\x1b[31mx", *asked[5:]),
    ):
        assert not {"\x1b", "\x07", "\u202e"} & set(ran.out + ran.err)


def test_events_and_plain_files_are_decided_on_too(tmp_path: Path) -> None:
    event = {"Event": {"uuid": "e0000000-0000-4000-8000-000000000001", "info": "Beacons", "distribution": "3",
                       "Orgc": {"uuid": OURS.removeprefix("identity--"), "name": "We"}, "Tag": [{"name": "tlp:green"}]}}  # fmt: skip
    path = tmp_path / "event.json"
    path.write_text(json.dumps(event))
    (told,) = telvet("share", "decide", path, *NORTH, *ON, "--format", "jsonl").findings
    assert (told["type"], told["effect"]) == ("misp-event", "permit")
    note = tmp_path / "note.txt"
    note.write_text("our own words")
    bare = telvet("share", "decide", note, *NORTH, *ON)
    assert bare.code == 2
    assert "write its marks into note.txt.handling.yaml beside it" in bare.err
    beside = tmp_path / "note.txt.handling.yaml"
    beside.write_text(f"tlp: green\noriginator: {OURS}\n")
    (told,) = telvet("share", "decide", note, *NORTH, *ON, "--format", "jsonl").findings
    assert (told["type"], told["effect"]) == ("plain-file", "permit")
    beside.write_text("tlp: greenish\ncomplete: perhaps\n")
    faulty = telvet("share", "decide", note, *NORTH, *ON)
    assert faulty.code == 2
    assert "note.txt.handling.yaml, line 1, tlp" in faulty.err
    assert "note.txt.handling.yaml, line 2, complete" in faulty.err


def test_marks_beside_a_bundle_are_not_overlooked(tmp_path: Path) -> None:
    file = bundle(tmp_path / "feed.json", [indicator(1, "green")])
    (tmp_path / "feed.json.handling.yaml").write_text("tlp: red\n")
    ran = telvet("share", "decide", file, *NORTH, *ON)
    assert ran.code == 2
    assert "[kind-unclear]" in ran.err
    assert telvet("share", "decide", file, *NORTH, *ON, "--as", "stix").code == 0
    (told,) = telvet("share", "decide", file, *NORTH, *ON, "--as", "plain", "--format", "jsonl").findings
    assert told["effect"] == "withhold"


def test_help_loads_nothing_heavy() -> None:
    heavy = ("cryptography", "duckdb", "httpx", "msgspec", "rich", "sqlalchemy", "starlette", "uvicorn", "yaml")
    for asked in (["--help"], ["share", "--help"]):
        program = (
            "import sys\nfrom telvet.cli.entry import main\n"
            f"try: main({asked!r})\nexcept SystemExit: pass\n"
            f"print(*sorted(name for name in {heavy!r} if name in sys.modules), file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT / "src", capture_output=True, text=True, check=True
        )
        assert "Usage: telvet" in done.stdout
        assert done.stderr.split() == []
