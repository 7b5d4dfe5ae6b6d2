from __future__ import annotations

import json

from telvet.model.release import Ceiling
from telvet.model.sharing import Decision, Effect
from telvet.sharing.objects.thing import Thing
from telvet.sharing.releasing.together import beyond

PERMIT, REFER = Decision(Effect.PERMIT, ()), Decision(Effect.REFER, ())


def a_thing(name: str, created: str) -> Thing:
    held = {"type": name.partition("--")[0], "id": name, "created": created}
    return Thing(json.dumps(held).encode(), held)


THINGS = [a_thing(f"tool--{number}", f"2024-01-0{number}T00:00:00Z") for number in (3, 1, 2)]
TWO = Ceiling("K", None, frozenset({"tool"}), 2, "why")


def test_the_oldest_go_first_whatever_the_order() -> None:
    for things in (THINGS, THINGS[::-1]):
        found = beyond([TWO], things, [PERMIT] * 3, frozenset())
        assert set(found) == {"tool--3"}
        assert "would hold 3 together, and 2 may go; why" in found["tool--3"].because


def test_what_stays_and_what_is_of_another_type_does_not_count() -> None:
    mark = a_thing("marking-definition--1", "2024-01-01T00:00:00Z")
    assert beyond([TWO], THINGS, [PERMIT, PERMIT, REFER], frozenset({"malware--1"})) == {}
    everything = Ceiling("K", None, None, 0)
    assert set(beyond([everything], [*THINGS, mark], [PERMIT] * 4, frozenset())) == {thing.id for thing in THINGS}


def test_what_is_held_already_counts_first_and_is_never_beyond() -> None:
    assert set(beyond([TWO], THINGS, [PERMIT] * 3, frozenset({"tool--3"}))) == {"tool--2"}
    assert beyond([TWO], THINGS[:1], [PERMIT], frozenset({"tool--3", "tool--8", "tool--9"})) == {}


def test_where_nothing_can_be_counted_everything_is_beyond() -> None:
    assert set(beyond([TWO], THINGS, [PERMIT] * 3, None)) == {thing.id for thing in THINGS}
