"""Between bytes and a decision nothing is lost, and nothing that went missing is still there.

* Every id that stands anywhere is a reference; what a naive search of all texts finds, and no more.
* An object that is redacted because of what stays names nothing that stays, and what is left is marked as before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.catalog.stix import read_stix
from telvet.errors import SharingError
from telvet.model.release import Originated
from telvet.model.sharing import Decision, Effect, Originators
from telvet.sharing.deciding.closure import close
from telvet.sharing.markings.selectors import Path, covers, read_selector
from telvet.sharing.objects.cutting import cut, written
from telvet.sharing.objects.originating import originators_of
from telvet.sharing.objects.reading import read_bundle, read_object
from telvet.sharing.objects.redacting import redacted
from telvet.sharing.objects.references import references
from telvet.sharing.objects.thing import Thing
from telvet.sharing.objects.timestamps import microseconds, taxii_moment
from tests.property.strategies import modestly

STIX = read_stix()
UUID = "{0}{0}{0}{0}{0}{0}{0}{0}-{0}{0}{0}{0}-4{0}{0}{0}-8{0}{0}{0}-{0}{0}{0}{0}{0}{0}{0}{0}{0}{0}{0}{0}"
IDS = tuple(f"{kind}--{UUID.format(digit)}" for kind in ("malware", "identity", "marking-definition") for digit in "1a")
OWN = f"report--{UUID.format('f')}"
ID = re.compile(r"[a-z][a-z0-9-]*--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)

some_ids = st.sampled_from((*IDS, OWN))
texts = st.one_of(
    st.text(max_size=4),
    some_ids,
    st.builds("{}{}{}".format, st.sampled_from(("", " ", "https://x/", "\n", "'", "é", '"')), some_ids, st.sampled_from(("", "/", "0", ","))),
    some_ids.map(str.upper),
)  # fmt: skip
keys = st.one_of(st.sampled_from(("a", "b", "x_ref", "x_refs", "extensions", "c d", "")), some_ids, st.text(max_size=3))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)
selectors = st.sampled_from(
    ("name", "labels", "labels.[0]", "labels.[1]", "x_a", "x_a.a", "x_a.[1]", "nothing", "a b", "object_refs.[0]")
)
marks = st.fixed_dictionaries({"selectors": st.lists(selectors, max_size=3), "marking_ref": st.sampled_from(IDS)})
properties = st.fixed_dictionaries(
    {},
    optional={
        "name": texts, "created_by_ref": texts, "object_refs": st.lists(texts, max_size=3), "labels": st.lists(texts, max_size=3),
        "x_a": values, "x_b_refs": st.lists(some_ids, max_size=2), "object_marking_refs": st.lists(some_ids, max_size=2) | values,
        "granular_markings": st.lists(marks, max_size=2) | values, "c d": values, IDS[0]: values, "external_references":
        st.lists(st.fixed_dictionaries({"source_name": texts}, optional={"url": texts, "description": texts}), max_size=3),
        "extensions": st.dictionaries(st.sampled_from((f"extension-definition--{UUID.format('e')}", "x")), values, max_size=2),
    },
)  # fmt: skip


def thing_of(held: Mapping[str, Any], *, ascii_only: bool = True) -> Thing:
    return read_object(json.dumps({"type": "report", "id": OWN, **held}, ensure_ascii=ascii_only).encode())


things = st.builds(lambda held, escaped: thing_of(held, ascii_only=escaped), properties, st.booleans())


def all_texts(value: object, at: Path = ()) -> Iterator[str]:
    """Yield every text and every key in some JSON, but the keys of `extensions` that are extensions."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from all_texts(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if not (at and at[-1] == "extensions" and key.startswith("extension-definition--")):
                yield key
            yield from all_texts(each, (*at, key))


def named(value: object) -> set[str]:
    return {found.lower() for text in all_texts(value) for found in ID.findall(text)}


@modestly(300)
@given(things)
def test_every_id_that_stands_anywhere_is_a_reference(thing: Thing) -> None:
    assert {each.target for each in references(thing, STIX.required(thing.held))} == named(thing.held) - {OWN}


@modestly(300)
@given(things, st.sets(st.sampled_from(IDS)))
def test_what_goes_out_redacted_names_nothing_that_stays(thing: Thing, stays: set[str]) -> None:
    stay, go = Decision(Effect.WITHHOLD, ()), Decision(Effect.PERMIT, (), may_redact=True)
    held = {OWN: references(thing, STIX.required(thing.held))}
    targets = {each.target for each in held[OWN]}
    decision = close({OWN: go, **{each: stay if each in stays else go for each in targets}}, held)[OWN]
    if decision.effect is Effect.REDACT:
        left = json.loads(redacted(thing, decision.redacted, STIX))
        assert named(left).isdisjoint(stays)
        again = read_object(redacted(thing, decision.redacted, STIX))
        assert again.held == left
        assert STIX.required(thing.held) & thing.held.keys() <= left.keys()
    elif decision.effect is Effect.PERMIT:
        assert named(thing.held).isdisjoint(stays & targets)


def leaves(value: object, at: Path = ()) -> Iterator[tuple[Path, object]]:
    """Yield what is neither a list nor an object, with its path; an empty list or object too."""
    if isinstance(value, dict | list) and value:
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for step, each in pairs:
            yield from leaves(each, (*at, step))
    else:
        yield at, value


def without(value: object, paths: set[Path], at: Path = ()) -> object:
    """Return what is left without some paths, by the shortest way: nothing (an ellipsis) of what is left empty."""
    if at in paths:
        return ...
    if isinstance(value, dict):
        kept = {key: left for key, each in value.items() if (left := without(each, paths, (*at, key))) is not ...}
        return ... if value and not kept else kept
    if isinstance(value, list):
        entries = [left for place, each in enumerate(value) if (left := without(each, paths, (*at, place))) is not ...]
        return ... if value and not entries else entries
    return value


shapes = st.recursive(
    st.just(0),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=12,
)


def numbered(shape: object, count: Iterator[int]) -> object:
    if isinstance(shape, dict):
        return {key: numbered(each, count) for key, each in shape.items()}
    if isinstance(shape, list):
        return [numbered(each, count) for each in shape]
    return next(count)


def spelt(path: Path) -> str:
    return ".".join(f"[{step}]" if isinstance(step, int) else step for step in path)


def beginnings(value: object) -> list[Path]:
    return sorted({path[:length] for path, _ in leaves(value) for length in range(1, len(path) + 1)}, key=str)


@modestly(300)
@given(shapes, st.data())
def test_what_is_cut_is_what_a_naive_removal_leaves(shape: object, data: st.DataObject) -> None:
    held = {"x_a": numbered(shape, iter(range(100))), "x_z": "end"}
    gone = data.draw(st.sets(st.sampled_from(beginnings(held["x_a"]) or [()]), max_size=4))
    paths = {("x_a", *path) for path in gone}
    made = cut(json.dumps(held).encode(), paths)
    assert json.loads(written(made.top)) == without(held, paths)
    for path, _ in leaves(held):
        taken = any(covers(each, path) for each in made.gone)
        assert taken == any(covers(each, path) for each in paths)


@modestly(300)
@given(shapes, st.data())
def test_what_is_left_is_marked_as_it_was(shape: object, data: st.DataObject) -> None:
    held: dict[str, Any] = {"x_a": numbered(shape, iter(range(100)))}
    places = [("x_a",), *(("x_a", *path) for path in beginnings(held["x_a"]))]
    drawn = st.lists(st.sampled_from(places).map(spelt), min_size=1, max_size=3)
    held["granular_markings"] = data.draw(
        st.lists(st.builds(lambda mark, at: {"marking_ref": mark, "selectors": at}, st.sampled_from("mn"), drawn))
    )
    gone = data.draw(st.sets(st.sampled_from(places), max_size=3))
    left = json.loads(redacted(thing_of(held), map(spelt, gone), STIX))
    assert marked(left) == {
        number: marking for number, marking in marked(held).items() if number in dict(numbers(left))
    }
    assert len(dict(numbers(left))) == len(
        [path for _, path in numbers(held) if not any(covers(each, path) for each in gone)]
    )


def numbers(held: Mapping[str, Any]) -> list[tuple[int, Path]]:
    return [(value, ("x_a", *path)) for path, value in leaves(held.get("x_a", [])) if isinstance(value, int)]


def marked(held: Mapping[str, Any]) -> dict[int, set[str]]:
    """Return the marks on each number."""
    found: dict[int, set[str]] = {number: set() for number, _ in numbers(held)}
    for entry in held.get("granular_markings", ()):
        for selector in entry["selectors"]:
            path = read_selector(selector)
            assert path is not None
            for number, at in numbers(held):
                if covers(path, at):
                    found[number].add(entry["marking_ref"])
    return found


@modestly(300)
@given(st.lists(properties, max_size=3), st.booleans())
def test_what_was_written_is_read_byte_for_byte(held: list[dict[str, Any]], spaced: bool) -> None:
    raws = [json.dumps({"type": "report", "id": OWN, **each}, indent=1 if spaced else None) for each in held]
    bundle = read_bundle(f'{{"objects":[{" , ".join(raws)}]}}'.encode(), "f")
    assert [thing.raw.decode() for thing in bundle.things] == raws


@modestly(300)
@given(properties.filter(bool), st.data())
def test_a_key_written_twice_is_refused(held: dict[str, Any], data: st.DataObject) -> None:
    text = json.dumps({"type": "report", "id": OWN, **held})
    key = data.draw(st.sampled_from(sorted(held)))
    twice = f"{text[:-1]}, {json.dumps(key)}: {json.dumps(data.draw(values))}}}"
    assert "key-twice" in codes(f"[{text}, {twice}]".encode())


@modestly(300)
@given(st.binary(max_size=60) | st.text(alphabet='{}[]":,a1\\u0 ', max_size=40).map(str.encode), things)
def test_no_bytes_are_more_than_faults(noise: bytes, thing: Thing) -> None:
    codes(noise)
    codes(thing.raw[: len(noise)] + noise + thing.raw[len(noise) :])


def codes(data: bytes) -> list[str]:
    _, faults = read_bundle(data, "f", strict=False)
    if not faults:
        assert read_bundle(data, "f").things is not None
    else:
        with pytest.raises(SharingError):
            read_bundle(data, "f")
    return [fault.code for fault in faults]


NAMES = tuple(f"indicator--{UUID.format(digit)}" for digit in "abcd")
records = st.builds(
    Originated, st.sampled_from((*NAMES, "o")), st.frozensets(st.sampled_from("xyz"), max_size=2), st.booleans(),
    st.frozensets(st.sampled_from(NAMES), max_size=2),
)  # fmt: skip


def edge(source: str, target: str) -> Thing:
    held = {
        "type": "relationship",
        "id": "r",
        "relationship_type": "derived-from",
        "source_ref": source,
        "target_ref": target,
    }
    return Thing(b"", held)


edges = st.builds(edge, st.sampled_from(NAMES), st.sampled_from(NAMES))
origins = st.lists(
    st.builds(
        lambda name, by: Thing(b"", {"type": "indicator", "id": name, "created_by_ref": by}),
        st.sampled_from(NAMES),
        st.sampled_from("op"),
    )
)


@modestly(300)
@given(origins, st.lists(records), st.lists(edges, max_size=4), edges)
def test_a_relationship_more_never_settles_and_never_takes_an_originator_away(
    objects: list[Thing], record: list[Originated], lines: list[Thing], more: Thing
) -> None:
    known = {each.about: each for each in record}
    before, after = originators_of([*objects, *lines], known), originators_of([more, *lines, *objects], known)
    for name, found in before.items():
        assert found.ids <= after[name].ids
        assert settled(found) or not settled(after[name])


def settled(found: Originators) -> bool:
    return found.complete and bool(found.ids)


@modestly(300)
@given(origins, st.lists(records), st.lists(edges, max_size=4))
def test_what_is_derived_is_settled_only_where_all_that_it_comes_from_is(
    objects: list[Thing], record: list[Originated], lines: list[Thing]
) -> None:
    known = {each.about: each for each in record}
    every = [*objects, *(Thing(b"", {"type": "indicator", "id": name}) for name in NAMES), *lines]
    found = originators_of(every, known)
    for line in lines:
        source, target = found[line.held["source_ref"]], found[line.held["target_ref"]]
        assert target.ids <= source.ids
        assert settled(target) or not settled(source)
    for each in record:
        if each.about in NAMES and known[each.about] is each:
            assert all(settled(found[name]) or not settled(found[each.about]) for name in each.derived_from)


@modestly(300)
@given(st.integers(microseconds("0001-01-01T00:00:00Z"), microseconds("9999-12-31T23:59:59.999999Z")))
def test_a_moment_written_is_the_moment_read(moment: int) -> None:
    assert microseconds(taxii_moment(moment)) == moment
