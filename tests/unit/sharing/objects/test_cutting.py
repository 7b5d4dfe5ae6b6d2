from __future__ import annotations

import pytest

from telvet.sharing.markings.selectors import Path
from telvet.sharing.objects.cutting import cut, split, written

RAW = (
    b'{ "a" : 1.00, "b":[ 1e2 , {"x":"\\u00e9", "y" :[0]} , 12345678901234567890123], "c":{"d":{"e":null}}, "n":null }'
)


@pytest.mark.parametrize(
    ("paths", "left", "gone"),
    [
        ([], b'{"a":1.00,"b":[ 1e2 , {"x":"\\u00e9", "y" :[0]} , 12345678901234567890123],"c":{"d":{"e":null}},"n":null}', set()),
        ([("a",), ("n",)], b'{"b":[ 1e2 , {"x":"\\u00e9", "y" :[0]} , 12345678901234567890123],"c":{"d":{"e":null}}}', {("a",), ("n",)}),
        ([("b", 1, "x"), ("c",)], b'{"a":1.00,"b":[1e2,{"y":[0]},12345678901234567890123],"n":null}', {("b", 1, "x"), ("c",)}),
        ([("b", 0), ("b", 2), ("c",)], b'{"a":1.00,"b":[{"x":"\\u00e9", "y" :[0]}],"n":null}', {("b", 0), ("b", 2), ("c",)}),
        ([("b",), ("c", "d", "e")], b'{"a":1.00,"n":null}', {("b",), ("c",)}),
        ([("b",), ("c",), ("c", "d")], b'{"a":1.00,"n":null}', {("b",), ("c",)}),
        ([("b", 0), ("b", 1), ("b", 2), ("c",)], b'{"a":1.00,"n":null}', {("b",), ("c",)}),
        ([("b", 1, "x"), ("b", 1, "y", 0), ("c",)], b'{"a":1.00,"b":[1e2,12345678901234567890123],"n":null}', {("b", 1), ("c",)}),
    ],
)  # fmt: skip
def test_what_is_at_the_paths_is_gone_and_all_else_is_as_it_was(
    paths: list[Path], left: bytes, gone: set[Path]
) -> None:
    made = cut(RAW, paths)
    assert written(made.top) == left
    assert made.gone == gone


@pytest.mark.parametrize(
    "path", [("z",), ("a", "b"), ("a", 0), ("b", 3), ("b", "x"), ("b", 1, 0), ("c", 0), ("n", "x")]
)
def test_a_path_to_nothing_takes_nothing(path: Path) -> None:
    made = cut(RAW, [path])
    assert made.gone == frozenset()
    assert written(made.top) == written(split(RAW))


def test_what_was_empty_before_stays() -> None:
    assert written(cut(b'{"a":[[],{}],"b":1}', [("b",)]).top) == b'{"a":[[],{}]}'
    assert written(cut(b'{"a":[[],{},5]}', [("a", 2)]).top) == b'{"a":[[],{}]}'
