"""Turns a release to one partner into MISP settings with which it cannot travel beyond that partner, and sets them.

* A file is for the partner's own organisation only; what is synchronised is for a group with the partner as its one member.
* Every distribution within the event is set, not inherited: raising the event's later frees nothing that it holds.
* What refers to other events, proposals and local tags stay behind.
* What its handling withholds, or keeps from the partner's organisation, is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from telvet.errors import UsageError
from telvet.model.handling import Handling, Reach

__all__ = ["MispExport", "MispPartner", "confined", "export_settings"]

_OWN, _GROUP = 0, 4
_LEFT = frozenset(("RelatedEvent", "RelatedAttribute", "ShadowAttribute", "SharingGroup", "sharing_group_id"))
_YES = (True, "1", "true")


@dataclass(frozen=True, slots=True)
class MispPartner:
    """Who is to receive an event."""

    organisation: str
    """The UUID of its organisation in MISP."""
    name: str
    server: str | None = None
    """The address of its server, for what is synchronised."""


@dataclass(frozen=True, slots=True)
class MispExport:
    """How an event is set for one partner."""

    distribution: int
    sharing_group: Mapping[str, Any] | None
    tags: tuple[str, ...]


def export_settings(handling: Handling, partner: MispPartner, *, group: str | None = None) -> MispExport:
    """Return the settings for a release.

    Args:
        handling: Of the event with all it holds.
        partner: Who receives it.
        group: The UUID of a sharing group of the partner alone, for what is synchronised; None for a file.

    Raises:
        UsageError: Where the handling keeps it from the partner.
    """
    _refuse(handling, partner)
    tags = (f"tlp:{handling.tlp.value}",) if handling.tlp else ()
    if group is None:
        return MispExport(_OWN, None, tags)
    if not partner.server:
        fix = "state the address of the partner's server, or export a file"
        raise UsageError("a group without a server travels to every server of its members", code="misp-server", fix=fix)
    member = {"extend": False, "Organisation": {"uuid": partner.organisation, "name": partner.name}}
    settings = {
        "uuid": group,
        "name": f"{partner.name} only",
        "releasability": f"{partner.name} only",
        "active": True,
        "roaming": False,
        "SharingGroupOrg": [member],
        "SharingGroupServer": [{"all_orgs": False, "Server": {"url": partner.server, "name": partner.name}}],
    }
    return MispExport(_GROUP, settings, tags)


def _refuse(handling: Handling, partner: MispPartner) -> None:
    members = handling.organisations
    reasons = (
        (handling.unmarked, "nothing marks it"),
        (bool(handling.withheld), "a mark on it withholds it"),
        (handling.reach is Reach.ORGANISATION, "it is for its own organisation only"),
        (
            members is not None and partner.organisation.lower() not in members,
            "the partner is in no sharing group of it",
        ),
    )
    for applies, what in reasons:
        if applies:
            fix = "release what its handling lets out, or have it marked anew"
            raise UsageError(f"the event cannot be exported: {what}", code="misp-withheld", fix=fix)


def confined(event: Mapping[str, Any], settings: MispExport) -> dict[str, Any]:
    """Return a copy of an event with the settings on it and on everything it holds."""
    inner = event.get("Event")
    if isinstance(inner, Mapping):
        return {**{key: value for key, value in event.items() if key not in _LEFT}, "Event": confined(inner, settings)}
    made = _set({"distribution": _OWN, **event}, settings)
    made["Tag"] = [*_others(made.get("Tag", ()), settings), *({"name": tag} for tag in settings.tags)]
    return made


def _set(thing: Mapping[str, Any], settings: MispExport) -> dict[str, Any]:
    made = {key: _within(key, value, settings) for key, value in thing.items() if key not in _LEFT}
    if "distribution" in made:
        made["distribution"] = str(settings.distribution)
        if settings.sharing_group is not None:
            made["SharingGroup"] = settings.sharing_group
    return made


def _within(key: str, value: object, settings: MispExport) -> object:
    if isinstance(value, Mapping):
        return _set(value, settings)
    if isinstance(value, list):
        return [_within(key, each, settings) for each in value if not (key == "Tag" and _local(each))]
    return value


def _local(tag: object) -> bool:
    return isinstance(tag, Mapping) and tag.get("local") in _YES


def _others(tags: Iterable[Any], settings: MispExport) -> list[Any]:
    """Return the tags but those of TLP, where the settings have their own."""
    named = [(tag, str(tag.get("name", "")) if isinstance(tag, Mapping) else str(tag)) for tag in tags]
    return [tag for tag, name in named if not (settings.tags and name.strip().casefold().startswith("tlp:"))]
