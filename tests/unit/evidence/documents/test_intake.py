from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pytest

from telvet.errors import EvidenceError
from telvet.evidence.documents import intake
from telvet.evidence.documents.decoding import Decoded
from telvet.evidence.documents.intake import as_known, take_in, unpublished
from telvet.model.dates import read_span
from telvet.model.evidence import Published

PAGE = """<!doctype html><html lang="en"><head><title>A ban</title>
<meta property="article:published_time" content="2019-03-05T10:00:00Z"><meta property="og:site_name" content="The Herald">
</head><body><article><h1>A ban</h1><p>%s</p></article></body></html>""" % (
    "Avaria shut the vendor out, the ministry said. " * 12
)
DAY = read_span("2019-02-01")


def test_a_text_is_kept_byte_for_byte_and_sign_for_sign(tmp_path: Path) -> None:
    text = " \u201cOne\u201d,\u00a0two.\r\n\r\nThree \U0001f4e1\r\n \t\n"
    path = tmp_path / "a b.txt"
    path.write_bytes(text.encode())
    taken = take_in(path, publisher=" The Gazette ", published=DAY, lang="en")
    kept = taken.document
    assert taken.content == text.encode()
    assert (kept.text, kept.name, kept.media) == (text, "a b.txt", "text/plain")
    assert kept.digest == hashlib.sha256(text.encode()).hexdigest()
    assert (kept.publisher, kept.lang, kept.published) == ("The Gazette", "en", Published(DAY, "stated"))


def test_the_outlets_that_it_cites_are_found_once_each_in_order(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("A minister told Reuters so. The FT reported it too. Officials told Reuters more.")
    assert take_in(path).document.origins == ("reuters", "ft")


def test_neither_the_file_nor_the_clock_says_when_it_was_published(tmp_path: Path) -> None:
    path = tmp_path / "2019-01-01.txt"
    path.write_text("Nothing in here tells a day.")
    os.utime(path, (0, 0))
    assert take_in(path).document.published is None
    assert take_in(path, publisher=" ", lang="").document.publisher is None


def test_a_page_says_when_and_by_whom_unless_somebody_knows_better(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE)
    found, stated = take_in(path).document, take_in(path, published=DAY, publisher="The Gazette").document
    assert found.published
    assert (found.published.span, found.publisher) == (read_span("2019-03-05"), "The Herald")
    assert found.published.how != "stated"
    assert stated.published == Published(DAY, "stated; the document says 2019-03-05")
    assert stated.publisher == "The Gazette"
    agreed = take_in(path, published=read_span("2019-03-05")).document.published
    assert agreed == Published(read_span("2019-03-05"), "stated")


def test_what_whoever_adds_it_should_know_is_handed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    assert take_in(path).notes == ()
    noted = Decoded("text/plain", "x", notes=("page 2 has no text",))
    monkeypatch.setattr(intake, "decode", lambda _content, _name: noted)
    assert take_in(path).notes == ("page 2 has no text",)


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test_what_cannot_be_read_is_told_with_its_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(EvidenceError) as caught:
        take_in(tmp_path / name)
    [fault] = caught.value.faults
    assert (fault.code, fault.file) == ("unreadable", (tmp_path / name).name)
    assert fault.what.startswith("the file cannot be read: ")


def test_a_name_that_is_no_text_is_kept_as_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text("words")
    assert take_in(path).document.name == "caf\ufffd.txt"
    path.unlink()
    with pytest.raises(EvidenceError) as caught:
        take_in(path)
    assert "\n".join(caught.value.lines()).encode()


def test_what_was_known_stays_unless_it_is_stated_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words")
    held = replace(take_in(path, publisher="The Gazette", published=DAY, lang="en").document, text="")
    bare = take_in(path).document
    kept = as_known(bare, held, publisher=None, published=None, lang=None)
    assert (kept.publisher, kept.published, kept.lang, kept.text) == ("The Gazette", held.published, "en", "words")
    other = read_span("2019-03")
    stated = take_in(path, publisher="The Herald", published=other).document
    better = as_known(stated, held, publisher="The Herald", published=other, lang=None)
    assert (better.publisher, better.published, better.lang) == ("The Herald", Published(other, "stated"), "en")
    assert as_known(bare, None, publisher=None, published=None, lang=None) == bare


def test_a_missing_day_is_told_with_what_to_do() -> None:
    error = unpublished("a.txt")
    assert (error.code, error.where) == ("published-missing", "a.txt")
    assert "--published YYYY-MM-DD" in error.fix
