"""The schemas say what the tables of the standard say."""

from __future__ import annotations

import json

import jsonschema
import pytest

from telvet.sharing.taxii.openapi_schemas import SCHEMAS
from tests.unit.sharing.taxii.schemas import validated


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_is_a_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])  # type: ignore[arg-type] # a Json that is a mapping


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("envelope", {"objects": []}),
        ("envelope", {"more": False}),
        ("manifest", {"objects": [{"id": "a", "version": "1"}]}),
        ("manifest", {"objects": [{"id": "a", "version": "1", "date_added": "2024-01-15T09:30:00Z"}]}),
        ("versions", {"versions": []}),
        ("discovery", {"title": "a", "api_roots": ["//a/"]}),
        ("api-root", {"title": "a", "versions": ["application/taxii+json"], "max_content_length": 1}),
        ("collections", {"collections": []}),
        ("status", {"id": "a"}),
        ("error", {"description": "a"}),
    ],
)
def test_what_the_standard_forbids_does_not_pass(name: str, told: object) -> None:
    with pytest.raises(jsonschema.ValidationError):
        validated(name, json.dumps(told).encode())
