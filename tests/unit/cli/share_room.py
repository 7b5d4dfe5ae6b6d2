"""What the tests of the commands of `telvet share` share: a workspace with few facts, and objects to ask about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from telvet.cli.share_audit import command as audit
from telvet.cli.share_facts import command as facts

__all__ = ["ALIEN", "ASKED", "FACTS", "GREEN", "US", "a_bundle", "a_tool", "a_workspace", "facts_file"]

US = "identity--00000000-0000-4000-8000-000000000001"
ALIEN = "identity--00000000-0000-4000-8000-000000000002"
GREEN = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"
ASKED = ["--partner", "p", "--purpose", "defence"]
FACTS = f"""ours: [{US}]
partners:
  - {{id: p, country: GBR, organisation: P}}
arrangements:
  - {{id: A, partner: p, from: 2020-01-01, to: never, tlp: amber, classification: U, purposes: [defence],
     third_party: as marked, redaction: yes, source: a letter}}
originators:
  - {{about: {US}, originators: [{US}], complete: yes}}
authorities:
  - {{id: S, partner: p, officer: C, signed_on: 2020-01-01, from: 2020-01-01, to: 2098-12-31, purposes: [defence],
     tlp: green, classification: U, types: [tool, marking-definition], collections: all, redacted: no, source: an order}}
"""


def a_tool(number: int, *marks: str, **more: Any) -> dict[str, Any]:
    made = {
        "type": "tool",
        "spec_version": "2.1",
        "id": f"tool--00000000-0000-4000-8000-{number:012}",
        "created": "2024-03-01T00:00:00Z",
        "modified": "2024-03-01T00:00:00Z",
        "name": f"Tool {number}",
        "object_marking_refs": list(marks or (GREEN,)),
    }
    return {**made, **more}


def a_bundle(path: Path, *objects: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"type": "bundle", "id": "bundle--1", "objects": objects}), encoding="utf-8")
    return path


def facts_file(folder: Path, text: str = FACTS) -> Path:
    path = folder / "facts.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def a_workspace(folder: Path, text: str = FACTS, *, log: bool = True) -> Path:
    place = folder / "w"
    facts.main(["import", str(facts_file(folder, text)), "--by", "ana", "-w", str(place)], standalone_mode=False)
    if log:
        audit.main(["init", "--name", "example.org/x", "--by", "ana", "-w", str(place)], standalone_mode=False)
    return place
