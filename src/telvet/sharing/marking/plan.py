"""The nouns of a plan to mend marks, and a plan -> canonical JSON with a digest, and back.

* A plan holds what each object's marks were and what they shall be: whoever applies it decides nothing.
* The digest is over everything but the signatures, and each signature names it: a plan that was changed is not signed.
* Names are compared without regard to case and spaces; that a name is a person's own is not proved here.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from telvet.errors import SharingError, UsageError
from telvet.sharing.audit.canonical import Json, canonical

__all__ = ["FORMAT", "WAYS", "Edit", "Left", "Plan", "Shift", "Signature", "folded", "read_plan", "signed"]

FORMAT = "telvet marking plan 1"
WAYS = ("same", "closed", "first", "opened")
"""Nothing less or more is open; less is; it had no mark and has one; more is open, or something else."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What becomes of the keys of one object, or of a whole marking definition."""

    do: str
    """`set` keys, `drop` the object, `replace` it, or `add` one."""
    object: str
    because: tuple[str, ...]
    """Stable codes, as `lint` has them."""
    place: int | None = None
    """In the bundle's list of objects, from 0; None for what is added."""
    before: Mapping[str, Json] = field(default_factory=dict)
    after: Mapping[str, Json] = field(default_factory=dict)
    """None takes a key away."""


@dataclass(frozen=True, slots=True)
class Shift:
    """What the marks of some objects come to before and after."""

    way: str
    before: str
    after: str
    objects: int


@dataclass(frozen=True, slots=True)
class Left:
    """A mark that is wrong and that the plan leaves as it is."""

    mark: str
    code: str
    what: str
    fix: str
    objects: int


@dataclass(frozen=True, slots=True)
class Signature:
    """A second person's word."""

    by: str
    at: str
    digest: str


@dataclass(frozen=True, slots=True)
class Plan:
    """How the marks of one bundle shall be mended."""

    bundle: str
    """Its name."""
    sha256: str
    as_of: str
    by: str
    """Who proposes it."""
    edits: tuple[Edit, ...]
    shifts: tuple[Shift, ...]
    left: tuple[Left, ...]
    rules: Mapping[str, Json]
    opening: bool = False
    """It was allowed to open something."""
    new_version: str | None = None
    """The moment of the new versions; None keeps every `modified`."""
    foreign: int = 0
    """How many objects are changed and keep their version."""
    signatures: tuple[Signature, ...] = ()

    def ways(self) -> dict[str, int]:
        """Count objects by what happens to what is open."""
        return {way: sum(one.objects for one in self.shifts if one.way == way) for way in WAYS}

    def told(self) -> dict[str, Json]:
        """Return all that is signed, as plain values."""
        return {
            "format": FORMAT,
            "bundle": self.bundle,
            "sha256": self.sha256,
            "as_of": self.as_of,
            "by": self.by,
            "edits": [_plain(one, ("do", "object", "place", "because", "before", "after")) for one in self.edits],
            "shifts": [_plain(one, ("way", "before", "after", "objects")) for one in self.shifts],
            "left": [_plain(one, ("mark", "code", "what", "fix", "objects")) for one in self.left],
            "rules": self.rules,
            "opening": self.opening,
            "new_version": self.new_version,
            "foreign": self.foreign,
        }

    def digest(self) -> str:
        """Return the SHA-256 of all that is signed, in hexadecimal."""
        return sha256(canonical(self.told())).hexdigest()

    def written(self) -> bytes:
        """Return the plan's file."""
        signatures: list[Json] = [_plain(one, ("by", "at", "digest")) for one in self.signatures]
        return canonical({**self.told(), "digest": self.digest(), "signatures": signatures}) + b"\n"


def read_plan(data: bytes, name: str) -> Plan:
    """Read a plan.

    Raises:
        SharingError: This is none.
        UsageError: It was changed after it was made or signed.
    """
    try:
        held = json.loads(data)
        if held["format"] != FORMAT:
            raise ValueError(f"the format is {held['format']!r}")  # noqa: TRY301 - told like any other thing wrong here
        plan = _plan(held)
        sound = plan.digest() == held["digest"] and plan.written() == canonical(held) + b"\n"
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        what = "this is no plan to mend marks"
        fix = "give the file that `telvet share mark propose` wrote"
        raise SharingError(what, code="not-a-plan", where=name, why=str(problem), fix=fix) from None
    if not sound or any(one.digest != plan.digest() for one in plan.signatures):
        raise UsageError(
            "the plan was changed after it was made",
            code="plan-changed",
            where=name,
            why="what is in it is not what its digest and its signatures are about",
            fix="propose it again, and have it signed again",
        )
    return plan


def signed(plan: Plan, *, by: str, at: str) -> Plan:
    """Return the plan with a second person's signature.

    Raises:
        UsageError: It is the same person, or somebody signed already.
    """
    if folded(by) == folded(plan.by):
        raise UsageError(
            f"{by} has proposed this plan, and cannot sign it",
            code="plan-same-person",
            where="--by",
            why="two persons must have looked",
            fix="have somebody else read it and sign",
        )
    if plan.signatures:
        raise UsageError(
            f"{plan.signatures[0].by} has signed this plan already",
            code="plan-signed",
            fix="apply it; one second person is enough",
        )
    return replace(plan, signatures=(Signature(by, at, plan.digest()),))


def folded(name: str) -> str:
    """Return a name as it is compared."""
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _plain(one: object, keys: Sequence[str]) -> dict[str, Json]:
    return {key: getattr(one, key) for key in keys}


def _plan(held: Mapping[str, Any]) -> Plan:
    return Plan(
        bundle=str(held["bundle"]),
        sha256=str(held["sha256"]),
        as_of=str(held["as_of"]),
        by=str(held["by"]),
        edits=tuple(_edit(one) for one in held["edits"]),
        shifts=tuple(Shift(**one) for one in held["shifts"]),
        left=tuple(Left(**one) for one in held["left"]),
        rules=dict(held["rules"]),
        opening=bool(held["opening"]),
        new_version=held["new_version"],
        foreign=int(held["foreign"]),
        signatures=tuple(Signature(**one) for one in held["signatures"]),
    )


def _edit(held: Mapping[str, Any]) -> Edit:
    if held["do"] not in {"set", "drop", "replace", "add"}:
        raise ValueError(f"{held['do']!r} is nothing that a plan does")
    place = held["place"]
    if not (place is None if held["do"] == "add" else isinstance(place, int) and place >= 0):
        raise ValueError("an edit has no place")
    return Edit(
        held["do"], str(held["object"]), tuple(held["because"]), place, dict(held["before"]), dict(held["after"])
    )
