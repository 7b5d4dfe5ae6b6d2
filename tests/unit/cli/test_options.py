from __future__ import annotations

from datetime import date
from pathlib import Path

import click
import pytest

from telvet.cli.options import DAY, MEMORY, WORKSPACE, maps_of, names_of, today
from telvet.errors import UsageError


def test_a_day_is_read_and_a_day_stays_a_day() -> None:
    assert DAY.convert("2024-02-29", None, None) == date(2024, 2, 29)
    assert DAY.convert(date(2024, 1, 1), None, None) == date(2024, 1, 1)


@pytest.mark.parametrize("text", ["2023-02-29", "2024", "2024-1-1", "01/02/2024", ""])
def test_what_is_no_day_is_a_usage_error(text: str) -> None:
    with pytest.raises(click.BadParameter, match="not a day of the calendar"):
        DAY.convert(text, None, None)


@pytest.mark.parametrize("text", ["600MiB", "2GB", "1.5 GiB", "100mb", "1TiB"])
def test_an_amount_of_memory_is_taken_as_written(text: str) -> None:
    assert MEMORY.convert(f" {text} ", None, None) == text


@pytest.mark.parametrize("text", ["lots", "600", "99MiB", "64KiB", "-1GB", ""])
def test_too_little_or_no_memory_is_a_usage_error(text: str) -> None:
    with pytest.raises(click.BadParameter, match="from 100MiB up"):
        MEMORY.convert(text, None, None)


def test_maps_are_read_from_the_last_equals_sign() -> None:
    assert maps_of(("Make=manufacturer", "a=b=id", "junk=")) == {"Make": "manufacturer", "a=b": "id", "junk": ""}


@pytest.mark.parametrize("text", ["nothing", "=id", ""])
def test_what_is_no_map_is_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError, match="theirs=ours"):
        maps_of((text,))


def test_names_come_by_comma_and_by_repetition_and_are_all_where_none_is_given() -> None:
    assert names_of(("a, b", "c,,")) == ("a", "b", "c")
    assert names_of(()) == ("all",)
    assert names_of((" ,",)) == ("all",)


def test_today_is_a_day() -> None:
    assert isinstance(today(), date)


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31"])
def test_a_day_that_nobody_means_is_a_usage_error(text: str) -> None:
    with pytest.raises(click.BadParameter, match="not between the years 1900 and 2199"):
        DAY.convert(text, None, None)


def test_a_workspace_is_a_folder_or_an_address_as_it_is_written() -> None:
    assert WORKSPACE.convert("work", None, None) == Path("work")
    assert WORKSPACE.convert("postgresql+psycopg://a@b/c", None, None) == "postgresql+psycopg://a@b/c"
