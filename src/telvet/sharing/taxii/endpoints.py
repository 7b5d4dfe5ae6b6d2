"""The one table of endpoints: addresses and methods -> what they are for; routing and the description are made of it.

* An address ends in a slash; without it, it is another address, at which nothing is (TAXII 3.1).
* Which methods an address has follows from its form alone, never from what is there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from telvet.sharing.taxii.media import JSON, STIX, TAXII
from telvet.sharing.taxii.parameters import ALL_VERSIONS, Fields

__all__ = ["ENDPOINTS", "Endpoint", "Method", "Route", "route"]

_ALL_FIELDS = frozenset({"id", "type", "version", "spec_version"})
_OF_ONE = frozenset({"version", "spec_version"})
_LISTED = Fields(_ALL_FIELDS)


@dataclass(frozen=True, slots=True)
class Method:
    """What one method does at an address."""

    summary: str
    clause: str
    """Of the standard; nothing where it is ours."""
    answer: str = ""
    """The resource in the answer; nothing where it has no body."""
    status: int = 200
    fields: Fields | None = None
    sends: str = ""
    """The resource in the request."""
    refusals: tuple[int, ...] = ()
    """Which statuses, besides those that every request may meet."""
    accept: tuple[str, ...] = (TAXII,)
    """The media types of which the client must take one."""
    type: str = TAXII
    """The media type of the answer."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address."""

    name: str
    template: str
    methods: Mapping[str, Method]
    """By name; HEAD goes with GET."""
    public: bool = False
    """Anybody may ask."""

    @property
    def allow(self) -> str:
        """Return the methods as the header `Allow` has them."""
        return ", ".join(sorted({*self.methods, *(["HEAD"] if "GET" in self.methods else [])}))


ENDPOINTS = (
    Endpoint(
        "openapi", "/openapi.json", {"GET": Method("Describe this interface", "", "openapi", type=JSON)}, public=True
    ),
    Endpoint("discovery", "/taxii2/", {"GET": Method("Tell what the server offers", "4.1", "discovery")}),
    Endpoint("root", "/{root}/", {"GET": Method("Tell about an API root", "4.2", "api-root", refusals=(404,))}),
    Endpoint(
        "status",
        "/{root}/status/{status}/",
        {"GET": Method("Tell what became of added objects", "4.3", "status", refusals=(404,))},
    ),
    Endpoint(
        "handling",
        "/{root}/x-handling/",
        {"GET": Method("Tell which markings the client may receive, and why", "", "handling", refusals=(404,))},
    ),
    Endpoint(
        "collections",
        "/{root}/collections/",
        {"GET": Method("List collections", "5.1", "collections", refusals=(404,))},
    ),
    Endpoint(
        "collection",
        "/{root}/collections/{collection}/",
        {"GET": Method("Tell about a collection", "5.2", "collection", refusals=(404,))},
    ),
    Endpoint(
        "manifest",
        "/{root}/collections/{collection}/manifest/",
        {
            "GET": Method(
                "List what is in a collection", "5.3", "manifest", 200, _LISTED, "", (400, 403, 404, 502), (TAXII, STIX)
            )
        },
    ),
    Endpoint(
        "objects",
        "/{root}/collections/{collection}/objects/",
        {
            "GET": Method("Get objects", "5.4", "envelope", 200, _LISTED, "", (400, 403, 404, 502)),
            "POST": Method(
                "Add objects", "5.5", "status", 202, None, "envelope", (400, 403, 404, 408, 413, 415, 422, 502)
            ),
        },
    ),
    Endpoint(
        "object",
        "/{root}/collections/{collection}/objects/{object}/",
        {
            "GET": Method("Get an object", "5.6", "envelope", 200, Fields(_OF_ONE), "", (400, 403, 404, 502)),
            "DELETE": Method(
                "Delete an object",
                "5.7",
                "",
                200,
                Fields(_OF_ONE, paged=False, versions=ALL_VERSIONS),
                "",
                (400, 403, 404, 502),
            ),
        },
    ),
    Endpoint(
        "versions",
        "/{root}/collections/{collection}/objects/{object}/versions/",
        {
            "GET": Method(
                "List the versions of an object",
                "5.8",
                "versions",
                fields=Fields(frozenset({"spec_version"}), versions=ALL_VERSIONS),
                refusals=(400, 403, 404, 502),
            )
        },
    ),
)


@dataclass(frozen=True, slots=True)
class Route:
    """An address that has the form of an endpoint."""

    endpoint: Endpoint
    named: Mapping[str, str] = field(default_factory=dict)
    """What stands in the place of `{root}`, `{collection}`, `{object}`, `{status}`."""


_PARTS = tuple((endpoint, tuple(endpoint.template.split("/"))) for endpoint in ENDPOINTS)
_LONGEST = 2048
_ORIGIN = re.compile(rb"https?://[^/?#]*", re.IGNORECASE)
"""What a client that takes us for a proxy puts before the path; RFC 9112 has every server take it."""


def route(raw_path: bytes) -> Route | None:
    """Return what an address stands for, as it came in the request; None where it has the form of no endpoint."""
    if len(raw_path) > _LONGEST:
        return None
    path = _ORIGIN.sub(b"", raw_path, count=1) if raw_path[:1] != b"/" else raw_path
    try:
        parts = [unquote_to_bytes(part).decode() for part in path.split(b"/")]
    except UnicodeDecodeError:
        return None
    if parts[0] or not all(part.isprintable() for part in parts) or not all(parts[1:-1]):
        return None
    for endpoint, template in _PARTS:
        if len(parts) == len(template) and all(
            has == wanted or (wanted[:1] == "{" and has) for has, wanted in zip(parts, template, strict=True)
        ):
            named = {wanted[1:-1]: has for has, wanted in zip(parts, template, strict=True) if wanted[:1] == "{"}
            return Route(endpoint, named)
    return None
