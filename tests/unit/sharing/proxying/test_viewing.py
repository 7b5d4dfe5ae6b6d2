from __future__ import annotations

import asyncio
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

import pytest

from telvet.model.release import Outcome
from telvet.model.sharing import Decision, Effect
from telvet.sharing.objects.reading import read_object
from telvet.sharing.proxying.viewing import offered
from telvet.sharing.recorded.known import Known
from telvet.sharing.releasing.gate import Offered
from telvet.sharing.taxii.source import Collection
from tests.simulators.taxii_upstream import Kept, Shelf, Taxii
from tests.unit.sharing.proxying.views import PARTNER, MarkedGate, MarkedGates, collection, name, proxy, rules, stix


def outcomes(
    server: Taxii, *held: dict[str, Any], newest: bool = True, gates: MarkedGates | None = None
) -> tuple[list[bool], MarkedGates]:
    """Return whether each may be seen, and the gate that was asked."""
    gates = gates or MarkedGates()

    async def work() -> list[bool]:
        async with proxy(server, gates=gates) as opened:
            view = opened._view(PARTNER)  # noqa: SLF001 - what is tested
            assert view is not None
            things = [read_object(Kept.of(each, 1).raw) for each in held]
            judged = await view.judged(collection(server, "a"), things, newest=newest)
            again = await view.judged(collection(server, "a"), things, newest=newest)
            assert [each.outcome for each in again] == [each.outcome for each in judged]
            return [each.seen for each in judged]

    return asyncio.run(work()), gates


def chain(length: int, end: str = "permit") -> list[dict[str, Any]]:
    """Return objects each of which refers to the next."""
    return [
        stix(
            number,
            "permit" if number < length - 1 else end,
            object_refs=[name("indicator", number + 1)] * (number < length - 1),
        )
        for number in range(length)
    ]


def test_references_are_followed_far_and_not_for_ever() -> None:
    for length, end, seen in ((8, "permit", True), (8, "withhold", False), (40, "permit", False)):
        objects = chain(length, end)
        with Taxii(Shelf.of("a", objects)) as server:
            assert outcomes(server, objects[0])[0] == [seen]


def test_what_is_at_hand_is_looked_up_once_for_its_versions_and_what_was_decided_is_not_decided_again() -> None:
    objects = chain(3)
    with Taxii(Shelf.of("a", objects)) as server:
        seen, gates = outcomes(server, *objects)
        assert seen == [True] * 3
        assert [len(one.match("id")) for one in server.asked] == [3]
    assert gates.made.calls == [3]


def test_an_older_version_is_decided_beside_the_newest() -> None:
    older, newest = stix(1, version=0), stix(1, "withhold", version=1)
    with Taxii(Shelf.of("a", [older, newest])) as server:
        assert outcomes(server, older, newest=False)[0] == [False]
        assert outcomes(server, older, newest=True)[0] == [False], "a page may be older than what was looked up since"
    with Taxii(Shelf.of("a", [])) as server:
        assert outcomes(server, older, newest=False)[0] == [False]


@pytest.mark.parametrize("versions", ["last", "all"])
def test_an_older_version_stays_where_the_newest_stays_in_another_collection(versions: str) -> None:
    older, newest = stix(1, version=0), stix(1, "withhold", version=1)
    with Taxii(Shelf.of("a", [older, stix(2)]), Shelf.of("b", [newest])) as server:
        assert outcomes(server, older, newest=versions == "last")[0] == [False]
    with Taxii(Shelf.of("a", [older]), Shelf.of("b", [stix(1, version=1)])) as server:
        assert outcomes(server, older, newest=versions == "last")[0] == [True]


def test_an_older_version_that_goes_takes_its_marking_along() -> None:
    mark = stix(1, kind="marking-definition")
    older, newest = stix(2, object_marking_refs=[mark["id"]]), stix(2, version=1)
    for end, seen in ((newest, True), ({**newest, "x_mark": "withhold"}, False)):
        with Taxii(Shelf.of("a", [mark, older]), Shelf.of("b", [end])) as server:
            gate = MarkedGate("partner-a", date(2024, 1, 1), Known(), rules(), epoch="e1", lenient=True)
            assert outcomes(server, mark, gates=MarkedGates(gate))[0] == [seen]


def test_what_names_a_marking_that_only_an_older_version_bears_stays_where_that_stays() -> None:
    mark = stix(1, kind="marking-definition")
    older = stix(2, object_marking_refs=[mark["id"]])
    naming, further = stix(3, object_refs=[mark["id"]]), stix(4, object_refs=[name("indicator", 3)])
    for end, seen in (("permit", True), ("withhold", False)):
        with Taxii(Shelf.of("a", [mark, older, naming, further]), Shelf.of("b", [stix(2, end, version=1)])) as server:
            assert outcomes(server, naming, older, further)[0] == [seen, seen, seen]


def test_what_refers_to_an_object_refers_to_its_newest_version_wherever_that_lies() -> None:
    naming = stix(3, object_refs=[name("indicator", 1)])
    for mark, seen in (("permit", True), ("withhold", False)):
        with Taxii(Shelf.of("a", [naming, stix(1)]), Shelf.of("b", [stix(1, mark, version=1)])) as server:
            assert outcomes(server, naming)[0] == [seen]


def test_the_same_bytes_in_two_places_are_decided_in_each() -> None:
    """A gate that lets go what lies in one collection alone: the newest version stays in the other, and so does the older."""

    class OfOne(MarkedGate):
        def outcomes(self, offered: Sequence[Offered], holding: AbstractSet[str] | None = frozenset()) -> list[Outcome]:
            found = super().outcomes(offered, holding)
            stays = Outcome(Decision(Effect.WITHHOLD, ()))
            return [
                stays if "b" in each.collections and each.thing.version > "2021-01-01T00:00:00.5" else one
                for each, one in zip(offered, found, strict=True)
            ]

    older, newest = stix(1, version=0), stix(1, version=1)
    gates = MarkedGates(OfOne("partner-a", date(2024, 1, 1), Known(), rules(), epoch="e1"))
    with Taxii(Shelf.of("a", [older, newest]), Shelf.of("b", [newest])) as server:
        assert outcomes(server, older, newest, newest=False, gates=gates)[0] == [False, True]


def test_an_object_lies_under_the_names_of_its_collection_and_for_its_purpose() -> None:
    thing = read_object(Kept.of(stix(1), 1).raw)
    there = offered(Collection("a", "A", alias="b", purpose="defence"), thing)
    assert (there.collections, there.purpose) == (frozenset({"a", "b"}), "defence")
    assert offered(Collection("a", "A"), thing).collections == frozenset({"a"})


@pytest.mark.parametrize("held", [{"x_mark": "permit"}, {"x_mark": "withhold"}])
def test_a_marking_definition_that_marks_nothing_that_goes_stays_even_where_the_gate_lets_it(
    held: dict[str, Any],
) -> None:
    mark = stix(1, kind="marking-definition")
    marked = {**stix(2, object_marking_refs=[mark["id"]]), **held}
    with Taxii(Shelf.of("a", [mark, marked])) as server:
        gate = MarkedGate("partner-a", date(2024, 1, 1), Known(), rules(), epoch="e1", lenient=True)
        assert outcomes(server, mark, gates=MarkedGates(gate))[0] == [held["x_mark"] == "permit"]
