from __future__ import annotations

import asyncio

import pytest

from telvet.errors import SharingError, SourceError
from telvet.sharing.proxying.discovering import discover, discovered
from telvet.sharing.proxying.settings import UpstreamSettings
from tests.simulators.taxii_upstream import Ask, Reply, Shelf, Taxii, says, status


@pytest.mark.parametrize("path", ["/taxii2/", "/taxii2", "/api/", "/api", "/api/collections/"])
def test_the_collections_that_may_be_read_are_found_from_any_address_above_them(path: str) -> None:
    with Taxii(Shelf("a"), Shelf("b", may_write=False), Shelf("c", may_read=False)) as server:
        found = discover(UpstreamSettings(server.origin + path))
        assert [(each.collection.id, each.may_write) for each in found] == [("a", True), ("b", False)]
        assert [each.collection.upstream for each in found] == [server.address("a"), server.address("b")]


def test_a_collection_is_found_at_its_own_address_within_a_running_loop() -> None:
    with Taxii(Shelf("a"), Shelf("b")) as server:
        found = asyncio.run(discovered(UpstreamSettings(server.address("b"))))
    assert [each.collection.title for each in found] == ["The b"]


def test_roots_of_other_servers_are_not_asked() -> None:
    with Taxii(Shelf("a")) as server:
        discover(UpstreamSettings(f"{server.origin}/taxii2/"))
        assert [one.path for one in server.asked] == ["/taxii2/", "/api/collections/"]


def test_one_id_in_two_roots_cannot_stand_behind_one_gate() -> None:
    def twice(asked: Ask, reply: Reply) -> Reply:
        if asked.path == "/taxii2/":
            reply.told["api_roots"] = ["/api/", "/second/"]
        return Reply(told={"collections": [Shelf("a").told]}) if asked.path.startswith("/second/") else reply

    with Taxii(Shelf("a")) as server:
        server.twist = twice
        with pytest.raises(SharingError) as caught:
            discover(UpstreamSettings(f"{server.origin}/taxii2/"))
    assert [(fault.code, fault.value) for fault in caught.value.faults] == [("collection-twice", "a")]


def test_no_collection_is_told() -> None:
    with Taxii(Shelf("a", may_read=False)) as server:
        for path in ("/api/", "/api/collections/a/"):
            with pytest.raises(SharingError) as caught:
                discover(UpstreamSettings(server.origin + path))
            assert [fault.code for fault in caught.value.faults] == ["no-collection"]


def test_what_is_no_server_is_an_error() -> None:
    with Taxii() as server:
        for act, code in (
            (status(404), "source-failed"), (status(500), "source-busy"), (says(b"{}"), "source-failed"), (says(b"[]"), "source-failed"),
            (says(b'{"collections": [{"id": "..", "title": "t", "can_read": true, "can_write": true}]}'), "source-failed"),
        ):  # fmt: skip
            server.acts = [act]
            with pytest.raises(SourceError) as caught:
                discover(UpstreamSettings(server.origin))
            assert caught.value.code == code
