from __future__ import annotations

import json
import struct

import pytest

from telvet.sharing.audit.canonical import canonical, parsed

# RFC 8785, appendix B: the bits of a number, and its spelling.
NUMBERS = (
    ("0000000000000000", "0"),
    ("8000000000000000", "0"),
    ("0000000000000001", "5e-324"),
    ("8000000000000001", "-5e-324"),
    ("7fefffffffffffff", "1.7976931348623157e+308"),
    ("ffefffffffffffff", "-1.7976931348623157e+308"),
    ("4340000000000000", "9007199254740992"),
    ("c340000000000000", "-9007199254740992"),
    ("4430000000000000", "295147905179352830000"),
    ("44b52d02c7e14af5", "9.999999999999997e+22"),
    ("44b52d02c7e14af6", "1e+23"),
    ("44b52d02c7e14af7", "1.0000000000000001e+23"),
    ("444b1ae4d6e2ef4e", "999999999999999700000"),
    ("444b1ae4d6e2ef4f", "999999999999999900000"),
    ("444b1ae4d6e2ef50", "1e+21"),
    ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
    ("3eb0c6f7a0b5ed8d", "0.000001"),
    ("41b3de4355555553", "333333333.3333332"),
    ("41b3de4355555554", "333333333.33333325"),
    ("41b3de4355555555", "333333333.3333333"),
    ("41b3de4355555556", "333333333.3333334"),
    ("41b3de4355555557", "333333333.33333343"),
    ("becbf647612f3696", "-0.0000033333333333333333"),
    ("43143ff3c1cb0959", "1424953923781206.2"),
)


@pytest.mark.parametrize(("bits", "spelled"), NUMBERS)
def test_numbers_are_spelled_as_in_the_appendix_of_the_standard(bits: str, spelled: str) -> None:
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    assert canonical(number) == spelled.encode()


def test_the_example_of_the_standard_comes_out_as_printed_there() -> None:
    given = rb"""{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}"""
    expected = (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )
    assert canonical(json.loads(given)).decode() == expected


def test_keys_stand_in_the_order_of_their_utf_16_units() -> None:
    keys = ["\r", "1", "\u0080", "ö", "€", "\U0001f600", "\ufb33"]
    assert list(json.loads(canonical(dict.fromkeys(reversed(keys), 0)))) == keys


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), 2**53, -(2**53), "\ud800", {"\udfff": 1}, {1: 2}, b"bytes", object(), {"a": [set()]}],
    ids=repr,
)
def test_what_json_cannot_hold_exactly_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        canonical(value)  # type: ignore[arg-type]  # that is the point


def test_what_nests_too_deeply_is_refused_both_ways() -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(ValueError, match="nested"):
        canonical(deep)  # type: ignore[arg-type]  # as deep as no type says
    with pytest.raises(ValueError, match="nested"):
        parsed(b"[" * 100_000 + b"]" * 100_000)
    while deep:
        deep = deep.pop()  # type: ignore[assignment]


def test_only_the_canonical_spelling_is_read_back() -> None:
    assert parsed(b'{"a":[1,true,null,"x"]}') == {"a": [1, True, None, "x"]}
    assert parsed(b"100000000000000000000") == 1e20
    for other in (
        b'{"a": 1}',
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'"\\u0041"',
        b"1.0",
        b"[1]\n",
        b"NaN",
        b"{",
        b"\xff",
    ):
        with pytest.raises(ValueError, match=r"\w"):
            parsed(other)
