from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser

import pytest

from telvet.model.finding import Assessment
from telvet.reporting import html
from tests.unit.reporting import sample

VOID = {"meta", "br"}


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page(assessment: Assessment | None = None) -> str:
    out = io.StringIO()
    html.write(assessment or sample.assessment(), out)
    return out.getvalue()


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader


def test_every_tag_is_closed_and_every_id_is_there_once() -> None:
    reader = read(page())
    assert reader.open == []
    ids = [attrs["id"] for _, attrs in reader.tags if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_nothing_is_loaded_from_elsewhere() -> None:
    text = page()
    for _, attrs in read(text).tags:
        assert "src" not in attrs
        assert (attrs.get("href") or "#").startswith("#")
    assert not re.search(r"https?://|@import|url\((?!#)", text)
    assert "default-src 'none'" in text


def test_nothing_runs() -> None:
    tags = read(page()).tags
    assert [attrs.get("type") for tag, attrs in tags if tag == "script"] == ["application/json"]
    assert not [name for _, attrs in tags for name in attrs if name.startswith("on")]


def test_a_script_in_an_operators_name_stays_a_name() -> None:
    bad = "<script>alert(1)</script>"
    hostile = sample.finding(operator=bad, equipment=bad, subject_id=bad, site=bad, country=bad, excused_by=bad)
    text = page(sample.assessment([hostile], options={bad: bad}, unresolved=((bad, 1),), makers=((bad, bad, 1),)))
    assert bad not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert len([tag for tag, _ in read(text).tags if tag == "script"]) == 1


def test_the_run_can_be_read_back_for_replay() -> None:
    found = re.search(r'<script type="application/json" id="telvet-run">(.*?)</script>', page(), re.DOTALL)
    assert found
    run = json.loads(found[1])
    assert run["as_of"] == "2024-01-15"
    assert run["catalogue"] == "c0de" * 16
    assert {pack["id"] for pack in run["packs"]} >= {"gbr.huawei-direction-2022", "usa.ndaa-889"}


def test_coverage_comes_before_anything_found() -> None:
    ids = [attrs["id"] for tag, attrs in read(page()).tags if tag == "section"]
    assert ids == ["coverage", "rows", "summary", "due", "unknown", "makers", "findings", "run"]


def test_the_page_says_what_it_is_not() -> None:
    assert "Decision support, not legal advice." in page()


def test_zero_findings_read_as_what_they_are() -> None:
    text = page(sample.assessment([]))
    assert "5,010 elements of 3 operators, 4,612 of them in use, judged against 7 laws. No finding:" in text
    assert "complian" not in text.casefold()
    assert read(text).open == []


def test_the_same_assessment_gives_the_same_bytes() -> None:
    assert page() == page()


@pytest.mark.parametrize("scheme", ["prefers-color-scheme: dark", "@media print", "max-width"])
def test_the_page_suits_dark_narrow_and_paper(scheme: str) -> None:
    assert scheme in page()


def test_every_drawing_has_its_figures_in_a_table_behind_it() -> None:
    text = page()
    assert text.count("<svg") == 3 == text.count("The same as a table")
