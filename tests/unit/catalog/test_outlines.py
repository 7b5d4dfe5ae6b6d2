from __future__ import annotations

import re
from pathlib import Path

import pytest

from telvet.catalog.outlines import read_outlines
from telvet.catalog.places import read_places
from telvet.errors import CatalogError
from telvet.shipped import shipped

HEADER = "alpha3,name,kind,path\n"
CANVAS = ",,canvas,0 0 100 50\n"
DRAWN_WITHIN_ANOTHER = {"BES", "GLP", "GUF", "MTQ", "MYT", "REU", "SJM"}
LEFT_OUT = {"ATA", "UMI"}


def folder(path: Path, rows: str) -> Path:
    (path / "outlines.csv").write_text(HEADER + rows, encoding="utf-8")
    return path


def corners(path: str) -> list[tuple[int, int]]:
    """Walk the path; return every point it touches."""
    found = []
    for ring in path.split("M")[1:]:
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        x, y = numbers[:2]
        found.append((x, y))
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


def test_every_country_has_an_outline_or_is_known_to_have_none() -> None:
    places, outlines = read_places(), read_outlines()
    assert places.names.keys() - outlines.by_code.keys() == DRAWN_WITHIN_ANOTHER | LEFT_OUT
    assert not outlines.by_code.keys() - places.names.keys()
    assert all(shape.name == places.names[code] for code, shape in outlines.by_code.items())


def test_codes_that_old_outlines_lack_are_there() -> None:
    shapes = read_outlines().by_code
    assert all(shapes[code].path for code in ("FRA", "NOR", "XKX", "CYP", "SOM"))


def test_small_countries_are_points_and_no_others() -> None:
    shapes = read_outlines().by_code
    assert all(shapes[code].point for code in ("SGP", "MLT", "BHR", "LUX", "MCO", "TUV", "MDV"))
    assert not any(shapes[code].point for code in ("QAT", "LBN", "CYP", "XKX", "JAM", "DNK"))
    assert sum(shape.point is not None for shape in shapes.values()) >= 40
    assert all(bool(shape.path) is (shape.point is None) for shape in shapes.values())


def test_all_is_drawn_on_the_canvas() -> None:
    outlines = read_outlines()
    touched = [at for shape in outlines.by_code.values() for at in (corners(shape.path) or [shape.point or (-1, -1)])]
    assert all(0 <= x <= outlines.width for x, _ in touched)
    assert all(0 <= y <= outlines.height for _, y in touched)


@pytest.mark.parametrize(
    ("west", "east"), [("USA", "GBR"), ("GBR", "DEU"), ("DEU", "IND"), ("IND", "JPN"), ("JPN", "NZL"), ("SGP", "AUS")]
)
def test_countries_lie_west_to_east(west: str, east: str) -> None:
    shapes = read_outlines().by_code

    def middle(code: str) -> float:
        touched = corners(shapes[code].path) or [shapes[code].point or (-1, -1)]
        return sorted(x for x, _ in touched)[len(touched) // 2]

    assert middle(west) < middle(east)


def test_an_area_without_a_code_belongs_to_no_country() -> None:
    outlines = read_outlines()
    assert [shape.alpha3 for shape in outlines.without_code] == [""]
    assert "" not in outlines.by_code


def test_the_table_is_small_enough_to_ship() -> None:
    assert (shipped("catalog") / "places" / "outlines.csv").stat().st_size < 150_000


def test_the_shipped_outlines_are_read_once() -> None:
    assert read_outlines() is read_outlines()


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (CANVAS + 'AUS,A,outline,"M1 1l2 2z""/><script>"\n', "not-a-path"),
        (CANVAS + "AUS,A,outline,\n", "not-a-path"),
        (CANVAS + "AUS,A,point,M1\n", "not-a-path"),
        (CANVAS + "AUS,A,blob,M1 1\n", "unknown-kind"),
        (CANVAS + "AUS,A,point,M1 1\nAUS,A,point,M2 2\n", "outline-twice"),
        ("AUS,A,point,M1 1\n", "no-canvas"),
        (",,canvas,0 0 0 50\n", "not-a-path"),
    ],
)
def test_faulty_outlines_are_refused(tmp_path: Path, rows: str, code: str) -> None:
    with pytest.raises(CatalogError) as caught:
        read_outlines(folder(tmp_path, rows))
    assert caught.value.faults[0].code == code


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(CatalogError) as caught:
        read_outlines(folder(tmp_path, CANVAS + "AUS,A,blob,x\nNZL,B,point,x\n"))
    assert [fault.record for fault in caught.value.faults] == [3, 4]


def test_a_ring_may_follow_another(tmp_path: Path) -> None:
    read = read_outlines(folder(tmp_path, CANVAS + "AUS,A,outline,M1 1l2 0-1 1zM9 9l-2 0 1-1z\n"))
    assert (read.width, read.height) == (100, 50)
    assert read.by_code["AUS"].path == "M1 1l2 0-1 1zM9 9l-2 0 1-1z"
