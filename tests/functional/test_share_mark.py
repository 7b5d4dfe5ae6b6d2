"""Repairs of marks by two persons, as they make them."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tests.functional.conftest import Write
from tests.functional.driver import Ran, telvet
from tests.unit.sharing.marking.bundles import AMBER_1, FAULTY, MISTAKEN, OURS, bundle, indicator

RULES = f"""\
unmarked: {{tlp: amber, why: all of it was written here}}
replace:
  {MISTAKEN}: {{tlp: amber+strict, why: its maker confirmed the level}}
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "feed.json").write_bytes(FAULTY)
    (tmp_path / "rules.yaml").write_text(RULES)
    return tmp_path


def propose(place: Path, *more: object, by: str = "Ann") -> Ran:
    return telvet("share", "mark", "propose", place / "feed.json", "-o", place / "plan.json", "--by", by, *more)


def sign(place: Path, by: str = "Ben", *more: object) -> Ran:
    return telvet("share", "mark", "sign", place / "plan.json", "--by", by, *more)


def apply(place: Path, *more: object) -> Ran:
    line = ("share", "mark", "apply", place / "plan.json", place / "feed.json", "-o", place / "out.json")
    return telvet(*line, *more)


def lint(path: Path) -> list[str]:
    return [one["code"] for one in telvet("share", "lint", path, "--format", "jsonl").findings]


def test_two_persons_mend_a_feed_and_the_log_says_so(place: Path) -> None:
    proposed = propose(place, "--rules", place / "rules.yaml", "--allow-opening")
    assert proposed.code == 0
    assert "waits for a second person" in proposed.err
    assert "1  opened: more open than now, or something else" in proposed.out
    assert "withheld (tlp-unknown-id); TLP:RED -> TLP:AMBER+STRICT" in proposed.out
    signed = sign(place, "Ben", "--bundle", place / "feed.json")
    assert (signed.code, signed.err) == (0, "")
    assert "proposed by Ann, signed by Ben, 1 opened, 1 marked for the first time, 0 closed, 3 as before" in signed.out
    assert telvet("share", "audit", "init", "-w", place / "w", "--name", "example.org/x", "--by", "Ann").code == 0
    applied = apply(place, "-w", place / "w")
    assert applied.code == 0
    assert "5 objects keep the version under which they were known with other marks" in applied.err
    assert lint(place / "out.json") == []
    assert stat.S_IMODE((place / "out.json").stat().st_mode) == 0o600
    assert telvet("share", "audit", "export", "-o", place / "log", "-w", place / "w").code == 0
    record = json.loads(json.loads((place / "log").read_text("utf-8").splitlines()[-1])["record"])
    assert (record["what"], record["by"], record["told"]["signed_by"]) == ("marks mended", "Ann", ["Ben"])
    assert record["told"]["ways"] == {"same": 3, "closed": 0, "first": 1, "opened": 1}


def test_without_rules_nothing_opens_and_what_is_left_is_told(place: Path) -> None:
    ran = propose(place)
    assert "0  opened" in ran.out
    assert "Left as they are" in ran.out
    sign(place)
    assert apply(place).code == 0
    assert lint(place / "out.json") == ["unmarked-object", "tlp-unknown-id"]
    assert telvet("share", "mark", "show", place / "plan.json").out.startswith(
        "plan to mend the marks of feed.json, proposed by Ann, signed by Ben "
    )


def test_a_rule_that_opens_needs_leave_and_a_reason(place: Path) -> None:
    ran = propose(place, "--rules", place / "rules.yaml")
    assert (ran.code, ran.out) == (2, "")
    assert f"rules.yaml, line 3, {MISTAKEN}: the rule lets out what the mark keeps in now" in ran.err
    (place / "rules.yaml").write_text(RULES.replace(", why: its maker confirmed the level", ""))
    assert "[rule-without-reason]" in propose(place, "--rules", place / "rules.yaml", "--allow-opening").err
    assert not (place / "plan.json").exists()


@pytest.mark.parametrize("name", ["Ann", "  ann ", "ANN"])
def test_one_person_alone_mends_nothing(place: Path, name: str) -> None:
    propose(place)
    assert "[plan-unsigned]" in apply(place).err
    assert "[plan-same-person]" in sign(place, name).err
    assert apply(place).code == 2
    assert not (place / "out.json").exists()


def test_a_plan_or_a_bundle_that_was_changed_is_refused(place: Path) -> None:
    propose(place)
    plan = (place / "plan.json").read_text("utf-8")
    (place / "plan.json").write_text(plan.replace('"by":"Ann"', '"by":"Eve"'), "utf-8")
    assert [sign(place, "Ann").code, "[plan-changed]" in sign(place, "Ann").err] == [2, True]
    (place / "plan.json").write_text(plan, "utf-8")
    assert sign(place).code == 0
    signed = (place / "plan.json").read_text("utf-8")
    (place / "plan.json").write_text(signed.replace("tlp-version-1", "tlp-version-2"), "utf-8")
    assert "[plan-changed]" in apply(place).err
    (place / "plan.json").write_text(signed, "utf-8")
    (place / "feed.json").write_bytes(FAULTY + b"\n")
    assert "[bundle-changed]" in apply(place).err
    assert "[bundle-changed]" in sign(place, "Cleo", "--bundle", place / "feed.json").err
    assert not (place / "out.json").exists()


def test_the_same_is_proposed_with_the_same_bytes(place: Path) -> None:
    propose(place, "--as-of", "2024-02-01")
    first = (place / "plan.json").read_bytes()
    propose(place, "--as-of", "2024-02-01")
    assert (place / "plan.json").read_bytes() == first


def test_a_new_version_is_made_of_our_own_objects_only(place: Path) -> None:
    (place / "feed.json").write_bytes(bundle(indicator(1, object_marking_refs=[AMBER_1], created_by_ref=OURS)))
    assert "[whose-version]" in propose(place, "--new-version").err
    assert propose(place, "--new-version", "2023-01-01", "--ours", OURS).code == 2
    assert "[version-early]" in propose(place, "--new-version", "2023-01-01T00:00:00Z", "--ours", OURS).err
    ran = propose(place, "--new-version", "2024-02-01T00:00:00Z", "--ours", OURS)
    assert "a new version of 2024-02-01T00:00:00.000Z" in ran.out
    sign(place)
    assert apply(place).err == ""
    assert json.loads((place / "out.json").read_text("utf-8"))["objects"][0]["modified"] == "2024-02-01T00:00:00.000Z"


def test_a_workspace_without_a_log_is_said_to_have_none(place: Path) -> None:
    propose(place)
    sign(place)
    assert "recorded nowhere" in apply(place, "-w", place / "w").err
    assert "recorded nowhere" in apply(place, "-w", "postgresql://nobody@localhost/x").err


def test_what_cannot_be_recorded_is_not_written(place: Path) -> None:
    propose(place)
    sign(place)
    telvet("share", "audit", "init", "-w", place / "w", "--name", "example.org/x", "--by", "Ann")
    (place / "w" / "audit.key").chmod(0o644)
    assert "[audit-key-open]" in apply(place, "-w", place / "w").err
    assert not (place / "out.json").exists()


@pytest.mark.parametrize("content", [b"", b"[]", b'{"objects": [1]}', b'{"Event": {"uuid": "e", "info": "i"}}'])
def test_what_is_no_bundle_or_no_plan_is_told(place: Path, write: Write, content: bytes) -> None:
    path = write("bad.json", content)
    ran = telvet("share", "mark", "propose", path, "-o", place / "plan.json", "--by", "Ann")
    assert (ran.code, ran.out) == (2, "")
    assert "bad.json" in ran.err
    shown = telvet("share", "mark", "show", path)
    assert (shown.code, "[not-a-plan]" in shown.err) == (2, True)
    assert (
        telvet("share", "mark", "propose", place / "feed.json", "--rules", path, "-o", place / "p", "--by", "A").code
        == 2
    )
