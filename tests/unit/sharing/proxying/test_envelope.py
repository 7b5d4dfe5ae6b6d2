from __future__ import annotations

import json

import pytest

from telvet.errors import SourceError
from telvet.sharing.proxying.envelope import Entry, moment, parsed, read_envelope, read_manifest
from tests.unit.sharing.proxying.views import name, stix

RAW = json.dumps(stix(1), indent=1).encode()


def test_objects_keep_their_exact_bytes() -> None:
    envelope = read_envelope(b'{"objects": [ ' + RAW + b' ], "more": true, "next": "n"}', 1)
    assert [thing.raw for thing in envelope.things] == [RAW]
    assert (envelope.more, envelope.next, envelope.unreadable) == (True, "n", ())


def test_an_envelope_may_be_empty_and_a_cursor_without_more_is_none() -> None:
    assert read_envelope(b"{}", 1).things == ()
    assert read_envelope(b'{"next": "n"}', 1).next == ""


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"null", b"{", b"\xff", b'{"more": 1}', b'{"objects": {}}', b'{"objects": null}', b'{"objects": [1]}',
        b'{"objects": ["x"]}', b'{"objects": [{}]}', b'{"objects": [{"id": "bundle--1", "type": "bundle"}]}',
        b'{"objects": [{"id": "' + name("malware", 1).encode() + b'", "type": "indicator"}]}',
        b'{"next": ' + b"[" * 5000 + b"]" * 5000 + b"}", b'{"objects": [' + b"[" * 100_000 + b"]" * 100_000 + b"]}",
    ],
)  # fmt: skip
def test_what_is_no_page_is_an_error(body: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        read_envelope(body, 10)
    assert caught.value.code == "source-failed"


def test_more_than_was_asked_for_is_an_error() -> None:
    with pytest.raises(SourceError, match="2 objects where 1"):
        read_envelope(b'{"objects": [' + RAW + b"," + RAW + b"]}", 1)


@pytest.mark.parametrize(
    "more", [b',"x_mark":"withhold"}', b',"created":"yesterday"}', b',"x":' + b"[" * 200 + b"]" * 200 + b"}"]
)
def test_an_object_that_may_be_read_in_two_ways_is_set_aside(more: bytes) -> None:
    odd = RAW.rstrip()[:-1] + more
    envelope = read_envelope(b'{"objects": [' + odd + b"]}", 1)
    assert envelope.things == ()
    assert [one.id for one in envelope.unreadable] == [name("indicator", 1)]


def test_a_manifest_tells_dates() -> None:
    entry = {
        "id": "x",
        "date_added": "2020-01-01T00:00:00.000001Z",
        "version": "2019-01-01T00:00:00Z",
        "media_type": "m",
    }
    entries, more = read_manifest(json.dumps({"objects": [entry], "more": True}).encode(), 1)
    assert entries == [Entry("x", 1_546_300_800_000_000, 1_577_836_800_000_001)]
    assert more
    with pytest.raises(SourceError):
        read_manifest(json.dumps({"objects": [entry, entry]}).encode(), 1)
    with pytest.raises(SourceError):
        read_manifest(json.dumps({"objects": [{**entry, "date_added": "now"}]}).encode(), 1)


@pytest.mark.parametrize("text", ["", "2020-01-01", "1969-12-31T23:59:59Z", "2020-02-30T00:00:00Z", None, 3])
def test_what_is_no_moment_since_1970_is_an_error(text: object) -> None:
    with pytest.raises(SourceError):
        moment(text)


def test_a_form_is_held_to() -> None:
    assert parsed(b"[1]", list[int]) == [1]
    with pytest.raises(SourceError):
        parsed(b'["1"]', list[int])
