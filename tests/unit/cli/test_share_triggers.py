from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from telvet.cli.share_triggers import command
from telvet.errors import UsageError

FACTS = "partners:\n  - {id: harbour, country: GBR}\n  - {id: stranger}\n"
LIST = "id,country,manufacturer,function,generation,lifecycle\namf-1,GBR,Huawei,core.session,5G,live\n"
OVERLAYS = "overlays:\n  - {kind: permits, subject: AUS, text: -huawei/5G, source: an order}\n"
ASKED = ("--vendor", "huawei", "--as-of", "2020-01-09")


def run(*arguments: object) -> int:
    code: int = command.main([str(one) for one in arguments], standalone_mode=False)
    return code


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[tuple[str, str], dict[str, Any]]:
    assert run(*ASKED, *arguments, "--format", "jsonl") == 0
    rows = [json.loads(text) for text in capsys.readouterr().out.splitlines()]
    return {(one["country"], one["trigger"]): one for one in rows}


def test_triggers_stand_side_by_side_and_none_answers_for_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in (("list.csv", LIST), ("o.yaml", OVERLAYS)):
        (tmp_path / name).write_text(text, "utf-8")
    more = ("--inventory", tmp_path / "list.csv", "--overlay", tmp_path / "o.yaml")
    found = told(capsys, "--country", "gb", "--country", "Australia", *more)
    assert {name: one["answer"] for name, one in found.items()} == {
        ("GBR", "permits"): "yes", ("GBR", "deploys"): "yes", ("GBR", "in the core"): "yes",
        ("GBR", "in lawful intercept"): "unknown", ("GBR", "position"): "unknown",
        ("AUS", "permits"): "no", ("AUS", "deploys"): "unknown", ("AUS", "in the core"): "unknown",
        ("AUS", "in lawful intercept"): "unknown", ("AUS", "position"): "no",
    }  # fmt: skip
    assert found["GBR", "in the core"]["origins"][0]["origin"].endswith("list.csv record 2")
    assert {one["stamp"] for one in found.values()} == {"a comparison, not law"}


def test_another_generation_is_another_question(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, "--country", "GBR", "--generation", "4G")
    assert found["GBR", "permits"]["says"] == "huawei/4G"


def test_a_partner_stands_for_its_country(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "facts.yaml").write_text(FACTS, "utf-8")
    facts = ("--facts", tmp_path / "facts.yaml")
    assert {country for country, _ in told(capsys, "--partner", "harbour", *facts)} == {"GBR"}
    for name, code in (("harbor", "unknown-partner"), ("stranger", "no-country")):
        with pytest.raises(UsageError) as refused:
            run(*ASKED, "--partner", name, *facts)
        assert refused.value.code == code
    with pytest.raises(UsageError) as refused:
        run(*ASKED, "--partner", "harbour")
    assert refused.value.code == "no-facts"


def test_without_a_country_all_that_are_spoken_of_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    countries = {country for country, _ in told(capsys)}
    assert {"AUS", "DEU", "GBR"} <= countries


def test_what_was_published_later_is_not_heard(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "--country", "AUS", "--known-by", "2018-08-22")["AUS", "position"]["says"] != "banned"
    assert told(capsys, "--country", "AUS", "--known-by", "2018-08-23")["AUS", "position"]["says"] == "banned"


def test_a_table_says_that_it_is_no_law_and_may_go_into_a_file(tmp_path: Path) -> None:
    assert run(*ASKED, "--country", "GBR", "-o", tmp_path / "t.txt") == 0
    assert "Each row is a comparison, not law." in (tmp_path / "t.txt").read_text("utf-8")


def test_who_is_no_vendor_and_what_is_no_country_is_told() -> None:
    for more, code in ((("--vendor", "qwxzv"), "unknown-vendor"), (("--country", "Atlantis"), "unknown-country")):
        with pytest.raises(UsageError) as refused:
            run(*ASKED, *more)
        assert refused.value.code == code
