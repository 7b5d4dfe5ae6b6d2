"""Where the next page begins is for whoever asked, and says nothing."""

from __future__ import annotations

import base64

from hypothesis import given
from hypothesis import strategies as st

from telvet.sharing.taxii.cursors import Cursors

CURSORS = Cursors(b"secret", 100)
QUESTION = ("ann", "northland", "intel", "collection", "objects", "", "digest")
NOW = 1_700_000_000

places = st.binary(max_size=200)


@given(places)
def test_a_place_comes_back_to_who_asked(place: bytes) -> None:
    assert CURSORS.open(CURSORS.seal(place, QUESTION, NOW), QUESTION, NOW + 100) == place


@given(places, st.data())
def test_no_character_can_be_changed(place: bytes, data: st.DataObject) -> None:
    text = CURSORS.seal(place, QUESTION, NOW)
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(codec="ascii").filter(lambda letter: letter != text[at]))
    assert CURSORS.open(text[:at] + other + text[at + 1 :], QUESTION, NOW) is None


@given(places, st.data())
def test_no_bit_can_be_changed(place: bytes, data: st.DataObject) -> None:
    raw = bytearray(base64.urlsafe_b64decode(CURSORS.seal(place, QUESTION, NOW)))
    bit = data.draw(st.integers(0, len(raw) * 8 - 1))
    raw[bit // 8] ^= 1 << bit % 8
    assert CURSORS.open(base64.urlsafe_b64encode(raw).decode(), QUESTION, NOW) is None


@given(st.integers(0, len(QUESTION) - 1), st.text(max_size=8))
def test_another_question_or_another_client_is_refused(part: int, other: str) -> None:
    text = CURSORS.seal(b"place", QUESTION, NOW)
    question = (*QUESTION[:part], other, *QUESTION[part + 1 :])
    assert (CURSORS.open(text, question, NOW) is None) == (question != QUESTION)


def test_parts_of_a_question_do_not_run_together() -> None:
    text = CURSORS.seal(b"place", ("ab", "c"), NOW)
    assert CURSORS.open(text, ("a", "bc"), NOW) is None


def test_another_secret_opens_nothing() -> None:
    assert Cursors(b"other", 100).open(CURSORS.seal(b"place", QUESTION, NOW), QUESTION, NOW) is None


def test_it_holds_for_a_while() -> None:
    text = CURSORS.seal(b"place", QUESTION, NOW)
    assert CURSORS.open(text, QUESTION, NOW + 101) is None
    assert CURSORS.open(text, QUESTION, NOW - 1) is None


@given(st.binary(max_size=70), st.binary(max_size=70))
def test_the_length_of_the_text_tells_nothing_of_the_place(one: bytes, other: bytes) -> None:
    assert len(CURSORS.seal(one, QUESTION, NOW)) == len(CURSORS.seal(other, QUESTION, NOW))


def test_one_place_is_never_written_twice_alike() -> None:
    assert CURSORS.seal(b"place", QUESTION, NOW) != CURSORS.seal(b"place", QUESTION, NOW)


@given(st.text(max_size=300))
def test_made_up_text_leads_nowhere(text: str) -> None:
    assert CURSORS.open(text, QUESTION, NOW) is None


@given(places)
def test_another_spelling_of_the_same_bytes_is_refused(place: bytes) -> None:
    text = CURSORS.seal(place, QUESTION, NOW)
    for other in (text.replace("-", "+").replace("_", "/"), text + "====", text + "\n"):
        assert (CURSORS.open(other, QUESTION, NOW) is None) == (other != text)
