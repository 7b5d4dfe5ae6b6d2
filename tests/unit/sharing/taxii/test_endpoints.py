"""The table of endpoints against that of the standard (3.1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.sharing.taxii.endpoints import ENDPOINTS, route

STANDARD = {
    "/taxii2/": {"GET"},
    "/{root}/": {"GET"},
    "/{root}/status/{status}/": {"GET"},
    "/{root}/collections/": {"GET"},
    "/{root}/collections/{collection}/": {"GET"},
    "/{root}/collections/{collection}/manifest/": {"GET"},
    "/{root}/collections/{collection}/objects/": {"GET", "POST"},
    "/{root}/collections/{collection}/objects/{object}/": {"GET", "DELETE"},
    "/{root}/collections/{collection}/objects/{object}/versions/": {"GET"},
}
OURS = {"/openapi.json": {"GET"}, "/{root}/x-handling/": {"GET"}}


def test_every_endpoint_of_the_standard_is_there_and_two_of_ours() -> None:
    assert {endpoint.template: set(endpoint.methods) for endpoint in ENDPOINTS} == STANDARD | OURS


def test_who_may_get_may_ask_for_the_head() -> None:
    assert {endpoint.name: endpoint.allow for endpoint in ENDPOINTS}["objects"] == "GET, HEAD, POST"
    assert {endpoint.name: endpoint.allow for endpoint in ENDPOINTS}["object"] == "DELETE, GET, HEAD"


@pytest.mark.parametrize(
    ("path", "name", "named"),
    [
        (b"/taxii2/", "discovery", {}),
        (b"/intel/", "root", {"root": "intel"}),
        (b"/intel/collections/a/objects/b--1/versions/", "versions", {"root": "intel", "collection": "a", "object": "b--1"}),
        (b"/intel/collections/a/objects/b%2D-1/", "object", {"root": "intel", "collection": "a", "object": "b--1"}),
        (b"HTTP://taxii.example:80/intel/", "root", {"root": "intel"}),
        (b"/intel/x-handling/", "handling", {"root": "intel"}),
        (b"/openapi.json", "openapi", {}),
    ],
)  # fmt: skip
def test_an_address_is_taken_apart(path: bytes, name: str, named: dict[str, str]) -> None:
    found = route(path)
    assert found is not None
    assert (found.endpoint.name, found.named) == (name, named)


@pytest.mark.parametrize(
    "path",
    [
        b"", b"/", b"//", b"/taxii2", b"/intel", b"/intel/collections", b"/intel/collections/a/objects", b"/intel//collections/",
        b"/intel/collections/a/objects/b/versions", b"/intel/collections/a/objects/b/versions/c/", b"/intel/collections/%ff/",
        b"/intel/collections/%00/", b"/intel/collections//", b"/openapi.json/x", b"/intel/other/", b"/" + b"a" * 3000 + b"/", b"*",
        b"taxii2/", b"x/taxii2/", b"https://a",
    ],
)  # fmt: skip
def test_any_other_address_has_the_form_of_none(path: bytes) -> None:
    assert route(path) is None


@given(st.binary(max_size=60))
def test_no_address_makes_it_fail(path: bytes) -> None:
    found = route(b"/" + path)
    assert found is None or all(found.named.values())
