"""Check a pack's document against the published JSON Schema, and say every slip so that a lawyer can mend it."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from telvet.errors import Fault
from telvet.shipped import shipped

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

__all__ = ["faults_of", "law_schema"]


@cache
def law_schema() -> dict[str, Any]:
    """Return the JSON Schema of packs, spec/schemas/law.schema.json."""
    text = (shipped("spec") / "schemas" / "law.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


@cache
def _validator(kind: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - heavy: loaded only when something must be checked

    schema = {"$ref": f"#/$defs/{kind}", "$defs": law_schema()["$defs"]}
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def faults_of(document: object, kind: str, file: str) -> list[Fault]:
    """Return every fault of a document of one kind: pack, instruments, designations, provision or cases."""
    return [_fault(_deepest(error), file) for error in _validator(kind).iter_errors(document)]


def _deepest(error: ValidationError) -> ValidationError:
    """Follow `oneOf` to the branch that came nearest to fitting."""
    while error.context:
        error = max(error.context, key=lambda inner: (len(inner.absolute_path), inner.validator != "type"))
    return error


def _fault(error: ValidationError, file: str) -> Fault:
    place = ".".join(str(part) for part in error.absolute_path) or "(top)"
    value = None if isinstance(error.instance, dict | list) else str(error.instance)[:80]
    return Fault(file, None, place, "pack-schema", error.message[:300], "see docs/how-to/write-a-pack.md", value)
