from __future__ import annotations

import json
import time
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.evidence.statements.annotations import Line, read_annotations, write_annotation
from telvet.model.evidence import Annotation

BASE = {"doc": "a.txt", "quote": "Avaria banned it", "measure": "BANNED", "modality": "done"}
TEXTS = st.text(min_size=1, max_size=12)


def line(**cells: object) -> Line:
    [read] = read_annotations(json.dumps(BASE | cells), "x.jsonl")
    return read


def told(read: Line) -> list[tuple[str | None, str]]:
    assert all(fault.file == "x.jsonl" and fault.record == read.number for fault in (*read.faults, *read.notes))
    assert (read.said is None) == bool(read.faults)
    return [(fault.field, fault.code) for fault in read.faults]


def test_the_least_that_a_line_may_say_is_document_quote_measure_and_modality() -> None:
    assert line().said == Annotation("a.txt", "Avaria banned it", measure="BANNED", modality="done")


@given(
    st.builds(
        Annotation,
        TEXTS,
        TEXTS,
        measure=TEXTS,
        modality=TEXTS,
        start=st.none() | st.integers(),
        vendor=st.lists(TEXTS.filter(str.strip), max_size=3).map(tuple),
        **dict.fromkeys(
            ("actor", "country", "scope", "date", "speaker", "via", "note", "level"), st.none() | st.text()
        ),
    )
)
def test_a_line_is_read_as_it_was_written(said: Annotation) -> None:
    written = write_annotation(said)
    assert "\n" not in written
    assert list(json.loads(written)) == [one.name for one in fields(Annotation)]
    assert [read.said for read in read_annotations(f"{written}\n", "x.jsonl")] == [said]


@pytest.mark.parametrize(
    ("vendor", "names"),
    [("It", ("It",)), (["It", "Other"], ("It", "Other")), (None, ()), ([], ()), ("", ()), (["It", " "], ("It",))],
)
def test_a_vendor_is_a_name_or_a_list_or_nobody(vendor: object, names: tuple[str, ...]) -> None:
    said = line(vendor=vendor).said
    assert said
    assert said.vendor == names


@pytest.mark.parametrize(
    "vendor", [{"name": "It"}, 7, True, ["It", 7], ["It", None], [["It"]], ["v"] * 101, "v" * 20_001]
)
def test_what_is_no_name_and_no_list_of_names_is_no_vendor(vendor: object) -> None:
    assert [field for field, _ in told(line(vendor=vendor))] == ["vendor"]


def test_a_number_where_text_is_wanted_is_its_text() -> None:
    said = line(date=2019, note=1.5).said
    assert said
    assert (said.date, said.note) == ("2019", "1.5")


@pytest.mark.parametrize("key", ["doc", "quote", "measure", "modality"])
def test_what_is_needed_is_said_to_be_missing(key: str) -> None:
    cells = {one: value for one, value in BASE.items() if one != key}
    for written in (cells, cells | {key: None}, cells | {key: ""}):
        [read] = read_annotations(json.dumps(written), "x.jsonl")
        assert told(read) == [(key, "missing")]


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("actor", ["Avaria"], "not-text"),
        ("note", {"a": 1}, "not-text"),
        ("speaker", False, "not-text"),
        ("doc", True, "not-text"),
        ("quote", "q" * 20_001, "too-long"),
        ("note", "half \ud800", "not-text"),
        ("vendor", ["\udfff"], "not-text"),
        ("start", "12", "not-a-number"),
        ("start", 12.0, "not-a-number"),
        ("end", True, "not-a-number"),
        ("end", [1], "not-a-number"),
        ("end", float("inf"), "not-a-number"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_with_its_key(key: str, value: object, code: str) -> None:
    assert told(line(**{key: value})) == [(key, code)]


def test_every_fault_of_a_line_is_told_at_once() -> None:
    assert told(line(doc="", start="x", vendor=7)) == [
        ("doc", "missing"),
        ("start", "not-a-number"),
        ("vendor", "not-text"),
    ]


def test_two_halves_of_one_character_are_a_character() -> None:
    [read] = read_annotations(json.dumps(BASE)[:-1] + r', "note": "\ud83d\udce1"}', "x.jsonl")
    assert read.said
    assert read.said.note == "\U0001f4e1"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("{", "character"),
        ("[" * 100_000, "nested too deeply"),
        ('{"doc": ' * 50_000, "nested too deeply"),
        ('{"start": ' + "9" * 5000 + "}", "too many digits"),
        ("[1]", "this is no object"),
        ('"text"', "this is no object"),
        ("null", "this is no object"),
        ("doc,quote", "this is not JSON"),
        ('{"doc": "a"} {"doc": "b"}', "extra data"),
        ("\ufeff{}", "BOM"),
    ],
)
def test_what_is_no_object_of_json_is_told(written: str, why: str) -> None:
    [read] = read_annotations(written, "x.jsonl")
    assert told(read) == [(None, "json")]
    assert why in read.faults[0].what


def test_a_value_that_is_nested_deeply_is_told() -> None:
    deep: object = "x"
    for _ in range(300):
        deep = [deep]
    assert told(line(start=deep, note=deep)) == [("note", "not-text"), ("start", "not-a-number")]


def test_a_key_that_is_given_twice_is_a_fault_and_one_that_is_not_known_is_passed_over() -> None:
    [twice] = read_annotations(
        '{"doc": "a", "doc": "b", "quote": "q", "measure": "BANNED", "modality": "done"}', "x.jsonl"
    )
    assert told(twice) == [("doc", "key-twice")]
    strange = line(contry="Avaria", zzz=1)
    assert strange.said
    assert [(note.field, note.code) for note in strange.notes] == [("contry", "unknown-key"), ("zzz", "unknown-key")]
    assert strange.notes[0].fix == "did you mean country?"
    assert "doc, quote, start" in strange.notes[1].fix


def test_a_line_of_very_many_keys_is_told_shortly_and_soon() -> None:
    written = json.dumps(BASE | {f"key-{number}-{'k' * 200}": 1 for number in range(50_000)})
    begun = time.perf_counter()
    [strange] = read_annotations(written, "x.jsonl")
    [twice] = read_annotations("{" + ", ".join(f'"k{number % 20_000}": 1' for number in range(40_000)) + "}", "x.jsonl")
    assert time.perf_counter() - begun < 5
    assert strange.said
    assert (len(strange.notes), strange.notes[-1].what) == (11, "49,990 more keys are passed over")
    assert max(len(note.line()) for note in strange.notes) < 400
    assert len(twice.faults) == 10


def test_a_faulty_line_costs_itself_alone_and_lines_are_counted_as_they_stand() -> None:
    good = json.dumps(BASE)
    read = list(read_annotations(f"{good}\r\n\r\n \nnot json\r\n{good}", "x.jsonl"))
    assert [(one.number, one.said is not None) for one in read] == [(1, True), (4, False), (5, True)]


def test_a_line_ends_at_a_line_feed_and_nowhere_else() -> None:
    note = "a\u2028b\u0085c\x0b"
    [read] = read_annotations(json.dumps(BASE | {"note": note}, ensure_ascii=False), "x.jsonl")
    assert read.said
    assert read.said.note == note
