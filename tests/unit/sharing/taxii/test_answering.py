"""What a known user gets at a known address."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from telvet.sharing.audit.records import Event, Page
from telvet.sharing.taxii.app import App, build_app
from telvet.sharing.taxii.moments import read_moment
from telvet.sharing.taxii.source import What
from tests.simulators.taxii import (
    ANN,
    HIDDEN,
    INTEL,
    NORTH,
    OPEN,
    SECRET,
    SOUTH,
    TAXII,
    MemorySource,
    Recorded,
    asked,
    bearer,
    config,
    indicator,
)  # fmt: skip
from tests.unit.sharing.taxii.schemas import validated

NOW = datetime(2024, 3, 1, tzinfo=UTC)
FIRST = indicator(1)
POSTED = {"Content-Type": TAXII}


class Desk:
    """An application with what it serves and what was recorded."""

    def __init__(self) -> None:
        kept = [indicator(number, held=number % 2 == 0) for number in range(1, 8)]
        self.source = MemorySource({OPEN.id: [*kept, indicator(1, minute=30)], HIDDEN.id: [indicator(9)]})
        self.record = Recorded()
        self.now = NOW
        self.app: App = build_app(config(), self.source, record=self.record, secret=SECRET, clock=lambda: self.now)

    def get(self, path: str, user: Any = NORTH, method: str = "GET", **request: Any) -> Any:
        headers = bearer(user) | request.pop("headers", {})
        return asked(self.app, method, path, headers=headers, **request)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_page_goes_out_as_the_bytes_that_the_source_has(desk: Desk) -> None:
    answer = desk.get("/intel/collections/open/objects/?match[version]=all&limit=2")
    told = validated("envelope", answer.content)
    assert FIRST.body in answer.content
    assert (told["more"], len(told["objects"])) == (True, 2)
    assert answer.headers["X-TAXII-Date-Added-First"] == "2024-02-01T00:00:01.000000Z"


@pytest.mark.parametrize(
    ("path", "what", "only"),
    [
        ("objects/", What.OBJECTS, ""),
        ("manifest/", What.MANIFEST, ""),
        (f"objects/{FIRST.id}/", What.OBJECTS, FIRST.id),
        (f"objects/{FIRST.id}/versions/", What.VERSIONS, FIRST.id),
    ],
)
def test_the_source_hears_who_asks_for_what(desk: Desk, path: str, what: What, only: str) -> None:
    assert desk.get(f"/intel/collections/{OPEN.id.upper()}/{path}").status_code == 200
    viewer, collection, _, asked_what, asked_only = desk.source.asked[0]
    assert (viewer, collection, asked_what, asked_only) == (NORTH.viewer, OPEN.id, what, only)


def test_a_page_to_a_partner_was_recorded_before_it_goes_out(desk: Desk) -> None:
    answer = desk.get("/intel/collections/open/manifest/?match[type]=indicator")
    (entry,) = desk.record.entries
    assert isinstance(entry, Page)
    assert (entry.at, entry.partner, entry.request) == (NOW, "northland-cert", answer.headers["X-Request-Id"])
    assert len(entry.decided) == 8
    assert entry.about["collection"] == OPEN.id
    assert (entry.about["user"], entry.about["resource"]) == ("northland", "manifest")


def test_a_page_that_cannot_be_recorded_does_not_go_out(desk: Desk) -> None:
    desk.record.failing = True
    answer = desk.get("/intel/collections/open/objects/")
    assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
    assert b"indicator" not in answer.content
    assert desk.get("/intel/collections/open/objects/", ANN).status_code == 200


def test_pages_follow_each_other_in_any_size(desk: Desk) -> None:
    names, query = [], "?match[version]=all&limit=1"
    for limit in (1, 2, 9):
        told = validated("manifest", desk.get(f"/intel/collections/open/manifest/{query}").content)
        names += [(one["id"], one["version"]) for one in told["objects"]]
        query = f"?match[version]=all&limit={limit + 1}&next={told.get('next')}"
    assert len(names) == len(set(names)) == 5
    assert not told.get("more")


@pytest.mark.parametrize(
    ("user", "path"),
    [
        (SOUTH, "open/manifest/?limit=1"),
        (ANN, "open/manifest/?limit=1"),
        (NORTH, "open/objects/?limit=1"),
        (NORTH, "open/manifest/?limit=1&match[type]=indicator"),
        (NORTH, "open/manifest/?limit=1&added_after=2020-01-01T00:00:00Z"),
        (NORTH, f"open/objects/{FIRST.id}/versions/?limit=1"),
    ],
)
def test_next_is_for_one_client_and_one_question(desk: Desk, user: Any, path: str) -> None:
    place = validated("manifest", desk.get("/intel/collections/open/manifest/?limit=1").content)["next"]
    other = desk.get(f"/intel/collections/{path}&next={place}", user)
    made_up = desk.get(f"/intel/collections/{path}&next=madeup", user)
    assert (other.status_code, made_up.status_code) == (400, 400)
    bodies = [answer.json() | {"error_id": ""} for answer in (other, made_up)]
    assert bodies[0] == bodies[1]


def test_next_does_not_hold_for_ever(desk: Desk) -> None:
    place = desk.get("/intel/collections/open/manifest/?limit=1").json()["next"]
    desk.now = NOW.replace(day=3)
    assert desk.get(f"/intel/collections/open/manifest/?limit=1&next={place}").status_code == 400


def test_an_object_that_is_held_is_not_there(desk: Desk) -> None:
    held, never = indicator(2).id, indicator(77).id
    for path in ("", "versions/"):
        answers = [desk.get(f"/intel/collections/open/objects/{id_}/{path}") for id_ in (held, never)]
        assert {answer.status_code for answer in answers} == {404}
        assert answers[0].content == answers[1].content
    assert desk.get(f"/intel/collections/open/objects/{held}/", ANN).status_code == 200


def test_an_object_of_which_the_query_leaves_nothing_is_an_empty_envelope(desk: Desk) -> None:
    answer = desk.get(f"/intel/collections/open/objects/{FIRST.id}/?match[version]=2001-01-01T00:00:00Z")
    assert (answer.status_code, answer.content) == (200, b"{}")
    assert "X-TAXII-Date-Added-First" not in answer.headers


@pytest.mark.parametrize(
    "path",
    ["/inner/", "/inner/collections/", f"/inner/collections/{HIDDEN.id}/objects/", f"/intel/collections/{HIDDEN.id}/", "/none/",
     "/none/collections/", "/intel/collections/none/manifest/", "/intel/status/44444444-4444-4444-8444-444444444444/", "/intel/status/x/",
     "/intel/x-handling/", "/none/x-handling/", f"/inner/collections/{HIDDEN.id}/objects/{FIRST.id}/"],
)  # fmt: skip
def test_whatever_is_not_there_for_a_user_is_one_answer(desk: Desk, path: str) -> None:
    answer, nowhere = desk.get(path), desk.get("/nowhere/at/all/")
    assert (answer.status_code, answer.content) == (404, nowhere.content)


def test_what_may_only_be_written_cannot_be_read(desk: Desk) -> None:
    for path in ("objects/", "manifest/", f"objects/{FIRST.id}/", f"objects/{FIRST.id}/versions/"):
        assert desk.get(f"/intel/collections/inbox/{path}").status_code == 403
    assert desk.get("/intel/collections/inbox/objects/?limit=0").status_code == 403
    assert desk.source.asked == []


def post(desk: Desk, body: bytes, user: Any = NORTH, collection: str = "inbox", **headers: str) -> Any:
    return desk.get(f"/intel/collections/{collection}/objects/", user, "POST", content=body, headers=POSTED | headers)


def test_what_is_sent_is_taken_byte_for_byte_and_recorded(desk: Desk) -> None:
    malware = FIRST.body.replace(b"indicator", b"malware")
    answer = post(desk, b'{"objects":[' + FIRST.body + b"," + malware + b"]}")
    told = validated("status", answer.content)
    assert (answer.status_code, told["success_count"], told["failure_count"]) == (202, 1, 1)
    assert desk.source.kept[INTEL.id][0].body == FIRST.body
    (entry,) = desk.record.entries
    assert isinstance(entry, Event)
    assert (entry.by, entry.what, entry.told["status"], entry.told["sent"]) == ("northland", "taxii-add", told["id"], 2)


def test_a_status_is_for_who_sent_the_objects(desk: Desk) -> None:
    told = post(desk, b'{"objects":[' + FIRST.body + b"]}").json()
    assert desk.get(f"/intel/status/{told['id'].upper()}/").json() == told
    assert desk.get(f"/intel/status/{told['id']}/", SOUTH).status_code == 404
    assert desk.get(f"/inner/status/{told['id']}/", ANN).status_code == 404


def test_who_may_not_write_is_told_so_only_where_it_sees_the_collection(desk: Desk) -> None:
    body = b'{"objects":[' + FIRST.body + b"]}"
    assert post(desk, body, collection="open").status_code == 403
    assert post(desk, body, SOUTH, "inbox").status_code == 404
    assert desk.source.kept.get(INTEL.id) is None


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"Content-Type": "application/json"}, b"{}", 415),
        ({"Content-Type": "application/taxii+json;version=2.0"}, b"{}", 415),
        ({"Content-Type": ""}, b"{}", 415),
        ({}, b"{", 400),
        ({}, b"{}", 422),
        ({}, b" " * 20_001, 413),
        ({"Accept": "text/html"}, b"{}", 406),
    ],
)
def test_what_cannot_be_taken_is_refused(desk: Desk, headers: dict[str, str], body: bytes, status: int) -> None:
    answer = post(desk, body, **headers)
    assert answer.status_code == status
    assert validated("error", answer.content)["http_status"] == str(status)
    assert desk.record.entries == []


def test_a_large_envelope_is_taken_apart_too() -> None:
    source, bounds = MemorySource(), replace(config().bounds, max_content_length=10**6)
    settings = config(bounds=bounds)
    app = build_app(settings, source, record=Recorded(), secret=SECRET)
    objects = [indicator(number).body for number in range(900)]
    body = b'{"objects":[' + b",".join(objects) + b"]}"
    answer = asked(app, "POST", "/intel/collections/inbox/objects/", headers=bearer(NORTH) | POSTED, content=body)
    assert answer.json()["success_count"] == 900
    assert [one.body for one in source.kept[INTEL.id]] == objects


def test_what_is_deleted_was_recorded_before_and_after(desk: Desk) -> None:
    path = f"/intel/collections/open/objects/{FIRST.id}/"
    answer = desk.get(path, SOUTH, "DELETE")
    assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (200, b"", TAXII)
    assert [entry.what for entry in desk.record.entries if isinstance(entry, Event)] == [
        "taxii-delete",
        "taxii-deleted",
    ]
    assert desk.get(path, SOUTH).status_code == 404
    assert desk.get(path, SOUTH, "DELETE").status_code == 404


def test_one_version_can_be_deleted(desk: Desk) -> None:
    path = f"/intel/collections/open/objects/{FIRST.id}/"
    assert desk.get(path + "?match[version]=2024-01-15T09:00:00.000Z", SOUTH, "DELETE").status_code == 200
    assert desk.get(path + "versions/", SOUTH).json() == {"versions": ["2024-01-15T09:30:00.000000Z"]}
    assert desk.get(path + "?match[version]=2024-01-15T09:00:00.000Z", SOUTH, "DELETE").status_code == 404


def test_nothing_is_deleted_that_cannot_be_recorded(desk: Desk) -> None:
    desk.record.failing = True
    assert desk.get(f"/intel/collections/open/objects/{FIRST.id}/", SOUTH, "DELETE").status_code == 503
    assert FIRST in desk.source.kept[OPEN.id]


@pytest.mark.parametrize(
    ("user", "collection", "status"), [(NORTH, "open", 403), (NORTH, "inbox", 403), (SOUTH, "inbox", 404)]
)
def test_deleting_needs_both_rights(desk: Desk, user: Any, collection: str, status: int) -> None:
    assert desk.get(f"/intel/collections/{collection}/objects/{FIRST.id}/", user, "DELETE").status_code == status
    assert desk.record.entries == []


def test_a_held_object_cannot_be_deleted_by_a_partner(desk: Desk) -> None:
    assert desk.get(f"/intel/collections/open/objects/{indicator(2).id}/", SOUTH, "DELETE").status_code == 404
    assert indicator(2, held=True) in desk.source.kept[OPEN.id]


def test_a_filter_that_is_not_known_never_deletes(desk: Desk) -> None:
    path = f"/intel/collections/open/objects/{FIRST.id}/?match[type]=malware"
    assert desk.get(path, SOUTH, "DELETE").status_code == 400
    assert desk.record.entries == []


def test_the_markings_that_a_client_may_receive_are_told_by_whoever_knows() -> None:
    app = build_app(
        config(),
        MemorySource(),
        record=Recorded(),
        secret=SECRET,
        handling=lambda viewer: {"for": viewer.partner or "staff"},
    )
    assert asked(app, "GET", "/intel/x-handling/", headers=bearer(NORTH)).json() == {"for": "northland-cert"}
    assert asked(app, "GET", "/inner/x-handling/", headers=bearer(NORTH)).status_code == 404


def test_what_was_added_at_a_moment_is_not_after_it(desk: Desk) -> None:
    after = indicator(5).added
    answer = desk.get("/intel/collections/open/manifest/?added_after=2024-02-01T00:00:05.000000Z")
    assert all(read_moment(one["date_added"]) > after for one in answer.json()["objects"])
    assert len(answer.json()["objects"]) == 1
