"""Turns the folder of the vendor register into one frozen `Register` of who is who, as dated and cited rows.

* Everything that is peculiar to a vendor is in the folder's CSV files; nothing is here.
* A register with a fault is refused, and all faults are told at once; those of `identifiers.csv`, the one long file, when
  a number is first asked for.
* The same files give the same `digest`; nothing depends on the clock, the network or the order of a directory.
* A name in a registry is a name: the reviewed registrants count as aliases.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from telvet.catalog.vendor_identifiers import IdentifierTable, holds_on, read_identifiers
from telvet.catalog.vendor_names import LegalForm, NameNormaliser, fold
from telvet.catalog.vendor_ownership import read_ownership
from telvet.catalog.vendor_rows import RegisterFiles, Row
from telvet.errors import CatalogError
from telvet.model.organisation import Alias, Identifier, Organisation, Ownership
from telvet.model.status import Grade

__all__ = ["ALIAS_KINDS", "Group", "Register", "load_register"]

ALIAS_KINDS = ("legal", "former", "brand", "transliteration", "product", "misspelling")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{3}")
_POSITIONS = ("end", "start", "joined", "glued")


@dataclass(frozen=True, slots=True)
class Group:
    """A group of companies that designations name by one word."""

    id: str
    name: str
    root: str
    """The organisation that stands for the group."""


@dataclass(frozen=True, eq=False, repr=False)
class Register:
    """Organisations, their names, numbers and owners."""

    files: RegisterFiles
    organisations: Mapping[str, Organisation]
    groups: Mapping[str, Group]
    aliases: tuple[Alias, ...]
    ownership: tuple[Ownership, ...]
    registries: Mapping[str, str]
    """The title and edition of each registry that numbers were taken from."""
    normalise: NameNormaliser
    placeholders: frozenset[str]
    """Folded texts that say nothing, such as those for "unknown"."""
    lookalikes: frozenset[str]
    """Folded names of firms that are not the organisation they look like."""

    def aliases_of(self, normalised: str, on: date | None = None) -> tuple[Alias, ...]:
        """Return the aliases with this normalised form that hold on a day, or ever where no day is asked."""
        return tuple(alias for alias in self._by_normalised.get(normalised, ()) if holds_on(alias.from_, alias.to, on))

    def aliases_written(self, folded: str, on: date | None = None) -> tuple[Alias, ...]:
        """Return the aliases written just so, legal form included, that hold on a day, or ever."""
        return tuple(alias for alias in self._by_folded.get(folded, ()) if holds_on(alias.from_, alias.to, on))

    def root(self, group_or_organisation: str) -> str:
        """Return the organisation that a group's or an organisation's id stands for; KeyError where there is none."""
        if group_or_organisation in self.groups:
            return self.groups[group_or_organisation].root
        return self.organisations[group_or_organisation].id

    def pen(self, number: int, on: date | None = None) -> tuple[Identifier, ...]:
        """Return whom an enterprise number stands for; nobody where the register does not hold it."""
        return self._identifiers.find("pen", str(number), on)

    def block(self, prefix: str, on: date | None = None) -> tuple[Identifier, ...]:
        """Return whose hardware-address block this is, by its 6, 7 or 9 hexadecimal digits in lower case."""
        return self._identifiers.find("oui", prefix, on)

    @property
    def split_blocks(self) -> frozenset[str]:
        """The 6-digit prefixes that were dealt out in finer parts, so that more digits are needed."""
        return self._identifiers.split

    @property
    def blocks(self) -> Mapping[str, str]:
        """The hardware-address blocks that the register knows, as hexadecimal digits, each with one of the same holder."""
        stands: dict[tuple[tuple[str, date | None, date | None], ...], str] = {}
        found: dict[str, str] = {}
        for (scheme, value), holders in self._identifiers.numbers.items():
            if scheme == "oui":
                who = tuple((holder.organisation, holder.from_, holder.to) for holder in holders)
                found[value] = stands.setdefault(who, value)
        return found

    def change_days(self) -> frozenset[date]:
        """Return the days from which on ownership or an alias differs from the day before."""
        edges = {day for edge in self.ownership for day in (edge.start_date, edge.end_date)}
        begun = {alias.from_ for alias in self.aliases}
        ended = {alias.to + timedelta(days=1) for alias in self.aliases if alias.to}
        return frozenset(day for day in edges | begun | ended if day)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of all files, names and bytes, in the order of their names."""
        sha = hashlib.sha256()
        for name, content in sorted(self.files.contents.items()):
            sha.update(f"{name}\0{len(content)}\0".encode())
            sha.update(content)
        return sha.hexdigest()

    @cached_property
    def _by_folded(self) -> dict[str, list[Alias]]:
        return _index((fold(alias.alias), alias) for alias in self.aliases)

    @cached_property
    def _by_normalised(self) -> dict[str, list[Alias]]:
        return _index((self.normalise(alias.alias), alias) for alias in self.aliases)

    @cached_property
    def _identifiers(self) -> IdentifierTable:
        files = RegisterFiles(self.files.folder, self.files.contents)
        table = read_identifiers(files, self.organisations, self.registries)
        _refuse(files)
        return table


def load_register(folder: Path) -> Register:
    """Read a vendor register.

    Raises:
        CatalogError: With a fault for every place that is wrong.
    """
    contents = {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}
    files = RegisterFiles(folder.name, contents)
    group_rows = list(files.rows("groups.csv", ("group", "name", "root")))
    organisations = {made.id: made for made in _organisations(files, {row.cells["group"]: row for row in group_rows})}
    registries = {
        row.cells["registry"]: row.cells["title"] for row in files.rows("registries.csv", ("registry", "title"))
    }
    forms = [
        LegalForm(row.cells["form"], row.cells["position"])
        for row in files.rows("legal_forms.csv", ("form", "position"))
        if files.filled(row, "form") and files.one_of(row, "position", _POSITIONS)
    ]
    register = Register(
        files=files,
        organisations=organisations,
        groups={made.id: made for made in _groups(files, group_rows, organisations)},
        aliases=(
            *_names(organisations),
            *_aliases(files, organisations),
            *_registrants(files, organisations, registries),
        ),
        ownership=read_ownership(files, organisations),
        registries=registries,
        normalise=NameNormaliser(forms),
        placeholders=frozenset(fold(row.cells["text"]) for row in files.rows("placeholders.csv", ("text",))),
        lookalikes=frozenset(_lookalikes(files, organisations)),
    )
    _refuse(files)
    return register


def _refuse(files: RegisterFiles) -> None:
    if files.faults:
        fix = "mend the places below; docs/explanation/attribution.md describes the tables"
        raise CatalogError(
            "the vendor register has faults", tuple(files.faults), code="register", where=files.folder, fix=fix
        )


def _index(pairs: Iterable[tuple[str, Alias]]) -> dict[str, list[Alias]]:
    found: dict[str, list[Alias]] = defaultdict(list)
    for key, alias in pairs:
        found[key].append(alias)
    return dict(found)


def _organisations(files: RegisterFiles, groups: Mapping[str, Row]) -> Iterator[Organisation]:
    seen: set[str] = set()
    for row in files.rows("organisations.csv", ("id", "name", "country", "group", "source", "grade")):
        before, cells = len(files.faults), row.cells
        if not _SLUG.fullmatch(cells["id"]):
            files.fault(row, "id", "bad-id", "an id is lower-case words and digits joined by hyphens")
        if cells["id"] in seen:
            files.fault(row, "id", "duplicate-id", "another row has this id")
        if cells["country"] and not _COUNTRY.fullmatch(cells["country"]):
            files.fault(row, "country", "bad-country", "a country is three capital letters, ISO 3166-1")
        if cells["group"]:
            files.known(row, "group", groups)
        files.filled(row, "name", "source")
        files.one_of(row, "grade", tuple(Grade))
        seen.add(cells["id"])
        if len(files.faults) == before:
            country, group = cells["country"] or None, cells["group"] or None
            yield Organisation(cells["id"], cells["name"], country, group, cells["source"], Grade(cells["grade"]))


def _groups(files: RegisterFiles, rows: Iterable[Row], organisations: Mapping[str, Organisation]) -> Iterator[Group]:
    for row in rows:
        cells = row.cells
        if not (files.filled(row, "group", "name") and files.known(row, "root", organisations)):
            continue
        if cells["group"] in organisations and cells["group"] != cells["root"]:
            files.fault(row, "group", "ambiguous-id", "an organisation that is not the root has this id")
        yield Group(cells["group"], cells["name"], cells["root"])


def _names(organisations: Mapping[str, Organisation]) -> Iterator[Alias]:
    return (Alias(made.name, "legal", made.id, None, None, made.source) for made in organisations.values())


def _aliases(files: RegisterFiles, organisations: Mapping[str, Organisation]) -> Iterator[Alias]:
    for row in files.rows("aliases.csv", ("alias", "kind", "organisation", "from", "to", "source")):
        sound = files.known(row, "organisation", organisations)
        sound = files.one_of(row, "kind", ALIAS_KINDS) and files.filled(row, "alias", "source") and sound
        days = files.days(row, "from", "to")
        if sound:
            yield Alias(row.cells["alias"], row.cells["kind"], row.cells["organisation"], *days, row.cells["source"])


def _registrants(
    files: RegisterFiles, organisations: Mapping[str, Organisation], titles: Mapping[str, str]
) -> Iterator[Alias]:
    for row in files.rows("registrants.csv", ("registry", "registrant", "organisation", "from", "to")):
        known = files.known(row, "registry", titles) and files.known(row, "organisation", organisations)
        days = files.days(row, "from", "to")
        if known and files.filled(row, "registrant"):
            source = titles[row.cells["registry"]]
            yield Alias(row.cells["registrant"], "legal", row.cells["organisation"], *days, source)


def _lookalikes(files: RegisterFiles, organisations: Mapping[str, Organisation]) -> Iterator[str]:
    for row in files.rows("lookalikes.csv", ("name", "like", "source")):
        if files.filled(row, "name", "source") and files.known(row, "like", organisations):
            yield fold(row.cells["name"])
