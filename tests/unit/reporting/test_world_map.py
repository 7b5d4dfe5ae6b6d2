from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from itertools import pairwise

import pytest

from telvet.catalog.outlines import read_outlines
from telvet.reporting.world_map import POSITIONS, Mark, write

SVG = "{http://www.w3.org/2000/svg}"
FILL = re.compile(r"\.(\S+) \{ fill: (#[0-9a-f]{6}); \}")


def drawn(marks: Mapping[str, Mark] | None = None, title: str = "Positions", about: str = "As of a day.") -> str:
    out = io.StringIO()
    write(marks or {}, title, about, out)
    return out.getvalue()


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - our own drawing


def tooltips(text: str) -> dict[str, ET.Element]:
    """Return every shape by what it tells."""
    shapes = (shape for shape in parsed(text).iter() if shape.tag in {SVG + "path", SVG + "circle"})
    return {told.text or "": shape for shape in shapes if (told := shape.find(SVG + "title")) is not None}


def texts(text: str) -> list[str]:
    return [element.text or "" for element in parsed(text).iter(SVG + "text")]


def test_it_says_what_it_is_to_those_who_do_not_see_it() -> None:
    svg = parsed(drawn({"AUS": Mark("Australia", "banned", disputed=True), "GBR": Mark("Britain", "undecided")}))
    title, about = svg.find(SVG + "title"), svg.find(SVG + "desc")
    assert title is not None
    assert about is not None
    assert svg.attrib["role"] == "img"
    assert svg.attrib["aria-labelledby"] == f"{title.attrib['id']} {about.attrib['id']}"
    assert about.text == "As of a day. Banned: Australia (disputed). Undecided: Britain. 2 countries marked."


def test_a_country_tells_its_position_when_pointed_at() -> None:
    mark = Mark("Australia", "banned", "2018-08-23", "2020-01-01", disputed=True, note="core: banned")
    shape = tooltips(drawn({"AUS": mark}))[
        "Australia: banned, since 2018-08-23, until 2020-01-01, disputed; core: banned"
    ]
    assert shape.attrib["class"] == "banned-disputed"


def test_a_country_without_a_statement_is_pale_and_says_that_nothing_is_known() -> None:
    told = tooltips(drawn({"AUS": Mark("Australia", "banned")}))
    assert "class" not in told["Japan: nothing known"].attrib
    assert len([words for words in told if words.endswith(": nothing known")]) == len(read_outlines().by_code) - 1


def test_every_country_is_drawn_once() -> None:
    codes = {"AUS": Mark("Australia", "banned"), "SGP": Mark("Singapore", "permitted")}
    outlines = read_outlines()
    assert len(tooltips(drawn(codes))) == len(outlines.by_code) + len(outlines.without_code)


def test_a_small_country_gets_a_larger_point_where_it_has_a_position() -> None:
    marked = tooltips(drawn({"SGP": Mark("Singapore", "permitted")}))["Singapore: permitted"]
    plain = tooltips(drawn())["Singapore: nothing known"]
    assert marked.tag == plain.tag == SVG + "circle"
    assert int(marked.attrib["r"]) > int(plain.attrib["r"])


def test_a_mark_without_an_outline_is_named_below_the_map() -> None:
    assert "Not on the map: Réunion: permitted." in texts(drawn({"REU": Mark("Réunion", "permitted")}))


def test_a_word_that_the_legend_does_not_know_is_never_drawn_as_a_position() -> None:
    assert tooltips(drawn({"AUS": Mark("Australia", "clear")}))["Australia: clear"].attrib["class"] == "unknown"


def test_the_legend_counts_the_countries_of_each_position() -> None:
    said = texts(
        drawn({"AUS": Mark("A", "banned"), "JPN": Mark("J", "banned", disputed=True), "ARE": Mark("E", "permitted")})
    )
    legend = {name: said[at + 1] for at, name in enumerate(said[:-1])}
    assert legend["banned"].startswith("2 ")
    assert legend["permitted"].startswith("1 ")
    assert legend["undecided"].startswith("0 ")
    assert legend["disputed"].startswith("1 ")
    assert legend["nothing known"].startswith(f"{len(read_outlines().by_code) - 3} ")


def luminance(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_plain_colours_differ_in_greyscale() -> None:
    fills = {css: colour for css, colour in FILL.findall(drawn()) if css not in {"paper", "dot"}}
    assert fills.keys() == {"banned", "restricted", "conditional", "permitted", "nothing"}
    light = sorted(luminance(colour) for colour in fills.values())
    assert all((high + 0.05) / (low + 0.05) >= 1.25 for low, high in pairwise(light))


@pytest.mark.parametrize("css", ["undecided", "unknown", *(f"{position}-disputed" for position in POSITIONS)])
def test_what_is_open_or_disputed_has_a_pattern(css: str) -> None:
    drawing = drawn()
    assert f".{css} {{ fill: url(#{css}); }}" in drawing
    assert any(pattern.attrib["id"] == css for pattern in parsed(drawing).iter(SVG + "pattern"))


def references(text: str) -> Iterator[str]:
    yield from re.findall(r"url\(([^)]*)\)", text)
    for element in parsed(text).iter():
        yield from (value for name, value in element.attrib.items() if name.endswith(("href", "src")))


def test_it_needs_nothing_else() -> None:
    drawing = drawn({"AUS": Mark("Australia", "banned")})
    assert all(reference.startswith("#") for reference in references(drawing))
    assert "<script" not in drawing
    assert "@import" not in drawing
    assert re.findall(r"https?://[^\"]*", drawing) == ["http://www.w3.org/2000/svg"]


def test_texts_are_escaped_and_cannot_end_the_drawing() -> None:
    hostile = "</svg><script>alert(1)</script>&\x00\x1b[31m\u202e"
    drawing = drawn(
        {"AUS": Mark(hostile, hostile, hostile, hostile, note=hostile), "REU": Mark(hostile, "banned")},
        hostile,
        hostile,
    )
    assert "<script" not in drawing
    assert "\u202e" not in drawing
    parsed(drawing)


def test_long_titles_are_broken_and_stay_above_the_map() -> None:
    svg = parsed(drawn(title="word " * 60, about="word " * 200))
    lines = [int(line.attrib["y"]) for line in svg.iter(SVG + "text")]
    assert lines == sorted(lines) or lines[0] < lines[-1]
    assert max(lines) < int(svg.attrib["viewBox"].split()[3])


def test_an_empty_title_still_draws() -> None:
    parsed(drawn(title="", about=""))


def test_the_same_marks_give_the_same_bytes_in_any_order() -> None:
    one, two = Mark("Australia", "banned"), Mark("Japan", "restricted")
    assert drawn({"AUS": one, "JPN": two}) == drawn({"JPN": two, "AUS": one})
