from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from telvet.errors import InventoryError
from telvet.inventory.files import examine
from telvet.inventory.sources import workbook
from telvet.inventory.sources.workbook import inspect


def archive(tmp_path: Path, change: Callable[[str, bytes], bytes] = lambda _name, data: data, **more: bytes) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["id", "vendor"])
    book.active.append(["a", "=1+1"])
    stream = BytesIO()
    book.save(stream)
    path = tmp_path / "kit.xlsx"
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
        for name, data in more.items():
            target.writestr(name, data)
    return path


def code_of(path: Path) -> str:
    with pytest.raises(InventoryError) as caught:
        inspect(examine(path))
    return caught.value.code


def test_formulas_without_a_value_are_found(tmp_path: Path) -> None:
    found = inspect(examine(archive(tmp_path))).sheet("Sheet")
    assert (found.formulas, found.uncomputed, found.last_row, found.last_column) == (1, {2: ["B2"]}, 2, 2)
    assert inspect(examine(archive(tmp_path))).sheet("other").formulas == 0


def test_a_bomb_is_refused_by_what_it_declares(tmp_path: Path) -> None:
    assert code_of(archive(tmp_path, bomb=b"\0" * 100_000_000)) == "bomb"


def test_a_bomb_is_refused_by_what_it_inflates_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LARGEST_INFLATED", 10_000)
    monkeypatch.setattr(workbook, "_limit", lambda _given, _archive: None)
    assert code_of(archive(tmp_path, bomb=b"\0" * 100_000)) == "bomb"


def test_a_declared_size_that_lies_is_damage(tmp_path: Path) -> None:
    path = archive(tmp_path, padding=b"\0" * 50_000)
    data = path.read_bytes()
    assert (50_000).to_bytes(4, "little") in data
    path.write_bytes(data.replace((50_000).to_bytes(4, "little"), (50).to_bytes(4, "little")))
    assert code_of(path) == "damaged"


def test_a_cell_far_out_is_refused_before_it_is_allocated(tmp_path: Path) -> None:
    far = archive(
        tmp_path, lambda _, data: data.replace(b'<row r="2"', b'<row r="1048576"').replace(b'r="B2"', b'r="XFD1048576"')
    )
    assert code_of(far) == "bomb"


def test_other_archives_and_cut_ones_are_told(tmp_path: Path) -> None:
    path = tmp_path / "kit.xlsx"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("readme.txt", "hello")
    assert code_of(path) == "format"
    whole = archive(tmp_path).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert code_of(path) == "damaged"
    assert code_of(archive(tmp_path, lambda name, data: b"<broken" if name == "xl/workbook.xml" else data)) == "damaged"
