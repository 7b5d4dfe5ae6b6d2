from __future__ import annotations

import json

import pytest

from telvet.errors import SharingError
from telvet.sharing.marking.documents import parsed_json, read_marked
from tests.unit.sharing.marking.bundles import FAULTY

EVENT = {"uuid": "u", "info": "i", "distribution": "3"}


def test_a_bundle_is_read() -> None:
    read = read_marked(FAULTY, "b.json")
    assert (read.kind, read.size, read.events) == ("STIX bundle", 8, ())


@pytest.mark.parametrize(
    ("value", "count"),
    [(EVENT, 1), ({"Event": EVENT}, 1), ([{"Event": EVENT}, EVENT], 2), ({"response": [{"Event": EVENT}] * 3}, 3)],
)
def test_events_are_read_however_they_are_wrapped(value: object, count: int) -> None:
    read = read_marked(b"\xef\xbb\xbf" + json.dumps(value).encode(), "e.json")
    assert (read.kind, read.size, read.events[0]["info"]) == ("MISP events", count, "i")


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (b"{", ["not-json"]),
        (b"", ["not-json"]),
        (b"\xff\xfe", ["encoding"]),
        (b"[" * 100_000, ["not-json"]),
        (b'{"objects": [' + b"9" * 5000 + b"]}", ["not-json"]),
        (b'{"a": 1}', ["not-a-bundle"]),
        (b'{"objects": {}}', ["not-a-bundle"]),
        (b"[]", ["not-a-bundle"]),
        (b'[{"info": "i", "uuid": "u"}, 3]', ["not-a-bundle"]),
        (b'{"objects": [{"id": "x", "a": 1, "a": 2}, {"b": NaN, "b": 1}]}', ["key-twice", "not-json", "key-twice"]),
    ],
)
def test_what_cannot_be_read_is_told_with_every_fault(data: bytes, codes: list[str]) -> None:
    with pytest.raises(SharingError) as caught:
        read_marked(data, "b.json")
    assert [fault.code for fault in caught.value.faults] == codes
    assert all(fault.file == "b.json" for fault in caught.value.faults)


def test_a_key_that_is_given_twice_is_named_with_the_object() -> None:
    with pytest.raises(SharingError) as caught:
        parsed_json(b'{"id": "x", "object_marking_refs": [], "object_marking_refs": []}', "b.json")
    assert "object_marking_refs; its id is 'x'" in caught.value.faults[0].what
