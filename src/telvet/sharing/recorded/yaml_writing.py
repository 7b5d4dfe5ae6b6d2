"""Rows of the record -> a file of facts, YAML that `yaml_reading` takes back to the same entries.

* Same facts, same bytes: sections and fields in one order, entries by their ids, sets sorted.
* A text is written plain only where every reader of YAML takes it for text; otherwise in double quotes.
* Judgements are not written: each was made before one object, by a person who looked at it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from telvet.model.dates import read_day
from telvet.sharing.audit.canonical import Json
from telvet.sharing.recorded.bodies import plain_body
from telvet.sharing.recorded.shapes import FILED, OURS, Kind, Shape
from telvet.sharing.recorded.spans import span_of
from telvet.workspace.sharing_rows import Entry

__all__ = ["write_facts"]

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.+-]*(?: [A-Za-z0-9_.+-]+)*|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
"""What some reader of YAML takes for more than text."""
_NARROW = 0xFF
_MIDDLE = 0xFFFF


def write_facts(entries: Iterable[Entry]) -> str:
    """Write entries; of none, a file without sections."""
    by_kind: dict[str, list[Entry]] = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, []).append(entry)
    parts = [_section(kind, by_kind[kind.name]) for kind in FILED.values() if kind.name in by_kind]
    return "\n".join(parts) if parts else "# Nothing is on record.\n"


def _section(kind: Kind, entries: Iterable[Entry]) -> str:
    lines = [f"{kind.section}:"]
    for entry in sorted(entries, key=lambda entry: entry.id):
        if kind.name == OURS and entry.published is None:
            lines.append(f"  - {_text(entry.id)}")
            continue
        for place, (key, value) in enumerate(_cells(kind, entry)):
            lines.append(f"  {'- ' if place == 0 else '  '}{key}: {value}")
    return "".join(f"{line}\n" for line in lines)


def _cells(kind: Kind, entry: Entry) -> Iterator[tuple[str, str]]:
    yield kind.key, _text(entry.id)
    if entry.published is not None:
        yield "published", entry.published
    plain = plain_body(entry.body)
    for field in kind.fields:
        if field.key in plain:
            yield field.key, _cell(field.shape, plain[field.key])


def _cell(shape: Shape, value: Json) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_text(str(part)) for part in value)}]"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    if shape is Shape.DAY:
        return read_day(text).isoformat()
    if shape is Shape.SPAN:
        span_of(text)
        return text
    return _text(text)


def _text(text: str) -> str:
    """Write a text so that it is read as that text."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS:
        return text
    return "".join(character if character.isprintable() else _escaped(character) for character in _quoted(text))


def _quoted(text: str) -> str:
    """Write a text as JSON does, which YAML reads alike."""
    return json.dumps(text, ensure_ascii=False)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code <= _NARROW else f"\\u{code:04x}" if code <= _MIDDLE else f"\\U{code:08x}"
