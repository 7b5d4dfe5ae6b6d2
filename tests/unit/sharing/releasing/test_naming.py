from __future__ import annotations

import json

from telvet.model.sharing import Decision, Effect
from telvet.sharing.objects.thing import Thing
from telvet.sharing.releasing.naming import named

PERMIT, WITHHOLD = Decision(Effect.PERMIT, ()), Decision(Effect.WITHHOLD, ())


def a_thing(name: str, modified: str | None = None) -> Thing:
    held = {"type": "tool", "id": name} | ({"modified": modified} if modified else {})
    return Thing(json.dumps(held).encode(), held)


def test_the_newest_version_has_the_id_and_others_cannot_be_meant() -> None:
    things = [a_thing("x", "2024-01-01T00:00:00Z"), a_thing("x", "2024-01-01T00:00:00.5Z"), a_thing("y")]
    names = named(things, [PERMIT] * 3)
    assert names == ["x 0", "x", "y"]


def test_of_different_bytes_of_one_version_the_strictest_is_meant() -> None:
    things = [a_thing("x", "2024-01-01T00:00:00Z")] * 2
    assert named(things, [PERMIT, WITHHOLD]) == ["x 0", "x"]
    assert named(things, [WITHHOLD, PERMIT]) == ["x", "x 1"]
