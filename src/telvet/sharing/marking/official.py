"""A level of TLP -> the marking definition of TLP 2.0 that the standard gives for it.

* Its id and the id of its extension are data of the catalogue; what is written here is the form.
"""

from __future__ import annotations

from typing import Any

from telvet.catalog.handling import HandlingRules
from telvet.model.handling import Tlp

__all__ = ["official_definition", "official_id"]

_VERSION = "2.0"
_KIND = "tlp-2.0"
_CREATED = "2022-10-01T00:00:00.000Z"
"""When the standard's own definitions were created, as they say."""


def official_id(level: Tlp, rules: HandlingRules) -> str:
    """Return the id of a level."""
    return next(row.id for row in rules.tlp.values() if row.level is level and row.official and row.version == _VERSION)


def official_definition(marking: str, rules: HandlingRules) -> dict[str, Any] | None:
    """Return the definition under an id; None where it is none of TLP 2.0."""
    row = rules.tlp.get(marking)
    if row is None or not row.official or row.version != _VERSION:
        return None
    extension = next(name for name, kind in rules.extensions.items() if kind == _KIND)
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": marking,
        "created": _CREATED,
        "name": row.level.label,
        "extensions": {extension: {"extension_type": "property-extension", "tlp_2_0": row.level.value}},
    }
