from __future__ import annotations

import pytest

from telvet.sharing.audit.notes import Note, Signature, from_base64, is_name, to_base64

TEXT = "one\n\ntwo\n"
NOTE = Note(TEXT, (Signature("example.org/a", b"\x01\x02\x03\x04", b"signature"), Signature("b", b"\0\0\0\0", b"x")))


def test_a_note_is_read_back_as_it_was_written() -> None:
    assert Note.read(NOTE.written()) == NOTE
    assert NOTE.written().startswith("one\n\ntwo\n\n\u2014 example.org/a ")


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "text\n",
        "text\n\n",
        NOTE.written()[:-1],
        NOTE.written() + "\n",
        NOTE.written().replace("\u2014", "-"),
        NOTE.written().replace("one", "on\te"),
        "text\n\n\u2014 name AQIDBA==\n",
        "text\n\n\u2014 na+me AQIDBAU=\n",
        "text\n\n\u2014 name AQIDBAV=\n",
        "text\n\n\u2014 name  AQIDBAU=\n",
        "text\n\n" + "\u2014 name AQIDBAU=\n" * 101,
        "x" * 1_000_001,
    ],
    ids=range(13),
)
def test_what_is_not_exactly_a_note_is_refused(broken: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Note.read(broken)


def test_a_hundred_signatures_are_read() -> None:
    assert len(Note.read("text\n\n" + "\u2014 name AQIDBAU=\n" * 100).signatures) == 100


def test_base64_has_one_spelling() -> None:
    assert from_base64(to_base64(b"ab")) == b"ab" == from_base64("YWI=")
    for other in ("YWJ=", "YWI", "YW I=", "YWI=\n", "é"):
        with pytest.raises(ValueError, match="base64"):
            from_base64(other)


def test_a_name_has_no_space_and_no_plus() -> None:
    assert is_name("example.org/sharing")
    assert not any(is_name(name) for name in ("", "a b", "a+b", "a\u00a0b", "a\u2003b", "a\nb", "a\x00b"))
