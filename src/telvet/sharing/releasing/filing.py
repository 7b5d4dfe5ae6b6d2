"""Turns the objects of a file and what becomes of each into the artefact that leaves, and what the receipt says of it.

* The artefact of STIX is a bundle of the exact bytes, or of what is left of them; its id follows from its content.
* Events of MISP are set so that they travel no further than the partner; any other file goes as it is, or not at all.
* Nothing of what stays is in the artefact or the receipt, not even how many there were.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID, uuid5

from telvet.catalog.stix import StixRules
from telvet.errors import UsageError
from telvet.model.release import Outcome
from telvet.model.sharing import Candidate, Effect, Partner
from telvet.sharing.audit.canonical import Json
from telvet.sharing.audit.records import Decided
from telvet.sharing.markings.misp_export import MispPartner
from telvet.sharing.objects.misp_event import MISP_TYPE, misp_released
from telvet.sharing.objects.redacting import redacted
from telvet.sharing.objects.thing import Thing
from telvet.sharing.releasing.gate import Offered
from telvet.sharing.releasing.offering import Kind

__all__ = ["Artefact", "Left", "artefact", "body_of", "decided", "left", "left_for", "receipt"]

_BUNDLES = UUID("1f3c1c4e-9f3b-4b0e-9d52-5b5a3f0a2c7d")
"""The name space of the ids of artefacts."""


@dataclass(frozen=True, slots=True)
class Left:
    """One object that leaves."""

    thing: Thing
    outcome: Outcome
    body: bytes

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the bytes that leave, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class Artefact:
    """What leaves as a file."""

    id: str
    data: bytes

    @property
    def digest(self) -> str:
        """Return its SHA-256 in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def left(things: Sequence[Thing], outcomes: Sequence[Outcome], rules: StixRules) -> list[Left]:
    """Return what leaves of a file, in its order."""
    return [
        Left(thing, outcome, body_of(thing, outcome, rules))
        for thing, outcome in zip(things, outcomes, strict=True)
        if outcome.effect.releases
    ]


def left_for(partner: Partner, offered: Sequence[Offered], outcomes: Sequence[Outcome], rules: StixRules) -> list[Left]:
    """Return what leaves of a file of any kind for a partner, in its order.

    Raises:
        UsageError: An event of MISP may go, and cannot be set so that it stays with the partner.
    """
    return [
        Left(
            each.thing,
            outcome,
            _event_for(partner, each.thing, each.candidate, outcome, rules)
            if each.candidate is not None and each.thing.type == MISP_TYPE
            else body_of(each.thing, outcome, rules),
        )
        for each, outcome in zip(offered, outcomes, strict=True)
        if outcome.effect.releases
    ]


def body_of(thing: Thing, outcome: Outcome, rules: StixRules) -> bytes:
    """Return the bytes that leave: exactly those that came, or what is left of them."""
    if outcome.effect is Effect.REDACT:
        return redacted(thing, outcome.decision.redacted, rules)
    return thing.raw


def artefact(leaving: Sequence[Left], kind: Kind = Kind.STIX) -> Artefact:
    """Return what leaves as one file: a bundle, events as MISP reads them, or the file that it was.

    Raises:
        ValueError: Nothing leaves of a plain file: of that there is no artefact.
    """
    if kind is Kind.PLAIN:
        (only,) = leaving
        return Artefact(only.thing.id, only.body)
    whole = hashlib.sha256()
    for each in leaving:
        whole.update(hashlib.sha256(each.body).digest())
    name = f"bundle--{uuid5(_BUNDLES, whole.hexdigest())}"
    objects = b",\n".join(each.body for each in leaving)
    if kind is Kind.MISP:
        return Artefact(name, objects + b"\n" if len(leaving) == 1 else b'{"response":[' + objects + b"]}\n")
    listed = b',"objects":[\n' + objects + b"\n]" if leaving else b""
    return Artefact(name, b'{"type":"bundle","id":"' + name.encode() + b'"' + listed + b"}\n")


def _event_for(partner: Partner, thing: Thing, one: Candidate, outcome: Outcome, rules: StixRules) -> bytes:
    """Return the bytes of an event for the first of the partner's organisations that all that is left of it is for."""
    *others, last = sorted(partner.misp_organisations or {""})
    name, missing = partner.organisation or partner.id, outcome.decision.redacted
    for organisation in others:
        with suppress(UsageError):
            return misp_released(thing, one, missing, MispPartner(organisation, name), rules)
    return misp_released(thing, one, missing, MispPartner(last, name), rules)


def decided(thing: Thing, outcome: Outcome, digest: str | None = None) -> Decided:
    """Return what the audit log keeps of a decision.

    Args:
        thing: The object.
        outcome: What became of it.
        digest: Of the bytes that leave, where they are others.
    """
    stops = dict.fromkeys(each.rule for each in outcome.decision.reasons if each.counts)
    return Decided(
        thing.id,
        thing.version,
        digest or thing.digest,
        outcome.effect.value,
        tuple(stops) or outcome.leaves_by,
        tuple(dict.fromkeys(each.rule for each in outcome.decision.obligations)) if outcome.effect.releases else (),
    )


def receipt(
    leaving: Sequence[Left], file: Artefact, told: Mapping[str, Json], about: Mapping[str, str]
) -> dict[str, Json]:
    """Return what the receipt says.

    Args:
        leaving: What leaves.
        file: The artefact.
        told: Who, when, for whom, and where in the log: `id`, `at`, `by`, `partner`, `log`.
        about: What the decisions rest on.
    """
    return {
        **told,
        "about": dict(about),
        "artefact": {"bytes": len(file.data), "id": file.id, "sha256": file.digest},
        "objects": [
            {
                "effect": each.outcome.effect.value,
                "id": each.thing.id,
                "leaves_by": list(each.outcome.leaves_by),
                "obligations": [one.what for one in each.outcome.decision.obligations],
                "sha256": each.digest,
                "version": each.thing.version,
            }
            for each in leaving
        ],
        "says": "What left, for whom and by whose act. It does not say that the decision was right.",
    }
