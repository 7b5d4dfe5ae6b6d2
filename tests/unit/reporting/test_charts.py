from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date

import pytest

from telvet.reporting.charts import WIDTH, Bar, Due, Stack, bars, stacked_shares, time_line

DAY = date(2024, 1, 15)


def parsed(drawing: str) -> ET.Element:
    return ET.fromstring(drawing)  # noqa: S314 - our own drawing


def drawn() -> list[str]:
    return [
        bars("b", "Unknowns", "By fact.", [Bar("equipment.vendor", 20, 5), Bar("equipment.purpose", 0, 0)]),
        stacked_shares("s", "Makers", "By part.", [Stack("core.auth", (("s0", "A", 3), ("unknown", "unknown", 1)))]),
        time_line("t", "Due", "By date.", DAY, [Due(date(2024, 6, 28), "Out of 5G", 3), Due(DAY, "Today", 1)]),
    ]


@pytest.mark.parametrize("index", [0, 1, 2])
def test_a_drawing_is_well_formed_and_says_what_it_shows(index: int) -> None:
    svg = parsed(drawn()[index])
    title, about = svg.find("title"), svg.find("desc")
    assert title is not None
    assert about is not None
    assert svg.attrib["aria-labelledby"] == f"{title.attrib['id']} {about.attrib['id']}"
    assert svg.attrib["role"] == "img"


@pytest.mark.parametrize("index", [0, 1, 2])
def test_nothing_is_drawn_outside_and_all_is_in_whole_numbers(index: int) -> None:
    for rect in parsed(drawn()[index]).iter("rect"):
        if "x" in rect.attrib:
            assert 0 <= int(rect.attrib["x"]) <= int(rect.attrib["x"]) + int(rect.attrib["width"]) <= WIDTH


def test_the_strong_part_of_a_bar_is_in_proportion() -> None:
    whole, part = [int(rect.attrib["width"]) for rect in parsed(drawn()[0]).iter("rect")][:2]
    assert part == pytest.approx(whole / 4, abs=1)


def test_shares_fill_the_row_without_a_gap() -> None:
    rects = [rect for rect in parsed(drawn()[1]).iter("rect") if "x" in rect.attrib]
    first, second = rects
    assert int(first.attrib["x"]) + int(first.attrib["width"]) == int(second.attrib["x"])
    assert int(first.attrib["width"]) == pytest.approx(3 * int(second.attrib["width"]), abs=3)


def test_what_is_unknown_is_hatched() -> None:
    assert 'style="fill:url(#s-hatch)"' in drawn()[1]


def test_texts_are_escaped() -> None:
    drawing = bars("b", "<script>", "&", [Bar("</svg><script>alert(1)</script>", 1, 1)])
    assert "<script>" not in drawing
    parsed(drawing)


@pytest.mark.parametrize(
    "last", [date(2024, 1, 15), date(2024, 3, 1), date(2025, 6, 30), date(2031, 1, 1), date(9999, 12, 31)]
)
def test_a_time_line_has_a_handful_of_ticks_at_any_length(last: date) -> None:
    svg = parsed(time_line("t", "Due", "By date.", DAY, [Due(last, "x", 1)]))
    ticks = [text.text for text in svg.iter("text") if "tick" in text.attrib["class"]]
    assert ticks[0] == "2024-01-15"
    assert 1 <= len(ticks) <= 12


def test_nothing_due_draws_an_empty_line() -> None:
    parsed(time_line("t", "Due", "By date.", DAY, []))
    parsed(bars("b", "x", "y", []))
