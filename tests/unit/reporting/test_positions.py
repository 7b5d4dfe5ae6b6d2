from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from rich.cells import cell_len

from telvet.reporting import positions
from telvet.reporting.positions import (
    is_disputed,
    marks,
    write_csv,
    write_json,
    write_one_json,
    write_one_table,
    write_table,
)

Row = dict[str, Any]


def entry(name: str, quote: str, **changes: Any) -> Row:
    told = {"id": name, "quote": quote, "publisher": "Example Gazette", "published": "2020-01-09", "origin": "wire"}
    return told | {"speaker": "a minister"} | changes


def row(**changes: Any) -> Row:
    said: Row = {
        "country": "AUS", "name": "Australia", "vendor": "acme", "position": "banned", "since": "2018-08-23", "until": None,
        "scopes": [{"scope": "5g", "position": "banned", "since": "2018-08-23"}],
        "because": [entry("s-1", "Australia shut the vendor out of its 5G networks")],
        "against": [], "context": [], "origins": 2,
    }  # fmt: skip
    return said | changes


def against(kind: str) -> Row:
    return entry("s-2", f"a {kind}", kind=kind, why=f"why a {kind}")


def page(one: Row, width: int = 80, *, colour: bool = False) -> str:
    out = io.StringIO()
    write_one_table(one, width, colour, out)
    return out.getvalue()


def table(*rows: Row, width: int = 120, colour: bool = False) -> str:
    out = io.StringIO()
    write_table(rows, width, colour, out)
    return out.getvalue()


def cells(*rows: Row) -> list[dict[str, str]]:
    out = io.StringIO()
    write_csv(rows, out)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


@pytest.mark.parametrize("width", [40, 60, 80, 109, 110, 160])
@pytest.mark.parametrize("draw", [lambda one, width: table(one, width=width), page])
def test_no_line_is_wider_than_the_console(draw: Callable[[Row, int], str], width: int) -> None:
    long = row(
        since="2018-08-01/2018-08-31",
        because=[entry("s-1", "word " * 90)],
        against=[against("contradiction")],
        context=[entry("s-3", "x" * 300)],
    )
    assert max(cell_len(text) for text in draw(long, width).splitlines()) <= width


def test_the_table_names_country_position_since_scopes_origins_and_what_says_so() -> None:
    text = table(row())
    assert [
        head for head in ("country", "position", "since", "scopes", "origins", "what says so") if head not in text
    ] == []
    line = text.splitlines()[1]
    assert line.split()[:3] == ["Australia", "banned", "2018-08-23"]
    assert "5g: banned" in line
    assert "“Australia shut the vendor" in line


def test_a_long_quote_is_shortened_in_the_table_and_whole_on_the_page() -> None:
    long = row(because=[entry("s-1", "first " + "word " * 60 + "last")])
    assert "last" not in table(long)
    assert "…”" in table(long)
    assert "last”" in page(long)


def test_no_positions_say_that_nothing_is_known() -> None:
    assert table() == "No position: nothing is known of any country.\n"


def test_colour_is_there_only_when_asked_for() -> None:
    assert "\x1b[" not in table(row()) + page(row())
    assert "\x1b[91mbanned" in table(row(), colour=True)


@pytest.mark.parametrize(
    "changes",
    [
        {"disputed": True},
        {"scopes": [{"scope": "5g", "position": "banned", "disputed": True}]},
        {"against": [against("contradiction")]},
    ],
)
def test_what_is_disputed_is_said_to_be_so_everywhere(changes: Row) -> None:
    one = row(**changes)
    assert is_disputed(one)
    assert "disputed" in table(one)
    assert "banned, disputed" in page(one)
    assert cells(one)[0]["disputed"] == "yes"
    assert marks([one])["AUS"].disputed


@pytest.mark.parametrize("kind", ["tension", "succession", "denial"])
def test_less_than_a_contradiction_is_shown_and_disputes_nothing(kind: str) -> None:
    one = row(against=[against(kind)])
    assert not is_disputed(one)
    assert f"a {kind}" in page(one)
    assert f"why a {kind}" in page(one)


def test_the_row_itself_tells_whether_its_position_is_disputed() -> None:
    assert not is_disputed(row(disputed=False, against=[against("contradiction")]))


def test_objections_stand_by_kind_the_gravest_first_and_none_is_lost() -> None:
    kinds = ["succession", "tension", "denial", "contradiction", "new kind"]
    text = page(row(against=[against(kind) for kind in kinds]))
    places = [text.index(f"“a {kind}”") for kind in ("contradiction", "denial", "tension", "succession", "new kind")]
    assert places == sorted(places)


def test_what_a_scope_leans_to_is_said_as_such() -> None:
    one = row(position="undecided", scopes=[{"scope": "core", "position": "undecided", "in_principle": "banned"}])
    assert "undecided, in principle banned" in page(one)
    assert "core: undecided, in principle banned" in table(one, width=200)
    assert cells(one)[0]["scopes"] == "core: undecided, in principle banned"


def test_a_quote_is_followed_by_its_publisher_date_speaker_origin_and_id() -> None:
    lines = page(row(), 110).splitlines()
    at = next(index for index, text in enumerate(lines) if "“Australia shut" in text)
    assert lines[at + 1].strip() == "Example Gazette · 2020-01-09 · a minister speaking · from wire · s-1"


def test_a_paraphrase_gets_no_quotation_marks() -> None:
    text = page(row(because=[entry("s-1", "The vendor is shut out", paraphrase=True)]))
    assert "The vendor is shut out" in text
    assert "“" not in text


def test_unknown_is_never_told_as_permission_and_what_is_heard_is_told_to_decide_nothing() -> None:
    one = row(position="unknown", since=None, scopes=[], because=[entry("s-1", "was pressed")], origins=1)
    text = page(one)
    assert "What says so" not in text
    assert "What is said, and makes no position" in text
    assert "decided by nothing; heard from 1 independent origin" in text
    assert "That is not permission." in text


def test_texts_are_no_markup_and_no_terminal_control() -> None:
    hostile = row(name="[red]x[/red]\x1b[31m", because=[entry("s-1", "a\x1b]0;b\u202ec")])
    for text in (page(hostile), table(hostile, width=160)):
        assert "[red]x[/red]" in text
        assert "\x1b" not in text
        assert "\u202e" not in text


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(start: str) -> None:
    hostile = start + "1"
    said = row(country=hostile, name=hostile, vendor=hostile, position=hostile, since=hostile, until=hostile)
    said |= {"scopes": [{"scope": hostile, "position": hostile}], "because": [entry("s", hostile, paraphrase=True)]}
    assert not [cell for cell in cells(said)[0].values() if cell.startswith(start)]


def test_a_csv_row_has_a_cell_for_every_column_and_nothing_for_what_is_missing() -> None:
    one, bare = cells(row(against=[against("denial")]), {"country": "POL", "position": "unknown"})
    assert tuple(one) == positions.COLUMNS
    assert one["against"].startswith("denial: “a denial” (Example Gazette")
    assert one["against"].endswith("[why a denial]")
    assert (bare["country"], bare["since"], bare["because"], bare["disputed"]) == ("POL", "", "", "no")


def test_json_holds_the_rows_as_they_are() -> None:
    rows, out, one = [row(), row(country="NZL", name="Aotearoa é")], io.StringIO(), io.StringIO()
    write_json(rows, out)
    write_one_json(rows[1], one)
    assert json.loads(out.getvalue()) == rows
    assert json.loads(one.getvalue()) == rows[1]
    assert len(out.getvalue().splitlines()) == len(rows) + 2


def test_no_rows_are_an_empty_list() -> None:
    out = io.StringIO()
    write_json([], out)
    assert json.loads(out.getvalue()) == []


def test_the_map_gets_a_mark_for_each_country_with_its_scopes() -> None:
    mark = marks([row(name=None)])["AUS"]
    assert (mark.name, mark.position, mark.since, mark.note) == ("AUS", "banned", "2018-08-23", "5g: banned")


def test_two_positions_of_a_country_make_no_map() -> None:
    with pytest.raises(ValueError, match="two positions of AUS"):
        marks([row(), row(vendor="other")])


def test_a_bare_row_is_drawn() -> None:
    bare = {"country": "POL", "position": "unknown"}
    assert "POL" in table(bare)
    assert page(bare).startswith("POL on any vendor")


def test_what_says_so_of_a_part_is_told_apart_from_what_is_only_said() -> None:
    scopes = [{"scope": "new", "position": "banned", "because": ["part"]}]
    said = [{"id": "part", "quote": "of new equipment"}, {"id": "rest", "quote": "a warning"}]
    text = page(row(scopes=scopes, context=said))
    assert (
        text.index("What says so of a part")
        < text.index("of new equipment")
        < text.index("What else is said")
        < text.index("a warning")
    )


def test_what_a_deliberation_leans_to_is_told_with_how_far_it_has_got() -> None:
    scopes = [{"scope": "5g", "position": "undecided", "leaning": "banned", "modality": "unlikely"}]
    assert "undecided, banned: unlikely" in page(row(position="undecided", scopes=scopes))
