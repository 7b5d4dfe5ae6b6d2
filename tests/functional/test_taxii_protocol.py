"""TAXII 2.1 over a real socket: clause by clause, with the client that everybody uses, and with requests that nobody foresaw."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy  # noqa: TC002 - one visible list of imports
from requests.auth import AuthBase
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from taxii2client.v21 import Collection, Server, as_pages  # type: ignore[import-untyped] # it has no types

from telvet.sharing.audit.records import Page
from tests.simulators.taxii import (
    ANN,
    INTEL,
    NORTH,
    OPEN,
    PASSWORD,
    SOUTH,
    TAXII,
    MemorySource,
    Recorded,
    basic,
    bearer,
    config,
    indicator,
    served,
)
from tests.unit.sharing.taxii.schemas import validated

OBJECTS = "/intel/collections/open/objects/"
MANIFEST = "/intel/collections/open/manifest/"
ONE = OBJECTS + indicator(1).id + "/"
SEEN = [number for number in range(1, 61) if number % 3]
"""The numbers of the indicators that a partner may see."""


PROBES = settings(
    max_examples=6,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
OPERATIONS = 12
"""All but the description itself, which the tool leaves out."""
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


def kept() -> MemorySource:
    """Return a source with sixty indicators, every third held; the first has three versions, one of another specification."""
    many = [indicator(number, held=not number % 3) for number in range(1, 61)]
    versions = [indicator(1, minute=30), indicator(1, minute=45), indicator(4, minute=59, spec="2.0")]
    return MemorySource({OPEN.id: [*many, *versions]})


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served(kept(), Recorded(), handling=lambda viewer: {"user": viewer.user}) as address:
        yield address


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, headers=bearer(NORTH)) as made:
        yield made


class Bearer(AuthBase):
    """Has the usual client send a token; by itself it knows only a scheme of its own."""

    def __call__(self, request: Any) -> Any:
        request.headers["Authorization"] = bearer(ANN)["Authorization"]
        return request


def added(number: int, minute: int = 0) -> str:
    return f"2024-02-01T00:{number // 60:02d}:{number % 60:02d}.{minute:06d}Z"


# Clause, request, status: what the standard has of answers that hold nothing but their status.
CLAUSES = [
    ("3.1 trailing slash", "GET", "/taxii2", {}, 404),
    ("3.1 trailing slash with a query", "GET", OBJECTS[:-1] + "?limit=1", {}, 404),
    ("1.6.8.2 version left out", "GET", "/taxii2/", {"Accept": "application/taxii+json"}, 200),
    ("3.1 the type that is defined", "GET", "/taxii2/", {"Accept": TAXII}, 200),
    ("3.1 anything is taken", "GET", "/taxii2/", {"Accept": "*/*"}, 200),
    ("3.1 another type", "GET", "/taxii2/", {"Accept": "application/json"}, 406),
    ("3.1 another version", "GET", "/taxii2/", {"Accept": "application/taxii+json;version=2.0"}, 406),
    ("5.3 the types of the manifest", "GET", MANIFEST, {"Accept": f"{TAXII},application/stix+json;version=2.1"}, 200),
    ("5.3 the second of them alone", "GET", MANIFEST, {"Accept": "application/stix+json;version=2.1"}, 200),
    ("1.6.9 no authorization", "GET", "/taxii2/", {"Authorization": ""}, 401),
    ("1.6.9 whatever the method", "DELETE", ONE, {"Authorization": "Bearer x"}, 401),
    ("5.1 failed authentication", "GET", "/intel/collections/", {"Authorization": "Basic x"}, 401),
    ("8.2.1 no user agent", "GET", "/taxii2/", {"User-Agent": ""}, 200),
    ("3.4 limit of 0", "GET", OBJECTS + "?limit=0", {}, 400),
    ("3.4 limit below 0", "GET", OBJECTS + "?limit=-5", {}, 400),
    ("3.4 limit no number", "GET", MANIFEST + "?limit=all", {}, 400),
    ("3.4 no timestamp", "GET", OBJECTS + "?added_after=yesterday", {}, 400),
    ("3.4 added_after twice", "GET", OBJECTS + f"?added_after={added(1)}&added_after={added(1)}", {}, 400),
    ("3.4 a field twice", "GET", OBJECTS + "?match[type]=a&match[type]=b", {}, 400),
    ("3.4 a field that is not defined", "GET", OBJECTS + "?match[confidence]=50", {}, 200),
    ("3.4 next made up", "GET", OBJECTS + "?next=12345", {}, 400),
    ("3.4.1 all with another", "GET", OBJECTS + "?match[version]=all,first", {}, 400),
    ("3.4.1 a version twice", "GET", OBJECTS + "?match[version]=first,first", {}, 400),
    ("3.4.1 no version", "GET", OBJECTS + "?match[version]=latest", {}, 400),
    ("3.4.1 a type of nobody", "GET", OBJECTS + "?match[type]=x-unheard-of", {}, 200),
    ("4.1 discovery", "GET", "/taxii2/", {}, 200),
    ("4.2 a root that is not there", "GET", "/nowhere/", {}, 404),
    ("4.3 a status that is not there", "GET", "/intel/status/2d086da7-4bdc-4f91-900e-d77486753710/", {}, 404),
    ("5.2 a collection by its alias", "GET", "/intel/collections/open/", {}, 200),
    ("5.2 a collection by its id", "GET", f"/intel/collections/{OPEN.id}/", {}, 200),
    ("5.2 a collection that is not there", "GET", "/intel/collections/none/", {}, 404),
    ("5.3 can_read is false", "GET", "/intel/collections/inbox/manifest/", {}, 403),
    ("5.4 can_read is false", "GET", "/intel/collections/inbox/objects/", {}, 403),
    ("5.5 can_write is false", "POST", OBJECTS, {"Content-Type": TAXII}, 403),
    ("5.5 a content type that is not supported", "POST", "/intel/collections/inbox/objects/", {"Content-Type": "text/xml"}, 415),
    ("5.5 a malformed body", "POST", "/intel/collections/inbox/objects/", {"Content-Type": TAXII}, 400),
    ("5.6 an object that is not there", "GET", OBJECTS + indicator(99).id + "/", {}, 404),
    ("5.6 an object that is held", "GET", OBJECTS + indicator(3).id + "/", {}, 404),
    ("5.7 can_write is false", "DELETE", ONE, {}, 403),
    ("5.7 can_read is false", "DELETE", "/intel/collections/inbox/objects/a/", {}, 403),
    ("5.7 both are false", "DELETE", "/intel/collections/none/objects/a/", {}, 404),
    ("5.8 an object that is held", "GET", OBJECTS + indicator(3).id + "/versions/", {}, 404),
    ("a method that there is not", "PUT", OBJECTS, {}, 405),
]  # fmt: skip


@pytest.mark.parametrize(
    ("clause", "method", "path", "headers", "status"), CLAUSES, ids=[clause[0] for clause in CLAUSES]
)
def test_a_clause_is_kept(
    client: httpx.Client, clause: str, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answer = client.request(method, path, headers=headers)
    assert answer.status_code == status, clause
    assert answer.headers["Content-Type"] == TAXII
    if status >= 400:
        assert validated("error", answer.content)["http_status"] == str(status)


# Clause, query, the numbers of the indicators in the answer.
FILTERS = [
    ("3.4 nothing", "", SEEN),
    ("3.4 after", f"added_after={added(55)}", [56, 58, 59]),
    ("3.4 strictly after", f"added_after={added(56)}", [58, 59]),
    ("3.4 after a moment between", f"added_after={added(55, 999_999)}", [56, 58, 59]),
    ("3.4 oldest first", "limit=3", [1, 2, 4]),
    ("3.4.1 by id", f"match[id]={indicator(7).id},{indicator(9).id},{indicator(10).id}", [7, 10]),
    ("3.4.1 by type", "match[type]=malware,indicator&limit=50", SEEN),
    ("3.4.1 by another type", "match[type]=malware", []),
    ("3.4.1 both", f"match[type]=malware&match[id]={indicator(7).id}", []),
    ("3.4.1 all versions", f"match[version]=all&match[id]={indicator(1).id}", [1, 1, 1]),
    ("3.4.1 first and last", f"match[version]=last,first&match[id]={indicator(1).id}", [1, 1]),
    ("3.4.1 by version", f"match[version]=2024-01-15T09:30:00.000Z&match[id]={indicator(1).id}", [1]),
    ("3.4.1 another specification", "match[spec_version]=2.0", [4]),
    ("3.4.1 two specifications", f"match[spec_version]=2.0,2.1&match[version]=all&match[id]={indicator(4).id}", [4, 4]),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "query", "numbers"), FILTERS, ids=[one[0] for one in FILTERS])
def test_a_filter_leaves_what_it_should_in_every_listing(
    client: httpx.Client, clause: str, query: str, numbers: list[int]
) -> None:
    expected = [indicator(number).id for number in numbers]
    for path, resource in ((OBJECTS, "envelope"), (MANIFEST, "manifest")):
        answer = client.get(f"{path}?{query or 'limit=50'}")
        told = validated(resource, answer.content)
        assert [one["id"] for one in told.get("objects", [])] == expected, clause
        assert ("objects" in told) == bool(numbers)
        if resource == "manifest" and numbers:
            dates = [one["date_added"] for one in told["objects"]]
            assert dates == sorted(dates)
            first_and_last = [answer.headers[f"X-TAXII-Date-Added-{which}"] for which in ("First", "Last")]
            assert first_and_last == [dates[0], dates[-1]]


@pytest.mark.parametrize("user", [ANN, NORTH, SOUTH], ids=lambda user: user.name)
@pytest.mark.parametrize("limit", [1, 7, 20, 1000])
def test_pages_hold_everything_once_for_whoever_asks(url: str, user: Any, limit: int) -> None:
    seen: list[Any] = []
    with httpx.Client(base_url=url, headers=bearer(user)) as client:
        query = {"limit": str(limit), "match[version]": "all", "match[spec_version]": "2.1"}
        while True:
            told = validated("manifest", client.get(MANIFEST, params=query).content)
            seen += [(one["id"], one["version"]) for one in told["objects"]]
            assert len(told["objects"]) <= min(limit, 50)
            if not told.get("more"):
                break
            query["next"] = told["next"]
    assert len(seen) == len(set(seen)) == (62 if user is ANN else len(SEEN) + 2)


def test_pages_without_next_follow_by_the_date_of_the_last(client: httpx.Client) -> None:
    seen, query = 0, {"limit": "7"}
    while True:
        answer = client.get(OBJECTS, params=query)
        seen += len(answer.json().get("objects", []))
        if not answer.json().get("more"):
            break
        query["added_after"] = answer.headers["X-TAXII-Date-Added-Last"]
    assert seen == len(SEEN)


def test_the_usual_client_finds_walks_adds_and_deletes() -> None:
    source, record = kept(), Recorded()
    with served(source, record) as url:
        server = Server(f"{url}/taxii2/", user="northland", password=PASSWORD)
        assert (server.title, [root.title for root in server.api_roots]) == ("Sharing", ["Intelligence"])
        assert server.default is server.api_roots[0]
        one, other = server.api_roots[0].collections
        assert (one.id, one.can_read, one.can_write) == (OPEN.id, True, False)
        assert (other.id, other.can_read, other.can_write) == (INTEL.id, False, True)
        pages = list(as_pages(one.get_objects, per_request=9))
        assert [len(page["objects"]) for page in pages] == [9, 9, 9, 9, 4]
        assert len({thing["id"] for page in pages for thing in page["objects"]}) == len(SEEN)
        manifest = list(as_pages(one.get_manifest, per_request=20, version="all"))
        assert sum(len(page["objects"]) for page in manifest) == len(SEEN) + 2
        assert len([entry for entry in record.entries if isinstance(entry, Page)]) == len(pages) + len(manifest)
        status = other.add_objects({"objects": [json.loads(indicator(70).body)]})
        assert (status.status, status.success_count, status.total_count) == ("complete", 1, 1)
        status.refresh()
        assert status.successes[0]["id"] == indicator(70).id
        inbox = Collection(f"{url}/intel/collections/{INTEL.id}/", auth=Bearer())
        assert inbox.get_object(indicator(70).id)["objects"][0]["id"] == indicator(70).id
        assert inbox.object_versions(indicator(70).id) == {"versions": ["2024-01-15T09:00:00.000000Z"]}
        inbox.delete_object(indicator(70).id)
        with pytest.raises(Exception, match="404"):
            inbox.get_object(indicator(70).id)
        for each in (server, inbox):
            each.close()


def test_a_password_and_a_token_are_as_good(url: str) -> None:
    for headers in (basic("northland", PASSWORD), bearer(NORTH)):
        assert httpx.get(f"{url}/intel/collections/", headers=headers).status_code == 200
    for headers in (basic("northland", "wrong"), basic("nobody", PASSWORD)):
        assert httpx.get(f"{url}/intel/collections/", headers=headers).status_code == 401


def test_what_is_held_changes_nothing_that_a_partner_sees() -> None:
    """Withheld is absent: the same answers, headers and lengths with the held objects and without them."""
    with_held, without = kept(), kept()
    without.kept[OPEN.id] = [one for one in without.kept[OPEN.id] if not one.held]
    held = indicator(3).id
    paths = [
        "",
        "?limit=2",
        "?match[version]=all",
        f"?match[id]={held}",
        f"?added_after={added(2)}&limit=1",
        "?match[spec_version]=2.0",
    ]
    paths = [base + query for base in (OBJECTS, MANIFEST) for query in paths]
    paths += [f"{OBJECTS}{held}/", f"{OBJECTS}{held}/versions/", "/intel/collections/", "/taxii2/"]
    told = []
    for source in (with_held, without):
        with served(source, Recorded()) as url, httpx.Client(base_url=url, headers=bearer(NORTH)) as client:
            told.append([_seen(client.get(path)) for path in paths])
    assert told[0] == told[1]


def _seen(answer: httpx.Response) -> tuple[int, dict[str, str], Any]:
    headers = {name: value for name, value in answer.headers.items() if name not in {"date", "x-request-id"}}
    told = answer.json()
    return answer.status_code, headers, {**told, "next": len(told.get("next", ""))}


def test_nothing_that_a_machine_thinks_of_makes_it_fail() -> None:
    """Requests made from the description, right and wrong; the answers must be as it says."""
    source = kept()
    with served(source, Recorded(), replace(config(), users=(ANN,))) as url:
        schema = schemathesis.openapi.from_url(f"{url}/openapi.json")
        operations = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
        assert len(operations) == OPERATIONS
        for operation in sorted(operations, key=lambda one: one.method == "delete"):
            for mode in schemathesis.GenerationMode:
                _probe(operation.as_strategy(generation_mode=mode), url)


def _probe(cases: SearchStrategy[schemathesis.Case[Any]], url: str) -> None:
    named = {"root": "intel", "collection": "open", "object": indicator(1).id}

    @PROBES
    @given(case=cases)
    def probe(case: schemathesis.Case[Any]) -> None:
        case.path_parameters |= {name: named[name] for name in case.path_parameters if name in named}
        answer = case.call(base_url=url, headers=bearer(ANN))
        case.validate_response(answer, checks=CHECKS)

    probe()
