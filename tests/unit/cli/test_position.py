from __future__ import annotations

import json
from pathlib import Path

import pytest

from telvet.cli.position import command
from telvet.errors import UsageError


def run(*arguments: str) -> int:
    code: int = command.main(list(arguments), standalone_mode=False)
    return code


def test_a_position_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("Australia", "--vendor", "huawei", "--as-of", "2020-01-09", "--format", "json") == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["country"], made["name"], made["vendor"], made["as_of"]) == (
        "AUS",
        "Australia",
        "huawei",
        "2020-01-09",
    )
    assert made["position"] in ("banned", "restricted")
    assert made["because"]
    assert all(said["paraphrase"] and said["source"] for said in made["because"])


def test_the_day_of_knowing_is_the_day_asked_about_unless_another_is(capsys: pytest.CaptureFixture[str]) -> None:
    for more, days in (((), ("2019-01-01", "2019-01-01")), (("--as-of", "2018-01-01"), ("2018-01-01", "2019-01-01"))):
        run("AUS", "--known-by", "2019-01-01", "--format", "json", *more)
        made = json.loads(capsys.readouterr().out)
        assert (made["as_of"], made["known_by"]) == days
        assert all(said["published"] <= "2019-01-01" for said in (*made["because"], *made["context"]))


def test_a_country_of_which_nothing_is_known_is_unknown_and_that_is_no_permission(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("Andorra", "--known-by", "2000-01-01") == 0
    shown = capsys.readouterr().out
    assert shown.splitlines()[:2] == ["Andorra on any vendor", "unknown"]
    assert "That is not permission." in shown


def test_the_answer_goes_into_a_private_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "aus.json"
    assert run("AUS", "--format", "json", "--as-of", "2020-01-09", "-o", str(out)) == 0
    assert capsys.readouterr().out == ""
    assert (json.loads(out.read_text())["country"], out.stat().st_mode & 0o777) == ("AUS", 0o600)


def test_what_is_no_country_is_told() -> None:
    with pytest.raises(UsageError, match="no country"):
        run("Atlantis")
