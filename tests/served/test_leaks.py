"""Nothing of what is withheld is in any answer, and an answer about it is the one about what never was.

* Looked for are the words, ids and moments of everything that was sent and that the partner ought not to see.
* Work is counted, not timed: a question about what is withheld costs the database and the other server what one about nothing costs.
"""

from __future__ import annotations

import json
import statistics
import time
from dataclasses import replace
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import event, given

from telvet.sharing.taxii.moments import write_moment
from tests.served.asking import approvals, modestly
from tests.served.desk import Answered, Desk, Place
from tests.served.worlds import (
    ABSENT,
    KINDS,
    Facts,
    Record,
    Sketch,
    World,
    absent_id,
    canaries,
    id_of,
    rendered,
    worlds,
)

RED = [
    Sketch(0),
    Sketch(2),
    Sketch(1, marks=("red",)),
    Sketch(3, refers=(0, 1)),
    Sketch(4, refers=(0, 1)),
    Sketch(7, marks=("red",), refers=(0, 2)),
]
"""Some that go and some that stay, with what refers from the one to the other."""


def forbidden(place: Place) -> dict[bytes, str]:
    """Return every text that must be in no answer, and of what it tells."""
    seen = place.every()
    shown = b"\n".join(each.body for each in seen)
    ids = {each.id for each in place.sent} | {id_of(place.seed, number) for number in range(ABSENT, ABSENT + 3)}
    texts = [(text, each.id) for each in place.sent for text in canaries(each)] + [(name, name) for name in ids]
    return {text.encode(): name for text, name in texts if text.encode() not in shown}


# 2. No trace.


def question(chance: Random) -> tuple[str, str, dict[str, Any]]:
    """Return a method, a path and a query; `{id}` and the like in them are filled in later."""
    path = chance.choice(["objects/", "manifest/", "objects/{id}/", "objects/{id}/versions/", ""])
    versions = ["all", "first", "last", "first,last", "{version}", "{version},last", "nonsense"]
    may = {
        "match[type]": (0.4, ",".join(chance.sample(KINDS, chance.randint(1, 3)))),
        "match[id]": (0.5, "{id}"),
        "match[version]": (0.5, chance.choice(versions)),
        "match[spec_version]": (0.2, chance.choice(["2.0", "2.1", "2.0,2.1", "9"])),
        "added_after": (0.3, "{moment}"),
        "limit": (0.5, chance.choice(["1", "1", "2", "3", "0", "-1", "1000000000"])),
        "next": (0.2, chance.choice(["AAAA", "{next}", "x" * 400])),
    }
    query = {name: value for name, (likely, value) in may.items() if chance.random() < likely}
    return chance.choice(["GET", "GET", "GET", "GET", "HEAD", "PUT"]), path, query


def filled(text: str, record: Record, moment: int, next_: str) -> str:
    """Fill in what a question is about."""
    words = {
        "{id}": record.id,
        "{version}": record.version or "last",
        "{moment}": write_moment(moment),
        "{next}": next_,
    }
    for name, word in words.items():
        text = text.replace(name, word)
    return text


@modestly(40)
@given(worlds)
def test_no_answer_holds_a_trace_of_what_is_withheld(desk: Desk, world: World) -> None:
    place, told, chance = desk.place(), world.told, world.chance
    origin = desk.proxy if chance.random() < 0.5 else ""
    some = world.some
    place.set(told)
    place.post(rendered(some, place.seed))
    place.set(replace(told, approvals=tuple(approvals(place, world.chosen))))
    secret, now = forbidden(place), int(desk.now().timestamp() * 1e6)
    of_staff = place.ask("objects/", origin, by="ann", limit=1).told.get("next", "BBBB")
    answers = [place.ask("objects/", origin, shelf=shelf, **{"match[version]": "all"}) for shelf in (0, 1)]
    for _ in range(8):
        (method, path, query), about = question(chance), chance.choice(place.sent)
        moment = now + chance.randint(-5_000_000, 5_000_000)
        full: dict[str, Any] = {name: filled(value, about, moment, of_staff) for name, value in query.items()}
        answers.append(
            place.ask(filled(path, about, moment, ""), origin, shelf=chance.randrange(2), method=method, **full)
        )
    answers += [
        desk.ask(path, origin, by=place.user) for path in ("/taxii2/", "/api/", "/api/collections/", "/api/x-handling/")
    ]
    answers.append(desk.ask(f"/api/status/{UUID(int=place.seed)}/", origin, by=place.user))
    for answer in answers:
        assert answer.status < 500, answer.body
        found = {name for text, name in secret.items() if text in answer.everything}
        assert not found, (found, answer)
    event(f"{len(secret)} texts are secret")


@pytest.mark.parametrize("origin", ["server", "proxy"])
def test_the_state_of_a_request_is_there_for_whoever_made_it(desk: Desk, origin: str) -> None:
    place = desk.place()
    place.set(Facts())
    [answer] = place.post([*rendered([Sketch(1, marks=("red",))], place.seed)], origin=getattr(desk, origin))
    told = answer.json()
    assert told["success_count"] == 3
    path = f"/api/status/{told['id']}/"
    assert desk.ask(path, getattr(desk, origin), by="ann").told == told
    never = desk.ask(f"/api/status/{UUID(int=7, version=4)}/", getattr(desk, origin), by=place.user)
    assert desk.ask(path, getattr(desk, origin), by=place.user).plain == never.plain


# 5. Withheld is absent.


def about_one(place: Place, name: str, origin: str) -> list[Answered]:
    """Return the answers to everything that can be asked about one id."""
    paths = [
        f"objects/{name}/",
        f"objects/{name}/versions/",
        f"objects/?match[id]={name}",
        f"manifest/?match[id]={name}",
    ]
    paths += [
        f"objects/{name}/?match[version]=all",
        f"objects/{name}/?limit=1",
        f"manifest/?match[id]={name}&match[version]=all",
    ]
    found = [place.ask(path.partition("?")[0], origin, **_query(path)) for path in paths]
    found += [place.ask(f"objects/{name}/", origin, method="HEAD")]
    found += [
        place.ask(f"objects/{name}/", origin, method="DELETE", **_query(text)) for text in ("", "?match[version]=all")
    ]
    return found


def _query(path: str) -> dict[str, Any]:
    return dict(each.split("=", 1) for each in path.partition("?")[2].split("&") if each)


@modestly(40)
@given(worlds)
def test_what_is_withheld_is_as_what_never_was(desk: Desk, world: World) -> None:
    place, told, some = desk.place(), world.told, world.some
    origin = desk.proxy if world.chance.random() < 0.5 else ""
    place.set(told)
    place.post(rendered(some, place.seed))
    seen = {each.record.id for each in place.every()}
    stays = [each for each in place.sent if each.id not in seen and each.sketch.shelf == 0]
    if not stays:
        event("nothing stays")
        return
    name = world.chance.choice(stays).id
    never = absent_id(place.seed, name.partition("--")[0])
    assert [each.plain for each in about_one(place, name, origin)] == [
        each.plain for each in about_one(place, never, origin)
    ]
    kept = place.ask("objects/", by="ann", **dict[str, Any]({"match[id]": name, "match[version]": "all"}))
    assert {each["id"] for each in kept.objects} == {name}  # nobody deleted what he does not see


@pytest.mark.parametrize(
    ("origin", "same"),
    [
        ("server", True),
        ("server", False),
        ("proxy", True),
        ("proxy", False),
    ],
)
def test_whoever_sends_the_id_of_something_withheld_hears_what_he_would_hear_of_a_new_one(
    desk: Desk, origin: str, same: bool
) -> None:
    place = desk.place()
    place.set(Facts())
    place.post(rendered(RED, place.seed))
    stays = next(each for each in place.sent if each.sketch.number == 1)
    never = absent_id(place.seed, "malware")
    mine = stays.raw if same else stays.raw.replace(b"canary", b"my own")
    answers = []
    for raw, name in ((mine, stays.id), (mine.replace(stays.id.encode(), never.encode()), never)):
        told = place.post_raw([raw], by=place.user, origin=getattr(desk, origin)).json()
        answers.append(json.dumps({**told, "id": "", "request_timestamp": ""}).replace(name, "NAME"))
    assert answers[0] == answers[1]


def _costs(place: Place, name: str, origin: str) -> list[tuple[int, int]]:
    """Return how many statements and requests each question about an id costs."""
    costs = []
    for path in (f"objects/{name}/", f"objects/{name}/versions/", "objects/", "manifest/"):
        query: dict[str, Any] = {"match[id]": name} if path.endswith("s/") and name not in path else {}
        before = (place.desk.statements, place.desk.requests)
        place.ask(path, origin, **query)
        costs.append((place.desk.statements - before[0], place.desk.requests - before[1]))
    return costs


@pytest.mark.parametrize("origin", ["server", "proxy", "hasty"])
@pytest.mark.parametrize("number", [1, 4], ids=["alone", "referring"])
def test_a_question_about_what_is_withheld_costs_as_much_as_one_about_nothing(
    desk: Desk, origin: str, number: int
) -> None:
    place, address = desk.place(), getattr(desk, origin)
    place.set(Facts(redaction=False))
    place.post(rendered(RED, place.seed))
    place.walk(address)  # the view is in step, and what is kept is kept
    costs = [_costs(place, name, address) for name in (id_of(place.seed, number), absent_id(place.seed, KINDS[number]))]
    assert costs[0] == costs[1]


@pytest.mark.parametrize("origin", ["server", "proxy"])
def test_it_takes_about_as_long(desk: Desk, origin: str) -> None:
    """A look that something gross has not slipped in; in service, ticks hide what is smaller."""
    place, address = desk.place(), getattr(desk, origin)
    place.set(Facts())
    place.post(rendered(RED, place.seed))
    names = (id_of(place.seed, 1), absent_id(place.seed, KINDS[1]))
    taken: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(40):
        for name in names:
            begun = time.perf_counter()
            place.ask(f"objects/{name}/", address)
            taken[name].append(time.perf_counter() - begun)
    withheld, absent = (statistics.median(taken[name]) for name in names)
    assert withheld < 5 * absent
    assert absent < 5 * withheld
