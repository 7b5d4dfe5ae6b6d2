from __future__ import annotations

import io

import pytest
from rich.cells import cell_len

from telvet.reporting.screen import Column, Grid, Heading, Part, bar, draw, line


def drawn(*parts: Part, width: int = 60, colour: bool = False) -> str:
    out = io.StringIO()
    draw(parts, width, colour, out)
    return out.getvalue()


@pytest.mark.parametrize(("value", "said"), [(0, ""), (1, "\u258f"), (50, "\u2588\u2588"), (100, "\u2588" * 4)])
def test_a_bar_is_in_proportion_and_never_hides_what_there_is(value: int, said: str) -> None:
    assert bar(value, 100, 4) == said


def test_a_bar_of_nothing_is_empty() -> None:
    assert bar(0, 0, 4) == ""
    assert bar(9, 3, 4) == "\u2588" * 4


def test_texts_are_neither_markup_nor_emoji_nor_terminal_control() -> None:
    text = drawn(line("[red]x[/red] :smile: \x1b[31m"))
    assert "[red]x[/red] :smile: \ufffd[31m" in text


def test_colour_is_there_only_when_asked_for() -> None:
    assert "\x1b[" not in drawn(Heading("Due", "red"), line(("x", "bold")))
    assert "\x1b[" in drawn(Heading("Due", "red"), line(("x", "bold")), colour=True)


def test_a_grid_wraps_its_flexible_column_and_keeps_to_the_width() -> None:
    grid = Grid((Column("right"), Column(ratio=1)), ((line("12"), line("word " * 40)),))
    lines = drawn(grid, width=40).splitlines()
    assert len(lines) > 3
    assert max(cell_len(text) for text in lines) <= 40


def test_heads_are_shown_where_a_column_has_one() -> None:
    assert drawn(Grid((Column(head="fact"),), ((line("a"),),))).splitlines()[0].strip() == "fact"


def test_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert max(map(len, drawn(Heading("Due")).splitlines())) == 60
    assert "\x1b[" not in drawn(line(("x", "bold")))
