from __future__ import annotations

import asyncio
import json
from typing import Any
from uuid import UUID

import pytest

from telvet.errors import SourceError
from telvet.sharing.proxying.posting import Poster
from telvet.sharing.proxying.sealing import Seal
from telvet.sharing.proxying.settings import UpstreamSettings
from telvet.sharing.proxying.upstream import Upstream
from telvet.sharing.taxii.source import Posting, Viewer
from tests.simulators.taxii_upstream import TAXII, Act, Shelf, Taxii, says, status
from tests.unit.sharing.proxying.views import PARTNER, STAFF, collection, name

ID = str(UUID(int=77))
DETAIL = {"id": name("indicator", 1), "version": "2021-01-01T00:00:00.000Z", "message": "clashes with a secret one"}
STATE = {
    "id": ID, "status": "complete", "request_timestamp": "2024-01-01T00:00:00.000000Z", "total_count": 2,
    "success_count": 1, "successes": [{"id": name("indicator", 2)}], "failure_count": 1, "failures": [DETAIL],
    "pending_count": 0,
}  # fmt: skip


def told(told: dict[str, Any], number: int = 202) -> Act:
    return lambda call, _: call.whole(number, json.dumps(told).encode(), TAXII)


def posted(server: Taxii, viewer: Viewer, *, later: Act | None = None) -> tuple[Posting, Posting | None]:
    async def work() -> tuple[Posting, Posting | None]:
        upstream = Upstream(UpstreamSettings(server.origin))
        try:
            poster = Poster(upstream, Seal(bytes(32)))
            posting = await poster.post(viewer, "api", collection(server, "a"), [b'{"a": 1}', b'{"b":2}'])
            if later is None:
                return posting, None
            server.acts = [later]
            return posting, await poster.status(viewer, "api", posting.id, ())
        finally:
            await upstream.close()

    return asyncio.run(work())


def test_objects_are_passed_on_as_they_are_and_the_state_comes_back_with_an_id_of_ours() -> None:
    with Taxii(Shelf("a")) as server:
        server.acts = [told(STATE)]
        posting, later = posted(server, STAFF, later=told(STATE, 200))
        assert server.asked[0].body == b'{"objects":[{"a": 1},{"b":2}]}'
        assert server.asked[1].path == f"/api/status/{ID}/"
    assert posting == later
    assert UUID(posting.id) != UUID(ID)
    assert posting.successes == ((name("indicator", 2), "2024-01-01T00:00:00.000000Z"),)
    assert posting.failures == ((DETAIL["id"], "2021-01-01T00:00:00.000000Z", DETAIL["message"]),)
    assert posting.total == 2


def test_what_the_server_writes_beside_ids_is_not_for_partners() -> None:
    with Taxii(Shelf("a")) as server:
        server.acts = [told(STATE)]
        posting, _ = posted(server, PARTNER)
    assert posting.failures[0][2] == "it was not taken in"


def test_a_state_that_the_server_forgot_is_nothing() -> None:
    with Taxii(Shelf("a")) as server:
        server.acts = [told(STATE)]
        server.always = lambda asked: status(404) if "status" in asked.path else None
        assert posted(server, PARTNER, later=status(404))[1] is None


@pytest.mark.parametrize(
    "wrong", [{"id": "../../x"}, {"id": 5}, {"status": "done"}, {"request_timestamp": "now"}, {"failures": {}}]
)
def test_what_is_no_state_is_an_error(wrong: dict[str, Any]) -> None:
    with Taxii(Shelf("a")) as server:
        server.acts = [told({**STATE, **wrong})]
        with pytest.raises(SourceError) as caught:
            posted(server, STAFF)
    assert caught.value.code == "source-failed"


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (status(422), "source-failed"),
        (status(404), "source-failed"),
        (status(503), "source-busy"),
        (says(b"[]"), "source-failed"),
    ],
)
def test_objects_that_are_not_taken_are_an_error(act: Act, code: str) -> None:
    with Taxii(Shelf("a")) as server:
        server.acts = [act]
        with pytest.raises(SourceError) as caught:
            posted(server, STAFF)
        assert len(server.asked) == 1
    assert caught.value.code == code
