from __future__ import annotations

import duckdb
import pytest

from telvet.backends.duckdb_reading_text import bind_blanks, cell, folded, identifier, literal, odd, plain_value
from telvet.inventory.cells import fold_text
from telvet.tables.equipment import EQUIPMENT
from telvet.tables.reading import Spaces, Take


def test_names_and_texts_are_quoted() -> None:
    row = duckdb.connect().execute(f"SELECT {literal(chr(39) + '; DROP')} AS {identifier(chr(34) + 'x')}")
    assert row.description is not None
    assert ([column[0] for column in row.description], row.fetchall()) == (['"x'], [("'; DROP",)])
    assert cell(3) == "c3"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "x",
        " x ",
        "\u00a0x\u2003y\u3000",
        "\ufeffx\u200b",
        "a\tb\nc\rd",
        "'-x",
        " '=x",
        "'x",
        "é ",
        "\u00ad",
        "'- ",
    ],
)
def test_spaces_are_folded_as_cells_fold_them(text: str) -> None:
    got = duckdb.execute(f"SELECT {folded('$text', Spaces.ANY)}", {"text": text}).fetchall()
    assert got == [(fold_text(text) or None,)]


def test_common_and_tidy_cells_are_folded_more_cheaply() -> None:
    assert folded("c1", Spaces.TIDY) == "c1"
    assert duckdb.execute(f"SELECT {folded('$text', Spaces.COMMON)}", {"text": " x y "}).fetchall() == [("x y",)]
    assert duckdb.execute(f"SELECT {folded('$text', Spaces.COMMON)}", {"text": "  "}).fetchall() == [(None,)]


def test_texts_are_never_odd_and_codes_always_are() -> None:
    assert odd(Take(EQUIPMENT.column("model"), 0), "t", ()) is None
    assert odd(Take(EQUIPMENT.column("function"), 0), "t", ()) == "t IS NOT NULL"
    assert plain_value(Take(EQUIPMENT.column("id"), 0), "t", ("n/a",)) == ("true", "t")


def test_words_that_mean_nothing_are_bound() -> None:
    assert bind_blanks(("n/a", "?")) == {"blank_0": "n/a", "blank_1": "?"}
