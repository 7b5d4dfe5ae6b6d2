"""Every format says the same, on standard output and in a private file that is whole or not there."""

from __future__ import annotations

import csv
import io
import json
import stat
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.functional.conftest import INVENTORY, OPERATORS, Write
from tests.functional.driver import TELVET, Ran, parquet_rows, telvet

TEXTS = ("table", "json", "jsonl", "csv", "html")
FOUND = {
    ("gnb-1", "gbr.huawei-direction-2022.5g-removal", "due"),
    ("hss-1", "gbr.huawei-direction-2022.core", "contravention"),
    ("box-1", "gbr.huawei-direction-2022.core", "unknown"),
    (None, "gbr.huawei-direction-2022.5g-access-cap", "contravention"),
}

Assess = Callable[..., Ran]


@pytest.fixture(scope="module")
def assess(tmp_path_factory: pytest.TempPathFactory) -> Assess:
    """Return what judges the small inventory against one pack."""
    folder = tmp_path_factory.mktemp("given")
    (folder / "inventory.csv").write_text(INVENTORY)
    (folder / "operators.yaml").write_text(OPERATORS)
    asked = ("--operators", folder / "operators.yaml", "--law", "gbr", "--as-of", "2024-01-15")

    def run(*more: object) -> Ran:
        return telvet("assess", folder / "inventory.csv", *asked, *more)

    return run


@pytest.fixture(scope="module")
def printed(assess: Assess) -> dict[str, Ran]:
    """Return each text format as it comes on standard output."""
    return {form: assess("--format", form) for form in TEXTS}


@pytest.mark.parametrize("form", TEXTS)
def test_a_report_goes_to_standard_output_and_nothing_else_does(printed: dict[str, Ran], form: str) -> None:
    assert printed[form].code == 0
    assert printed[form].out
    assert printed[form].err == ""


@pytest.mark.parametrize("name", ["r.json", "r.html", "r.txt"])
def test_asked_again_the_same_bytes_go_to_a_file_in_the_format_of_its_name(
    assess: Assess, printed: dict[str, Ran], tmp_path: Path, name: str
) -> None:
    form = {"txt": "table"}.get(name[2:], name[2:])
    ran = assess("-o", tmp_path / name)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert (tmp_path / name).read_text("utf-8") == printed[form].out
    assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_jsonl_is_a_line_a_finding(printed: dict[str, Ran]) -> None:
    findings = printed["jsonl"].findings
    assert {(one["equipment"], one["provision"], one["status"]) for one in findings} == FOUND
    assert list(findings[0])[:9] == [
        "id", "subject", "subject_id", "equipment", "operator", "country", "provision", "status", "force",
    ]  # fmt: skip
    assert next(one for one in findings if one["equipment"] == "hss-1")["because"][1] == {
        "fact": "equipment.vendor",
        "value": "huawei-technologies",
        "origin": "inventory.csv record 4 manufacturer",
    }


def test_json_holds_the_same_findings_and_the_account_of_the_run(printed: dict[str, Ran]) -> None:
    document = printed["json"].document
    assert document["findings"] == printed["jsonl"].findings
    counts = document["counts"]
    assert (counts["rows_in"], counts["rows_judged"], counts["rows_rejected"]) == (4, 4, 0)
    assert counts["findings"] == 4
    assert sum(row["count"] for row in document["summary"]) == 4
    assert document["as_of"] == "2024-01-15"
    assert {one["name"] for one in document["inputs"]} == {"inventory.csv"}
    assert {one["name"] for one in document["beside"]} == {"operators.yaml"}
    assert all(len(one["digest"]) == 64 for one in document["inputs"] + document["beside"] + document["packs"])
    assert {row["state"] for row in document["coverage"] if row["pack"] == "usa.ndaa-889"} == {"not asked"}
    assert [row["fact"] for row in document["unknown_facts"]] == ["equipment.vendor"]


def test_csv_has_a_row_a_finding(printed: dict[str, Ran]) -> None:
    rows = list(csv.DictReader(io.StringIO(printed["csv"].out)))
    assert {(row["equipment"] or None, row["provision"], row["status"]) for row in rows} == FOUND
    assert [row["id"] for row in rows] == [one["id"] for one in printed["jsonl"].findings]


def test_the_table_is_a_screenful_that_names_what_matters(printed: dict[str, Ran]) -> None:
    screen = printed["table"].out
    assert max(map(len, screen.splitlines())) <= 100
    assert len(screen.splitlines()) < 50
    assert "4 in = 4 judged + 0 rejected" in screen
    assert "\x1b" not in screen
    for said in ("Contravenes", "Falls due", "Unknown", "Not covered", "hss-1", "in 1,446 days", "equipment.vendor"):
        assert said in screen


class Page(HTMLParser):
    """What a page would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.scripts: list[dict[str, str | None]] = []
        self.drawn = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.drawn += tag == "svg"
        self.scripts += [given] if tag == "script" else []
        self.fetched += [tag] if tag in {"link", "img", "iframe", "object", "embed"} else []
        self.fetched += [value or "" for name, value in attrs if name in {"src", "srcset", "data"} or name[:2] == "on"]


def test_html_is_one_file_with_charts_that_fetches_and_runs_nothing(printed: dict[str, Ran]) -> None:
    page = Page()
    page.feed(printed["html"].out)
    assert page.fetched == []
    assert [script["type"] for script in page.scripts] == ["application/json"]
    assert page.drawn >= 3
    assert "http://" not in printed["html"].out.replace("http://www.w3.org/2000/svg", "")
    for finding in printed["jsonl"].findings:
        assert finding["id"] in printed["html"].out


def test_parquet_holds_the_same_findings_in_a_private_file(
    assess: Assess, printed: dict[str, Ran], tmp_path: Path
) -> None:
    ran = assess("-o", tmp_path / "r.parquet")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert stat.S_IMODE((tmp_path / "r.parquet").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["r.parquet"]
    rows = parquet_rows(tmp_path / "r.parquet")
    assert {row[0] for row in rows} == {one["id"] for one in printed["jsonl"].findings}
    assert [found for found in FOUND if not any(set(found) <= set(row) for row in rows)] == []


def test_parquet_is_not_for_the_terminal(assess: Assess) -> None:
    ran = assess("--format", "parquet")
    assert (ran.code, ran.out) == (2, "")
    assert "name a file with -o" in ran.err


def test_a_run_that_fails_leaves_no_file_and_an_older_one_as_it_was(assess: Assess, tmp_path: Path) -> None:
    older = tmp_path / "older.json"
    older.write_text("older")
    for target in (older, tmp_path / "new.json"):
        assert assess("-o", target, "--overlay", tmp_path / "missing.yaml").code == 2
        assert assess("-o", target, "--law", "nothing-like-it").code == 2
    assert older.read_text() == "older"
    assert [path.name for path in tmp_path.iterdir()] == ["older.json"]


@pytest.mark.parametrize(
    ("name", "form"), [("folder", "json"), ("missing/report", "json"), ("missing/report", "parquet")]
)
def test_a_place_that_cannot_be_written_is_a_usage_error(assess: Assess, tmp_path: Path, name: str, form: str) -> None:
    (tmp_path / "folder").mkdir()
    ran = assess("--format", form, "-o", tmp_path / name)
    assert (ran.code, ran.out) == (2, "")
    assert "cannot be written" in ran.err
    assert [path.name for path in tmp_path.rglob("*")] == ["folder"]


def test_a_link_stays_a_link_and_what_it_leads_to_is_replaced(assess: Assess, tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("older")
    (tmp_path / "link.json").symlink_to("real.json")
    assert assess("-o", tmp_path / "link.json").code == 0
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "real.json").read_text())["as_of"] == "2024-01-15"


def test_a_pipe_is_written_into_and_stays_a_pipe(write: Write, tmp_path: Path) -> None:
    write("inventory.csv", INVENTORY)
    line = f"{TELVET} assess inventory.csv --law gbr --as-of 2024-01-15 --format jsonl -o /dev/fd/1 | wc -l"
    done = subprocess.run(["sh", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert int(done.stdout) > 0


def test_an_unknown_format_is_a_usage_error(assess: Assess) -> None:
    ran = assess("--format", "xml")
    assert (ran.code, ran.out) == (2, "")
    assert "'parquet', 'html'" in ran.err
