"""The table of endpoints -> a description of the interface in OpenAPI 3.1.

* It holds nothing of the configuration but bounds: no root, collection or user.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from telvet.sharing.audit.canonical import Json, canonical
from telvet.sharing.taxii.config import Bounds
from telvet.sharing.taxii.endpoints import ENDPOINTS, Endpoint, Method
from telvet.sharing.taxii.media import TAXII
from telvet.sharing.taxii.openapi_schemas import SCHEMAS

__all__ = ["described"]

_PAGED: Mapping[str, tuple[str, Json]] = {
    "added_after": (
        "Only what was added after this moment.",
        {
            "type": "string",
            "pattern": "^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"
            "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\\.[0-9]{6}Z$",
        },
    ),
    "limit": ("At most so many.", {"type": "integer", "minimum": 1, "maximum": 2**53 - 1}),
    "next": ("The next of the page before.", {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,8192}$"}),
}
_VALUES = {
    "id": "^[a-z0-9-]+--[0-9a-f-]{36}$",
    "type": "^[a-z0-9-]{1,40}$",
    "version": "^(last|first|all)$",
    "spec_version": "^[0-9]{1,2}\\.[0-9]{1,2}$",
}
_REFUSALS = {
    400: "Something in the request is malformed.",
    401: "The client is not known.",
    403: "The client may not do this in this collection.",
    404: "There is nothing here for this client.",
    405: "There is no such method here.",
    406: "The client takes none of the media types that there are.",
    408: "The body did not arrive in time.",
    413: "The body is too large.",
    415: "The media type of the body is not supported.",
    422: "The content cannot be processed.",
    500: "The server failed.",
    502: "The source of the objects failed.",
    503: "The server cannot answer now.",
}
_ALWAYS = (401, 405, 406, 500, 503)


def described(bounds: Bounds) -> bytes:
    """Return the description, in JSON."""
    told: Mapping[str, Json] = {
        "openapi": "3.1.0",
        "info": {
            "title": "TAXII 2.1",
            "version": "2.1",
            "description": f"Clauses are of TAXII 2.1. A page has {bounds.default_page} objects where nothing is asked, "
            f"{bounds.most_page} at most.",
        },
        "security": [{"basic": []}, {"bearer": []}, {"certificate": []}],
        "paths": {endpoint.template: dict(_operations(endpoint)) for endpoint in ENDPOINTS},
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {
                "basic": {"type": "http", "scheme": "basic"},
                "bearer": {"type": "http", "scheme": "bearer"},
                "certificate": {"type": "mutualTLS"},
            },
        },
    }
    return canonical(told)


def _operations(endpoint: Endpoint) -> Iterator[tuple[str, Json]]:
    for name, method in endpoint.methods.items():
        told: dict[str, Json] = {
            "operationId": f"{name.lower()}-{endpoint.name}",
            "summary": method.summary,
            "responses": {str(status): answer for status, answer in _answers(endpoint, method)},
        }
        if method.clause:
            told["description"] = f"TAXII 2.1, {method.clause}."
        if endpoint.public:
            told["security"] = []
        if parameters := [*_in_path(endpoint), *_in_query(method)]:
            told["parameters"] = parameters
        if method.sends:
            told["requestBody"] = {"required": True, "content": {TAXII: {"schema": _schema(method.sends)}}}
        yield name.lower(), told


def _answers(endpoint: Endpoint, method: Method) -> Iterator[tuple[int, Json]]:
    told: dict[str, Json] = {"description": method.summary + "."}
    if method.answer:
        told["content"] = {method.type: {"schema": _schema(method.answer)}}
    if method.answer in {"envelope", "manifest", "versions"}:
        moment: Json = {"schema": {"type": "string"}, "required": False}
        told["headers"] = {"X-TAXII-Date-Added-First": moment, "X-TAXII-Date-Added-Last": moment}
    yield method.status, told
    for status in sorted({*method.refusals, *((405, 503) if endpoint.public else _ALWAYS)}):
        yield status, {"description": _REFUSALS[status], "content": {TAXII: {"schema": _schema("error")}}}


def _in_path(endpoint: Endpoint) -> Iterator[Json]:
    for part in endpoint.template.split("/"):
        if part.startswith("{"):
            yield {"name": part[1:-1], "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def _in_query(method: Method) -> Iterator[Json]:
    if method.fields is None:
        return
    if method.fields.paged:
        for name, (what, schema) in _PAGED.items():
            yield {"name": name, "in": "query", "description": what, "schema": schema}
    for field in sorted(method.fields.match):
        what = "Values with commas between them; each is enough."
        schema = {"type": "string", "pattern": _VALUES[field]}
        yield {"name": f"match[{field}]", "in": "query", "description": what, "schema": schema}


def _schema(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
