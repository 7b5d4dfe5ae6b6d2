from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from telvet.sharing.proxying.proxy import Proxy
from telvet.sharing.taxii.source import Posting, Query, Viewer
from tests.simulators.taxii_upstream import Act, Ask, Call, Kept, Shelf, Taxii, stamp
from tests.unit.sharing.proxying.views import PARTNER, STAFF, all_items, collection, run, stix

SEEN, HIDDEN = stix(1), stix(2, "withhold")


def refusing(server: Taxii) -> Act:
    """Fail what lies there with other bytes already, as a store does; say what was sent last as the state of any request."""

    def act(call: Call, asked: Ask) -> None:
        shelf, state = server.shelves["a"], server._states  # noqa: SLF001 - the same ids are asked for again
        told: dict[str, Any] = {"successes": [], "failures": []}
        for held in json.loads(asked.body)["objects"]:
            one = Kept.of(held, 1_700_000_000_000_000)
            there = next((each for each in shelf.kept if (each.id, each.version) == (one.id, one.version)), None)
            well = there is None or json.loads(there.raw) == held
            told["successes" if well else "failures"].append({"id": one.id, "version": stamp(one.version)})
            shelf.kept += [one] if there is None else []
        name = f"00000000-0000-4000-8000-{len(state):012d}"
        state[name] = {"id": name, "status": "complete", "request_timestamp": stamp(1_700_000_000_000_000), **told}
        call.whole(202, json.dumps(state[name]).encode(), "application/taxii+json;version=2.1")

    return act


def told(
    objects: Sequence[dict[str, Any]], viewer: Viewer = PARTNER, *, readable: bool = True
) -> tuple[Posting, Posting | None, list[bytes]]:
    """Post objects; return what is heard, what is heard of it later, and what the server has then."""

    async def work(opened: Proxy) -> tuple[Posting, Posting | None]:
        place = collection(server, "a")
        posting = await opened.post(viewer, "api", place, [json.dumps(each).encode() for each in objects])
        return posting, await opened.status(viewer, "api", posting.id)

    with Taxii(Shelf.of("a", [SEEN, HIDDEN])) as server:
        act = refusing(server)
        server.always = lambda asked: act if asked.method == "POST" else None
        some = [collection(server, "a")] if readable else []
        posting, later = run(server, work, readable=lambda _: some, collections=[collection(server, "a")])
        return posting, later, [each.raw for each in server.shelves["a"].kept]


def changed(held: dict[str, Any]) -> dict[str, Any]:
    return {**held, "name": "mine"}


@pytest.mark.parametrize("readable", [True, False])
def test_an_object_that_is_withheld_is_as_a_new_one_for_whoever_sends_it(readable: bool) -> None:
    heard = []
    for sent in (changed(HIDDEN), HIDDEN, changed(stix(9))):
        posting, later, kept = told([sent], readable=readable)
        assert posting == later
        assert json.dumps(HIDDEN).encode() in kept, "what lay there lies there"
        assert len(kept) == (3 if sent["id"] == stix(9)["id"] else 2)
        assert posting.successes == ((sent["id"], "2021-01-01T00:00:00.000000Z"),)
        heard.append((posting.status, posting.requested, posting.failures, posting.pendings, posting.total))
    assert heard[0] == heard[1] == heard[2]


def test_a_failure_about_what_is_seen_is_told_and_staff_hear_of_all() -> None:
    sent = [changed(HIDDEN), changed(SEEN), stix(9)]
    posting, later, _ = told(sent)
    assert posting == later
    assert [name for name, *_ in posting.failures] == [SEEN["id"]]
    assert [name for name, _ in posting.successes] == sorted([HIDDEN["id"], stix(9)["id"]])
    of_staff, _, _ = told(sent, STAFF)
    assert {name for name, *_ in of_staff.failures} == {SEEN["id"], HIDDEN["id"]}
    elsewhere, later, _ = told(sent, readable=False)
    assert not elsewhere.failures
    assert elsewhere == later


def test_another_version_of_what_is_withheld_is_passed_on() -> None:
    newer = stix(2, version=5)
    posting, _, kept = told([newer])
    assert posting.total == 1
    assert json.dumps(newer).encode() in kept


def test_an_older_version_that_is_withheld_with_its_newest_is_not_overwritten() -> None:
    async def work(opened: Proxy) -> int:
        place = collection(server, "a")
        mine = json.dumps(changed(older)).encode()
        await opened.post(PARTNER, "api", place, [mine])
        return len(await all_items(opened, place, Query(versions=frozenset({"all"}))))

    older, newest = stix(1), stix(1, "withhold", version=1)
    with Taxii(Shelf.of("a", [older]), Shelf.of("b", [newest])) as server:
        assert run(server, work) == 0
        assert all(json.loads(each.raw) == older for each in server.shelves["a"].kept)
