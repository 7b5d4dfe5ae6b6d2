from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import click
import pytest

from telvet.cli.evidence_options import BY, CATALOGUE, MOMENT, SPAN, evidence_place, now
from telvet.errors import UsageError
from telvet.model.dates import Span


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-01-15", "2024-01-15T23:59:59.999999Z"),
        ("2024-01-15T09:30:00Z", "2024-01-15T09:30:00.000000Z"),
        ("2024-01-15T09:30:00.25+02:00", "2024-01-15T07:30:00.250000Z"),
        ("2024-12-31T23:30-05:00", "2025-01-01T04:30:00.000000Z"),
    ],
)
def test_a_moment_is_written_in_the_form_of_the_ledger_and_a_day_means_its_end(text: str, moment: str) -> None:
    assert MOMENT.convert(text, None, None) == moment
    assert MOMENT.convert(moment, None, None) == moment


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "2024", "2024-02-30", "2024-01-15T09:30:00", "0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00"],
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(click.BadParameter, match="no day and no moment with a time zone"):
        MOMENT.convert(text, None, None)


def test_a_span_is_a_day_month_quarter_or_year() -> None:
    span = Span(date(2019, 2, 1), date(2019, 2, 28))
    assert SPAN.convert(" 2019-02 ", None, None) == SPAN.convert(span, None, None) == span
    for text in ("", "2019-13", "last week", "2012/.."):
        with pytest.raises(click.BadParameter, match="no date written"):
            SPAN.convert(text, None, None)


@click.command
@BY
@CATALOGUE
@evidence_place(required=False)
def toy(by: str, no_catalogue: bool, workspace: Path | str | None) -> tuple[str, bool, Path | str | None]:
    return by, no_catalogue, workspace


def test_the_options_are_read_and_the_workspace_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TELVET_WORKSPACE", raising=False)
    assert toy.main(["--by", " ada "], standalone_mode=False) == ("ada", False, None)
    monkeypatch.setenv("TELVET_WORKSPACE", "here")
    assert toy.main(["--by", "ada", "--no-catalogue"], standalone_mode=False) == ("ada", True, Path("here"))
    line = ["--by", "ada", "--workspace", "postgresql+psycopg://u@h/d"]
    assert toy.main(line, standalone_mode=False)[2] == "postgresql+psycopg://u@h/d"


@pytest.mark.parametrize("name", ["", "  "])
def test_nobody_does_nothing(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        toy.main(["--by", name], standalone_mode=False)
    assert (caught.value.code, caught.value.where) == ("no-name", "--by")


def test_now_is_in_the_form_of_the_ledger() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", now())
