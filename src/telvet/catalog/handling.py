"""Turns what is known of markings (`catalog/handling/`) into lookups: ids of TLP, extensions, words, codes, statements.

* Ids, words, countries and unions of a marking are data; what an effect does is the business of `sharing/`.
* A code of a country or a union is looked up for a day; a code that nobody knows is None, never a guess.
* All faults of all files are told at once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from telvet.catalog.checked_yaml import CheckedYaml, entries, read_checked
from telvet.catalog.places import Places, read_places
from telvet.catalog.vendor_rows import RegisterFiles, Row
from telvet.errors import CatalogError, Fault
from telvet.model.dates import read_day
from telvet.model.handling import Classification, Tlp
from telvet.model.status import Grade
from telvet.shipped import shipped

__all__ = [
    "ATTRIBUTES", "CONTROL_EFFECTS", "EXTENSIONS", "NAMESPACES", "STATEMENT_EFFECTS", "Control", "CountryCode",
    "HandlingRules", "Ism", "StatementRule", "Tetragraph", "TlpId", "read_handling",
]  # fmt: skip

EXTENSIONS = ("tlp-2.0", "acs-3.0a", "unread")
CONTROL_EFFECTS = ("noforn", "release", "display", "eyes", "officer", "refer", "withhold", "nothing")
ATTRIBUTES = ("level", "owner", "controls", "release", "display", "refer", "withhold", "harmless")
STATEMENT_EFFECTS = ("nothing", "terms", "refer", "withhold")
NAMESPACES = ("tlp", "statement", "unread")
_VERSIONS = ("1", "2.0")
_YES_NO = ("yes", "no")
_GRADES = tuple(Grade)
_CODES = ("code", "alpha3", "from", "to", "grade", "source")
_TETRAGRAPHS = ("code", "name", "union", "members", "from", "to", "grade", "source")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class TlpId:
    """A marking definition that stands for a level."""

    id: str
    level: Tlp
    version: str
    official: bool
    """False for an id in wide use that no standard knows."""
    grade: Grade


@dataclass(frozen=True, slots=True)
class Control:
    """A control of banner lines and of the attributes of IC-ISM."""

    code: str
    words: tuple[str, ...]
    effect: str
    """One of `CONTROL_EFFECTS`."""
    grade: Grade


@dataclass(frozen=True, slots=True)
class Ism:
    """The words and codes of IC-ISM."""

    owner: str
    """Alpha-3 of the country whose lines do not name an owner."""
    levels: Mapping[str, Classification]
    """Levels by word."""
    controls: tuple[Control, ...]
    attributes: Mapping[str, str]
    """One of `ATTRIBUTES` by the folded name of the attribute."""


@dataclass(frozen=True, slots=True)
class StatementRule:
    """What one statement, known by its exact text or by an anchored pattern, comes to."""

    id: str
    sha256: str | None
    pattern: re.Pattern[str] | None
    effect: str
    """One of `STATEMENT_EFFECTS`."""
    tlp: Tlp | None
    terms: str | None
    grade: Grade

    def matches(self, text: str) -> bool:
        """Tell whether this is the text, the whole of it."""
        if self.sha256 is not None:
            return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() == self.sha256
        return self.pattern is not None and self.pattern.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class CountryCode:
    """A code that is not ISO 3166-1 alpha-3 of today, and the country it stood for; None where it is none of ours."""

    code: str
    alpha3: str | None
    from_: date | None
    to: date | None
    grade: Grade


@dataclass(frozen=True, slots=True)
class Tetragraph:
    """A code of several countries: those of a union on the day, or those listed; neither where they are not known."""

    code: str
    name: str
    union: str | None
    members: frozenset[str]
    from_: date | None
    to: date | None
    grade: Grade


@dataclass(frozen=True, slots=True)
class HandlingRules:
    """All that is known of markings."""

    tlp: Mapping[str, TlpId]
    extensions: Mapping[str, str]
    """One of `EXTENSIONS` by id."""
    ism: Ism
    statements: tuple[StatementRule, ...]
    namespaces: Mapping[str, str]
    """One of `NAMESPACES` by the folded namespace of MISP tags."""
    codes: tuple[CountryCode, ...]
    tetragraphs: tuple[Tetragraph, ...]
    places: Places

    def country(self, code: str, on: date) -> str | None:
        """Return the alpha-3 that a trigraph stood for on a day; None where it stood for none."""
        special = [row for row in self.codes if row.code == code]
        if special:
            return next((row.alpha3 for row in special if _holds(row, on)), None)
        return code if code in self.places.names else None

    def group(self, code: str, on: date) -> frozenset[str] | None:
        """Return the countries of a tetragraph on a day; None where the code or its members are not known."""
        for row in self.tetragraphs:
            if row.code == code and _holds(row, on):
                members = self.places.members(row.union, on) if row.union else row.members
                return members or None
        return None

    def statement(self, text: str) -> StatementRule | None:
        """Return the rule of a statement; where two rules claim it, none."""
        found = [rule for rule in self.statements if rule.matches(text)]
        return found[0] if len(found) == 1 else None


def _holds(row: CountryCode | Tetragraph, on: date) -> bool:
    return (row.from_ or date.min) <= on <= (row.to or date.max)


def read_handling(folder: Path | None = None, places: Places | None = None) -> HandlingRules:
    """Read what is known of markings; that which ships with telvet is read once.

    Args:
        folder: A folder with the files of `catalog/handling/`.
        places: The countries and unions; those that ship with telvet by default.

    Raises:
        CatalogError: With a fault for every place that is wrong.
    """
    if folder is None and places is None:
        return _shipped()
    return _read(folder or shipped("catalog") / "handling", places or read_places())


@cache
def _shipped() -> HandlingRules:
    return _read(shipped("catalog") / "handling", read_places())


def _read(folder: Path, places: Places) -> HandlingRules:
    faults: list[Fault] = []
    tlp = {row.id: row for row in map(_tlp, _rows(folder, "tlp", "tlp", faults)) if row}
    extensions = {
        row.code: row.cells["kind"]
        for row in _rows(folder, "extensions", "extensions", faults)
        if row.sound(("kind", "name", "grade", "source"), (), {"kind": EXTENSIONS})
    }
    statements = tuple(filter(None, map(_statement, _rows(folder, "statements", "statements", faults))))
    namespaces = {
        row.code.casefold(): row.cells["read"]
        for row in _rows(folder, "misp", "namespaces", faults)
        if row.sound(("read", "grade", "source"), (), {"read": NAMESPACES})
    }
    ism = _ism(folder, places, faults)
    names = ("country_codes.csv", "tetragraphs.csv")
    contents = {name: (folder / name).read_bytes() for name in names if (folder / name).is_file()}
    files = RegisterFiles(folder.name, contents, faults)
    codes = tuple(code for row in files.rows(names[0], _CODES) if (code := _code(files, row, places)))
    groups = tuple(group for row in files.rows(names[1], _TETRAGRAPHS) if (group := _tetragraph(files, row, places)))
    if faults or ism is None:
        count = len(faults)
        what = f"what is known of markings has {count} fault{'s' * (count != 1)}"
        raise CatalogError(what, tuple(faults), code="handling", where=folder.name)
    return HandlingRules(tlp, extensions, ism, statements, namespaces, codes, groups, places)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of one file, as read."""

    file: CheckedYaml
    at: tuple[str, ...]
    code: str
    cells: Any

    def sound(self, needed: tuple[str, ...], optional: tuple[str, ...], codes: Mapping[str, tuple[str, ...]]) -> bool:
        """Tell whether the entry has its keys, and codes where codes are wanted; note what is wrong."""
        if not self.file.keys(self.at, self.cells, needed, optional):
            return False
        fine = True
        for key, value in self.cells.items():
            if allowed := {"grade": _GRADES, **codes}.get(key):
                fine = self.file.one_of((*self.at, key), value, allowed, key) and fine
            elif key != "words":
                fine = self.file.text((*self.at, key), value) and fine
        return fine


def _rows(folder: Path, name: str, key: str, faults: list[Fault]) -> list[_Entry]:
    file = read_checked(folder / f"{name}.yaml", f"{folder.name}/{name}.yaml", faults)
    if file is None:
        return []
    return [_Entry(file, (key, str(code)), str(code), cells) for code, cells in entries(file, key).items()]


def _tlp(row: _Entry) -> TlpId | None:
    codes = {"level": tuple(Tlp), "version": _VERSIONS, "official": _YES_NO}
    if not row.sound(("level", "version", "official", "grade", "source"), (), codes):
        return None
    cells = row.cells
    return TlpId(row.code, Tlp(cells["level"]), cells["version"], cells["official"] == "yes", Grade(cells["grade"]))


def _statement(row: _Entry) -> StatementRule | None:
    codes = {"effect": STATEMENT_EFFECTS, "tlp": tuple(Tlp)}
    if not row.sound(("effect", "grade", "source"), ("sha256", "pattern", "tlp", "terms"), codes):
        return None
    cells, file, before = row.cells, row.file, len(row.file.faults)
    if ("sha256" in cells) == ("pattern" in cells):
        file.fault(row.at, "not-one-of-two", "either sha256 or pattern is wanted here", "write one of them", row.code)
    if (cells["effect"] == "terms") != ("terms" in cells):
        file.fault(row.at, "not-one-of-two", "terms belong to the effect terms, and to no other", "write both or none")
    if "sha256" in cells and not _SHA256.fullmatch(cells["sha256"]):
        file.fault((*row.at, "sha256"), "not-a-digest", "this is no SHA-256 in hexadecimal", value=cells["sha256"])
    pattern = None
    if "pattern" in cells:
        try:
            pattern = re.compile(cells["pattern"])
        except re.error as problem:
            file.fault((*row.at, "pattern"), "bad-pattern", f"the pattern cannot be read: {problem}", "mend it")
    if len(file.faults) > before:
        return None
    tlp = Tlp(cells["tlp"]) if "tlp" in cells else None
    grade = Grade(cells["grade"])
    return StatementRule(row.code, cells.get("sha256"), pattern, cells["effect"], tlp, cells.get("terms"), grade)


def _ism(folder: Path, places: Places, faults: list[Fault]) -> Ism | None:
    file = read_checked(folder / "ism.yaml", f"{folder.name}/ism.yaml", faults)
    if file is None:
        return None
    top, before = entries(file, "ism"), len(faults)
    if not file.keys(("ism",), top, ("owner", "levels", "controls", "attributes"), ()):
        return None
    file.one_of(("ism", "owner"), top["owner"], places.names, "country")
    levels: dict[str, Classification] = {}
    for code, words in _mapping(file, ("ism", "levels"), top["levels"]).items():
        if file.one_of(("ism", "levels", code), code, tuple(Classification), "level"):
            levels |= dict.fromkeys(_words(file, ("ism", "levels", code), words), Classification(code))
    controls = []
    for code, cells in _mapping(file, ("ism", "controls"), top["controls"]).items():
        row = _Entry(file, ("ism", "controls", code), code, cells)
        if row.sound(("words", "effect", "grade"), (), {"effect": CONTROL_EFFECTS}):
            words = _words(file, (*row.at, "words"), cells["words"])
            controls.append(Control(code, words, cells["effect"], Grade(cells["grade"])))
    attributes = {}
    for name, kind in _mapping(file, ("ism", "attributes"), top["attributes"]).items():
        if file.one_of(("ism", "attributes", name), kind, ATTRIBUTES, "kind of attribute"):
            attributes[name.casefold()] = kind
    return None if len(faults) > before else Ism(top["owner"], levels, tuple(controls), attributes)


def _mapping(file: CheckedYaml, at: tuple[str, ...], value: object) -> Mapping[str, Any]:
    if isinstance(value, Mapping) and value:
        return value
    file.fault(at, "not-a-mapping", "entries are wanted here")
    return {}


def _words(file: CheckedYaml, at: tuple[str, ...], words: object) -> tuple[str, ...]:
    if isinstance(words, list) and words:
        return tuple(word for place, word in enumerate(words) if file.text((*at, place), word))
    file.fault(at, "not-a-list", "a list of words is wanted here", value=words)
    return ()


def _days(files: RegisterFiles, row: Row) -> tuple[date | None, date | None] | None:
    days: list[date | None] = []
    for column in ("from", "to"):
        try:
            days.append(read_day(row.cells[column]) if row.cells[column] else None)
        except ValueError as problem:
            files.fault(row, column, "not-a-date", str(problem), "write YYYY-MM-DD, or leave it empty")
            return None
    return days[0], days[1]


def _known(files: RegisterFiles, row: Row, column: str, code: str, places: Places) -> bool:
    if not code or code in places.names:
        return True
    files.fault(row, column, "unknown-country", f"{code!r} is no country", "write alpha-3 codes")
    return False


def _code(files: RegisterFiles, row: Row, places: Places) -> CountryCode | None:
    cells, days = row.cells, _days(files, row)
    sound = files.filled(row, "code", "source") & files.one_of(row, "grade", _GRADES)
    sound &= _known(files, row, "alpha3", cells["alpha3"], places)
    if not sound or days is None:
        return None
    return CountryCode(cells["code"], cells["alpha3"] or None, *days, Grade(cells["grade"]))


def _tetragraph(files: RegisterFiles, row: Row, places: Places) -> Tetragraph | None:
    cells, days = row.cells, _days(files, row)
    sound = files.filled(row, "code", "name", "source") & files.one_of(row, "grade", _GRADES)
    members = [code.strip() for code in cells["members"].split(";") if code.strip()]
    for code in members:
        sound &= _known(files, row, "members", code, places)
    if cells["union"] and cells["union"] not in places.unions:
        files.fault(row, "union", "unknown-code", "the union is in no table", "name one of places/unions.csv")
        sound = False
    if cells["union"] and members:
        files.fault(row, "members", "not-one-of-two", "a union has its own members", "leave one of the two empty")
        sound = False
    if not sound or days is None:
        return None
    union, grade = cells["union"] or None, Grade(cells["grade"])
    return Tetragraph(cells["code"], cells["name"], union, frozenset(members), *days, grade)
