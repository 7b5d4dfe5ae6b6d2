from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from telvet.sharing.marking.splicing import elements, members, rejoined, spliced

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
OBJECTS = st.dictionaries(st.text(max_size=4), VALUES, max_size=5)


@given(OBJECTS, OBJECTS, st.sampled_from([None, 1, "\t"]))
def test_setting_keys_of_the_text_is_setting_them_of_the_object(
    held: dict[str, Any], changes: dict[str, Any], indent: int | str | None
) -> None:
    text = json.dumps(held, indent=indent)
    wanted = {key: value for key, value in {**held, **changes}.items() if changes.get(key, 0) is not None}
    made = json.loads(spliced(text, changes))
    assert made == wanted
    assert spliced(text, {}) == text


@given(OBJECTS, st.sampled_from([None, 2]))
def test_every_member_is_found_where_it_stands(held: dict[str, Any], indent: int | None) -> None:
    text = json.dumps(held, indent=indent)
    found = members(f"  {text}")
    assert [(one.key, json.loads(f"  {text}"[one.start : one.end])) for one in found] == list(held.items())


@given(st.lists(VALUES, max_size=5), st.sampled_from([None, 2]))
def test_every_element_is_found_where_it_stands(held: list[Any], indent: int | None) -> None:
    text = json.dumps(held, indent=indent)
    spans = elements(text, 0)
    assert [json.loads(text[start:end]) for start, end in spans] == held
    assert json.loads(rejoined(text, spans, ['"x"', "2"])) == ["x", 2]
    assert json.loads(rejoined(text, spans, [])) == []


def test_numbers_and_spaces_that_nobody_changed_stay_as_they_were_written() -> None:
    text = '{ "a" :1.50,  "b":[ 1 ],"c" : 1e3 }'
    assert spliced(text, {"b": ["x"]}) == '{ "a" :1.50,  "b":["x"],  "c" : 1e3 }'
    assert spliced(text, {"d": 1}) == '{ "a" :1.50,  "b":[ 1 ],  "c" : 1e3,  "d" :1 }'
