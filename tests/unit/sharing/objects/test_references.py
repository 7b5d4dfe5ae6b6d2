from __future__ import annotations

import json
from typing import Any

import pytest

from telvet.model.sharing import Reference
from telvet.sharing.objects.reading import read_object
from telvet.sharing.objects.references import NOWHERE, ids_in, references, references_in
from tests.unit.sharing.objects.things import STIX, made, name, report

A, B, C = name("malware", "a"), name("identity", "b"), name("marking-definition", "c")
EXTENSION = name("extension-definition", "e")


def at(*required: str, **more: Any) -> list[tuple[str, str]]:
    return [(each.at, each.target) for each in references(made(**more), frozenset(required))]


def test_properties_made_for_ids_are_references_in_their_order() -> None:
    thing = made(created_by_ref=B, object_marking_refs=[C], x_other_refs=[A, B])
    assert references(thing) == (
        Reference("created_by_ref", B), Reference("object_marking_refs.[0]", C, marking=True), Reference("x_other_refs.[0]", A),
        Reference("x_other_refs.[1]", B),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"description": f"see {A}, please"}, "description"), ({"x": [{"y": {"z": [A]}}]}, "x.[0].y.z.[0]"),
        ({"external_references": [{"url": f"https://x.example/{A}?a=b"}]}, "external_references.[0].url"),
        ({"x": {A: 1}}, f"x.{A}"), ({A: 1}, A), ({"x": {"y": {f"to {A}": 1}}}, "x.y"), ({f"to {A}": 1}, NOWHERE),
        ({"x": f"{A}0"}, "x"), ({"x": f"é{A}é"}, "x"), ({"x": A.upper()}, "x"), ({"x_ref": A.title()}, "x_ref"),
        ({"extensions": {"x": {A: 1}}}, f"extensions.x.{A}"), ({"x": f"\n{A}"}, "x"), ({"x": f"7-{A}"}, "x"),
    ],
)  # fmt: skip
def test_an_id_is_found_wherever_it_stands(more: dict[str, Any], place: str) -> None:
    assert at(**more) == [(place, A)]


def test_an_escaped_id_is_found() -> None:
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in A)
    own = name("indicator", 1)
    for text in (escaped, A.replace("-", "\\u002D"), A.replace("a", "\\u0061", 1)):
        raw = f'{{"type":"indicator","id":"{own}","x_ref":"{text}"}}'.encode()
        assert [each.target for each in references(read_object(raw))] == [A]


def test_what_cannot_go_missing_is_told_so() -> None:
    strange: dict[str, Any] = {f"to {A}": 1}
    assert references(made(**strange)) == (Reference(NOWHERE, A, required=True),)
    assert references(made("file", 1, spec_version=A)) == (Reference("spec_version", A, required=True),)


def test_its_own_id_is_no_reference() -> None:
    own = name("indicator", 1)
    assert at(x_ref=own, description=f"{own} and {own.upper()}", x_refs=[own]) == []


def test_keys_of_extensions_are_no_references_and_what_is_below_them_is() -> None:
    assert at(extensions={EXTENSION: {"x": A}}) == [(f"extensions.{EXTENSION}.x", A)]
    assert at(objects={"0": {"extensions": {EXTENSION: {}}}}) == []
    assert at(x={EXTENSION: {}}) == [(f"x.{EXTENSION}", EXTENSION)]
    assert at(extensions={A: {}}) == [(f"extensions.{A}", A)]


def test_a_longer_id_is_not_taken_for_the_shorter_one_that_it_ends_in() -> None:
    assert ids_in(f"x-{A} y{A}") == [f"x-{A}", f"y{A}"]
    assert ids_in(f"{A}{B}") == [A, f"{A}{B}"]
    assert ids_in(f"9{B} -{B} {B[len('identity') :]} 9{B[len('identity') :]}") == [B, B]
    assert ids_in("-" * 50_000) == []
    assert ids_in("a" * 300 + A[A.index("--") :]) == ["a" * 250 + A[A.index("--") :]]


def test_entries_of_a_list_that_is_required_have_places_and_all_else_in_what_is_required_has_none() -> None:
    thing = report(A, f"{B} or so", B)
    assert references(thing, STIX.required(thing.held)) == (
        Reference("object_refs.[0]", A, required=True), Reference("object_refs", B, required=True),
        Reference("object_refs.[2]", B, required=True),
    )  # fmt: skip
    assert references(made(pattern=f"[x = '{A}']"), frozenset({"pattern"})) == (Reference("pattern", A, required=True),)
    assert at("objects", objects={"0": {"x_refs": [A, B]}}) == [("objects", A), ("objects", B)]


def test_only_a_marking_definition_marks() -> None:
    assert references(made(object_marking_refs=[A, C])) == (
        Reference("object_marking_refs", A, required=True), Reference("object_marking_refs.[1]", C, marking=True),
    )  # fmt: skip
    assert references(made(object_marking_refs=C)) == (Reference("object_marking_refs", C, required=True),)
    assert references(made(x={"object_marking_refs": [C]})) == (Reference("x.object_marking_refs.[0]", C),)


def granular(*entries: Any) -> tuple[Reference, ...]:
    return references(made(description="d", labels=["a", "b"], granular_markings=list(entries)))


def test_a_granular_marking_is_at_each_part_that_it_marks() -> None:
    assert granular({"marking_ref": C, "selectors": ["description", "labels.[1]"]}) == (
        Reference("description", C, marking=True), Reference("labels.[1]", C, marking=True),
    )  # fmt: skip


@pytest.mark.parametrize("selectors", [["nothing"], ["a b"], [], "description", None, [5], [{}]])
def test_a_granular_marking_of_nothing_is_on_the_whole_object(selectors: object) -> None:
    assert granular({"marking_ref": C, "selectors": selectors}) == (Reference("granular_markings", C, marking=True),)


def test_other_ids_among_granular_markings_cannot_go_missing() -> None:
    expected = (Reference("granular_markings", A, required=True),)
    assert granular({"marking_ref": A, "selectors": ["labels"]}) == expected
    assert granular({"lang": A, "selectors": ["labels"]}) == expected
    assert granular(A) == expected
    assert granular({"lang": "en", "selectors": [f"x.{A}"]}) == expected
    assert granular({"lang": "en", "selectors": [[A]]}) == expected
    assert references(made(granular_markings={"x": A})) == expected


def test_a_selector_of_what_there_is_names_nothing_new() -> None:
    thing = made(
        extensions={EXTENSION: {"x": 1}}, granular_markings=[{"lang": "en", "selectors": [f"extensions.{EXTENSION}"]}]
    )
    assert references(thing) == ()


def test_quick_and_thorough_find_the_same() -> None:
    thing = made(created_by_ref=B, object_marking_refs=[C], object_refs=[A, "x", name("indicator", 1)], y_ref="none")
    quick = references(thing, frozenset({"object_refs"}))
    assert quick == tuple(references_in(thing.held, frozenset({"object_refs"}), thing.id))
    assert len(quick) == 3


def test_json_that_is_no_object_of_stix_is_looked_through_alike() -> None:
    held = json.loads(json.dumps({"Event": {"info": f"about {A}"}}))
    assert list(references_in(held)) == [Reference("Event.info", A)]
