from __future__ import annotations

import hashlib
import json

import pytest

from telvet.errors import SharingError
from telvet.sharing.marking.bundles import digest_of, read_pieces
from tests.unit.sharing.marking.bundles import FAULTY, bundle, indicator


@pytest.mark.parametrize("data", [FAULTY, bundle(), bundle(indicator(1)), b'{"objects":[],"type":"bundle"}'])
def test_a_bundle_is_put_together_as_it_was(data: bytes) -> None:
    pieces = read_pieces(data, "b.json")
    assert pieces.written(pieces.texts) == data
    assert pieces.digest == digest_of(data) == hashlib.sha256(data).hexdigest()
    assert [json.loads(text) for text in pieces.texts] == list(pieces.objects)


def test_objects_go_and_come() -> None:
    pieces = read_pieces(FAULTY, "b.json")
    made = json.loads(pieces.written([*pieces.texts[:2], '{"new": 1}']))
    assert made["objects"] == [*pieces.objects[:2], {"new": 1}]
    assert json.loads(pieces.written([]))["objects"] == []
    assert json.loads(read_pieces(bundle(), "b").written(['{"new": 1}']))["objects"] == [{"new": 1}]


def test_everything_that_is_no_object_is_told_at_once() -> None:
    with pytest.raises(SharingError) as caught:
        read_pieces(b'{"objects": [1, {"id": 2, "type": "x"}, {"id": "x", "type": "y"}, {"id": "x"}]}', "b.json")
    assert [fault.record for fault in caught.value.faults] == [1, 2, 4]
    with pytest.raises(SharingError) as told:
        read_pieces(b'{"Event": {"info": "i", "uuid": "u"}}', "b.json")
    assert told.value.code == "not-a-bundle"
