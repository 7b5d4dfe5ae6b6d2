from __future__ import annotations

from typing import Any

import pytest

from telvet.sharing.objects.thing import Thing
from telvet.sharing.proxying.asking import Asked, is_id, media_type
from telvet.sharing.taxii.source import Collection, Query
from tests.unit.sharing.proxying.views import name

HERE = Collection("a", "A", upstream="https://taxii.example.org/api/collections/a/")
ONE, TWO = name("indicator", 1), name("malware", 2)


def thing(**held: Any) -> Thing:
    return Thing(b"", held)


def test_a_query_becomes_filters_and_the_defaults_none() -> None:
    assert Asked.by(HERE, Query()).match() == ()
    asked = Asked.by(
        HERE,
        Query(frozenset({TWO, ONE}), frozenset({"indicator"}), frozenset({"2.1", "2.0"}), frozenset({"first", "last"})),
    )
    assert asked.match() == (
        ("match[id]", f"{ONE},{TWO}"),
        ("match[type]", "indicator"),
        ("match[spec_version]", "2.0,2.1"),
        ("match[version]", "first,last"),
    )
    assert (asked.objects, asked.manifest) == (f"{HERE.upstream}objects/", f"{HERE.upstream}manifest/")


def test_one_object_is_asked_for_as_any_other() -> None:
    assert Asked.by(HERE, Query(), ONE).match() == (("match[id]", ONE),)
    assert dict(Asked.by(HERE, Query(), ONE, every_version=True).match())["match[version]"] == "all"


@pytest.mark.parametrize("wrong", ["", "..", "a,b", f"{ONE},{TWO}", f"{ONE}&limit=1", ONE.upper(), f"{ONE}\n"])
def test_what_is_no_id_or_type_is_never_passed_on(wrong: str) -> None:
    assert not is_id(wrong)
    assert Asked.by(HERE, Query(frozenset({wrong, ONE}))).match() == (("match[id]", ONE),)
    assert Asked.by(HERE, Query(frozenset({wrong}))).nothing
    assert wrong == ONE.upper() or Asked.by(HERE, Query(types=frozenset({f"x y{wrong}"}))).nothing


def test_only_what_was_asked_for_is_admitted() -> None:
    asked = Asked(HERE, ids=frozenset({ONE}), types=frozenset({"indicator"}))
    assert asked.admits(thing(id=ONE, type="indicator"))
    assert not asked.admits(thing(id=TWO, type="indicator"))
    assert not asked.admits(thing(id=ONE, type="malware"))
    assert Asked(HERE).admits(thing(id=TWO, type="malware"))


def test_only_the_newest_in_its_latest_form_is_the_newest() -> None:
    assert Asked.by(HERE, Query()).newest
    assert not Asked.by(HERE, Query(versions=frozenset({"all"}))).newest
    assert not Asked.by(HERE, Query(spec_versions=frozenset({"2.1"}))).newest


def test_a_moment_is_written_as_taxii_has_it() -> None:
    assert Asked(HERE).after(1_600_000_000_000_001) == (("added_after", "2020-09-13T12:26:40.000001Z"),)
    assert Asked(HERE).after(None) == ()


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ({"spec_version": "2.1"}, "2.1"),
        ({"created": "2020-01-01T00:00:00Z"}, "2.0"),
        ({"value": "198.51.100.1"}, "2.1"),
        ({"spec_version": 'x"; evil'}, "2.1"),
        ({"spec_version": 2, "created": "c"}, "2.0"),
    ],
)
def test_the_media_type_of_an_object_follows_from_the_object(held: dict[str, Any], expected: str) -> None:
    assert media_type(thing(**held)) == f"application/stix+json;version={expected}"
