from __future__ import annotations

import json

import pytest

from telvet.sharing.objects.reading import read_object
from telvet.sharing.store.incoming import Incoming, Refused, read_incoming, targets_of
from tests.unit.sharing.store.shop import an_object, name_of


def taken(raw: bytes) -> Incoming:
    found = read_incoming(raw)
    assert isinstance(found, Incoming)
    return found


def test_a_version_is_written_with_microseconds_and_kept_as_it_stood() -> None:
    found = taken(an_object(1, modified="2023-01-02T00:00:00.5Z"))
    assert (found.version, found.written) == ("2023-01-02T00:00:00.500000Z", "2023-01-02T00:00:00.5Z")
    only_created = json.dumps({"type": "note", "id": name_of(1, "note"), "created": "2023-01-01T00:00:00Z"}).encode()
    assert taken(only_created).version == "2023-01-01T00:00:00.000000Z"
    assert taken(an_object(1, day=None)).version == ""


@pytest.mark.parametrize(
    ("held", "spec"),
    [
        ({"created": "2023-01-01T00:00:00Z"}, "2.0"),
        ({}, "2.1"),
        ({"spec_version": "2.1", "created": "2023-01-01T00:00:00Z"}, "2.1"),
    ],
)
def test_an_object_that_does_not_say_its_spec_version_has_the_one_that_does_not_ask_for_it(
    held: dict[str, str], spec: str
) -> None:
    raw = json.dumps({"type": "note", "id": name_of(1, "note"), **held}).encode()
    assert taken(raw).spec_version == spec


@pytest.mark.parametrize(
    ("raw", "name", "said"),
    [
        (b"[]", "", "no object"),
        (b"{", "", "truncated"),
        (b"\xff", "", "no JSON"),
        (b"[" * 100_000, "", "within each other"),
        (json.dumps({"type": "note", "id": name_of(1)}).encode(), name_of(1), "note"),
        (an_object(1, modified="yesterday"), name_of(1), "moment"),
        (an_object(1, spec_version=2.1), name_of(1), "spec_version"),
        (an_object(1, spec_version="new"), name_of(1), "spec_version"),
        (an_object(1).replace(b'"spec', b'"id":"x", "spec'), "x", "twice"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_reason(raw: bytes, name: str, said: str) -> None:
    found = read_incoming(raw)
    assert isinstance(found, Refused)
    assert found.id == name
    assert said in found.why


def test_what_marks_counts_as_a_mark_wherever_else_it_stands() -> None:
    mark = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"
    raw = an_object(1, object_refs=[mark, name_of(2)], object_marking_refs=[mark], x=f"see {name_of(3)}")
    held = targets_of(read_object(raw))
    assert held == {mark: "marks", name_of(2): "holds", name_of(3): "holds"}


def test_a_writer_that_is_too_long_for_an_index_is_left_out() -> None:
    assert not targets_of(read_object(an_object(1, created_by_ref="x" * 5000)))
