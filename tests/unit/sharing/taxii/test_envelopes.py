"""What a client sends to be added."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.sharing.taxii.envelopes import read_envelope
from telvet.sharing.taxii.refusals import Refusal
from tests.simulators.taxii import indicator

ONE = indicator(1).body
OTHER = indicator(2).body


def envelope(*objects: bytes) -> bytes:
    return b'{"objects": [ ' + b" , ".join(objects) + b" ]}"


def test_the_bytes_of_an_object_are_kept_as_they_came() -> None:
    assert read_envelope(envelope(ONE, OTHER)) == [ONE, OTHER]


def test_properties_that_are_not_understood_are_ignored() -> None:
    assert read_envelope(b'{"type":"bundle","more":false,"x_a":[1],"objects":[' + ONE + b"]}") == [ONE]


def test_numbers_are_nobodys_concern() -> None:
    long = ONE.replace(b"1.0", b"9" * 6000)
    assert read_envelope(envelope(long)) == [long]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{}}",
        b"\xff",
        b'{"objects":[{"id":NaN}]}',
        b'{"objects":[Infinity]}',
        b"\xef\xbb\xbf{}",
        envelope(ONE[:-1]),
        b"'a'",
    ],
)
def test_what_is_no_json_is_malformed(body: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        read_envelope(body)
    assert (caught.value.status, caught.value.code) == (400, "malformed")


@pytest.mark.parametrize(
    "body",
    [
        b"{}", b"[]", b"1", b'"a"', b'{"objects":[]}', b'{"objects":{}}', b'{"objects":null}', ONE, envelope(b"1"), envelope(b"{}"),
        envelope(ONE, b'{"id":"x--1"}'), envelope(b'{"id":"identity--1","type":"identity"}'), envelope(b'{"id":1,"type":"a"}'),
        envelope(b'{"id":"malware--00000000-0000-4000-8000-000000000001","type":"indicator"}'),
        envelope(ONE.replace(b'"n"', b'"id"')), envelope(ONE.replace(b'"n"', b'"n":{"a":1,"a":2},"m"')),
        envelope(ONE.replace(b"1.0", b'"\\ud800"')), envelope(ONE.replace(b"1.0", b'"\\uDC00\\ud800"')),
        b'{"objects":[],"objects":[' + ONE + b"]}", b"[" * 100_000 + b"]" * 100_000, envelope(b"[" * 100_000 + b"]" * 100_000),
    ],
)  # fmt: skip
def test_what_is_no_envelope_of_objects_cannot_be_processed(body: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        read_envelope(body)
    assert caught.value.status == 422


def test_it_says_which_member_is_wrong() -> None:
    with pytest.raises(Refusal) as caught:
        read_envelope(envelope(ONE, b"{}"))
    assert caught.value.details == {"place": 1}


@given(st.text(max_size=20))
def test_text_goes_through_in_any_spelling(text: str) -> None:
    for ascii_ in (True, False):
        spelled = json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=ascii_).encode()
        changed = ONE.replace(b"1.0", spelled)
        assert read_envelope(envelope(changed)) == [changed]


@given(st.binary(max_size=60))
def test_no_bytes_make_it_fail(body: bytes) -> None:
    with suppress(Refusal):
        read_envelope(body)
