from __future__ import annotations

import io

import pytest
from pypdf import PdfWriter

from telvet.errors import EvidenceError, Fault
from telvet.evidence.documents import decoding_pdf
from telvet.evidence.documents.decoding_pdf import BETWEEN_PAGES, read_pdf
from tests.unit.evidence.documents.pdf_files import pdf_of, pdf_of_contents


def fault_of(content: bytes) -> Fault:
    with pytest.raises(EvidenceError) as caught:
        read_pdf(content, "paper.pdf")
    (fault,) = caught.value.faults
    assert fault.file == "paper.pdf"
    assert fault.fix
    return fault


def protected(password: str) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf_of(["A secret."])))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_pages_are_joined_by_a_form_feed_and_keep_their_signs() -> None:
    paper = read_pdf(pdf_of(["Non\u00a0breaking “quote”", "Page two"]), "paper.pdf")
    first, second = paper.text.split(BETWEEN_PAGES)
    assert first.strip("\n") == "Non\u00a0breaking “quote”"
    assert second.strip("\n") == "Page two"


def test_a_pdf_says_its_title_and_language_and_the_day_of_the_file_is_only_noted() -> None:
    information = {"Title": "A  title", "CreationDate": "D:20210102030405Z"}
    paper = read_pdf(pdf_of(["Text"], information=information, lang="en-GB"), "paper.pdf")
    assert (paper.title, paper.lang) == ("A title", "en-GB")
    assert paper.notes == ("the file was made on 2021-01-02, which is not taken for its publication",)


def test_pages_without_text_are_noted() -> None:
    assert read_pdf(pdf_of(["Text", "", ""]), "paper.pdf").notes == (
        "no text on 2 of 3 pages (2, 3): blank, or pictures",
    )


def test_a_pdf_of_pictures_is_told() -> None:
    fault = fault_of(pdf_of(["", ""]))
    assert fault.code == "no-text"
    assert "OCR" in fault.fix


def test_a_pdf_with_a_password_is_told_and_one_that_opens_to_all_is_read() -> None:
    assert fault_of(protected("secret")).code == "encrypted"
    assert read_pdf(protected(""), "paper.pdf").text.strip() == "A secret."


@pytest.mark.parametrize(
    "content", [b"%PDF-1.4\n" + b"x" * 500, pdf_of(["Text"])[:300], pdf_of(["Text"])[:-200], b"%PDF-"]
)
def test_a_damaged_pdf_is_told(content: bytes) -> None:
    assert fault_of(content).code == "damaged"


def test_pages_text_and_work_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    three = pdf_of(["some words"] * 3)
    for bound, value in (("_MOST_PAGES", 2), ("_MOST_TEXT", 20), ("_MOST_WORK", 40)):
        with monkeypatch.context() as patched:
            patched.setattr(decoding_pdf, bound, value)
            assert fault_of(three).code == "too-large"
    assert read_pdf(three, "paper.pdf").text.count("some words") == 3


@pytest.mark.slow
@pytest.mark.parametrize("content", [b"a" * 100_000_000, b"BT /F1 12 Tf (" + b"a" * 30_000_000 + b") Tj ET"])
def test_a_small_file_that_unpacks_to_much_is_refused(content: bytes) -> None:
    packed = pdf_of_contents([content])
    assert len(packed) < 150_000
    assert fault_of(packed).code in {"too-large", "damaged"}


def test_signs_without_letters_are_told() -> None:
    letters = "\x01" * 50
    assert fault_of(pdf_of_contents([b"BT /F1 12 Tf (" + letters.encode() + b") Tj ET"])).code == "no-text"
