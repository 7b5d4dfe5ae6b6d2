"""The noun of this room: one version of one object, its exact bytes beside what they say."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from telvet.model.sharing import Reference

__all__ = ["Thing"]


@dataclass(frozen=True)
class Thing:
    """One version of an object of STIX."""

    raw: bytes
    """The JSON of the object, exactly as it came."""
    held: Mapping[str, Any]
    """What `raw` says."""
    names: dict[frozenset[str], tuple[Reference, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """The references that were found in it, by the properties that it may not lack: it is read once, and decided often."""

    @property
    def id(self) -> str:
        """Return its id."""
        return str(self.held["id"])

    @property
    def type(self) -> str:
        """Return its type."""
        return str(self.held["type"])

    @property
    def version(self) -> str:
        """Return its version as written: `modified`, else `created`, else nothing."""
        return str(self.held.get("modified") or self.held.get("created") or "")

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of its bytes, in hexadecimal."""
        return hashlib.sha256(self.raw).hexdigest()
