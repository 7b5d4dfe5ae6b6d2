from __future__ import annotations

from itertools import pairwise

import pytest

from telvet.model.release import Originated
from telvet.model.sharing import Originators
from telvet.sharing.objects.originating import originators_of
from telvet.sharing.objects.thing import Thing
from tests.unit.sharing.objects.things import made, name

A, B, C = (name("indicator", digit) for digit in "abc")
X, Y, Z = (name("identity", digit) for digit in "123")
UNKNOWN = Originators()


def of(*ids: str, complete: bool = True) -> Originators:
    return Originators(frozenset(ids), complete)


def said(about: str, *ids: str, complete: bool = True, derived_from: tuple[str, ...] = ()) -> Originated:
    return Originated(about, frozenset(ids), complete, frozenset(derived_from))


def asked(things: list[Thing], *record: Originated) -> dict[str, Originators]:
    known = {each.about: each for each in record}
    found = originators_of(things, known)
    assert originators_of(reversed(things), dict(reversed(known.items()))) == found
    return dict(found)


def derives(source: str, target: str, digit: str = "d", kind: str = "derived-from") -> Thing:
    return made("relationship", digit, relationship_type=kind, source_ref=source, target_ref=target)


def test_what_is_on_record_about_an_object_comes_before_what_is_about_its_writer() -> None:
    thing = made(digit="a", created_by_ref=X)
    assert asked([thing], said(A, Y), said(X, Z)) == {A: of(Y)}
    assert asked([thing], said(X, Z)) == {A: of(Z)}
    assert asked([thing], said(A, Y, complete=False)) == {A: of(Y, complete=False)}


def test_what_nobody_recorded_is_unknown_however_it_was_written() -> None:
    assert asked([made(digit="a", created_by_ref=X), made(digit="b")], said(Y, Y)) == {A: UNKNOWN, B: UNKNOWN}


def test_what_is_derived_has_all_originators_of_its_sources() -> None:
    things = [made(digit="a"), made(digit="b", created_by_ref=Y), made(digit="c")]
    record = said(A, X, derived_from=(B, C))
    assert asked(things, record, said(Y, Y), said(C, Z))[A] == of(X, Y, Z)
    assert asked(things, record, said(Y, Y))[A] == of(X, Y, complete=False)
    assert asked(things, record, said(Y, Y), said(C, Z, complete=False))[A] == of(X, Y, Z, complete=False)
    assert asked(things, record, said(Y, Y), said(C))[A] == of(X, Y, complete=False)


def test_all_of_it_may_be_of_its_sources() -> None:
    assert asked([made(digit="a")], said(A, derived_from=(B,)), said(B, Y)) == {A: of(Y)}
    assert asked([made(digit="a")], said(A, derived_from=(B,), complete=False), said(B, Y)) == {
        A: of(Y, complete=False)
    }


def test_a_source_counts_though_it_is_not_at_hand() -> None:
    assert asked([made(digit="a")], said(A, X, derived_from=(B,)), said(B, Y, derived_from=(C,)), said(C, Z)) == {
        A: of(X, Y, Z)
    }


def test_derivations_in_a_ring_end() -> None:
    things = [made(digit="a"), made(digit="b"), made(digit="c")]
    ring = [said(A, X, derived_from=(B,)), said(B, Y, derived_from=(C,)), said(C, Z, derived_from=(A,))]
    assert set(asked(things, *ring).values()) == {of(X, Y, Z)}
    assert asked(things[:1], said(A, X, derived_from=(A,))) == {A: of(X)}
    empty = [said(A, X, derived_from=(B,)), said(B, derived_from=(C,)), said(C, derived_from=(B,))]
    assert asked(things, *empty) == {A: of(X, complete=False), B: UNKNOWN, C: UNKNOWN}


def test_a_relationship_adds_originators() -> None:
    things = [made(digit="a"), made(digit="b"), derives(A, B)]
    assert asked(things, said(A, X), said(B, Y))[A] == of(X, Y)
    assert asked(things, said(A, X), said(B, Y))[B] == of(Y)
    assert asked(things, said(A, X))[A] == of(X, complete=False)
    assert asked([*things, made(digit="c"), derives(B, C, "e")], said(A, X), said(B, Y), said(C, Z))[A] == of(X, Y, Z)


def test_a_relationship_never_settles() -> None:
    things = [made(digit="a"), made(digit="b"), derives(A, B)]
    assert asked(things, said(B, Y))[A] == of(Y, complete=False)


@pytest.mark.parametrize("kind", ["related-to", "based-on", "indicates", ""])
def test_another_relationship_adds_nothing(kind: str) -> None:
    assert asked([made(digit="a"), made(digit="b"), derives(A, B, kind=kind)], said(A, X), said(B, Y))[A] == of(X)


def test_a_relationship_that_is_none_adds_nothing() -> None:
    strange = made("relationship", "d", relationship_type="derived-from", source_ref=[A], target_ref=B)
    assert asked([made(digit="a"), strange], said(A, X))[A] == of(X)


@pytest.mark.parametrize(
    "kind", ["relationship", "sighting", "note", "opinion", "report", "grouping", "marking-definition"]
)
def test_nothing_passes_through_an_object_about_others(kind: str) -> None:
    about = made(kind, "d", object_refs=[A], source_ref=A, target_ref=A, sighting_of_ref=A)
    assert asked([made(digit="a"), about], said(A, X))[about.id] == UNKNOWN
    written = made(kind, "d", created_by_ref=Y)
    assert asked([written], said(Y, Y))[about.id] == of(Y)


def test_of_versions_that_different_identities_wrote_all_count() -> None:
    things = [made(digit="a", created_by_ref=X), made(digit="a", created_by_ref=Y)]
    assert asked(things, said(X, X), said(Y, Y)) == {A: of(X, Y)}
    assert asked(things, said(X, X)) == {A: of(X, complete=False)}


def test_a_long_line_of_derivations_is_followed_to_its_end() -> None:
    count = 5000
    ids = [f"indicator--{number:08x}-0000-4000-8000-000000000000" for number in range(count)]
    record = {each: said(each, derived_from=(after,)) for each, after in pairwise(ids)}
    record[ids[-1]] = said(ids[-1], X)
    thing = Thing(b"", {"id": ids[0], "type": "indicator"})
    assert originators_of([thing], record) == {ids[0]: of(X)}
