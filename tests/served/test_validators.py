"""What is served is STIX 2.1 to those who check it, and TAXII 2.1 to the client that most people use."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from requests.auth import AuthBase
from stix2validator import ValidationOptions, validate_string  # type: ignore[import-untyped] # it has no types
from taxii2client.v21 import Collection, Server, as_pages  # type: ignore[import-untyped] # it has no types

from telvet.model.release import Originated
from telvet.sharing.recorded.known import Known
from tests.served.desk import Desk, Place
from tests.served.worlds import Facts, Record, Sketch, on_record
from tests.unit.sharing.store.real import TLP, marking

ROOT = Path(__file__).resolve().parents[2]
FEED = ROOT / "examples" / "sharing" / "feed.json"
ATTACK = ROOT.parent / "shared" / "samples" / "stix" / "ics-attack-18.1.json"
PARTIAL = "indicator--7d1e0c5a-0019-4b6e-9c2f-1f2e3d4c5b6a"
"""The one with a part of its own marking."""
ORIGINS = ("server", "proxy")


class Bearer(AuthBase):
    """Has the usual client send a token; by itself it knows only a scheme of its own."""

    def __init__(self, user: str) -> None:
        self.token = f"Bearer token-of-{user}"

    def __call__(self, request: Any) -> Any:
        request.headers["Authorization"] = self.token
        return request


def sent(held: Mapping[str, Any], raw: bytes = b"") -> Record:
    return Record(Sketch(0), str(held["id"]), str(held.get("modified", "")), raw or json.dumps(held).encode(), ())


def facts(place: Place, objects: Sequence[Mapping[str, Any]]) -> Known:
    """Return what lets all go that is marked for it: everybody who wrote something down is an originator, and is us."""
    known, _ = on_record(Facts(), place.partner, place.seed)
    writers = {str(each["created_by_ref"]) for each in objects if "created_by_ref" in each}
    about = {name: Originated(name, frozenset({name}), complete=True) for name in writers}
    return Known(
        frozenset(writers), known.partners, known.arrangements, originated=about, authorities=known.authorities
    )


def complaints(objects: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return what the validator has against each object, by its id; objects may hold properties of their own."""
    found = {}
    for each in objects:
        whole = {"type": "bundle", "id": f"bundle--{UUID(int=1, version=4)}", "objects": [each]}
        told = validate_string(json.dumps(whole), ValidationOptions(version="2.1"))
        results = told.object_results if getattr(told, "object_results", None) else [told]
        found[str(each["id"])] = sorted(str(error) for result in results for error in result.errors or ())
    return found


@pytest.fixture
def feed(desk: Desk) -> Place:
    """Return a place with the example's feed."""
    place, objects = desk.place(), json.loads(FEED.read_text(encoding="utf-8"))["objects"]
    desk.put(facts(place, objects))
    place.post([sent(each) for each in objects])
    return place


def collected(place: Place, origin: str) -> list[dict[str, Any]]:
    return [each for page in place.walk(origin, limit=7) for each in page.objects]


@pytest.mark.parametrize("origin", ORIGINS)
def test_what_is_served_of_the_example_is_valid(feed: Place, origin: str) -> None:
    objects = collected(feed, getattr(feed.desk, origin))
    assert len(objects) > 10
    assert {name: told for name, told in complaints(objects).items() if told} == {}


@pytest.mark.parametrize("origin", ORIGINS)
def test_what_goes_without_a_part_is_valid_too(desk: Desk, origin: str) -> None:
    place, objects = desk.place(), json.loads(FEED.read_text(encoding="utf-8"))["objects"]
    known = facts(place, objects)
    [arrangement] = known.arrangements
    lower = (
        Facts(tlp=(next(level for level in type(arrangement.tlp) if level.value == "green"),))
        if arrangement.tlp
        else Facts()
    )
    lowered, _ = on_record(lower, place.partner, place.seed)
    desk.put(
        Known(
            known.ours, known.partners, lowered.arrangements, originated=known.originated, authorities=known.authorities
        )
    )
    place.post([sent(each) for each in objects])
    objects = collected(place, getattr(desk, origin))
    [partial] = [each for each in objects if each["id"] == PARTIAL]
    assert "description" not in partial
    assert "granular_markings" not in partial
    assert {name: told for name, told in complaints(objects).items() if told} == {}


@pytest.mark.parametrize("origin", ORIGINS)
def test_the_usual_client_walks_it(feed: Place, origin: str) -> None:
    address = getattr(feed.desk, origin)
    server = Server(f"{address}/taxii2/", auth=Bearer(feed.user))
    [root] = server.api_roots
    assert [each.id for each in root.collections] == [each.id for each in feed.collections]
    collection = Collection(f"{address}/api/collections/{feed.collections[0].id}/", auth=Bearer(feed.user))
    objects = [each for page in as_pages(collection.get_objects, per_request=4) for each in page["objects"]]
    listed = [each for page in as_pages(collection.get_manifest, per_request=5) for each in page["objects"]]
    assert [each["id"] for each in objects] == [each["id"] for each in listed]
    assert objects == collected(feed, address)
    assert collection.get_object(objects[-1]["id"])["objects"] == [objects[-1]]
    assert collection.object_versions(objects[-1]["id"])["versions"] == [listed[-1]["version"]]
    for each in (server, collection):
        each.close()


@pytest.mark.slow
@pytest.mark.skipif(not ATTACK.exists(), reason="the sample is not here")
def test_a_published_feed_is_as_valid_after_as_before(desk: Desk) -> None:
    objects = [
        {**each, "object_marking_refs": [TLP["clear"]]}
        for each in json.loads(ATTACK.read_text(encoding="utf-8"))["objects"]
        if each["type"] != "marking-definition"
    ]
    things = [each for each in objects if each["type"] in {"identity", "attack-pattern", "malware", "x-mitre-asset"}][
        :110
    ]
    names = {each["id"] for each in things}
    chosen = [*things, *(each for each in objects if {each.get("source_ref"), each.get("target_ref")} <= names)][:150]
    place = desk.place()
    desk.put(facts(place, chosen))
    place.post([sent({"id": TLP["clear"]}, marking("clear")), *map(sent, chosen)])
    served = {}
    for origin in ORIGINS:
        served[origin] = collected(place, getattr(desk, origin))
    assert served["server"] == served["proxy"]
    assert len(served["server"]) > 100
    before = complaints([each for each in chosen if each["id"] in {one["id"] for one in served["server"]}])
    after = complaints([each for each in served["server"] if each["id"] != TLP["clear"]])
    assert after == before
