from __future__ import annotations

import json
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.evidence.proposing.endpoint_json import read_json

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)  # fmt: skip


@given(values)
def test_json_is_read_as_it_is(value: object) -> None:
    assert read_json(json.dumps(value)) == value
    assert read_json(json.dumps(value).encode()) == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 1, "a": 2}', "twice"),
        ('[{"a": {"b": 1, "c": 2, "b": 3}}]', "twice"),
        ("[NaN]", "beyond reach"),
        ("[-Infinity]", "beyond reach"),
        ("[1e999]", "beyond reach"),
        ("[" + "9" * 5000 + "]", "beyond reach"),
        ("[" * 21 + "]" * 21, "nested"),
        ("[" * 200_000, "nested"),
        ('{"a":' * 100_000, "nested"),
        ("Sure! Here is the list: []", "not JSON"),
        ("```json\n[]\n```", "not JSON"),
        ("[] []", "not JSON"),
        ("", "not JSON"),
        ('["\n"]', "not JSON"),
        ("\ufeff[]", "not JSON"),
        (b'["\xff"]', "UTF-8"),
        ("[]".encode("utf-16"), "UTF-8"),
    ],
)
def test_what_is_not_quite_json_is_told(text: str | bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_json(text)


def test_brackets_in_a_string_are_no_depth() -> None:
    assert read_json('["' + "[" * 100 + '\\"' + "[" * 100 + '"]') == ["[" * 100 + '"' + "[" * 100]
    assert read_json("[" * 20 + "]" * 20)


@pytest.mark.parametrize("text", ['\\"' * 500_000, '"' + '\\"' * 500_000, '"' * 500_001, '"\\' * 500_001])
def test_a_text_made_to_be_slow_is_refused_quickly(text: str) -> None:
    began = perf_counter()
    with pytest.raises(ValueError, match="JSON"):
        read_json(text)
    assert perf_counter() - began < 2
