"""Laws of what partners are served, over HTTP: less is known and less goes out, pages are the whole, a proxy is as the server."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from telvet.model.handling import Tlp
from telvet.model.release import Ceiling
from telvet.sharing.taxii.moments import read_moment
from tests.served.asking import approvals, indicator, modestly
from tests.served.desk import Answered, Desk, Place, Seen
from tests.served.worlds import (
    KINDS,
    Facts,
    Record,
    Sketch,
    World,
    id_of,
    on_record,
    rendered,
    stricter,
    tightened,
    worlds,
)

Version = tuple[str, str]


def served(place: Place, origin: str = "", **query: Any) -> dict[Version, dict[str, Any]]:
    """Return everything that is served from both collections, by id and version."""
    found: dict[Version, dict[str, Any]] = {}
    for shelf in (0, 1):
        for page in place.walk(origin, shelf=shelf, **query):
            assert page.status == 200, page.body
            found |= {(str(shelf) + each["id"], each.get("modified", "")): each for each in page.objects}
    return found


def within(less: Any, more: Any) -> bool:
    """Tell whether nothing is said in the one that is not said in the other, but that parts are missing."""
    if isinstance(less, dict) and isinstance(more, dict):
        said = {key: value for key, value in less.items() if key not in {"extensions", "granular_markings"}}
        return all(key in more and within(value, more[key]) for key, value in said.items())
    if isinstance(less, list) and isinstance(more, list):
        return all(any(within(one, other) for other in more) for one in less)
    return bool(less == more)


# 1. What is stricter, or less known, never lets more go.


@modestly(20)
@given(worlds)
def test_a_record_that_is_stricter_or_knows_less_never_lets_more_go(desk: Desk, world: World) -> None:
    place, some, told = desk.place(), world.some, world.told
    place.set(told)
    place.post(rendered(some, place.seed))
    told = replace(told, approvals=tuple(approvals(place, world.chosen)))
    place.set(told)
    before = served(place, **{"match[version]": "all"})
    every = list(tightened(told))
    through = world.chance.randrange(len(every))
    for number, (name, less) in enumerate(every):
        place.set(less)
        for origin in ("", desk.proxy) if number == through else ("",):
            after = served(place, origin, **{"match[version]": "all"})
            event(f"{name}: {'less' if len(after) < len(before) else 'the same'}")
            assert after.keys() <= before.keys(), name
            assert all(within(held, before[key]) for key, held in after.items()), name


@modestly(40)
@given(worlds)
def test_a_stricter_marking_never_lets_more_go(desk: Desk, world: World) -> None:
    some, told = world.some, world.told
    marked = stricter(some, world.chance.randrange(20))
    if marked is None:
        event("nothing is stricter")
        return
    found = []
    for drawn in (some, marked):
        place = desk.place()
        place.set(told)
        place.post(rendered(drawn, place.seed))
        found.append(
            {(name.partition("--")[0], name[-12:], _numbered(each)) for (name, _), each in served(place).items()}
        )
    assert found[1] <= found[0]


def _numbered(held: Mapping[str, Any]) -> str:
    """Return which version it is, whatever the seed: its words end so."""
    return next((str(text).split("-", 2)[2] for text in held.values() if str(text).startswith("canary-")), "")


# 3. Pages are what the gate lets go, once each, in the order of their dates.


@modestly(40)
@given(worlds)
def test_the_pages_are_what_the_gate_lets_go(desk: Desk, world: World) -> None:
    place, told, chance = desk.place(), world.told, world.chance
    through = chance.random() < 0.5
    some = world.some
    limit, versions = chance.randint(1, 7), chance.choice(["last", "last", "all", "first", "first,last"])
    kinds = chance.sample(KINDS, chance.choice([0, 0, 1, 3]))
    place.set(told)
    records = rendered(some, place.seed)
    cut = len(records) // 2
    place.post(records[:cut])
    place.ask("objects/")  # what comes next is decided beside what was decided
    place.post(records[cut:])
    place.set(replace(told, approvals=tuple(approvals(place, world.chosen))))
    query = {"match[version]": versions, **({"match[type]": ",".join(sorted(set(kinds)))} if kinds else {})}
    for shelf in (0, 1):
        ought = [
            each
            for each in place.every()
            if each.shelf == shelf and (not kinds or each.record.id.partition("--")[0] in kinds)
        ]
        ought = _of_versions(ought, versions)
        for origin in ("", desk.proxy) if through else ("",):
            pages = place.walk(origin, shelf=shelf, **query, limit=limit)
            manifest = place.walk(origin, "manifest/", shelf=shelf, **query, limit=limit)
            _check_pages(pages, manifest, limit)
            if "first" not in versions or not origin:
                bodies = [page.body for page in pages]
                assert sorted(_key(each) for page in pages for each in page.objects) == sorted(
                    _key(json.loads(each.body)) for each in ought
                ), origin
                assert all(any(each.body in body for body in bodies) for each in ought)
        event(f"{len(ought)} of {len(some)} served")


def _key(held: Mapping[str, Any]) -> str:
    return json.dumps(held, sort_keys=True)


def _of_versions(seen: list[Seen], versions: str) -> list[Seen]:
    if versions == "all":
        return seen
    ends = {"last": max, "first": min}
    return [
        each
        for each in seen
        if any(
            each.record.version == ends[name](one.record.version for one in seen if one.record.id == each.record.id)
            for name in versions.split(",")
        )
    ]


def _check_pages(pages: Sequence[Answered], manifest: Sequence[Answered], limit: int) -> None:
    """See that pages are full, in order, without anything twice, and that headers say what the manifest says."""
    dates = [each["date_added"] for page in manifest for each in page.objects]
    assert dates == sorted(dates)
    listed = [(each["id"], each["version"]) for page in manifest for each in page.objects]
    assert len(set(listed)) == len(listed)
    assert [each["id"] for page in pages for each in page.objects] == [name for name, _ in listed]
    assert all(len(page.objects) == limit for page in pages[:-1])
    for page, beside in zip(pages, manifest, strict=True):
        ends = [page.headers.get(f"x-taxii-date-added-{name}") for name in ("first", "last")]
        these = [each["date_added"] for each in beside.objects]
        assert ends == ([these[0], these[-1]] if these else [None, None])


@modestly(15)
@given(st.integers(0, 4), st.lists(st.integers(1, 3), min_size=1, max_size=4))
def test_a_ceiling_holds_however_objects_come(desk: Desk, most: int, batches: list[int]) -> None:
    place = desk.place()
    told, laws = on_record(Facts(), place.partner, place.seed)
    ceiling = Ceiling("k", frozenset({place.partner}), frozenset({"indicator"}), most)
    desk.put(replace(told, ceilings=frozenset({ceiling})), laws)
    first = rendered([], place.seed)
    place.post(first)
    number = 0
    for size in batches:
        records = [indicator(place, number + step) for step in range(size)]
        number += size
        place.post(records)
        served_now = [each for page in place.walk() for each in page.objects if each["type"] == "indicator"]
        assert len(served_now) == min(most, number)
    through = [each for page in place.walk(desk.proxy) for each in page.objects if each["type"] == "indicator"]
    assert through == []  # a proxy cannot count


# 4. A proxy before the server is as the server.


@modestly(25)
@given(worlds)
def test_a_proxy_is_as_the_server(desk: Desk, world: World) -> None:
    place, some = desk.place(), world.some
    place.set(world.told)
    place.post(rendered(some, place.seed))
    place.set(replace(world.told, approvals=tuple(approvals(place, world.chosen))))
    one, limit = id_of(place.seed, world.chance.choice(some).number), world.chance.randint(1, 8)
    asked: list[tuple[str, dict[str, Any]]] = [
        ("objects/", {"limit": limit}),
        ("manifest/", {"limit": limit}),
        ("objects/", {"match[version]": "all"}),
        ("objects/", {"match[id]": one}),
        (f"objects/{one}/", {}),
        (f"objects/{one}/", {"match[version]": "all"}),
        (f"objects/{one}/versions/", {}),
    ]
    for shelf in (0, 1):
        for path, query in asked:
            ought = list(map(_alike, place.walk("", path, shelf=shelf, **query)))
            for origin in (desk.proxy, desk.hasty):
                found = list(map(_alike, place.walk(origin, path, shelf=shelf, **query)))
                assert found == ought, (path, query)


def _alike(page: Answered) -> Any:
    """Return a page without its dates: those of the server are its partner's own, those of a proxy the other server's."""
    told = page.told
    objects = [
        {name: value for name, value in each.items() if name != "date_added"} for each in told.get("objects", [])
    ]
    objects = [each if _versioned(each) else {**each, "version": None} for each in objects]
    versions = told.get("versions", []) if len(told.get("versions", [])) != 1 else ["one"]
    names = {name for name in page.headers if name != "content-length"}
    return page.status, names, objects, versions, bool(told.get("more")), "next" in told


def _versioned(held: Mapping[str, Any]) -> bool:
    return not held["id"].startswith("ipv4-addr") or "media_type" not in held


# 6. Whoever polls sees everything once.


HAPPENINGS = ("approval", "authority", "consent", "level", "approval", "post", "post", "post", "nothing")


@modestly(30)
@given(worlds)
def test_whoever_polls_sees_everything_once_as_soon_as_it_may_go(desk: Desk, world: World) -> None:
    place, some, chance = desk.place(), world.some, world.chance
    happenings = chance.sample(HAPPENINGS, k=len(HAPPENINGS))
    limit, chosen = chance.randint(1, 4), tuple(range(20))
    told = Facts(tlp=(Tlp.GREEN,), authorities=((Tlp.CLEAR, False, None),))
    place.set(told)
    records = rendered(some, place.seed)
    cut = max(2, len(records) - 4)
    place.post(records[:cut])
    later = iter(records[cut:])
    before: set[str] = set()
    seen, last = 0, None
    for what in ["nothing", *happenings]:
        told = _more(place, what, told, chosen, later)
        polled, last = _polled(place, last, limit)
        now = {_key(json.loads(each.body)) for each in place.newest()}
        assert sorted(polled) == sorted(now - before), what  # what was hidden for a while is seen anew
        before, seen = now, seen + len(polled)
    event(f"{seen} seen")


def _more(place: Place, what: str, told: Facts, chosen: Sequence[int], later: Iterator[Record]) -> Facts:
    if what == "post":
        place.post([each for each in [next(later, None)] if each])
    elif what == "authority":
        told = replace(told, authorities=(*told.authorities, (Tlp.AMBER, True, None)))
    elif what == "consent":
        told = replace(told, consents=(Tlp.RED,))
    elif what == "level":
        told = replace(told, tlp=(*told.tlp, Tlp.RED))
    elif what == "approval":
        place.set(told)
        told = replace(told, approvals=(*told.approvals, *approvals(place, chosen)))
    place.set(told)
    return told


def _polled(place: Place, last: str | None, limit: int) -> tuple[list[str], str | None]:
    """Ask for what came after the last, page by page by date alone; return it, and the last date."""
    found: list[str] = []
    while True:
        page = place.ask("objects/", limit=limit, added_after=last)
        dates = [page.headers.get(f"x-taxii-date-added-{name}") for name in ("first", "last")]
        assert last is None or dates[0] is None or read_moment(dates[0]) > read_moment(last)
        found += [_key(each) for each in page.objects]
        last = dates[1] or last
        if not page.told.get("more"):
            return found, last


def test_whoever_polls_while_others_send_sees_everything_once(desk: Desk) -> None:
    place, seen, last = desk.place(), list[str](), None
    place.set(Facts())
    place.post(rendered([], place.seed))
    batches = [[indicator(place, 10 * number + step) for step in range(3)] for number in range(24)]
    with ThreadPoolExecutor(3) as pool:
        sending = [pool.submit(place.post, batch) for batch in batches]
        while True:
            ended = all(each.done() for each in sending)
            polled, last = _polled(place, last, 7)
            seen += polled
            if ended:
                break
    for each in sending:
        each.result()
    assert len(seen) == len(set(seen)) == 2 + 3 * len(batches)


@pytest.mark.parametrize("origin", ["server", "proxy", "hasty"])
def test_what_is_called_back_is_gone_with_the_next_request(desk: Desk, origin: str) -> None:
    place = desk.place()
    place.set(Facts())
    place.post(rendered([Sketch(0), Sketch(1)], place.seed))
    address = getattr(desk, origin)
    assert len(place.ask("objects/", address).objects) == 4
    place.set(Facts(recalled=(1,)))
    assert [each["id"] for each in place.ask("objects/", address).objects][2:] == [id_of(place.seed, 0)]
