from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from telvet.model.release import Outcome
from telvet.model.sharing import Decision, Effect, Reason
from telvet.sharing.objects.reading import read_object
from telvet.sharing.objects.thing import Thing
from telvet.sharing.proxying.asking import Asked
from telvet.sharing.proxying.decisions import Judged
from telvet.sharing.proxying.gathering import Gathered, item, judged_as
from telvet.sharing.proxying.pages import Dated, Page
from telvet.sharing.proxying.places import Position, read_place
from telvet.sharing.proxying.walking import Step
from telvet.sharing.taxii.source import Collection
from tests.simulators.taxii_upstream import Kept
from tests.unit.sharing.proxying.views import MarkedGates, stix

ASKED = Asked(Collection("a", "A"))


class FakeView:
    """Sees what `x_mark` lets go, and counts what it is asked."""

    def __init__(self) -> None:
        self.gate = MarkedGates().made
        self.asked: list[int] = []

    async def judged(self, _: Collection, things: list[Thing], *, newest: bool) -> list[Judged]:
        assert newest
        self.asked.append(len(things))
        return [judged(thing, Effect(thing.held["x_mark"])) for thing in things]


def judged(thing: Thing, effect: Effect, *, seen: bool | None = None, redacted: tuple[str, ...] = ()) -> Judged:
    decision = Decision(effect, (Reason("rule", effect, "so"),), redacted=redacted)
    return Judged(thing, Outcome(decision), effect.releases if seen is None else seen)


def step(*marks: str, begin: int = 0) -> Step:
    things = [read_object(Kept.of(stix(number, mark), 1).raw) for number, mark in enumerate(marks)]
    return Step(Page(tuple(Dated(thing, 10 + number) for number, thing in enumerate(things))), Position(100), begin)


def added(gathered: Gathered, view: Any, *steps: Step) -> list[bool]:
    async def work() -> list[bool]:
        return [await gathered.add(each, ASKED, view) for each in steps]

    return asyncio.run(work())


def test_a_page_is_full_when_one_more_may_be_seen_and_the_next_begins_there() -> None:
    gathered = Gathered(2, bodies=True)
    page = step("withhold", "permit", "permit", "withhold", "permit", "permit")
    assert added(gathered, FakeView(), page) == [True]
    assert [each.added for each in gathered.items] == [11, 12]
    assert len(gathered.decided) == 4
    place = read_place(gathered.place)
    assert (place.added, place.digest, place.position) == (14, page.page.items[4].thing.digest, page.position)


def test_a_page_is_not_full_where_nothing_more_may_be_seen() -> None:
    gathered = Gathered(2, bodies=True)
    assert added(gathered, FakeView(), step("permit", "permit", "withhold"), step("withhold", "refer")) == [
        False,
        False,
    ]
    assert gathered.place == b""
    assert not gathered.slice(None, found=True).more


def test_no_object_stands_in_a_page_twice() -> None:
    gathered = Gathered(5, bodies=True)
    added(gathered, FakeView(), step("permit", "permit"), step("permit", "permit"))
    assert (len(gathered.items), len(gathered.decided)) == (2, 2)


def test_no_more_is_decided_at_once_than_is_likely_to_be_needed() -> None:
    view = FakeView()
    added(Gathered(10, bodies=True), view, step(*["permit"] * 900))
    assert view.asked == [250]
    view.asked.clear()
    added(Gathered(10, bodies=True), view, step(*["withhold"] * 900))
    assert view.asked == [250, 500, 150]


def test_a_page_begins_where_the_step_does_and_staff_see_all_of_it() -> None:
    gathered = Gathered(9, bodies=False)
    assert added(gathered, None, step("withhold", "withhold", "permit", begin=1)) == [False]
    assert [each.added for each in gathered.items] == [11, 12]
    assert {each.body for each in gathered.items} == {b""}
    assert gathered.decided == []


def test_what_stays_is_told_and_has_no_bytes() -> None:
    view: Any = FakeView()
    thing = read_object(Kept.of(stix(1, x_note="n"), 1).raw)
    told, body = judged_as(judged(thing, Effect.PERMIT, seen=False), view)
    assert (told.effect, told.reasons, body) == ("withhold", ("newest",), None)
    told, body = judged_as(judged(thing, Effect.REFER), view)
    assert (told.effect, told.reasons, body) == ("refer", ("rule",), None)
    told, body = judged_as(judged(thing, Effect.REDACT, redacted=("id",)), view)
    assert (told.effect, told.reasons, body) == ("withhold", ("parts",), None)
    told, body = judged_as(judged(thing, Effect.REDACT, redacted=("x_note",)), view)
    assert body is not None
    assert b"x_note" not in body
    assert told.digest != thing.digest


def test_an_object_without_a_version_has_the_moment_of_its_adding() -> None:
    thing = Thing(b"{}", {"type": "ipv4-addr", "id": "ipv4-addr--1"})
    made = item(Dated(thing, 1_600_000_000_000_001), b"x")
    assert (made.version, made.media_type) == ("2020-09-13T12:26:40.000001Z", "application/stix+json;version=2.1")
    assert replace(made, body=b"").added == 1_600_000_000_000_001
