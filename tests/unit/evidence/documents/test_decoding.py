from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from telvet.errors import EvidenceError, Fault
from telvet.evidence.documents import decoding
from telvet.evidence.documents.decoding import decode
from tests.unit.evidence.documents.pdf_files import pdf_of

PAGES = Path(__file__).parents[3] / "data" / "evidence" / "pages"
PRESS = Path(__file__).parents[5] / "shared" / "samples" / "press"
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from("\t\r\n\f\v\x85\u00a0"))


def fault_of(content: bytes, name: str = "note.txt") -> Fault:
    with pytest.raises(EvidenceError) as caught:
        decode(content, name)
    (fault,) = caught.value.faults
    assert fault.file == name
    assert fault.fix
    return fault


@given(TEXTS)
def test_a_plain_text_is_stored_exactly_as_it_is(text: str) -> None:
    assume(text.strip("\ufeff").strip())
    assert decode(text.encode(), "note.txt").text == text.removeprefix("\ufeff")
    assert decode(text.encode("utf-8-sig"), "note.txt").text == text
    assert decode(text.encode("utf-16"), "note.txt").text == text


@given(st.binary(max_size=300), st.sampled_from(["note.txt", "page.html", "paper.pdf", "x"]))
def test_any_bytes_are_read_or_refused_with_advice(content: bytes, name: str) -> None:
    assert _text_or_advice(content, name).strip()


def _text_or_advice(content: bytes, name: str) -> str:
    try:
        return decode(content, name).text
    except EvidenceError as error:
        return " ".join(fault.fix for fault in error.faults)


def test_what_a_document_is_is_told_by_its_content_first() -> None:
    article = (PAGES / "article.html").read_bytes()
    assert decode(article, "article.txt").media == "text/html"
    assert decode(b"\xef\xbb\xbf\n<!-- saved --> " + article, "x").media == "text/html"
    assert decode(pdf_of(["Text"]), "paper.txt").media == "application/pdf"
    assert decode(b"junk before\n" + pdf_of(["Text"]), "paper.pdf").media == "application/pdf"
    assert decode(b"Less < than more, and <b>bold</b>.", "note.txt").media == "text/plain"
    assert (
        decode(b"<p>No head, but a name, and words enough to be found.</p><p>More.</p>", "a.HTM").media == "text/html"
    )


def test_a_page_in_two_bytes_a_letter_is_a_page() -> None:
    source = (PAGES / "article.html").read_text("utf-8")
    assert decode(source.encode("utf-16"), "x").title == "Ministry narrows the choice of suppliers"


def test_a_page_gives_all_that_it_says_of_itself() -> None:
    found = decode((PAGES / "article.html").read_bytes(), "article.html")
    assert found.publisher == "Harbour Gazette"
    assert found.published is not None
    assert found.published.span.first.isoformat() == "2019-05-14"
    assert (found.lang, found.address) == ("en-GB", "https://harbour-gazette.example/2019/suppliers")


def test_the_declared_encoding_of_a_page_is_used() -> None:
    assert "équipement" in decode((PAGES / "notice.html").read_bytes(), "notice.html").text


def test_dates_that_contradict_one_another_are_noted_and_the_text_is_not_asked() -> None:
    head = "".join(
        f'<meta name="{name}" content="{day}">'
        for name, day in (("pubdate", "2020-01-09"), ("dc.issued", "2018-01-09"))
    )
    body = "<article><p>Published 3 March 2020</p><p>The regulator wrote to all operators in the country this week.</p></article>"
    found = decode(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "a.html")
    assert found.published is None
    assert "contradict" in found.notes[0]


def test_plain_texts_and_pdfs_are_dated_by_their_lines() -> None:
    for found in (
        decode(b"Title\r\nPublished 9 January 2020\r\nText", "a.txt"),
        decode(pdf_of(["Published 9 January 2020"]), "a.pdf"),
    ):
        assert found.published is not None
        assert found.published.span.first.isoformat() == "2020-01-09"
    assert decode(pdf_of(["Text"], information={"CreationDate": "D:20210102"}), "a.pdf").published is None


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "note.txt", "empty"),
        (b"\xef\xbb\xbf \r\n", "note.txt", "empty"),
        ("\u00a0\u2003".encode(), "note.txt", "empty"),
        (b"PK\x03\x04....", "letter.docx", "format"),
        (b"{\\rtf1 x}", "letter.rtf", "format"),
        (b"\x89PNG....", "scan.png", "format"),
        (b"\xff\xd8\xff\xe0", "scan.pdf", "format"),
        (b"plain words", "paper.pdf", "format"),
        (b"From: x\nMIME-Version: 1.0\nContent-Type: multipart/related; x", "page.mht", "format"),
        (b"<html><body><script>x</script></body></html>", "page.html", "no-text"),
        (b"%PDF-1.7 nothing", "paper.pdf", "damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_with_advice(content: bytes, name: str, code: str) -> None:
    assert fault_of(content, name).code == code


def test_large_documents_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "LARGEST", 10)
    assert fault_of(b"eleven byte").code == "too-large"
    monkeypatch.setattr(decoding, "LARGEST", 1000)
    monkeypatch.setattr(decoding, "LARGEST_PAGE", 20)
    assert fault_of(b"<html><body>Some words</body></html>").code == "too-large"


@pytest.mark.parametrize(("library", "name"), [("pypdf", "a.pdf"), ("trafilatura", "a.html")])
def test_where_a_library_is_not_installed_it_is_told_what_to_install(
    library: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    fault = fault_of(pdf_of(["Text"]) if library == "pypdf" else b"<html><p>Text</p></html>", name)
    assert (fault.code, fault.fix) == ("missing-extra", "install telvet[evidence]")


@pytest.mark.skipif(not PRESS.is_dir(), reason="the articles of the press are not here")
def test_articles_of_the_press_are_stored_to_the_byte_and_have_no_date() -> None:
    paths = sorted(PRESS.glob("*.txt"))
    assert len(paths) == 5
    for path in paths:
        found = decode(path.read_bytes(), path.name)
        assert found.media == "text/plain"
        assert found.text.encode() == path.read_bytes()
        assert found.published is None
