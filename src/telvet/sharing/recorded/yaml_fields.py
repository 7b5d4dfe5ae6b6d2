"""A value of a file -> the plain value of a field, or faults that say what is wanted there.

* One check for each shape; what is refused is told with the nearest of what is allowed.
* Nothing is guessed: a scope that is not written, a word where a list belongs, a country's name in place of its code are faults.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from telvet.catalog.checked_yaml import CheckedYaml
from telvet.catalog.places import read_places
from telvet.catalog.yaml_reading import Step
from telvet.model.dates import read_day
from telvet.model.sharing import NEVER
from telvet.sharing.audit.canonical import Json
from telvet.sharing.recorded.shapes import ALL, CODES, Shape
from telvet.sharing.recorded.spans import span_of, span_text
from telvet.tables.codes import nearest

__all__ = ["Fields", "is_id"]

_Steps = tuple[Step, ...]
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_A_UUID = re.compile(_UUID, re.IGNORECASE)
_OBJECT = re.compile(rf"[a-z0-9-]+--{_UUID}")
_LONGEST_ID = 250
_TOO_MANY = 10**12
_FLAGS = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
_NOUNS = {
    Shape.TLP: "level of TLP",
    Shape.CLASSIFICATION: "level of classification",
    Shape.REACH: "distribution",
    Shape.THIRD_PARTY: "term on third parties",
}


def is_id(value: object) -> bool:
    """Tell whether a value can be an id: one line, no spaces around it, not too long to be looked up."""
    return isinstance(value, str) and value.isprintable() and value.strip() == value != "" and len(value) <= _LONGEST_ID


@dataclass(frozen=True, slots=True)
class Fields:
    """Checks the fields of one file."""

    file: CheckedYaml
    partners: Collection[str]
    """The ids of the partners on record or in the file."""

    def checked(self, shape: Shape, steps: _Steps, value: object) -> Json:
        """Return the plain value of a field; None where there is a fault, which is noted."""
        if shape in CODES:
            codes = [code.value for code in CODES[shape]]
            return str(value) if self.file.one_of(steps, value, codes, _NOUNS[shape]) else None
        return _CHECKS[shape](self, steps, value)

    def text(self, steps: _Steps, value: object) -> str | None:
        """Check text."""
        if not self.file.text(steps, value):
            return None
        try:
            str(value).encode()
        except UnicodeEncodeError:
            self.file.fault(steps, "not-text", "the text holds half a character", "write whole characters")
            return None
        return str(value)

    def name(self, steps: _Steps, value: object) -> str | None:
        """Check a name by which something is looked up."""
        if (text := self.text(steps, value)) is None or is_id(text):
            return text
        what = f"an id is one line of at most {_LONGEST_ID} characters, without spaces around it"
        self.file.fault(steps, "bad-id", what, "correct it", text)
        return None

    def id(self, steps: _Steps, value: object) -> str | None:
        """Check the id of an object; one that looks like an id of STIX must be one."""
        text = self.name(steps, value)
        if text is None or "--" not in text or _OBJECT.fullmatch(text):
            return text
        fix = "write a type, two hyphens and a UUID: identity--8c6af861-7b20-41ef-9b59-6344fd872a8f"
        self.file.fault(steps, "bad-id", "this is no id of an object", fix, text)
        return None

    def partner(self, steps: _Steps, value: object) -> str | None:
        """Check the id of a partner that is on record."""
        text = self.name(steps, value)
        if text is None or text in self.partners:
            return text
        near = nearest(text, tuple(self.partners))
        fix = f"did you mean {near}?" if near else "add it to `partners`, or import it first"
        self.file.fault(steps, "unknown-partner", "no partner of this id is on record or in this file", fix, text)
        return None

    def country(self, steps: _Steps, value: object) -> str | None:
        """Check the code of a country."""
        places = read_places()
        if isinstance(value, str) and value in places.names:
            return value
        text = str(value)
        code = places.alpha3(text)
        near = f"{code} ({places.names[code]})" if code else places.nearest(text)
        fix = f"did you mean {near}?" if near else "write its code of three capital letters, ISO 3166-1 alpha-3"
        self.file.fault(steps, "unknown-country", "this is no country", fix, value)
        return None

    def uuid(self, steps: _Steps, value: object) -> str | None:
        """Check a UUID; its letters are made small."""
        if isinstance(value, str) and _A_UUID.fullmatch(value):
            return value.lower()
        self.file.fault(
            steps, "not-a-uuid", "this is no UUID", "write the UUID that the organisation has in MISP", value
        )
        return None

    def span(self, steps: _Steps, value: object) -> str | None:
        """Check a day, month, quarter or year, an interval of them, or `never`, which nothing begins on."""
        text = str(value) if isinstance(value, str) or type(value) is int else ""
        try:
            span = span_of(text)
        except ValueError:
            span = None
        if span is not None and (span != NEVER or steps[-1] == "to"):
            return span_text(span)
        fix = "write YYYY-MM-DD, YYYY-MM, YYYYQn or YYYY" + (", or `never`" if steps[-1] == "to" else "")
        self.file.fault(steps, "not-a-date", "this is no date", fix, value)
        return None

    def day(self, steps: _Steps, value: object) -> str | None:
        """Check a day."""
        try:
            return read_day(str(value)).isoformat()
        except ValueError:
            self.file.fault(steps, "not-a-date", "this is no day", "write YYYY-MM-DD", value)
            return None

    def flag(self, steps: _Steps, value: object) -> bool | None:
        """Check yes or no."""
        if isinstance(value, bool):
            return value
        found = _FLAGS.get(value.casefold()) if isinstance(value, str) else None
        if found is None:
            self.file.fault(steps, "not-a-flag", "this is neither yes nor no", "write `yes` or `no`", value)
        return found

    def count(self, steps: _Steps, value: object) -> int | None:
        """Check a whole number from 0."""
        if type(value) is int and 0 <= value < _TOO_MANY:
            return value
        if isinstance(value, str) and value.isascii() and value.isdigit() and int(value) < _TOO_MANY:
            return int(value)
        self.file.fault(steps, "not-a-count", "this is no whole number from 0", "write how many, such as 500", value)
        return None

    def several(self, each: Callable[[Fields, _Steps, object], str | None]) -> Callable[[_Steps, object], Json]:
        """Return the check of a list whose parts are each checked."""

        def check(steps: _Steps, value: object) -> Json:
            if not isinstance(value, list):
                fix = f"write [{value}]" if isinstance(value, str) else "write its parts in brackets: [one, other]"
                self.file.fault(steps, "not-a-list", "a list is wanted here", fix, value)
                return None
            parts = [each(self, (*steps, place), part) for place, part in enumerate(value)]
            whole = [part for part in parts if part is not None]
            return whole if len(whole) == len(parts) else None

        return check

    def scope(self, each: Callable[[Fields, _Steps, object], str | None]) -> Callable[[_Steps, object], Json]:
        """Return the check of `all`, or of a list that is not empty."""

        def check(steps: _Steps, value: object) -> Json:
            if value == ALL:
                return ALL
            if isinstance(value, list) and (not value or ALL in value):
                what = "an empty list covers nothing" if not value else "`all` stands by itself, not in a list"
                self.file.fault(steps, "scope", what, "write `all` without brackets, or name each")
                return None
            return self.several(each)(steps, value)

        return check


_CHECKS: Mapping[Shape, Callable[[Fields, _Steps, object], Json]] = {
    Shape.TEXT: Fields.text,
    Shape.ID: Fields.id,
    Shape.PARTNER: Fields.partner,
    Shape.COUNTRY: Fields.country,
    Shape.SPAN: Fields.span,
    Shape.DAY: Fields.day,
    Shape.FLAG: Fields.flag,
    Shape.COUNT: Fields.count,
    Shape.IDS: lambda fields, steps, value: fields.several(Fields.id)(steps, value),
    Shape.WORDS: lambda fields, steps, value: fields.several(Fields.text)(steps, value),
    Shape.SENTENCES: lambda fields, steps, value: fields.several(Fields.text)(steps, value),
    Shape.COUNTRIES: lambda fields, steps, value: fields.several(Fields.country)(steps, value),
    Shape.UUIDS: lambda fields, steps, value: fields.several(Fields.uuid)(steps, value),
    Shape.OBJECTS: lambda fields, steps, value: fields.scope(Fields.id)(steps, value),
    Shape.NAMES: lambda fields, steps, value: fields.scope(Fields.name)(steps, value),
    Shape.PARTNERS: lambda fields, steps, value: fields.scope(Fields.partner)(steps, value),
}
