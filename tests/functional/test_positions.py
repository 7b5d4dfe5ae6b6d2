"""What five articles tell of countries, annotated in full: each position with its quote, on two days."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.functional.driver import ROOT, Ran, telvet

PRESS = ROOT.parent / "shared" / "samples" / "press"
GOLD = ROOT / "tests" / "data" / "evidence" / "press.jsonl"
ARTICLES = {
    "000": ("2020-01-09", "Business Insider"),
    "001": ("2020-01-08", "Al Jazeera"),
    "002": ("2018-11-29", "Silicon UK"),
    "003": ("2019-01-28", "CNBC"),
    "004": ("2019-06-13", "The Hill"),
}
pytestmark = pytest.mark.skipif(
    not PRESS.is_dir(), reason=f"the articles are their publishers' and are not here: {PRESS}"
)

Rows = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with the five articles and every annotation of them, confirmed."""
    folder = tmp_path_factory.mktemp("press")
    for path in sorted(PRESS.glob("*.txt")):
        day, publisher = ARTICLES[path.name[:3]]
        added = telvet(
            "evidence", "add", path, "--published", day, "--publisher", publisher, "--workspace", folder / "w"
        )
        assert added.code == 0
    lines = [json.loads(line) for line in GOLD.read_text().splitlines()]
    for line in lines:
        line["quote"] = (PRESS / line["doc"]).read_bytes().decode()[line["start"] : line["end"]]
    (folder / "full.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    brought = telvet(
        "evidence", "import", folder / "full.jsonl", "--confirm", "--by", "ada", "--workspace", folder / "w"
    )
    many = len(lines)
    assert (brought.code, brought.out) == (
        0,
        f"{many} lines: {many} statements added, 0 held already, 0 set aside, {many} confirmed by ada\n",
    )
    return folder / "w"


def ask(workspace: Path, day: str, *more: object) -> Ran:
    ran = telvet("positions", "--known-by", day, "--no-catalogue", "--workspace", workspace, *more)
    assert (ran.code, ran.err) == (0, "")
    return ran


@pytest.fixture(scope="module")
def then(workspace: Path) -> Rows:
    """Return the positions as they were known on 9 January 2020."""
    rows: list[dict[str, Any]] = json.loads(ask(workspace, "2020-01-09", "--format", "json").out)
    return {row["country"]: row for row in rows}


@pytest.fixture(scope="module")
def before(workspace: Path) -> Rows:
    """Return the positions as they were known on 1 December 2018."""
    rows: list[dict[str, Any]] = json.loads(ask(workspace, "2018-12-01", "--format", "json").out)
    return {row["country"]: row for row in rows}


def scopes(row: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {scope["scope"]: scope for scope in row["scopes"]}


def quotes(row: dict[str, Any], key: str = "because") -> str:
    return " | ".join(said["quote"] for said in row[key])


def test_every_quote_stands_where_it_is_said_to_stand(workspace: Path, then: Rows) -> None:
    for row in then.values():
        for said in (*row["because"], *row["against"], *row["context"]):
            text = telvet("evidence", "show", said["document"], "--workspace", workspace).out
            assert text[said["start"] : said["end"]] == said["quote"]
            assert said["publisher"]
            assert said["published"] <= "2020-01-09"


def test_australia_and_new_zealand_ban_or_restrict(then: Rows) -> None:
    for country, words in (("AUS", "Australia recently banned it"), ("NZL", "New Zealand followed suit")):
        assert then[country]["position"] in ("banned", "restricted")
        assert words in quotes(then[country])


def test_japan_bars_procurement(then: Rows) -> None:
    assert (scopes(then["JPN"])["procurement"]["position"], then["JPN"]["position"]) == ("banned", "restricted")
    assert "banned Huawei from government contracts" in quotes(then["JPN"])


def test_the_united_kingdom_is_undecided_with_the_core_in_principle_and_unlikely_before(then: Rows) -> None:
    row = then["GBR"]
    assert row["position"] == "undecided"
    core = scopes(row)["core"]
    assert (core["position"], core["modality"], core["in_principle"]) == ("undecided", "decided_in_principle", "banned")
    assert "decided in principle" in quotes(row)
    [unlikely] = [said for said in row["against"] if said["modality"] == "unlikely"]
    assert (unlikely["published"], "A ban remains unlikely in the UK" in unlikely["quote"]) == ("2018-11-29", True)


def test_germany_is_undecided_and_the_emirates_permit(then: Rows) -> None:
    assert then["DEU"]["position"] == "undecided"
    assert "remained equivocal" in quotes(then["DEU"])
    assert then["ARE"]["position"] == "permitted"
    assert "The United Arab Emirates" in quotes(then["ARE"])


def test_poland_is_only_pressed(then: Rows) -> None:
    row = then["POL"]
    assert (row["position"], row["scopes"], row["since"]) == ("unknown", [], None)
    assert {said["measure"] for said in row["because"]} == {"PRESSURE"}
    assert "Poland" in quotes(row)


def test_the_two_accounts_of_australia_contradict_each_other(then: Rows) -> None:
    row = then["AUS"]
    [other] = [said for said in row["against"] if said["kind"] == "contradiction"]
    assert row["disputed"]
    assert {said["measure"] for said in (*row["because"], other)} == {"BANNED", "PROCUREMENT_BAN"}
    assert other["with"] in {said["id"] for said in row["because"]}
    assert other["why"]


def test_barred_since_2012_and_the_narrower_account_contradict_each_other(then: Rows) -> None:
    row = then["USA"]
    both = [*row["because"], *(said for said in row["against"] if said["kind"] == "contradiction")]
    assert row["disputed"]
    assert any("Since 2012" in said["quote"] for said in both)
    assert any("to the government and its contractors" in said["quote"] for said in both)


def test_one_agency_is_one_origin_however_often_it_is_cited(then: Rows) -> None:
    row = then["GBR"]
    origins = [said["origin"] for said in row["because"]]
    assert origins.count("Reuters") > 1
    assert row["origins"] == len(set(origins)) < len(origins)


def test_in_2018_only_the_article_of_2018_is_known(before: Rows) -> None:
    assert set(before) == {"AUS", "DEU", "GBR", "JPN", "NZL", "USA"}
    for row in before.values():
        said = [*row["because"], *row["against"], *row["context"]]
        assert {one["publisher"] for one in said} == {"Silicon UK"}
    assert before["JPN"]["position"] == "undecided"
    assert "led Japan to consider a ban" in quotes(before["JPN"])
    assert before["GBR"]["position"] == "undecided"
    assert "A ban remains unlikely in the UK" in quotes(before["GBR"])
    assert (before["AUS"]["position"], before["AUS"]["disputed"]) == ("banned", False)
    assert before["DEU"]["position"] == "unknown"
    assert scopes(before["USA"])["procurement"]["position"] == "banned"


def test_nothing_is_known_before_the_first_article(workspace: Path) -> None:
    assert ask(workspace, "2018-11-28").out == "No position: nothing is known of any country.\n"
    assert json.loads(ask(workspace, "2018-11-28", "--format", "json").out) == []


def test_every_format_tells_the_same_of_every_country(workspace: Path, then: Rows) -> None:
    cells = {
        row["country"]: row for row in csv.DictReader(io.StringIO(ask(workspace, "2020-01-09", "--format", "csv").out))
    }
    assert {code: row["position"] for code, row in cells.items()} == {
        code: row["position"] for code, row in then.items()
    }
    table = ask(workspace, "2020-01-09").out
    assert max(map(len, table.splitlines())) <= 100
    assert all(row["name"] in " ".join(table.split()) for row in then.values())
    drawn = ask(workspace, "2020-01-09", "--format", "svg").out
    assert drawn.startswith(("<svg", "<?xml"))
    assert all(row["name"] in drawn for row in then.values())


def test_the_same_question_gives_the_same_bytes(workspace: Path) -> None:
    for form in ("json", "csv", "svg", "table"):
        first, again = (ask(workspace, "2020-01-09", "--format", form).out for _ in range(2))
        assert first == again


def test_importing_all_of_it_again_changes_nothing(workspace: Path, then: Rows) -> None:
    again = telvet(
        "evidence", "import", workspace.parent / "full.jsonl", "--confirm", "--by", "bo", "--workspace", workspace
    )
    assert (again.code, ": 0 statements added, 95 held already, 0 set aside, 0 confirmed" in again.out) == (0, True)
    rows = json.loads(ask(workspace, "2020-01-09", "--format", "json").out)
    assert {row["country"]: row for row in rows} == then
