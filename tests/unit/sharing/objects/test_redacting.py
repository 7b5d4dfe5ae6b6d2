from __future__ import annotations

import json
from typing import Any

import pytest

from telvet.sharing.objects.redacting import redacted
from telvet.sharing.objects.thing import Thing
from tests.unit.sharing.objects.things import STIX, made, name, report

EXTENSION = STIX.redaction.extension
PARTIAL = {EXTENSION: {"extension_type": "property-extension", "redacted": True}}


def left(thing: Thing, *selectors: str) -> dict[str, Any]:
    """Return what is left, without the mark that it is partial, which is always there."""
    found: dict[str, Any] = json.loads(redacted(thing, selectors, STIX))
    assert found["extensions"].pop(EXTENSION) == PARTIAL[EXTENSION]
    if not found["extensions"]:
        del found["extensions"]
    return found


def without(thing: Thing, *keys: str, **more: Any) -> dict[str, Any]:
    return {**{key: value for key, value in thing.held.items() if key not in keys}, **more}


def test_what_is_selected_is_gone_and_it_says_so_and_no_more() -> None:
    thing = made(name="n", description="secret", labels=["a", "b", "c"])
    out = redacted(thing, ["description", "labels.[1]"], STIX)
    own = name("indicator", 1)
    mark = f'{{"{EXTENSION}":{{"extension_type":"property-extension","redacted":true}}}}'
    assert out.decode() == f'{{"type":"indicator","id":"{own}","name":"n","labels":["a","c"],"extensions":{mark}}}'
    assert redacted(thing, ["labels.[1]", "description", "labels.[1]"], STIX) == out


def test_extensions_that_it_has_stay_before_the_mark() -> None:
    other = name("extension-definition", 3)
    thing = made(description="d", extensions={other: {"x": 1, "y": 2}})
    assert list(json.loads(redacted(thing, ["description"], STIX))["extensions"]) == [other, EXTENSION]
    assert left(thing, f"extensions.{other}.x")["extensions"] == {other: {"y": 2}}
    assert "extensions" not in left(thing, f"extensions.{other}")
    assert "extensions" not in left(thing, f"extensions.{other}.x", f"extensions.{other}.y")
    assert list(json.loads(redacted(thing, ["extensions"], STIX))["extensions"]) == [EXTENSION]


def test_what_was_partial_before_is_partial_once() -> None:
    again = made(description="d", extensions=PARTIAL)
    assert json.loads(redacted(again, ["description"], STIX))["extensions"] == PARTIAL


def test_a_list_or_object_that_is_left_empty_goes_too() -> None:
    thing = made(labels=["a"], x={"y": {"z": 1}})
    assert left(thing, "labels.[0]", "x.y.z") == without(thing, "labels", "x")


def test_numbers_and_text_that_stay_are_as_they_were_written() -> None:
    thing = Thing(
        b'{"type":"x-a","id":"i", "n" : 1.00 ,"big":90071992547409930,"t":"\\u00e9","d":1}',
        {"type": "x-a", "id": "i", "n": 1.0, "big": 90071992547409930, "t": "é", "d": 1},
    )
    assert b'"n":1.00,"big":90071992547409930,"t":"\\u00e9","extensions"' in redacted(thing, ["d"], STIX)


@pytest.mark.parametrize(
    ("selector", "entries"),
    [
        ("[0].url", [{"source_name": "s", "external_id": "e"}, {"source_name": "t", "url": "v"}]),
        ("[0].source_name", [{"source_name": "t", "url": "v"}]),
        ("[1].url", [{"source_name": "s", "url": "u", "external_id": "e"}]),
    ],
)
def test_an_entry_that_would_lack_what_it_needs_goes_whole(selector: str, entries: list[object]) -> None:
    references = [{"source_name": "s", "url": "u", "external_id": "e"}, {"source_name": "t", "url": "v"}]
    thing = made(external_references=references)
    assert left(thing, f"external_references.{selector}")["external_references"] == entries


def test_selectors_of_granular_markings_follow_what_they_mark() -> None:
    marks = [
        {"marking_ref": "m1", "selectors": ["labels.[0]", "labels.[3]", "labels", "description"]},
        {"marking_ref": "m2", "selectors": ["labels.[1]", "x.[0].y.[1]"]},
        {"marking_ref": "m3", "selectors": ["labels.[2]"]},
        {"lang": "de", "selectors": ["name"]},
        {"marking_ref": "m4", "selectors": ["nothing.here", "labels.[9]", "not one"]},
        "not one",
    ]
    thing = made(
        name="n",
        description="d",
        labels=["a", "b", "c", "d"],
        x=[{"y": [1, 2]}, {"y": [3, 4]}],
        granular_markings=marks,
    )
    found = left(thing, "labels.[0]", "labels.[2]", "x.[0].y.[0]", "description")
    assert found["labels"] == ["b", "d"]
    assert found["granular_markings"] == [
        {"marking_ref": "m1", "selectors": ["labels.[1]", "labels"]},
        {"marking_ref": "m2", "selectors": ["labels.[0]", "x.[0].y.[0]"]},
        *marks[3:],
    ]


def test_granular_markings_of_nothing_are_gone() -> None:
    thing = made(labels=["a"], x={"y": 1}, granular_markings=[{"marking_ref": "m", "selectors": ["labels", "x.y"]}])
    assert left(thing, "labels.[0]", "x") == without(thing, "labels", "x", "granular_markings")


def test_granular_markings_that_are_none_stay() -> None:
    thing = made(description="d", granular_markings="none")
    assert left(thing, "description") == without(thing, "description")


def test_entries_of_a_list_that_is_required_may_go_missing_but_the_last() -> None:
    thing = report("a", "b", "c")
    assert left(thing, "object_refs.[0]", "object_refs.[2]")["object_refs"] == ["b"]
    with pytest.raises(ValueError, match="report may not lack object_refs"):
        redacted(thing, [f"object_refs.[{place}]" for place in range(3)], STIX)


@pytest.mark.parametrize("selector", ["name", "published", "object_refs"])
def test_what_it_may_not_lack_never_goes_missing(selector: str) -> None:
    with pytest.raises(ValueError, match="may not lack"):
        redacted(report("a"), [selector], STIX)


@pytest.mark.parametrize(
    "selector", ["id", "type", "object_marking_refs.[0]", "granular_markings", "modified", "spec_version"]
)
def test_what_describes_or_protects_it_never_goes_missing(selector: str) -> None:
    with pytest.raises(ValueError, match="does not go missing"):
        redacted(made(object_marking_refs=["m", "n"]), [selector], STIX)


@pytest.mark.parametrize("selector", ["", "a b", "[0]", "a.[x]", "a..b"])
def test_what_is_no_selector_is_refused(selector: str) -> None:
    with pytest.raises(ValueError, match="is no selector"):
        redacted(made(), [selector], STIX)


def test_a_selector_of_nothing_takes_nothing() -> None:
    thing = made(labels=["a"])
    assert left(thing, "labels.[1]", "nothing") == thing.held
