from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from telvet.errors import SharingError, UsageError
from telvet.sharing.marking.plan import Edit, Left, Plan, Shift, folded, read_plan, signed

PLAN = Plan(
    bundle="b.json",
    sha256="0" * 64,
    as_of="2026-11-01",
    by="Ann",
    edits=(
        Edit("set", "x", ("tlp-version-1",), 3, {"object_marking_refs": ["a"]}, {"object_marking_refs": ["b"]}),
        Edit("add", "b", ("marking-absent",), None, {}, {"id": "b", "type": "marking-definition"}),
    ),
    shifts=(Shift("same", "TLP:AMBER", "TLP:AMBER", 2), Shift("opened", "no", "yes", 1)),
    left=(Left("c", "tlp-unknown-id", "what", "fix", 4),),
    rules={"unmarked": None, "replace": {}},
)
SIGNED = signed(PLAN, by="Ben", at="2026-11-01T00:00:00.000000Z")


def lines(plan: Plan) -> dict[str, Any]:
    held: dict[str, Any] = json.loads(plan.written())
    return held


@pytest.mark.parametrize(
    "plan", [PLAN, SIGNED, replace(PLAN, opening=True, new_version="2026-11-01T00:00:00.000Z", foreign=2)]
)
def test_a_plan_is_read_as_it_was_written(plan: Plan) -> None:
    assert read_plan(plan.written(), "p").written() == plan.written()
    assert read_plan(json.dumps(lines(plan), indent=4).encode(), "p").digest() == plan.digest()


def test_a_signature_changes_nothing_of_what_is_signed() -> None:
    assert SIGNED.digest() == PLAN.digest() == SIGNED.signatures[0].digest
    assert PLAN.ways() == {"same": 2, "closed": 0, "first": 0, "opened": 1}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("by", "Ben"),
        ("sha256", "1" * 64),
        ("edits", []),
        ("opening", True),
        ("shifts", []),
        ("left", []),
        ("digest", "0" * 64),
        ("signatures", [{"by": "Ben", "at": "x", "digest": "0" * 64}]),
        ("more", 1),
    ],
)
def test_a_plan_that_was_changed_is_refused(key: str, value: Any) -> None:
    with pytest.raises(UsageError) as caught:
        read_plan(json.dumps({**lines(SIGNED), key: value}).encode(), "p.json")
    assert (caught.value.code, caught.value.where) == ("plan-changed", "p.json")


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"{}", b"3", b"\xff", b'{"format": "other"}', b'{"format": "telvet marking plan 1"}',
        json.dumps({**lines(PLAN), "edits": [{"do": "burn"}]}).encode(),
        json.dumps({**lines(PLAN), "edits": [{**lines(PLAN)["edits"][0], "place": None}]}).encode(),
        json.dumps({**lines(PLAN), "edits": [{**lines(PLAN)["edits"][0], "do": "burn"}]}).encode(),
        json.dumps({**lines(PLAN), "shifts": [{"way": 1}]}).encode(),
        b"[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_plan_is_told(data: bytes) -> None:
    with pytest.raises(SharingError) as caught:
        read_plan(data, "p.json")
    assert caught.value.code == "not-a-plan"


@pytest.mark.parametrize("name", ["Ann", "ann", " A n n".replace(" n", "n"), "ANN ", "\uff21nn"])
def test_whoever_proposed_cannot_sign(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        signed(PLAN, by=name, at="x")
    assert caught.value.code == "plan-same-person"


def test_it_is_signed_once() -> None:
    with pytest.raises(UsageError) as caught:
        signed(SIGNED, by="Cleo", at="x")
    assert caught.value.code == "plan-signed"


def test_names_are_compared_without_regard_to_case_and_spaces() -> None:
    assert folded("  Ann  Other ") == folded("ann other")
    assert folded("Ann") != folded("Anna")
