from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest

from telvet.model.release import Judgement, Verdict
from telvet.reporting.queue import write_jsonl, write_one, write_table
from telvet.sharing.releasing.queueing import Standing, State
from telvet.workspace.sharing_rows import Waiting
from tests.unit.reporting.sharing_sample import CONTROL

REASONS = json.dumps([{"because": "no authority covers it", "cites": ["clause 4"], "rule": "authority"}])
NAME = "marking-definition--00000000-0000-4000-8000-000000000001"
ENTRY = Waiting(
    partner="northland-cert", object=NAME, version="2024-03-01T00:00:00Z", digest="d" * 64, type="marking-definition",
    effect="refer", reasons=REASONS, unless=json.dumps([["approval"]]), origin="feed.json", persons=2, by="ana",
    recorded_at="2024-06-01T00:00:00.000000Z", seq=7,
)  # fmt: skip
SAID = Judgement(
    "northland-cert",
    NAME,
    ENTRY.version,
    ENTRY.digest,
    Verdict.APPROVE,
    "Bo",
    "2024-06-02",
    "fine",
    frozenset({"authority"}),
)
WAITS = Standing(ENTRY, State.WAITING, (SAID,))


def table(*found: Standing, state: str = "waiting", width: int = 80, colour: bool = False) -> str:
    out = io.StringIO()
    write_table(found, state, width, colour, out)
    return out.getvalue()


def one(found: Standing, body: bytes | None = None, width: int = 80) -> str:
    out = io.StringIO()
    write_one(found, body, width, False, out)
    return out.getvalue()


@pytest.mark.parametrize("width", [80, 120])
def test_a_table_fits_names_objects_in_full_and_says_how_many_approved(width: int) -> None:
    shown = table(WAITS, width=width)
    assert all(len(text) <= width for text in shown.splitlines())
    assert NAME in shown
    assert "7  1 of 2" in shown
    assert "for northland-cert; authority: no authority covers it" in shown.replace("\n           ", " ")
    assert "1 entry" in shown
    assert "2 entries" in table(WAITS, replace(WAITS, state=State.REFUSED))
    assert "refused" in table(replace(WAITS, state=State.REFUSED))


def test_an_empty_queue_says_so() -> None:
    assert table() == "Nothing in the queue is waiting.\n"
    assert table(state="all") == "Nothing is in the queue.\n"


def test_an_entry_shows_why_it_waits_who_said_what_and_the_object() -> None:
    shown = one(WAITS, b'{"type":"tool","name":"A tool"}')
    assert "waiting; 1 of 2 approvals" in shown
    assert "authority: no authority covers it [clause 4]" in shown
    assert "unless approval" in shown
    assert "approve by Bo at 2024-06-02: fine" in shown
    assert '"name": "A tool"' in shown
    bare = one(replace(WAITS, judgements=()))
    assert "Judged" not in bare
    assert "The object" not in bare


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"our own\nwords", "our own\nwords"), (b"\xff\x00abc", "5 bytes that are no text"), (b"", ""), (b"[" * 10_000, "[[["),
        (CONTROL.encode(), ""),
    ],
)  # fmt: skip
def test_what_is_no_json_is_shown_as_far_as_it_is_text(body: bytes, said: str) -> None:
    shown = one(WAITS, body)
    assert said in shown.replace(" \n", "\n")
    assert not {"\x1b", "\u202e"} & set(shown)


def test_nothing_steers_the_terminal() -> None:
    reasons = json.dumps([{"because": CONTROL, "cites": [CONTROL], "rule": CONTROL}])
    odd = replace(ENTRY, partner=CONTROL, object=CONTROL, reasons=reasons, origin=CONTROL, by=CONTROL)
    found = Standing(odd, State.WAITING, (replace(SAID, by=CONTROL, why=CONTROL),))
    assert not {"\x1b", "\u202e"} & set(table(found) + one(found, json.dumps({"a": CONTROL}).encode()))
    assert "\x1b[" in table(WAITS, colour=True)


def test_a_line_has_all_of_an_entry() -> None:
    out = io.StringIO()
    write_jsonl([WAITS], out)
    told = json.loads(out.getvalue())
    assert (told["entry"], told["state"], told["persons"], told["sha256"]) == (7, "waiting", 2, "d" * 64)
    assert told["reasons"] == json.loads(REASONS)
    assert told["judgements"] == [{"verdict": "approve", "by": "Bo", "at": "2024-06-02", "why": "fine"}]
