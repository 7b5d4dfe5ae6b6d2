from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from telvet.inventory.cells import fold_text
from telvet.inventory.reading import Inventory
from telvet.inventory.sources.delimited import find_delimiter

Read = Callable[..., Inventory]
Rows = Callable[[Inventory], list[dict[str, Any]]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_by_a_vote(read: Read, rows: Rows, delimiter: str) -> None:
    text = f'id{delimiter}vendor{delimiter}model\na{delimiter}"Acme, Inc; | of it"{delimiter}"M, 1"\nb{delimiter}Acme{delimiter}"M;2"\n'
    inventory = read(text)
    assert [row["model"] for row in rows(inventory)] == ["M, 1", "M;2"]
    assert rows(inventory)[0]["manufacturer"] == "Acme, Inc; | of it"
    assert inventory.files[0].format == ("tsv" if delimiter == "\t" else "csv")


def test_commas_within_cells_do_not_outvote_semicolons() -> None:
    assert find_delimiter("id;vendor\na;Acme, Inc\nb;Other, Inc\n") == (";", 0)
    assert find_delimiter("id\na\n") == (",", 0)


def test_what_does_not_divide_the_header_is_no_delimiter_however_well_it_divides_the_rest() -> None:
    assert find_delimiter("id,vendor,tags\na,Acme,x;y\nb,Acme,x;y\nc,Acme,x;y,more\n") == (",", 0)
    assert find_delimiter("id;vendor\na;Acme, Inc;more\nb;Other, Inc\n") == (";", 0)
    assert find_delimiter("An export\nid;vendor\na;Acme\n") == (";", 0)


def test_a_first_line_that_names_the_delimiter_decides(read: Read, rows: Rows) -> None:
    inventory = read("sep=;\nid;vendor\na;Acme, Inc\n")
    assert [(row["manufacturer"], row["origin_row"]) for row in rows(inventory)] == [("Acme, Inc", 3)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_any_line_end_and_a_byte_order_mark_are_read(read: Read, rows: Rows, end: str, mark: str) -> None:
    inventory = read((mark + end.join(["id,vendor", "a,Acme", "b,Acme"])).encode())
    assert [(row["id"], row["origin_row"]) for row in rows(inventory)] == [("a", 2), ("b", 3)]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"), ("cp1252", "cp1252"), ("latin-1", "cp1252")],
)
def test_other_encodings_are_transcoded_and_it_is_said(read: Read, rows: Rows, encoding: str, said: str) -> None:
    inventory = read("id,vendor\na,Müller\nb,Société Générale\n".encode(encoding))
    assert [row["manufacturer"] for row in rows(inventory)] == ["Müller", "Société Générale"]
    assert f"read as {said}" in inventory.files[0].notes


def test_blank_lines_anywhere_keep_their_numbers(read: Read, rows: Rows) -> None:
    inventory = read("\n\nid,vendor\n\na,Acme\n   \n,\nb,Acme\n\n\n")
    assert [(row["id"], row["origin_row"]) for row in rows(inventory)] == [("a", 5), ("b", 8)]
    assert inventory.rows_in == 2


def test_stray_quotes_are_kept_as_the_csv_module_keeps_them(read: Read, rows: Rows) -> None:
    inventory = read('id,vendor,model\na,Acme,19" rack\nb,"Acme" Ltd,x\nc,Acme,"say ""hi"""\n')
    assert [row["model"] for row in rows(inventory)] == ['19" rack', "x", 'say "hi"']
    assert rows(inventory)[1]["manufacturer"] == "Acme Ltd"


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=8)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_whatever_the_csv_module_writes_is_read_back(
    read: Read, rows: Rows, table: list[tuple[str, str]], end: str
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end).writerows(
        [("id", "vendor", "region"), *((str(n), *row) for n, row in enumerate(table))]
    )
    inventory = read(text.getvalue().encode())
    found = {row["id"]: row for row in rows(inventory)}
    assert inventory.rows_in == len(table) == len(found)
    for number, (_, region) in enumerate(table):
        got = found[str(number)].get("region", "")
        assert got == fold_text(region) or not got
        if fold_text(region).isalnum():
            assert got == fold_text(region) or fold_text(region).lower() in (
                "unknown",
                "unk",
                "tbd",
                "none",
                "nan",
                "nil",
                "null",
                "tba",
                "tbc",
            )
