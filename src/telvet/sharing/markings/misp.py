"""Turns the distribution, sharing groups and tags of a MISP event and of what it holds into handlings.

* What is in an event is never freer than the event; `inherit` is the event's handling.
* A sharing group without members, not active or not sent along lets nobody have it; only members named count.
* A tag in a namespace of marks that is not understood withholds; other tags say nothing about handling.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from telvet.catalog.handling import HandlingRules
from telvet.model.handling import Handling, MarkingFinding, Reach, Tlp
from telvet.sharing.markings.compiled import Compiled, joined, noted, referred, withheld
from telvet.sharing.markings.statements import read_statement
from telvet.sharing.markings.tlp import read_level

__all__ = ["MispHandling", "read_event", "read_marks"]

_REACH = {"0": Reach.ORGANISATION, "1": Reach.COMMUNITY, "2": Reach.CONNECTED, "3": Reach.ALL}
_GROUP, _INHERIT = "4", "5"
_YES = (True, "1", "true")
_HELD = ("Attribute", "Object", "EventReport")


@dataclass(frozen=True, slots=True)
class MispHandling:
    """What the marks of an event come to."""

    event: Handling
    parts: Mapping[str, Handling]
    """Of attributes, objects, attributes of objects and reports, by UUID."""
    findings: tuple[MarkingFinding, ...]


def read_event(event: Mapping[str, Any], rules: HandlingRules, on: date) -> MispHandling:
    """Compile an event, as exported by MISP, with or without its `Event` around it."""
    inner = event.get("Event")
    event = inner if isinstance(inner, Mapping) else event
    made = read_marks(event, rules, on)
    parts: dict[str, Handling] = {}
    findings = dict.fromkeys(made.findings)
    for thing, around in _held(event, made.handling, rules, on):
        part = read_marks(thing, rules, on, around)
        name = str(thing.get("uuid", ""))
        parts[name] = joined((part, Compiled(parts.get(name, Handling())))).handling
        findings.update(dict.fromkeys(part.findings))
    return MispHandling(made.handling, parts, tuple(findings))


def _held(
    thing: Mapping[str, Any], around: Handling, rules: HandlingRules, on: date
) -> Iterator[tuple[Mapping[str, Any], Handling]]:
    for key in _HELD:
        held = thing.get(key)
        for each in held if isinstance(held, list) else ():
            if isinstance(each, Mapping):
                yield each, around
                if "Attribute" in each:
                    yield from _held(each, read_marks(each, rules, on, around).handling, rules, on)


def read_marks(thing: Mapping[str, Any], rules: HandlingRules, on: date, around: Handling | None = None) -> Compiled:
    """Compile the distribution and tags of one event, object, attribute or report.

    Args:
        thing: As MISP writes it in JSON.
        rules: What is known of markings.
        on: The day for which codes of countries are looked up.
        around: The handling of what holds it; None for an event.
    """
    name = str(thing.get("uuid", ""))
    parts = [_distribution(name, thing, rules, on, around), *_tags(name, thing, rules, on)]
    if around is not None:
        parts.append(Compiled(around))
    return joined(parts)


def _distribution(
    name: str, thing: Mapping[str, Any], rules: HandlingRules, on: date, around: Handling | None
) -> Compiled:
    said = thing.get("distribution")
    code = str(said) if isinstance(said, int | str) and not isinstance(said, bool) else ""
    if code in _REACH:
        return Compiled(Handling(marks=frozenset({name}), reach=_REACH[code]))
    if code == _GROUP:
        return _sharing_group(name, thing.get("SharingGroup"), rules, on)
    if around is not None and (code == _INHERIT or said is None):
        return Compiled()
    what = "this is no distribution of MISP that can stand here"
    return withheld(name, "distribution-malformed", what, "write 0 to 4, or 5 within an event", said)


def _sharing_group(name: str, group: object, rules: HandlingRules, on: date) -> Compiled:
    if isinstance(group, Mapping) and isinstance(group.get("SharingGroup"), Mapping):
        group = {**group, **group["SharingGroup"]}
    if not isinstance(group, Mapping):
        what = "it is for a sharing group that is not sent along"
        return joined((_members(name, frozenset()), withheld(name, "group-absent", what, "send the group along")))
    rows = group.get("SharingGroupOrg")
    members = frozenset(_organisations(rows if isinstance(rows, list) else []))
    parts = [_members(name, members)]
    if not members:
        what = "the sharing group has no members, which some servers take for everybody"
        parts.append(withheld(name, "group-empty", what, "name the organisations by their UUIDs"))
    if group.get("active") not in _YES:
        what = "the sharing group is not active"
        parts.append(withheld(name, "group-inactive", what, "make it active, or use another"))
    servers = group.get("SharingGroupServer")
    rows = servers if isinstance(servers, list) else []
    if any(isinstance(row, Mapping) and row.get("all_orgs") in _YES for row in rows):
        what = "the group has every organisation of a server; only those that it names count here"
        parts.append(noted(name, "group-all-organisations", what, "name the organisations"))
    if group.get("roaming") in _YES:
        what = "the group is bound to no servers, so it travels to every server of its members"
        parts.append(noted(name, "group-roaming", what, "name the servers"))
    text = group.get("releasability")
    if isinstance(text, str) and text.strip():
        parts.append(_releasability(name, text, rules, on))
    return joined(parts)


def _members(name: str, members: frozenset[str]) -> Compiled:
    return Compiled(Handling(marks=frozenset({name}), organisations=members))


def _organisations(rows: list[Any]) -> Iterator[str]:
    for row in rows:
        organisation = row.get("Organisation") if isinstance(row, Mapping) else None
        if isinstance(organisation, Mapping) and isinstance(organisation.get("uuid"), str) and organisation["uuid"]:
            yield organisation["uuid"].lower()


def _releasability(name: str, text: str, rules: HandlingRules, on: date) -> Compiled:
    """Read the free text of a group; what no rule knows is left to a person, for the members are known all the same."""
    read = read_statement(name, text, rules, on)
    if any(ground.code == "statement-unlisted" for ground in read.handling.withheld):
        return referred(name, "group-releasability", text)
    return read


def _tags(name: str, thing: Mapping[str, Any], rules: HandlingRules, on: date) -> Iterator[Compiled]:
    tags = thing.get("Tag", [])
    if not isinstance(tags, list):
        yield withheld(name, "tags-malformed", "its tags are no list", "mend them")
        return
    levels: set[Tlp] = set()
    for tag in tags:
        text = tag.get("name") if isinstance(tag, Mapping) else tag
        if not isinstance(text, str):
            yield withheld(name, "tags-malformed", "a tag has no name", "mend it")
            continue
        namespace = text.partition(":")[0].strip().casefold()
        kind = rules.namespaces.get(namespace)
        level = read_level(text) if kind == "tlp" else None
        if level is not None:
            levels.add(level)
            yield Compiled(Handling(marks=frozenset({name}), tlp=level))
        elif kind == "statement":
            yield read_statement(name, _canonical(text), rules, on)
        elif kind is not None:
            what = "the tag marks, and is not understood"
            red = Handling(tlp=Tlp.RED) if kind == "tlp" else Handling()
            yield joined((Compiled(red), withheld(name, "tag-unread", what, "use a tag of the taxonomy", text)))
    if len(levels) > 1:
        yield noted(name, "tlp-conflict", "it has several levels of TLP; the strictest holds", "keep one")


def _canonical(text: str) -> str:
    """Write a tag as statements are listed: in capitals, without spaces about the colon."""
    head, _, tail = text.partition(":")
    return f"{head.strip()}:{tail.strip()}".upper()
