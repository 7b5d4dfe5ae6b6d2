"""Small bundles with faulty marks to test with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from telvet.catalog.handling import read_handling

ON = date(2026, 11, 1)
RULES = read_handling()
CLEAR_1 = "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"
GREEN_1 = "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da"
AMBER_1 = "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82"
RED_1 = "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"
GREEN = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"
AMBER = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"
STRICT = "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"
RED = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"
UNOFFICIAL = "marking-definition--826578e1-40ad-459f-bc73-ede076f81f37"
MISTAKEN = "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b03e"
EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
OURS = "identity--00000000-0000-4000-8000-00000000000a"


def indicator(number: int, **keys: Any) -> dict[str, Any]:
    moment = "2024-01-01T00:00:00.000Z"
    made = {"type": "indicator", "spec_version": "2.1", "id": f"indicator--{number:08d}-0000-4000-8000-000000000000"}
    return {**made, "created": moment, "modified": moment, "description": "caf\u00e9", **keys}


def tlp(mark: str, level: str) -> dict[str, Any]:
    extensions = {EXTENSION: {"extension_type": "property-extension", "tlp_2_0": level}}
    made = {"type": "marking-definition", "spec_version": "2.1", "id": mark, "created": "2022-10-01T00:00:00.000Z"}
    return {**made, "name": f"TLP:{level.upper()}", "extensions": extensions}


def tlp_1(mark: str, level: str) -> dict[str, Any]:
    made = {"type": "marking-definition", "spec_version": "2.1", "id": mark, "created": "2017-01-20T00:00:00.000Z"}
    return {**made, "definition_type": "tlp", "name": f"TLP:{level.upper()}", "definition": {"tlp": level}}


def bundle(*objects: Mapping[str, Any]) -> bytes:
    held = {"type": "bundle", "id": "bundle--00000000-0000-4000-8000-000000000000", "objects": list(objects)}
    return json.dumps(held, indent=2, ensure_ascii=False).encode()


FAULTY = bundle(
    indicator(1, object_marking_refs=[AMBER_1, AMBER_1]),
    indicator(2),
    indicator(3, object_marking_refs=[MISTAKEN]),
    indicator(
        4, object_marking_refs=[UNOFFICIAL], granular_markings=[{"marking_ref": GREEN_1, "selectors": ["description"]}]
    ),
    indicator(5, object_marking_refs=[GREEN_1, AMBER_1], x_size=1.50),
    tlp(MISTAKEN, "amber+strict"),
    tlp(UNOFFICIAL, "amber+strict"),
    tlp_1(AMBER_1, "amber"),
)
