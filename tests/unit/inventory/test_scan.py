from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from telvet.inventory.scan import scan
from telvet.tables.reading import Spaces


def scanned(tmp_path: Path, content: bytes, delimiter: str = ",") -> object:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    return scan(path, delimiter)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.text('ab" \n,é', max_size=6), min_size=2, max_size=2), min_size=1, max_size=8))
def test_records_are_counted_as_the_csv_module_counts_them(tmp_path: Path, table: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(table)
    path = tmp_path / "a.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    assert scan(path, ",").records == len(table)


@pytest.mark.parametrize(
    ("content", "records"),
    [(b"a,b\n1,2\n", 2), (b"a,b\n1,2", 2), (b"a,b\r\n1,2\r\n", 2), (b"a,b\n1,2\n\n\n", 2), (b"a", 1)],
)
def test_blank_lines_at_the_end_do_not_count(tmp_path: Path, content: bytes, records: int) -> None:
    assert scanned(tmp_path, content).records == records  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("content", "spaces"),
    [
        (b"a,b\nx y,z\n", Spaces.TIDY),
        (b"a,b\n x,z\n", Spaces.COMMON),
        (b"a,b\nx ,z\n", Spaces.COMMON),
        (b"a,b\nx,z \r\n", Spaces.COMMON),
        (b'a,b\n"x ",z\n', Spaces.COMMON),
        (b"a,b\nx\ty,z\n", Spaces.ANY),
        (b"a,b\nx,'-z\n", Spaces.ANY),
        ("a,b\nx\u00a0y,z\n".encode(), Spaces.ANY),
        ("a,b\nx\u200by,z\n".encode(), Spaces.ANY),
        ("a,b\né,z\n".encode(), Spaces.TIDY),
        (b'a,b\n"x\ny",z\n', Spaces.ANY),
    ],
)
def test_the_spaces_in_cells_are_known(tmp_path: Path, content: bytes, spaces: Spaces) -> None:
    assert scanned(tmp_path, content).spaces is spaces  # type: ignore[attr-defined]


def test_a_tab_that_separates_is_no_odd_space(tmp_path: Path) -> None:
    assert scanned(tmp_path, b"a\tb\nx\ty\n", "\t").spaces is Spaces.TIDY  # type: ignore[attr-defined]


def test_trouble_is_found_across_chunks(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" + b"x," * 3_000_000 + b"\n")
    assert scan(path, ",").long_record == 2
    path.write_bytes(b"a,b\n" * 300_000 + b"\0")
    assert scan(path, ",").zero_at == 1_200_000
    path.write_bytes(b'a,b\n"x,y\n')
    assert scan(path, ",").open_quote
    path.write_bytes(b"a,b\r1,2\r")
    assert scan(path, ",").carriage_returns
