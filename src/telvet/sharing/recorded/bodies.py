"""Nouns of sharing -> the entries that the ledger keeps of them, and back; nothing is lost on the way.

* Equal nouns have equal bodies: canonical JSON, sets in order, what is not known left out.
* Whatever covers everything is written out as `all`, so that a body that lacks a scope cannot be read as one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from telvet.model.release import Judgement, Originated
from telvet.model.sharing import Term
from telvet.sharing.audit.canonical import Json, canonical
from telvet.sharing.recorded.shapes import ALL, CODES, KINDS, OURS, Field, Kind, Noun, Shape
from telvet.sharing.recorded.spans import span_of, span_text
from telvet.workspace.sharing_rows import Entry

__all__ = ["body_text", "entry_of", "noun_of", "ours_entry", "plain_body"]

_SCOPES = frozenset({Shape.OBJECTS, Shape.NAMES, Shape.PARTNERS})
_TERM = {"from": "begins", "to": "ends"}


def entry_of(noun: Noun, published: str | None = None) -> Entry:
    """Return the entry that records a noun.

    Args:
        noun: A partner, an arrangement, a judgement, ...
        published: The day, YYYY-MM-DD, from which it could be known; None is the day of recording.
    """
    kind = next(kind for kind in KINDS.values() if kind.noun is type(noun))
    body = body_text({field.key: value for field in kind.fields if (value := _written(noun, field)) is not None})
    if isinstance(noun, Judgement):
        told = f"{kind.name}\n{body}"
        return Entry(kind.name, "j-" + hashlib.sha256(told.encode()).hexdigest()[:32], body, published)
    return Entry(kind.name, noun.about if isinstance(noun, Originated) else noun.id, body, published)


def ours_entry(id_: str, published: str | None = None) -> Entry:
    """Return the entry that records an id by which we are an originator."""
    return Entry(OURS, id_, "{}", published)


def noun_of(kind: str, id_: str, body: str) -> Noun:
    """Return the noun of an entry; `ours` has none.

    Raises:
        ValueError: The body is not one that `entry_of` writes.
    """
    found = KINDS.get(kind)
    if found is None or found.noun is None:
        raise ValueError(f"{kind!r} is no kind of fact that has a body")
    plain = plain_body(body)
    try:
        values = {field.key: _read(field, plain[field.key]) for field in found.fields if field.key in plain}
        return _built(found, id_, values)
    except (TypeError, KeyError, AttributeError) as problem:
        raise ValueError(f"the body of {kind} {id_!r} is not whole: {problem}") from None


def body_text(plain: Mapping[str, Json]) -> str:
    """Write the fields of a body as the text that the ledger keeps."""
    return canonical(plain).decode()


def plain_body(body: str) -> dict[str, Any]:
    """Read the fields of a body; what is no object of JSON is a ValueError."""
    plain = json.loads(body)
    if not isinstance(plain, dict):
        raise ValueError("a body is an object of JSON")  # noqa: TRY004 - it is the text that is wrong
    return plain


def _written(noun: Noun, field: Field) -> Json:
    """Return the value of a field, None where it is left out."""
    value = getattr(_term(noun), _TERM[field.key]) if field.key in _TERM else getattr(noun, field.key)
    if field.shape in _SCOPES:
        return ALL if value is None else sorted(value)
    if value is None or (not field.needed and field.key not in _TERM and _unsaid(noun, field, value)):
        return None
    write = _WRITTEN.get(field.shape, str)
    return write(value)


def _term(noun: Noun) -> Term:
    term: Term = getattr(noun, "term")  # noqa: B009 - only nouns with a term have such fields
    return term


def _unsaid(noun: Noun, field: Field, value: object) -> bool:
    """Tell whether a value is what the noun has where nothing is said."""
    default = type(noun).__dataclass_fields__[field.key].default
    return bool(value == default)


def _built(kind: Kind, id_: str, values: dict[str, Any]) -> Noun:
    term = {ours: values.pop(key) for key, ours in _TERM.items() if key in values}
    if any(field.key in _TERM for field in kind.fields):
        values["term"] = Term(**term)
    if kind.name != "judgement":
        values[kind.key] = id_
    absent = [field.key for field in kind.fields if field.shape in _SCOPES and field.key not in values]
    if absent:
        raise KeyError(absent[0])
    noun: Callable[..., Noun] | None = kind.noun
    assert noun is not None  # noqa: S101 - `noun_of` has looked
    return noun(**values)


def _read(field: Field, value: Any) -> object:  # noqa: ANN401 - a value of JSON
    """Return the noun's value of a field."""
    if field.shape in _SCOPES and value == ALL:
        return None
    if field.shape in CODES:
        return CODES[field.shape](value)
    return _VALUES.get(field.shape, str)(value)


def _listed(value: object) -> list[str]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    return [str(each) for each in value]


def _a_set(value: object) -> frozenset[str]:
    return frozenset(_listed(value))


_SETS = (Shape.IDS, Shape.WORDS, Shape.COUNTRIES, Shape.UUIDS)
_WRITTEN: Mapping[Shape, Callable[[Any], Json]] = {
    **dict.fromkeys(_SETS, sorted),
    Shape.SENTENCES: list,
    Shape.SPAN: span_text,
    Shape.DAY: date.isoformat,
    Shape.FLAG: bool,
    Shape.COUNT: int,
}
_VALUES: Mapping[Shape, Callable[[Any], object]] = {
    **dict.fromkeys((*_SETS, *_SCOPES), _a_set),
    Shape.SENTENCES: lambda value: tuple(_listed(value)),
    Shape.SPAN: span_of,
    Shape.DAY: date.fromisoformat,
    Shape.FLAG: lambda value: value is True,
    Shape.COUNT: int,
}
