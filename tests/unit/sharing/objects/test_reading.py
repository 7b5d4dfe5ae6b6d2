from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from telvet.errors import SharingError
from telvet.sharing.objects.reading import read_bundle, read_object
from tests.unit.sharing.objects.things import name

SAMPLE = Path(__file__).resolve().parents[4].parent / "shared" / "samples" / "stix" / "ics-attack-18.1.json"
ONE = b'{ "type" : "indicator", "id":"%s", "score": 1.00 }' % name("indicator", 1).encode()
TWO = b'{"type":"malware","id":"%s"}' % name("malware", 2).encode()


def codes(data: bytes) -> list[tuple[int | None, str]]:
    _, faults = read_bundle(data, "f.json", strict=False)
    return [(fault.record, fault.code) for fault in faults]


@pytest.mark.parametrize(
    ("data", "identity"),
    [
        (b'{"type":"bundle","id":"bundle--x","objects":[%s,\n %s]}', "bundle--x"), (b'{"objects":[%s,%s],"more":false}', ""),
        (b'{"more":true,"next":"5","objects":[%s,%s]}', ""), (b" [%s,%s]\n", ""), (b"\xef\xbb\xbf[%s,%s]", ""),
    ],
)  # fmt: skip
def test_each_form_holds_its_objects_byte_for_byte(data: bytes, identity: str) -> None:
    bundle = read_bundle(data % (ONE, TWO), "f.json")
    assert [thing.raw for thing in bundle.things] == [ONE, TWO]
    assert [thing.held["type"] for thing in bundle.things] == ["indicator", "malware"]
    assert bundle.id == identity


def test_one_object_is_a_file_too() -> None:
    assert [thing.raw for thing in read_bundle(ONE, "f.json").things] == [ONE]


@pytest.mark.parametrize("data", [b"{}", b'{"more":false}', b'{"type":"bundle","id":"bundle--x"}', b"[]"])
def test_nothing_in_it_is_no_fault(data: bytes) -> None:
    assert read_bundle(data, "f.json").things == ()


def test_an_object_with_objects_in_it_is_no_bundle() -> None:
    observed = {"type": "observed-data", "id": name("observed-data", 1), "objects": {"0": {"type": "file"}}}
    (thing,) = read_bundle(json.dumps(observed).encode(), "f.json").things
    assert thing.held == observed


def wrong(**values: Any) -> bytes:
    held = {"type": "indicator", "id": name("indicator", 1), **values}
    return json.dumps({key: value for key, value in held.items() if value is not None}).encode()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (wrong(type=None), ["missing"]), (wrong(id=None), ["missing"]), (wrong(id=None, type=None), ["missing", "missing"]),
        (wrong(id=5), ["missing"]), (wrong(type=["indicator"]), ["missing"]), (wrong(id="indicator--x"), ["id-malformed"]),
        (wrong(id=name("indicator", "A")), ["id-malformed"]), (wrong(id=f"{name('indicator', 1)}\n"), ["id-malformed"]),
        (wrong(type="x" * 251, id=name("x" * 251, 1)), ["id-malformed"]), (wrong(id=name("malware", 1)), ["id-disagrees"]),
        (wrong(modified="yesterday", created=3), ["not-a-moment", "not-a-moment"]), (wrong(extensions=[]), ["not-a-mapping"]),
        (wrong(type="bundle", id=name("bundle", 1)), ["bundle-within"]), (b"5", ["no-object"]), (b"[]", ["no-object"]),
        (b'{"type":"a","type":"b","id":"c"}', ["key-twice"]), (b'"\xff"', ["encoding"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_object_is_told_with_its_number(raw: bytes, expected: list[str]) -> None:
    data = b'{"type":"bundle","id":"b","objects":[%s,%s,%s]}' % (ONE, raw, TWO)
    assert codes(data) == [(2, code) for code in expected]
    bundle, _ = read_bundle(data, "f.json", strict=False)
    assert [thing.raw for thing in bundle.things] == [ONE, TWO]
    with pytest.raises(SharingError) as caught:
        read_object(raw)
    assert [fault.code for fault in caught.value.faults] == expected


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-json"), (b"no", "not-json"), (b'{"objects":{}}', "not-json"), (b'{"objects":5}', "not-json"),
        (b'{"type":"bundle","id":5,"objects":[]}', "id-malformed"), (b'{"objects":[],"objects":[]}', "key-twice"),
        (b'{"type":"bundle","type":"bundle","id":"b"}', "key-twice"), (b"[" * 200_000, "too-deep"), (b'{"objects":[', "not-json"),
        (b'{"objects":null}', "not-json"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_file_is_told_without_a_number(data: bytes, code: str) -> None:
    assert codes(data) == [(None, code)]


def test_another_file_is_no_empty_envelope() -> None:
    assert codes(b'{"rows":[]}') == [(1, "missing"), (1, "missing")]


def test_all_faults_of_a_file_are_one_error() -> None:
    with pytest.raises(SharingError, match=r"f.json has 4 faults") as caught:
        read_bundle(b'[{"type":"a"},5,{"id":"indicator--"}]', "f.json")
    assert [fault.record for fault in caught.value.faults] == [1, 2, 3, 3]
    assert "f.json, record 2: this is no object of STIX" in "\n".join(caught.value.lines())


def test_a_large_real_bundle_is_read_whole() -> None:
    if not SAMPLE.exists():
        pytest.skip("../shared/samples is missing: the bundle is read in place and never copied")
    data = SAMPLE.read_bytes()
    bundle = read_bundle(data, SAMPLE.name)
    assert [thing.held for thing in bundle.things] == json.loads(data)["objects"]
    assert all(thing.raw in data for thing in bundle.things[:20])
