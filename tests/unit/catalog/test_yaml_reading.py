from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from telvet.catalog.yaml_reading import parse_yaml, read_yaml
from telvet.errors import CatalogError, PackError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2019-10-03", "2019-10-03"), ("yes", "yes"), ("on", "on"), ("NO", "NO"), ("true", True), ("False", False), ("~", None),
        ("null", None), ("12", 12), ("-3", -3), ("010", "010"), ("1.5", 1.5), ("12E3", "12E3"), ("0x1F", "0x1F"), ("1_000", "1_000"),
        ("'12'", "12"), ('"true"', "true"), ("12:30", "12:30"), (".5", ".5"), ("=", "="), ("[a, 1]", ["a", 1]), ("", None),
        ("{a: {b: [1]}}", {"a": {"b": [1]}}), ("|\n  x\n", "x\n"), ("{2019: x, true: y}", {"2019": "x", "true": "y"}),
    ],
)  # fmt: skip
def test_only_words_and_plain_numbers_are_more_than_text(text: str, value: object) -> None:
    assert parse_yaml(text, "a.yaml").value == value


def test_anchors_are_shared() -> None:
    assert parse_yaml("a: &x {q: 1}\nb: *x\n<<: *x\n", "a.yaml").value == {"a": {"q": 1}, "b": {"q": 1}, "<<": {"q": 1}}


def test_many_anchors_do_not_multiply() -> None:
    text = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    assert len(parse_yaml(text, "a.yaml").value["a29"]) == 9


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "yaml-twice"),
        ("a: 1\nb: !!python/name:os.system x\n", 2, "yaml-tag"),
        ("a: !thing x\n", 1, "yaml-tag"),
        ("a: &x [*x]\n", 1, "yaml-anchor"),
        ("? [a]\n: b\n", 1, "yaml-key"),
        ("a: 1\n---\nb: 2\n", 2, "yaml"),
        ("a: [1\n", 2, "yaml"),
        ("\ta: 1\n", 1, "yaml"),
        ("a: \x00\n", None, "yaml"),
    ],
)
def test_what_may_not_be_is_a_fault_with_its_line(text: str, line: int | None, code: str) -> None:
    with pytest.raises(CatalogError) as caught:
        parse_yaml(text, "a.yaml")
    assert [(fault.record, fault.code) for fault in caught.value.faults] == [(line, code)]


def test_all_faults_come_together_as_the_error_that_was_asked_for() -> None:
    with pytest.raises(PackError) as caught:
        parse_yaml("a: 1\na: 2\nb: !x 1\n", "a.yaml", PackError)
    assert [fault.code for fault in caught.value.faults] == ["yaml-twice", "yaml-tag"]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "- " * 100_000 + "x",
        "\n".join(" " * level + "a:" for level in range(5000)),
        "? " * 100_000,
        "- &a " * 50_000,
    ],
    ids=["flow", "dashes", "indents", "keys", "anchors"],
)
def test_deep_nesting_is_an_error_not_a_crash(text: str) -> None:
    with pytest.raises(CatalogError):
        parse_yaml(text, "a.yaml")


def test_many_brackets_side_by_side_are_not_deep() -> None:
    assert len(parse_yaml("".join(f"- {{a: '[', b: [{n}]}}\n" for n in range(500)), "a.yaml").value) == 500


def test_every_value_knows_its_line() -> None:
    document = parse_yaml("a:\n  - b: 1\n  - c:\n      d: 2\n", "a.yaml")
    assert [
        document.line("a", 0, "b"),
        document.line("a", 1, "c", "d"),
        document.line("a", 1, "z"),
        document.line(),
    ] == [2, 4, 3, 1]


def test_files_are_read_and_their_troubles_told(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_yaml(path) == {"a": 1}
    path.write_bytes(b"a: M\xfcller\n")
    with pytest.raises(CatalogError, match=r"a\.yaml"):
        read_yaml(path)
    with pytest.raises(CatalogError) as caught:
        read_yaml(tmp_path / "missing.yaml", shown="packs/missing.yaml")
    assert caught.value.faults[0].file == "packs/missing.yaml"


PLAIN = st.recursive(
    st.one_of(st.booleans(), st.none(), st.integers(-(10**9), 10**9), st.text("abc xyzé-:#'\"\n", max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text("abcé", min_size=1, max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(PLAIN)
def test_what_is_written_is_read_back(value: object) -> None:
    assert parse_yaml(yaml.safe_dump(value, allow_unicode=True), "a.yaml").value == value
