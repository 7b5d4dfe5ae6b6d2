"""The resources of TAXII 2.1 as JSON Schema: what the description of the interface says of bodies.

* Written from the tables of the standard; tests hold the answers against it.
"""

from __future__ import annotations

from collections.abc import Mapping

from telvet.sharing.audit.canonical import Json
from telvet.sharing.taxii.media import TAXII

__all__ = ["SCHEMAS"]

_TEXT: Json = {"type": "string"}
_MOMENT: Json = {
    "type": "string",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z$",
}
_UUID: Json = {"type": "string", "format": "uuid"}
_COUNT: Json = {"type": "integer", "minimum": 0}
_YES: Json = {"const": True}


def _object(required: Mapping[str, Json], optional: Mapping[str, Json] | None = None) -> Mapping[str, Json]:
    properties = {**required, **(optional or {})}
    found: dict[str, Json] = {"type": "object", "properties": properties, "additionalProperties": False}
    return found | ({"required": list(required)} if required else {})


def _list(member: Json) -> Json:
    return {"type": "array", "items": member, "minItems": 1}


_PAGE: Mapping[str, Json] = {"more": _YES, "next": {"type": "string", "minLength": 1}}
_STIX: Json = {"type": "object", "properties": {"id": _TEXT, "type": _TEXT}, "required": ["id", "type"]}
_DETAILS = _object({"id": _TEXT, "version": _TEXT}, {"message": _TEXT})
_COLLECTION = _object(
    {"id": _UUID, "title": _TEXT, "can_read": {"type": "boolean"}, "can_write": {"type": "boolean"}},
    {"description": _TEXT, "alias": _TEXT, "media_types": _list(_TEXT)},
)

SCHEMAS: Mapping[str, Json] = {
    "openapi": {"type": "object", "required": ["openapi", "info", "paths"]},
    "handling": {"type": "object"},
    "discovery": _object(
        {"title": _TEXT},
        {
            "description": _TEXT,
            "contact": _TEXT,
            "default": {"type": "string", "pattern": "^/[^/]+/$"},
            "api_roots": _list({"type": "string", "pattern": "^/[^/]+/$"}),
        },
    ),
    "api-root": _object(
        {
            "title": _TEXT,
            "versions": {"type": "array", "items": _TEXT, "contains": {"const": TAXII}},
            "max_content_length": {"type": "integer", "minimum": 1},
        },
        {"description": _TEXT},
    ),
    "status": _object(
        {
            "id": _UUID,
            "status": {"enum": ["complete", "pending"]},
            "total_count": _COUNT,
            "success_count": _COUNT,
            "failure_count": _COUNT,
            "pending_count": _COUNT,
        },
        {
            "request_timestamp": _MOMENT,
            "successes": _list(_DETAILS),
            "failures": _list(_DETAILS),
            "pendings": _list(_DETAILS),
        },
    ),
    "collections": _object({}, {"collections": _list(_COLLECTION)}),
    "collection": _COLLECTION,
    "manifest": _object(
        {},
        {
            **_PAGE,
            "objects": _list(_object({"id": _TEXT, "date_added": _MOMENT, "version": _TEXT}, {"media_type": _TEXT})),
        },
    ),
    "envelope": _object({}, {**_PAGE, "objects": _list(_STIX)}),
    "versions": _object({}, {**_PAGE, "versions": _list(_TEXT)}),
    "error": _object(
        {"title": _TEXT},
        {
            "description": _TEXT,
            "error_id": _TEXT,
            "error_code": _TEXT,
            "http_status": {"type": "string", "pattern": "^[45][0-9]{2}$"},
            "details": {"type": "object"},
        },
    ),
}
"""By the names that `telvet.sharing.taxii.endpoints` uses."""
