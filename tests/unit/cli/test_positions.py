from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from telvet.cli.positions import command
from telvet.errors import UsageError


def run(*arguments: str) -> int:
    code: int = command.main(["--as-of", "2020-01-09", *arguments], standalone_mode=False)
    return code


def test_every_country_that_something_is_known_of_has_a_row(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--format", "json") == 0
    rows = json.loads(capsys.readouterr().out)
    codes = [row["country"] for row in rows]
    assert (codes, len(codes) > 12) == (sorted(set(codes)), True)
    assert all(row["because"] and row["as_of"] == "2020-01-09" for row in rows)
    assert run("--format", "csv") == 0
    cells = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [cell["country"] for cell in cells] == codes
    assert [cell["position"] for cell in cells] == [row["position"] for row in rows]


def test_a_table_is_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--vendor", "huawei", "--known-by", "2019-01-01") == 0
    shown = capsys.readouterr().out
    assert "Australia" in shown
    assert shown.split()[:3] == ["country", "position", "since"]
    assert shown.index("\nAustralia") < shown.index("\nNew Zealand") < shown.index("\nUnited")


def test_a_map_is_drawn_with_its_question(tmp_path: Path) -> None:
    out = tmp_path / "map.svg"
    assert run("--format", "svg", "--vendor", "huawei", "--known-by", "2019-06-01", "-o", str(out)) == 0
    drawn = out.read_text(encoding="utf-8")
    assert ET.fromstring(drawn).tag.endswith("svg")  # noqa: S314 - our own
    assert "huawei, 2020-01-09" in drawn
    assert "as published by 2019-06-01" in drawn


def test_nothing_known_is_no_row(capsys: pytest.CaptureFixture[str]) -> None:
    for form, shown in (("json", "[]\n"), ("table", "No position: nothing is known of any country.\n")):
        assert run("--format", form, "--known-by", "1990-01-01") == 0
        assert capsys.readouterr().out == shown


def test_without_catalogue_a_workspace_is_needed(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing to answer from"):
        run("--no-catalogue")
    (tmp_path / "given.json").mkdir()
    with pytest.raises(UsageError):
        run("-o", str(tmp_path / "none" / "out.json"))
