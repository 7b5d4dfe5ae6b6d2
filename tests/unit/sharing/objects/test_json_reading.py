from __future__ import annotations

import pytest

from telvet.sharing.objects.json_reading import DEEPEST, read_json, twice_on_top


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "not-json"), (b"{", "not-json"), (b"[1,]", "not-json"), (b"NaN", "not-json"), (b"[Infinity]", "not-json"),
        (b"[1e999]", "not-json"), (b'"\\ud800"', "not-json"), (b'"\\udc00\\ud800"', "not-json"), (b'"\xed\xa0\x80"', "encoding"),
        (b'"\xff"', "encoding"), (b"{} {}", "not-json"), (b"'a'", "not-json"), (b'{"a":1,"a":2}', "key-twice"),
        (b'{"a":1,"\\u0061":1}', "key-twice"), (b'[{"x":[{"a":{},"b":2,"a":3}]}]', "key-twice"),
        (b'{"a":1,"a":"\\u0022\\u0022"}', "key-twice"), (b'{"a":"\\u0022","b":"\\u0022","c":1,"c":1}', "key-twice"),
        (b'{"":1,"":2}', "key-twice"), (b'{"a\\"":1,"a\\u0022":2}', "key-twice"),
        (nested(DEEPEST + 1), "too-deep"), (nested(5000), "too-deep"), (nested(200_000), "too-deep"),
        (b'{"a":' * 101 + b"1" + b"}" * 101, "too-deep"),
    ],
)  # fmt: skip
def test_what_two_readers_could_read_in_two_ways_is_refused(raw: bytes, code: str) -> None:
    value, wrong = read_json(raw)
    assert value is None
    assert wrong is not None
    assert wrong.code == code


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b"9007199254740993", 9007199254740993), (b"123456789012345678901234567890", 123456789012345678901234567890),
        (b'{"a":{"a":{"a":1}},"b":[{"a":1},{"a":1}]}', {"a": {"a": {"a": 1}}, "b": [{"a": 1}, {"a": 1}]}),
        (b'{"a":"\\u0022b\\u0022: \\\\u0022"}', {"a": '"b": \\u0022'}), (b'"\\ud83d\\ude00"', "\U0001f600"),
        (b'{"a":"{[{[\\"a\\":1,\\"a\\""}', {"a": '{[{["a":1,"a"'}),
    ],
)  # fmt: skip
def test_what_is_merely_unusual_is_read(raw: bytes, value: object) -> None:
    assert read_json(raw) == (value, None)


def test_as_deep_as_may_be_is_read() -> None:
    assert read_json(nested(DEEPEST))[1] is None
    assert read_json(b"[" + b",".join([nested(DEEPEST - 1)] * 3) + b"]")[1] is None


def test_a_fault_of_json_names_the_line_and_column() -> None:
    wrong = read_json(b'{\n  "a": 1,\n  "b" 2\n}')[1]
    assert wrong is not None
    assert "line 3, column 7" in wrong.what


def test_a_key_of_the_outermost_object_alone_is_looked_for_where_the_rest_is_read_later() -> None:
    twice = b'{"objects":[1],"objects":[2]}'
    assert twice_on_top(twice, {"objects": b"[2]"}) is not None
    assert twice_on_top(b'{"a":{"b":1,"b":2}}', {"a": b'{"b":1,"b":2}'}) is None
    assert twice_on_top(b'{"a\\"":1}', {'a"': b"1"}) is None


def test_a_key_twice_among_very_many_is_found_quickly() -> None:
    keys = b",".join(b'"k%d":1' % number for number in range(200_000))
    wrong = read_json(b"{" + keys + b',"k199999":2}')[1]
    assert wrong is not None
    assert wrong.field == "k199999"
