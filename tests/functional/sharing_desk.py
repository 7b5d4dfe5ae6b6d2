"""A desk that shares, as the examples have it, with facts that hold today whenever that is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.functional.driver import EXAMPLE, Ran, telvet

__all__ = ["FACTS", "FEED", "NORTH", "OURS", "Desk", "bundle", "by_id", "indicator", "lasting", "level"]

FACTS = EXAMPLE / "sharing" / "facts.yaml"
FEED = EXAMPLE / "sharing" / "feed.json"
NORTH = ("--partner", "northland-cert", "--purpose", "cyber-defence")
OURS = "identity--3f6c1a52-0c1e-4a57-9a3d-6b1f4f1b7c10"
_LEVELS = {
    "clear": "94868c89-83c2-464b-929b-a1a8aa3c8487",
    "green": "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "amber": "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "amber+strict": "939a9414-2ddd-4d32-a0cd-375ea402b003",
    "red": "e828b379-4e03-4974-9ac4-e53a884c97c1",
}


def lasting(text: str) -> str:
    """Return facts in which whatever has a term has begun, and lasts."""
    begun = re.sub(r"\b(from|signed_on|on): 20[0-9Q-]+", r"\1: 2020-01-01", text)
    return re.sub(r"\bto: 20[0-9Q-]+", "to: 2098-12-31", begun)


def level(name: str) -> str:
    """Return the id of the marking definition of a level of TLP 2.0."""
    return f"marking-definition--{_LEVELS[name]}"


def indicator(number: int, *marks: str, modified: str = "2024-03-01T00:00:00.000Z", **more: Any) -> dict[str, Any]:
    """Return an indicator of ours, marked with levels of TLP; None leaves a property out."""
    made = {
        "type": "indicator",
        "spec_version": "2.1",
        "id": f"indicator--00000000-0000-4000-8000-{number:012d}",
        "created": "2024-03-01T00:00:00.000Z",
        "modified": modified,
        "created_by_ref": OURS,
        "name": f"number {number}",
        "pattern": f"[ipv4-addr:value = '198.51.100.{number}']",
        "pattern_type": "stix",
        "valid_from": "2024-03-01T00:00:00Z",
        "object_marking_refs": [level(mark) for mark in marks],
    }
    return {key: value for key, value in {**made, **more}.items() if value is not None}


def bundle(path: Path, objects: Iterable[Mapping[str, Any]]) -> Path:
    """Write a bundle of some objects, with our identity and the levels of TLP from the example before them."""
    example = json.loads(FEED.read_text("utf-8"))
    needed = {OURS, *(f"marking-definition--{each}" for each in _LEVELS.values())}
    around = [each for each in example["objects"] if each["id"] in needed]
    path.write_text(json.dumps({**example, "objects": [*around, *objects]}), encoding="utf-8")
    return path


def by_id(ran: Ran) -> dict[str, dict[str, Any]]:
    """Return the lines of a decision by the object."""
    assert ran.code == 0, ran.err
    return {each["object"]: each for each in ran.findings}


class Desk:
    """A workspace with facts and an audit log in a folder."""

    def __init__(self, folder: Path, facts: str | None = None, *, log: bool = True) -> None:
        self.folder, self.workspace = folder, folder / "desk"
        self.learn(lasting(FACTS.read_text("utf-8")) if facts is None else facts)
        if log:
            said = telvet("share", "audit", "init", "--name", "example.org/desk", "--by", "ana", "-w", self.workspace)
            assert said.code == 0, said.err

    @property
    def public(self) -> Path:
        """Return the public key of its log."""
        return self.workspace / "audit.pub"

    def learn(self, facts: str) -> None:
        """Take facts in."""
        path = self.folder / "learnt.yaml"
        path.write_text(facts, encoding="utf-8")
        said = telvet("share", "facts", "import", path, "--by", "ana", "-w", self.workspace)
        assert said.code == 0, said.err

    def share(self, *arguments: object) -> Ran:
        """Run a command of `telvet share` in the workspace."""
        return telvet("share", *arguments, "-w", self.workspace)

    def decide(self, file: Path, *more: object) -> dict[str, dict[str, Any]]:
        """Return what may become of each object for the partner of the example."""
        return by_id(self.share("decide", file, *NORTH, "--format", "jsonl", *more))

    def release(self, file: Path, *more: object, name: str = "out.json") -> Ran:
        """Release a file to the partner of the example."""
        return self.share("release", file, *NORTH, "--by", "ana", "-o", self.folder / name, *more)

    def released(self, file: Path, name: str = "out.json") -> list[str]:
        """Release a bundle; return the ids of what left, but for marking definitions."""
        said = self.release(file, name=name)
        assert said.code == 0, said.err
        made = json.loads((self.folder / name).read_text("utf-8"))
        return [each["id"] for each in made.get("objects", []) if each["type"] != "marking-definition"]

    def receipt(self, name: str = "out.json") -> dict[str, Any]:
        """Return what a receipt says."""
        told: dict[str, Any] = json.loads((self.folder / f"{name}.receipt.json").read_text("utf-8"))["receipt"]
        return told

    def queue(self, state: str = "waiting") -> dict[str, dict[str, Any]]:
        """Return the entries of the queue by the object; of several the last."""
        return by_id(self.share("queue", "list", "--state", state, "--format", "jsonl"))

    def judge(self, verb: str, name: str, by: str = "bo") -> Ran:
        """Judge the entry of an object."""
        entry = self.queue("all")[name]["entry"]
        return self.share("queue", verb, entry, "--by", by, "--why", "it was looked at")
