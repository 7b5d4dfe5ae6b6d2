from __future__ import annotations

import random

import pytest

from telvet.errors import EvidenceError
from telvet.evidence.documents.decoding_text import characters


def code_of(content: bytes, declared: str | None = None) -> str:
    with pytest.raises(EvidenceError) as caught:
        characters(content, "note.txt", declared)
    fault = caught.value.faults[0]
    assert fault.file == "note.txt"
    assert fault.fix
    return fault.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_line_ends_and_spaces_stay_and_a_mark_goes(encoding: str) -> None:
    text = "  one\r\ntwo\rthree\u00a0four\u2028\u200b\n\n "
    assert characters(text.encode(encoding), "note.txt") == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_two_bytes_a_letter_are_told_by_their_zeros(encoding: str) -> None:
    assert characters("a plain letter\r\n".encode(encoding), "note.txt") == "a plain letter\r\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("été “quoted” – and so on", "cp1252"),
        ("Привет мир, это текст письма", "cp1251"),
        ("日本語のテキストです。これは手紙です。", "cp932"),
    ],
)
def test_older_encodings_are_guessed(text: str, encoding: str) -> None:
    assert characters(text.encode(encoding), "note.txt") == text


def test_a_text_that_is_utf8_but_for_some_bytes_is_told_with_the_first() -> None:
    with pytest.raises(EvidenceError) as caught:
        characters("café naïve\nhere ".encode() + b"\xff and so on", "note.txt")
    assert "byte 19, on line 2" in caught.value.faults[0].what


def test_what_a_text_declares_is_believed() -> None:
    assert characters("Łódź".encode("iso8859-2"), "page.html", "iso-8859-2") == "Łódź"


def test_what_cannot_be_as_declared_is_not_believed() -> None:
    assert characters("déjà vu – “so”".encode(), "page.html", "iso-8859-1") == "déjà vu – “so”"
    assert characters("déjà “vu”".encode("cp1252"), "page.html", "iso-8859-1") == "déjà “vu”"
    assert characters("déjà vu".encode(), "page.html", "no-such-encoding") == "déjà vu"


def test_one_wrong_byte_of_a_declared_page_becomes_the_replacement_character() -> None:
    assert characters(b"a page \xff", "page.html", "utf-8") == "a page \ufffd"


def test_a_mark_that_lies_is_a_fault() -> None:
    assert code_of(b"\xef\xbb\xbfabc\xff") == "encoding"
    assert code_of(b"\xff\xfea\x00\x00") == "encoding"


def test_bytes_that_no_text_has_are_no_text() -> None:
    assert code_of(random.Random(5).randbytes(4000)) == "format"  # noqa: S311 - no secret
    assert code_of(b"abc\0def\xff") == "format"
    assert code_of(b"\x01\x02\x03") == "format"
