from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telvet.errors import SourceError
from telvet.model.release import Outcome
from telvet.sharing.objects.thing import Thing
from telvet.sharing.proxying.proxy import Proxy
from telvet.sharing.taxii.source import Collection, Item, Query, Slice, Viewer, What
from tests.simulators.taxii_upstream import (
    Act,
    Ask,
    Kept,
    Reply,
    Shelf,
    Taxii,
    breaks_off,
    drips,
    endless,
    gzip_bomb,
    redirects,
    resets,
    says,
    silent,
    stamp,
    status,
)  # fmt: skip
from tests.unit.sharing.proxying.views import PARTNER, STAFF, all_items, collection, name, run, seen, stix

NONE = name("indicator", 999_999)


def read(server: Taxii, query: Query, **more: Any) -> list[Item]:
    viewer, what = more.pop("viewer", PARTNER), more.pop("what", What.OBJECTS)
    return run(server, lambda opened: all_items(opened, collection(server, "a"), query, viewer, what), **more)


def first(server: Taxii, query: Query | None = None, **more: Any) -> Slice:
    """Return the first page."""
    viewer, what, only = more.pop("viewer", PARTNER), more.pop("what", What.OBJECTS), more.pop("only", "")

    async def work(opened: Proxy) -> Slice:
        return await opened.page(viewer, collection(server, "a"), query or Query(), what, only=only)

    return run(server, work, **more)


@settings(max_examples=40, deadline=None)
@given(
    marks=st.lists(st.sampled_from(["permit", "withhold", "refer", "redact"]), max_size=40),
    limit=st.integers(1, 12),
    upstream=st.integers(1, 9),
    ties=st.integers(1, 9),
    cursors=st.sampled_from(["lasting", "fleeting", "none"]),
    cache=st.sampled_from([0.0, 60.0]),
)
def test_pages_together_are_what_may_be_seen_whatever_their_sizes(
    marks: list[str], limit: int, upstream: int, ties: int, cursors: str, cache: float
) -> None:
    objects = [stix(number, mark) for number, mark in enumerate(marks, 1)]
    shelf = Shelf("a", [Kept.of(held, 1_600_000_000_000_000 + number // ties) for number, held in enumerate(objects)])
    upstream = max(upstream, ties + 1) if cursors == "none" else upstream
    with Taxii(shelf, page=upstream, cursors=cursors) as server:
        got = read(server, Query(limit=limit), cache_seconds=cache)
        assert [each.id for each in got] == seen(objects)
        assert [each.added for each in got] == sorted(each.added for each in got)
        ours, theirs = len(got) // limit + 1, len(objects) // upstream + 1
        if cursors == "lasting":
            assert len(server.pages()) <= theirs + 2 * ours


@settings(max_examples=25, deadline=None)
@given(
    edges=st.lists(st.tuples(st.integers(0, 15), st.integers(0, 15)), max_size=25),
    marks=st.lists(st.sampled_from(["permit", "permit", "permit", "withhold"]), min_size=16, max_size=16),
    limit=st.integers(1, 6),
)
def test_what_refers_to_what_stays_stays_wherever_that_lies(
    edges: list[tuple[int, int]], marks: list[str], limit: int
) -> None:
    """Objects lie in two collections; what is reachable from each decides."""
    targets = {number: [other for one, other in edges if one == number] for number in range(16)}
    objects = [stix(n, marks[n], object_refs=[name("indicator", other) for other in targets[n]]) for n in range(16)]

    def goes(number: int) -> bool:
        reached, due = {number}, [number]
        while due:
            fresh = [other for other in targets[due.pop()] if other not in reached]
            reached.update(fresh)
            due += fresh
        return all(marks[each] == "permit" for each in reached)

    with Taxii(Shelf.of("a", objects[::2]), Shelf.of("b", objects[1::2]), page=5) as server:
        got = read(server, Query(limit=limit))
    assert [each.id for each in got] == [name("indicator", number) for number in range(0, 16, 2) if goes(number)]


def test_what_is_referred_to_and_lies_nowhere_keeps_an_object_back() -> None:
    objects = [stix(1, created_by_ref=name("identity", 9)), stix(2)]
    with Taxii(Shelf.of("a", objects)) as server:
        assert [each.id for each in first(server).items] == [name("indicator", 2)]


def test_staff_see_everything_as_it_is() -> None:
    objects = [stix(number, "withhold") for number in range(1, 8)]
    shelf = Shelf.of("a", objects)
    with Taxii(shelf, page=3) as server:
        got = read(server, Query(limit=2), viewer=STAFF)
    assert [each.body for each in got] == [kept.raw for kept in shelf.kept]
    assert [each.added for each in got] == [kept.added for kept in shelf.kept]


def test_every_decision_is_told_once_and_none_of_the_next_page() -> None:
    objects = [stix(number, ("permit", "withhold", "refer")[number % 3]) for number in range(30)]

    async def work(opened: Proxy) -> list[Slice]:
        pages, after = [], b""
        while True:
            pages.append(await opened.page(PARTNER, place, Query(limit=3), What.OBJECTS, after=after))
            if not pages[-1].more:
                return pages
            after = pages[-1].place

    queued: list[str] = []

    def queue_up(partner: str, entries: list[tuple[Thing, Collection, Outcome]]) -> None:
        assert partner == "partner-a"
        queued.extend(thing.id for thing, _, _ in entries)

    with Taxii(Shelf.of("a", objects), page=7) as server:
        place = collection(server, "a")
        pages = run(server, work, queue_up=queue_up)
    told = [each for page in pages for each in page.decided]
    assert [each.object for each in told] == [held["id"] for held in objects]
    assert {(each.effect, each.reasons) for each in told} == {
        ("permit", ("authority A",)), ("withhold", ("test",)), ("refer", ("test",)),
    }  # fmt: skip
    assert queued == [held["id"] for held in objects if held["x_mark"] == "refer"]
    assert {page.about["facts"] for page in pages} == {"f"}


def test_what_goes_without_a_part_says_so_and_is_told_with_the_digest_of_what_goes() -> None:
    with Taxii(Shelf.of("a", [stix(1, "redact", x_note="the word")])) as server:
        page = first(server)
    assert b"the word" not in page.items[0].body
    assert page.decided[0].effect == "redact"
    assert page.decided[0].digest not in {"", Thing(server.shelves["a"].kept[0].raw, {}).digest}


def test_a_manifest_has_the_same_entries_and_no_bodies_and_is_decided_on_bytes() -> None:
    objects = [stix(number, ("permit", "withhold")[number % 2]) for number in range(9)]
    with Taxii(Shelf.of("a", objects), page=4) as server:
        got = read(server, Query(limit=2), what=What.MANIFEST)
    assert [each.id for each in got] == seen(objects)
    assert {each.body for each in got} == {b""}
    assert {each.media_type for each in got} == {"application/stix+json;version=2.1"}


def versions(*marks: str) -> list[dict[str, Any]]:
    return [stix(1, mark, version=number) for number, mark in enumerate(marks)]


@pytest.mark.parametrize(
    ("asked", "marks", "expected"),
    [
        ({"last"}, ("permit", "permit"), [1]),
        ({"first"}, ("permit", "permit"), [0]),
        ({"all"}, ("permit", "withhold", "permit"), [0, 2]),
        ({"last"}, ("permit", "withhold"), []),
        ({"first"}, ("permit", "withhold"), []),
        ({"all"}, ("permit", "withhold"), []),
        ({"2021-01-01T00:00:00.000000Z"}, ("permit", "withhold"), []),
        ({"2021-01-01T00:00:00.000000Z"}, ("permit", "permit"), [0]),
        ({"first", "last"}, ("permit", "withhold", "permit"), [0, 2]),
    ],
)
def test_older_versions_are_seen_only_where_the_newest_is(
    asked: set[str], marks: tuple[str, ...], expected: list[int]
) -> None:
    with Taxii(Shelf.of("a", versions(*marks))) as server:
        got = read(server, Query(versions=frozenset(asked)))
    assert [each.version for each in got] == [f"2021-01-01T00:00:{number:02d}.000000Z" for number in expected]


def test_the_versions_of_an_object_are_all_that_may_be_seen() -> None:
    with Taxii(Shelf.of("a", [*versions("permit", "withhold", "permit"), stix(2)])) as server:
        page = first(server, what=What.VERSIONS, only=name("indicator", 1))
        assert [each.version[17:19] for each in page.items] == ["00", "02"]
        assert page.found
        hidden = first(server, what=What.VERSIONS, only=NONE)
    assert (hidden.items, hidden.found, hidden.more) == ((), False, False)


def test_withheld_and_absent_are_alike_in_the_answer_and_in_what_the_server_is_asked() -> None:
    def asked_for(name_: str) -> tuple[Slice, list[tuple[str, str, Any]]]:
        server.asked.clear()
        page = first(server, only=name_)
        asked = [(one.method, one.path, dict(one.parameters)) for one in server.asked]
        assert all(name_ not in path for _, path, _ in asked)
        return page, [(m, p, {k: "ID" if k == "match[id]" else v for k, v in q.items()}) for m, p, q in asked]

    with Taxii(Shelf.of("a", [stix(1, "withhold"), stix(2)])) as server:
        withheld, there = asked_for(name("indicator", 1))
        absent, nowhere = asked_for(NONE)
    assert (withheld.items, withheld.found, withheld.more, withheld.place) == ((), False, False, b"")
    assert (absent.items, absent.found, absent.more, absent.place) == ((), False, False, b"")
    assert there == nowhere


def times_asked(server: Taxii, about: str, how: str, seconds: float) -> list[int]:
    """Return how often the server is asked, the first time and again; but for relationships, which are read at the first request."""

    async def work(opened: Proxy) -> list[int]:
        found = []
        for _ in range(2):
            before = len(server.asked)
            query = Query() if how == "one" else Query(ids=frozenset({about}))
            what = What.MANIFEST if how == "manifest" else What.OBJECTS
            only = about if how == "one" else ""
            page = await opened.page(PARTNER, collection(server, "a"), query, what, only=only)
            assert not page.items
            found.append(len([one for one in server.asked[before:] if "match[type]" not in one.parameters]))
        return found

    return run(server, work, cache_seconds=seconds)


@pytest.mark.parametrize("seconds", [0, 60])
@pytest.mark.parametrize("length", [0, 1, 2])
@pytest.mark.parametrize("how", ["one", "ids", "manifest"])
def test_the_server_is_asked_as_often_about_what_is_withheld_as_about_nothing(
    how: str, length: int, seconds: float
) -> None:
    """Whatever it refers to, through one or two others in another collection."""
    ends = [stix(number, object_refs=[name("indicator", number + 1)]) for number in range(1, length + 1)]
    first_, *others = [*ends, stix(length + 1, "withhold")]
    with Taxii(Shelf.of("a", [first_]), Shelf.of("b", others)) as server:
        withheld, absent = (times_asked(server, about, how, seconds) for about in (name("indicator", 1), NONE))
    assert withheld == absent


def test_the_server_is_asked_as_often_whatever_id_is_sent() -> None:
    def asked(sent: dict[str, Any]) -> int:
        raw = Kept.of(sent, 1).raw
        with Taxii(Shelf.of("a", [stix(1, "withhold")]), Shelf.of("b", [])) as server:
            run(server, lambda opened: opened.post(PARTNER, "api", collection(server, "a"), [raw]))
            return len(server.asked)

    assert asked(stix(1)) == asked({**stix(1), "name": "mine"}) == asked(stix(9))


def test_a_filter_that_leaves_nothing_does_not_hide_that_an_object_is_known() -> None:
    with Taxii(Shelf.of("a", [stix(1), stix(2, "withhold")])) as server:
        late = Query(added_after=1_900_000_000_000_000)
        assert first(server, late, only=name("indicator", 1)).found
        assert not first(server, late, only=name("indicator", 2)).found


@pytest.mark.parametrize("only", ["..", "indicator--..%2f", "x/../y", "indicator--1"])
def test_what_is_no_id_is_not_there_and_nobody_is_asked(only: str) -> None:
    with Taxii(Shelf.of("a", [stix(1)])) as server:
        assert not first(server, only=only).found
        assert first(server, Query(ids=frozenset({only}))).items == ()
        assert not server.asked


def test_filters_are_passed_on() -> None:
    objects = [stix(1), stix(2, kind="malware"), stix(3)]
    with Taxii(Shelf.of("a", objects)) as server:
        assert [each.id for each in first(server, Query(types=frozenset({"malware"}))).items] == [name("malware", 2)]
        assert len(first(server, Query(ids=frozenset({name("indicator", 3), NONE}))).items) == 1
        after = server.shelves["a"].kept[1].added
        assert [each.id for each in first(server, Query(added_after=after)).items] == [name("indicator", 3)]
        assert first(server, Query(spec_versions=frozenset({"2.0"}))).items == ()


def marking(number: int) -> dict[str, Any]:
    return stix(number, kind="marking-definition")


def test_a_marking_definition_goes_with_what_it_marks_however_far_away_that_is() -> None:
    marked = stix(40, object_marking_refs=[name("marking-definition", 1)])
    hidden = stix(41, "withhold", object_marking_refs=[name("marking-definition", 2)])
    objects = [marking(1), marking(2), *(stix(number) for number in range(3, 30)), marked, hidden]
    with Taxii(Shelf.of("a", objects), page=4) as server:
        got = [each.id for each in read(server, Query(limit=3))]
    assert got == [held["id"] for held in objects if held not in (objects[1], hidden)]


def test_what_was_looked_up_is_not_asked_for_again_for_a_while() -> None:
    objects = [stix(number, created_by_ref=name("identity", 1)) for number in range(20)]
    with Taxii(Shelf.of("a", objects), Shelf.of("b", [stix(1, kind="identity")]), page=5) as server:
        assert len(read(server, Query(limit=5))) == 20
        lookups = [one for one in server.asked if name("identity", 1) in one.match("id")]
    assert [one.path.split("/")[3] for one in lookups] == ["a", "b"]


def test_a_place_whose_cursor_is_lost_is_found_again_by_its_date() -> None:
    objects = [stix(number, ("permit", "withhold")[number % 3 == 0]) for number in range(40)]

    async def work(opened: Proxy) -> list[str]:
        got: list[str] = []
        after = b""
        while True:
            page = await opened.page(PARTNER, place, Query(limit=4), What.OBJECTS, after=after)
            got += [each.id for each in page.items]
            if not page.more:
                return got
            after = page.place
            server.always = lambda asked: status(404) if "next" in asked.parameters else None

    shelf = Shelf("a", [Kept.of(held, 1_600_000_000_000_000 + number // 3) for number, held in enumerate(objects)])
    with Taxii(shelf, page=6) as server:
        place = collection(server, "a")
        assert run(server, work, cache_seconds=0) == seen(objects)


def test_a_place_survives_that_its_object_is_deleted() -> None:
    objects = [stix(number) for number in range(10)]

    async def work(opened: Proxy) -> list[str]:
        page = await opened.page(PARTNER, place, Query(limit=4), What.OBJECTS)
        del shelf.kept[4]
        rest = await opened.page(PARTNER, place, Query(limit=9), What.OBJECTS, after=page.place)
        return [each.id for each in (*page.items, *rest.items)]

    shelf = Shelf.of("a", objects)
    with Taxii(shelf) as server:
        place = collection(server, "a")
        got = run(server, work, cache_seconds=0)
    assert got == [held["id"] for number, held in enumerate(objects) if number != 4]


def test_nonsense_is_no_place() -> None:
    async def work(opened: Proxy) -> str:
        try:
            await opened.page(PARTNER, collection(server, "a"), Query(), What.OBJECTS, after=b"[[]]")
        except SourceError as problem:
            return problem.code
        return ""

    with Taxii(Shelf.of("a", [])) as server:
        assert run(server, work) == "place-lost"


def code_of(server: Taxii, **more: Any) -> str:
    with pytest.raises(SourceError) as caught:
        read(server, Query(limit=5), **more)
    return caught.value.code


TEN = [stix(number) for number in range(10)]


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (status(500), "source-busy"),
        (status(503), "source-busy"),
        (status(429), "source-busy"),
        (breaks_off, "source-busy"),
        (resets, "source-busy"),
        (silent, "source-busy"),
        (drips, "source-busy"),
        (status(401), "source-failed"),
        (status(403), "source-failed"),
        (status(406), "source-failed"),
        (status(400), "source-failed"),
        (endless, "source-failed"),
        (gzip_bomb, "source-failed"),
        (redirects("http://127.0.0.1:1/"), "source-failed"),
        (says(b"<html>", "text/html"), "source-failed"),
        (says(b"{}", "application/json"), "source-failed"),
        (says(b"{}", "application/taxii+json;version=2.0"), "source-failed"),
        (says(b"\xff\xfe"), "source-failed"),
        (says(b"no JSON"), "source-failed"),
        (says(b"[" * 100_000), "source-failed"),
        (says(b'{"objects": [1, 2]}'), "source-failed"),
        (says(b'{"objects": [{"id": "x", "type": "y"}]}'), "source-failed"),
        (says(b'{"more": "yes"}'), "source-failed"),
        (says(b'{"more": true}'), "source-failed"),
        (says(b'{"more": true, "next": "' + b"x" * 5000 + b'"}'), "source-failed"),
        (says(b'{"more": true, "next": "on"}'), "source-failed"),
    ],
)
@pytest.mark.parametrize("which", ["/objects/", "/manifest/"])
def test_a_server_that_fails_dawdles_or_lies_is_an_error_and_never_a_part_of_a_page(
    act: Act, code: str, which: str
) -> None:
    with Taxii(Shelf.of("a", TEN)) as server:
        server.always = lambda asked: act if asked.path.endswith(which) else None
        problem = code_of(server, seconds=0.3, most_bytes=1_000_000)
    expected = {code, "source-failed"} if which == "/manifest/" else {code}
    assert problem in expected


def also(twist: Callable[[Ask, Reply], Reply], ending: str = "/objects/") -> Callable[[Ask, Reply], Reply]:
    return lambda asked, reply: twist(asked, reply) if asked.path.endswith(ending) and reply.kept else reply


def longer(_: Ask, reply: Reply) -> Reply:
    reply.kept = [*(reply.kept or []), *(Kept.of(stix(500 + n), 1_700_000_000_000_000) for n in range(200))]
    return reply


def backwards(_: Ask, reply: Reply) -> Reply:
    reply.kept = (reply.kept or [])[::-1]
    return reply


def same_again(_: Ask, reply: Reply) -> Reply:
    reply.kept = server_of["it"].shelves["a"].kept[:4]
    reply.headers = {
        "X_TAXII_Date_Added_First": stamp(reply.kept[0].added),
        "X_TAXII_Date_Added_Last": stamp(reply.kept[-1].added),
    }
    reply.told = {"more": True, "next": "same"}
    return reply


server_of: dict[str, Taxii] = {}


def more_and_nothing_new(_: Ask, reply: Reply) -> Reply:
    reply.told = {"more": True}
    return reply


def others(_: Ask, reply: Reply) -> Reply:
    reply.kept = [Kept.of(stix(77, kind="malware"), reply.kept[0].added)] if reply.kept else []
    return reply


def negative(_: Ask, reply: Reply) -> Reply:
    reply.headers = dict.fromkeys(reply.headers, "1969-12-31T23:59:59.000000Z")
    return reply


def no_moment(_: Ask, reply: Reply) -> Reply:
    reply.headers = dict.fromkeys(reply.headers, "yesterday")
    return reply


def swapped(_: Ask, reply: Reply) -> Reply:
    reply.headers = dict(zip(reply.headers, list(reply.headers.values())[::-1], strict=True))
    return reply


@pytest.mark.parametrize(
    "twist", [longer, backwards, more_and_nothing_new, same_again, others, negative, no_moment, swapped]
)
def test_a_page_that_cannot_be_is_not_believed(twist: Callable[[Ask, Reply], Reply]) -> None:
    with Taxii(Shelf.of("a", TEN)) as server:
        server_of["it"] = server
        server.twist = also(twist)
        with pytest.raises(SourceError) as caught:
            read(server, Query(limit=5, types=frozenset({"indicator"})), cache_seconds=0)
    assert caught.value.code == "source-failed"
    assert len(server.asked) < 20


def test_pages_that_go_in_a_ring_end() -> None:
    """Two pages of one date, each of which names the other as the next, for ever."""
    shelf = Shelf("a", [Kept.of(held, 1_600_000_000_000_000) for held in TEN])

    def ring(asked: Ask, reply: Reply) -> Reply:
        half = asked.parameters.get("next") == "from-5"
        reply.kept = shelf.kept[5:] if half else shelf.kept[:5]
        reply.told = {"more": True, "next": "from-0" if half else "from-5"}
        return reply

    with Taxii(shelf) as server:
        server.twist = also(ring)
        assert code_of(server, cache_seconds=0) == "source-failed"
        assert len(server.asked) < 20


def test_dates_are_never_guessed() -> None:
    """The manifest leaves an object out; asked for by its id it leaves it out again."""

    def forgetful(asked: Ask, reply: Reply) -> Reply:
        if asked.path.endswith("/manifest/"):
            reply.told["objects"] = [
                each for each in reply.told.get("objects", []) if each["id"] != name("indicator", 5)
            ]
        return reply

    with Taxii(Shelf.of("a", TEN)) as server:
        server.twist = forgetful
        assert code_of(server) == "source-failed"


def test_without_dates_in_headers_the_manifest_tells_them() -> None:
    def silent_headers(_: Ask, reply: Reply) -> Reply:
        reply.headers = {}
        return reply

    with Taxii(Shelf.of("a", TEN)) as server:
        server.twist = silent_headers
        got = read(server, Query(limit=4))
        assert [each.added for each in got] == [kept.added for kept in server.shelves["a"].kept]


def test_where_versions_are_more_than_a_page_of_the_manifest_fewer_are_asked_for_at_once() -> None:
    def silent_headers(_: Ask, reply: Reply) -> Reply:
        reply.headers = {}
        return reply

    objects = [stix(number, version=version) for version in (0, 1) for number in range(6)]
    with Taxii(Shelf.of("a", objects), page=4) as server:
        server.twist = silent_headers
        got = read(server, Query(limit=5, versions=frozenset({"all"})))
        assert [each.added for each in got] == [kept.added for kept in server.shelves["a"].kept]


def test_the_state_of_a_request_is_found_by_another_process_with_the_same_key() -> None:
    key = bytes(range(32))
    with Taxii(Shelf.of("a", [])) as server:
        place = collection(server, "a")
        posting = run(server, lambda opened: opened.post(STAFF, "api", place, [Kept.of(stix(50), 1).raw]), key=key)
        again = {"key": key, "collections": [place]}
        assert run(server, lambda opened: opened.status(STAFF, "api", posting.id), **again) == posting
        assert run(server, lambda opened: opened.status(STAFF, "api", posting.id), collections=[place]) is None


def test_a_connection_that_breaks_once_is_asked_again() -> None:
    with Taxii(Shelf.of("a", TEN)) as server:
        server.acts = [resets]
        assert len(read(server, Query())) == 10


def test_a_server_that_is_not_there_is_busy() -> None:
    with Taxii(Shelf.of("a", TEN)) as server:
        pass

    with pytest.raises(SourceError) as caught:
        first(server)
    assert caught.value.code == "source-busy"


def test_a_whole_page_has_its_own_limit_of_time() -> None:
    with Taxii(Shelf.of("a", [stix(number, "withhold") for number in range(60)]), page=1) as server:
        assert code_of(server, page_seconds=0.02, cache_seconds=0) == "source-busy"


def test_an_empty_collection_is_empty_and_one_that_is_not_there_is_not() -> None:
    with Taxii(Shelf.of("a", [])) as server:
        assert first(server).items == ()
        server.always = lambda asked: status(404) if asked.path.endswith("/objects/") else None
        assert first(server).items == ()
        server.always = lambda _: status(404)
        assert code_of(server) == "source-failed"


def test_an_object_that_two_readers_read_in_two_ways_is_set_aside_and_told() -> None:
    odd = Kept.of(stix(5), 1_600_000_000_004_500)
    twice = Kept(odd.raw[:-1] + b',"x_mark":"withhold"}', odd.added, odd.id, odd.version, odd.spec)
    shelf = Shelf.of("a", [stix(number) for number in (1, 2, 3, 4)])
    shelf.kept.insert(2, Kept(twice.raw, shelf.kept[1].added + 500, twice.id, twice.version, twice.spec))
    with Taxii(shelf) as server:
        page = first(server)
    assert [each.id for each in page.items] == [name("indicator", number) for number in (1, 2, 3, 4)]
    assert [(each.object, each.reasons) for each in page.decided if each.effect == "withhold"] == [
        (twice.id, ("unreadable",))
    ]


def test_what_is_posted_is_passed_on_and_its_state_is_told_to_whoever_posted_it() -> None:
    raw = Kept.of(stix(50), 1).raw
    other = Viewer("somebody", "partner-a")

    async def work(opened: Proxy) -> None:
        posting = await opened.post(PARTNER, "api", place, [raw])
        assert (posting.status, posting.total) == ("complete", 1)
        assert posting.successes == ((name("indicator", 50), "2021-01-01T00:00:00.000000Z"),)
        assert await opened.status(PARTNER, "api", posting.id) == posting
        assert await opened.status(other, "api", posting.id) is None
        assert await opened.status(STAFF, "api", posting.id) is None
        assert await opened.status(PARTNER, "elsewhere", posting.id) is None
        assert await opened.status(PARTNER, "api", posting.id[:-4] + "aaaa") is None
        assert await opened.status(PARTNER, "api", "nonsense") is None
        assert len((await opened.page(PARTNER, place, Query(), What.OBJECTS)).items) == 1

    with Taxii(Shelf.of("a", [])) as server:
        place = collection(server, "a")
        run(server, work)
        assert server.shelves["a"].kept[0].raw == raw


def test_a_post_that_fails_is_sent_once() -> None:
    async def work(opened: Proxy) -> str:
        try:
            await opened.post(STAFF, "api", collection(server, "a"), [b"{}"])
        except SourceError as problem:
            return problem.code
        return ""

    with Taxii(Shelf.of("a", [])) as server:
        server.acts = [resets]
        assert run(server, work) == "source-busy"
        assert len(server.asked) == 1
        server.acts = [status(403)]
        assert run(server, work) == "source-failed"


@pytest.mark.parametrize(
    ("viewer", "number", "versions_", "left"),
    [
        (STAFF, 2, {"all"}, [1, 1, 3]),
        (PARTNER, 1, {"all"}, [2, 3]),
        (PARTNER, 1, {"first"}, [1, 2, 3]),
        (PARTNER, 1, {"last"}, [1, 2, 3]),
        (PARTNER, 2, {"all"}, [1, 1, 2, 3]),
        (PARTNER, 8, {"all"}, [1, 1, 2, 3]),
    ],
)
def test_only_what_is_seen_is_deleted(viewer: Viewer, number: int, versions_: set[str], left: list[int]) -> None:
    async def work(opened: Proxy) -> Any:
        asked = Query(versions=frozenset(versions_))
        return await opened.delete(viewer, collection(server, "a"), asked, name("indicator", number))

    shelf = Shelf.of("a", [*versions("permit", "permit"), stix(2, "withhold"), stix(3)])
    with Taxii(shelf) as server:
        deletion = run(server, work)
    assert [int(kept.id[-12:]) for kept in shelf.kept] == left
    assert deletion.found is (len(left) < 4)
    assert bool(deletion.deleted) is deletion.found


def test_two_partners_pages_may_be_read_at_once() -> None:
    async def work(opened: Proxy) -> list[list[Item]]:
        return list(
            await asyncio.gather(*(all_items(opened, collection(server, "a"), Query(limit=n)) for n in (2, 3, 50)))
        )

    with Taxii(Shelf.of("a", [stix(number) for number in range(30)]), page=4) as server:
        assert {len(each) for each in run(server, work)} == {30}
