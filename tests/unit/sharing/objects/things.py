"""What the tests of objects share: ids made of a digit, and objects made up for one test."""

from __future__ import annotations

import json
from typing import Any

from telvet.catalog.stix import read_stix
from telvet.sharing.objects.reading import read_object
from telvet.sharing.objects.thing import Thing

__all__ = ["STIX", "made", "name", "report"]

STIX = read_stix()


def name(kind: str, digit: int | str) -> str:
    """Return the id of a type that is one hexadecimal digit throughout."""
    return f"{kind}--{str(digit) * 8}-{str(digit) * 4}-4{str(digit) * 3}-8{str(digit) * 3}-{str(digit) * 12}"


def made(kind: str = "indicator", digit: int | str = 1, **more: Any) -> Thing:
    """Return an object with what is given."""
    return read_object(json.dumps({"type": kind, "id": name(kind, digit), **more}).encode())


def report(*refs: str, **more: Any) -> Thing:
    """Return a report about some objects."""
    return made("report", 9, name="R", published="2024-01-01T00:00:00Z", object_refs=list(refs), **more)
