"""Turns the bytes of an answer into its values, where they are as the description of the interface says."""

from __future__ import annotations

import json
from typing import Any

import jsonschema

from telvet.sharing.taxii.openapi_schemas import SCHEMAS

__all__ = ["validated"]


def validated(name: str, body: bytes) -> Any:
    """Return what a body says; it must be the resource of that name."""
    told = json.loads(body)
    jsonschema.Draft202012Validator(SCHEMAS[name]).validate(told)  # type: ignore[arg-type] # a Json that is a mapping
    return told
