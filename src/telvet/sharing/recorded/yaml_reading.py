"""A file of facts about sharing, YAML -> the entries that the record takes; every fault of the file is raised together.

* What is not written is not known; what covers everything says `all`.
* An id stands once in a section; a partner that is named is in the file or on record.
* What could never count is refused: a waiver of one person, an authority without an end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from telvet.catalog.checked_yaml import CheckedYaml
from telvet.catalog.yaml_reading import Step, parse_yaml
from telvet.errors import SharingError
from telvet.model.sharing import NEVER
from telvet.sharing.recorded.bodies import body_text, entry_of, noun_of, ours_entry
from telvet.sharing.recorded.shapes import FILED, OURS, Field, Kind, Shape
from telvet.sharing.recorded.spans import ENDLESS, span_of
from telvet.sharing.recorded.yaml_fields import Fields
from telvet.workspace.sharing_rows import Entry

__all__ = ["WAIVABLE", "read_facts"]

PUBLISHED = "published"
WAIVABLE = ("purpose", "tlp-cap", "third-party", "classification")
"""The rules that a waiver can excuse, beside `law P`: spec/sharing.md, sections 2 and 3."""
_A_LAW = "law "
_TWO = 2
_SCOPES = frozenset({Shape.OBJECTS, Shape.NAMES, Shape.PARTNERS})


def read_facts(text: str, name: str, partners: Collection[str] = (), today: date | None = None) -> list[Entry]:
    """Read facts.

    Args:
        text: The file's text.
        name: The file's name, for faults.
        partners: The ids of the partners on record.
        today: The last day on which something may have been published; None is any.

    Returns:
        The entries, in the order of sections and of the file.

    Raises:
        SharingError: With every fault.
    """
    document = parse_yaml(text, name, SharingError)
    file = CheckedYaml(name, document, [])
    entries = list(_sections(file, partners, today))
    if file.faults:
        many = f"{len(file.faults):,} fault{'s' * (len(file.faults) > 1)}"
        faults = tuple(sorted(file.faults, key=lambda fault: fault.record or 0))
        raise SharingError(f"{name} has {many}, and nothing was taken in", faults, code="sharing-facts")
    return entries


def _sections(file: CheckedYaml, partners: Collection[str], today: date | None) -> Iterator[Entry]:
    top = file.document.value
    if not isinstance(top, Mapping) or not top:
        file.fault((), "not-a-mapping", "sections of facts are wanted here", f"write one of {', '.join(FILED)}")
        return
    for section in top:
        file.one_of((section,), section, tuple(FILED), "section")
    fields = Fields(file, {*partners, *_named_in(top.get("partners"))})
    for kind in FILED.values():
        held = top.get(kind.section)
        if held is not None and not isinstance(held, list):
            file.fault((kind.section,), "not-a-list", "a list of entries is wanted here", "begin each with `- `")
        elif held:
            yield from _section(fields, kind, held, today)


def _named_in(section: object) -> Iterator[str]:
    """Yield the ids of the partners in a file, those of faulty entries among them."""
    for entry in section if isinstance(section, list) else ():
        if isinstance(entry, Mapping) and isinstance(entry.get("id"), str):
            yield entry["id"]


def _section(fields: Fields, kind: Kind, held: list[Any], today: date | None) -> Iterator[Entry]:
    seen: dict[str, int] = {}
    for place, given in enumerate(held):
        steps: tuple[Step, ...] = (kind.section, place)
        value = {kind.key: given} if kind.name == OURS and isinstance(given, str) else given
        if not isinstance(value, Mapping):
            what = f"a mapping with the key `{kind.key}` is wanted here"
            fields.file.fault(steps, "not-a-mapping", what)
            continue
        name = value.get(kind.key)
        if isinstance(name, str) and (first := seen.setdefault(name, place)) != place:
            line = fields.file.document.line(kind.section, first)
            what = f"the {kind.key} stands twice in `{kind.section}`, first in line {line}"
            fields.file.fault((*steps, kind.key), f"{kind.name}-twice", what, "keep one of them", name)
        if (entry := _entry(fields, kind, steps, value, today)) is not None:
            yield entry


def _entry(
    fields: Fields, kind: Kind, steps: tuple[Step, ...], given: Mapping[str, Any], today: date | None
) -> Entry | None:
    file, before = fields.file, len(fields.file.faults)
    value = {key: cell for key, cell in given.items() if cell is not None}
    allowed = (kind.key, *(field.key for field in kind.fields), PUBLISHED)
    for key in given:
        if key not in allowed:
            file.one_of((*steps, key), key, allowed, "key")
    if kind.key not in value:
        file.fault((*steps, kind.key), "missing", f"the key {kind.key!r} is missing", "write it")
    check = fields.id if kind.of_object else fields.name
    id_ = check((*steps, kind.key), value[kind.key]) if kind.key in value else None
    plain = {
        field.key: fields.checked(field.shape, (*steps, field.key), value[field.key])
        for field in kind.fields
        if field.key in value
    }
    for field in kind.fields:
        if field.needed and field.key not in value:
            _missing(file, kind, steps, field)
    published = _published(fields, steps, value.get(PUBLISHED), today)
    _check_whole(file, kind, steps, plain)
    if len(file.faults) > before or id_ is None:
        return None
    if kind.name == OURS:
        return ours_entry(id_, published)
    return entry_of(noun_of(kind.name, id_, body_text(plain)), published)


def _missing(file: CheckedYaml, kind: Kind, steps: tuple[Step, ...], field: Field) -> None:
    """Say what is missing, and that nothing is meant by leaving it out."""
    at = (*steps, field.key)
    if field.shape in _SCOPES:
        what = f"it does not say which {field.key} it covers"
        file.fault(at, "scope", what, f"write `{field.key}: all`, or name each: `{field.key}: [...]`")
    elif field.key == "to":
        file.fault(at, "no-end", f"{_an(kind)} has an end", "write its last day: `to: YYYY-MM-DD`")
    else:
        file.fault(at, "missing", f"the key {field.key!r} is missing", "write it")


def _an(kind: Kind) -> str:
    return f"{'an' if kind.name[0] in 'aeiou' else 'a'} {kind.name}"


def _published(fields: Fields, steps: tuple[Step, ...], value: object, today: date | None) -> str | None:
    if value is None:
        return None
    day = fields.day((*steps, PUBLISHED), value)
    if day and today and day > today.isoformat():
        what = "it cannot have been known from a day to come"
        fields.file.fault((*steps, PUBLISHED), "published-ahead", what, "write the day from which it was known", day)
    return day


def _check_whole(file: CheckedYaml, kind: Kind, steps: tuple[Step, ...], plain: Mapping[str, Any]) -> None:
    """Note what is wrong with an entry as a whole; a field that is faulty by itself is None, and told already."""
    begins, ends = (span_of(plain[key]) if plain.get(key) else None for key in ("from", "to"))
    if begins and ends and ends.last < begins.first:
        file.fault((*steps, "to"), "dates-crossed", "it ends before it begins", "correct one of them")
    if ends == NEVER and any(field.key == "to" and field.needed for field in kind.fields):
        file.fault((*steps, "to"), "no-end", f"{_an(kind)} has an end", "write its last day", ENDLESS)
    if kind.name == "waiver":
        _check_waiver(file, steps, plain)
    if kind.name == "originators" and plain.get("originators", []) == plain.get("derived_from", []) == []:
        what = "the entry names neither originators nor what it is derived from"
        file.fault(steps, "says-nothing", what, "write `originators: [...]` or `derived_from: [...]`")
    if kind.name == "recall" and plain.get("objects") == []:
        file.fault((*steps, "objects"), "scope", "a recall names its objects", "write their ids")


def _check_waiver(file: CheckedYaml, steps: tuple[Step, ...], plain: Mapping[str, Any]) -> None:
    persons, rule = plain.get("persons"), plain.get("rule")
    if persons is not None and len({person.strip().casefold() for person in persons}) < _TWO:
        what = "a waiver is the word of two different persons"
        file.fault((*steps, "persons"), "one-person", what, "write both: `persons: [one, other]`")
    if rule is not None and not (rule.startswith(_A_LAW) and rule[len(_A_LAW) :].strip()):
        file.one_of((*steps, "rule"), rule, (*WAIVABLE, f"{_A_LAW}PROVISION"), "rule that can be waived")
