from __future__ import annotations

from pathlib import Path

import pytest

from telvet.errors import InventoryError
from telvet.inventory.encoding import is_utf8, utf8_copy
from telvet.inventory.files import examine, wide_encoding

WESTERN = "id,vendor,site\na,Müller & Söhne,Genève\nb,Ñandú “Álvaro”,Köln – Süd 5 €\n" * 5
CYRILLIC = "id,vendor,site\na,Связь и оборудование,Санкт-Петербург\nb,Телеком Сервис,Нижний Новгород\n" * 20
JAPANESE = "id,vendor,site\na,日本電気通信機器,東京都千代田区\nb,富士無線工業株式会社,大阪市北区梅田\n" * 20


def copied(tmp_path: Path, content: bytes) -> tuple[str, str]:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    given = examine(path)
    copy, name = utf8_copy(given, tmp_path, fault_at=is_utf8(path))
    return copy.read_bytes().decode("utf-8"), name


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_text_is_told_with_and_without_a_mark(tmp_path: Path, encoding: str) -> None:
    assert wide_encoding(WESTERN.encode(encoding)) is not None
    assert copied(tmp_path, WESTERN.encode(encoding))[0].removeprefix("\ufeff") == WESTERN


@pytest.mark.parametrize(
    ("text", "encoding"), [(WESTERN, "cp1252"), (CYRILLIC, "cp1251"), (JAPANESE, "cp932"), (JAPANESE, "euc_jp")]
)
def test_text_in_older_encodings_is_told_by_a_sample(tmp_path: Path, text: str, encoding: str) -> None:
    assert copied(tmp_path, text.encode(encoding))[0] == text


def test_utf8_is_no_wide_text_and_every_byte_of_it_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * 1048575 + "é".encode() + b"x")  # a character across two chunks
    assert wide_encoding(WESTERN.encode()) is None
    assert is_utf8(path) is None
    path.write_bytes(b"abc\xe9def")
    assert is_utf8(path) == 3
    path.write_bytes(b"abc\xc3")
    assert is_utf8(path) == 3


def test_utf8_with_a_few_broken_bytes_is_refused_rather_than_guessed(tmp_path: Path) -> None:
    with pytest.raises(InventoryError) as caught:
        copied(tmp_path, WESTERN.encode() + b"c,M\xfcller,x\n")
    assert caught.value.code == "encoding"
    assert "line 12" in caught.value.faults[0].what or "line 16" in caught.value.faults[0].what


def test_bytes_that_no_offered_encoding_reads_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xff\xfe" + b"a\0,\0" + b"\x00\xd8\n\0")  # half a pair of UTF-16
    with pytest.raises(InventoryError) as caught:
        utf8_copy(examine(path), tmp_path)
    assert caught.value.code == "encoding"
