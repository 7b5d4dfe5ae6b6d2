"""An engine for a handful of rows held as plain dictionaries: cases of packs and single elements are judged on it.

* Implements `telvet.tables.judging.Judging` in straight Python; nothing here is meant to be fast.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from pathlib import Path

from telvet.tables.columns import Kind
from telvet.tables.equipment import EQUIPMENT
from telvet.tables.judging import FindingTexts, Key, Part, Raw, ShareCode, ShareCount, ShareUnit, Source, Tokens
from telvet.tables.relation import Relation

__all__ = ["Row", "Rows"]

Row = Mapping[str, str | int | None]
_LISTS = frozenset(
    column.name for column in EQUIPMENT.columns if column.kind in (Kind.CODES, Kind.LABELS, Kind.NUMBERS)
)
_BLOCKS = (9, 7, 6)
_FALSE, _TRUE = 0, 2
"""How `ShareCode` writes false and true."""
_ENTERPRISES = ["1", "3", "6", "1", "4", "1"]


class Rows:
    """Relations as lists of rows."""

    def __init__(self) -> None:
        self._tables: dict[str, list[Row]] = {}
        self._known: Mapping[str, str] = {}

    def table(self, rows: Iterable[Row]) -> Relation:
        """Keep rows of canonical cells and return their relation."""
        columns = (*EQUIPMENT.names, "notes", "outcome", "detail")
        name = f"rows_{len(self._tables)}"
        self._tables[name] = [{column: row.get(column) for column in columns} for row in rows]
        return Relation(name, EQUIPMENT.names)

    def know_blocks(self, blocks: Mapping[str, str]) -> None:
        """Tell the known hardware-address blocks, each with one that stands for it."""
        self._known = blocks

    def amended(
        self,
        relation: Relation,
        cells: Sequence[tuple[str, str, str]],
        tags: Sequence[tuple[str, str]],
        notes: Sequence[tuple[str, str]],
    ) -> Relation:
        """Return the relation with attested cells, site tags and notes."""
        changed = []
        for row in self._tables[relation.name]:
            new = dict(row)
            for identifier, column, text in cells:
                if row["id"] == identifier and new[column] is None:
                    new[column] = text
            stated = str(new["site_tags"] or "").split(";") + [tag for site, tag in tags if site == row["site"]]
            new["site_tags"] = (
                ";".join(tag for tag in dict.fromkeys(stated) if tag and (tag != "none" or len(stated) == 1)) or None
            )
            new["notes"] = next((text for identifier, text in notes if identifier == row["id"]), None)
            changed.append(new)
        return self.table(changed)

    def named(self, relation: Relation, operator: str) -> Relation:
        """Return the relation with every row given to an operator."""
        return self.table({**row, "operator": operator} for row in self._tables[relation.name])

    def holds(self, relation: Relation, column: str) -> bool:
        """Tell whether some row has a value in a column."""
        return any(row[column] is not None for row in self._tables[relation.name])

    def _raw(self, row: Row, sources: Sequence[Source]) -> Raw:
        return tuple(self._part(row[source.column], source.part) for source in sources)

    def _part(self, cell: str | int | None, part: Part) -> str | None:
        if cell is None or part is Part.WHOLE:
            return None if cell is None else str(cell)
        if part is Part.ENTERPRISE:
            arcs = str(cell).split(".")
            return next(iter(arcs[6:]), None) if arcs[:6] == _ENTERPRISES else None
        found = {self._known[mac[:digits]] for mac in str(cell).split(";") for digits in [self._digits(mac)] if digits}
        return ";".join(sorted(found)) or None

    def _digits(self, mac: str) -> int:
        return next((digits for digits in _BLOCKS if mac[:digits] in self._known), 0)

    def distinct(self, relation: Relation, sources: Sequence[Source]) -> list[Raw]:
        """Return every combination of values that occurs."""
        found = {self._raw(row, sources) for row in self._tables[relation.name]}
        return sorted(found, key=lambda raw: tuple(cell or "" for cell in raw))

    def _tokens(self, row: Row, keys: Sequence[Key]) -> tuple[Tokens, int]:
        found = [
            next((token, detail) for raw, token, detail in key.rows if raw == self._raw(row, key.sources))
            for key in keys
        ]
        pair = (found[0][0], found[1][0] if len(found) > 1 else 0)
        tokens = tuple(key.stands(token, pair) for key, (token, _) in zip(keys, found, strict=True))
        return tokens, found[0][1]

    def classify(self, relation: Relation, keys: Sequence[Key]) -> list[tuple[Tokens, int]]:
        """Return every combination of tokens that occurs and the number of its rows."""
        return sorted(Counter(self._tokens(row, keys)[0] for row in self._tables[relation.name]).items())

    def judged(
        self, relation: Relation, keys: Sequence[Key], outcomes: Sequence[tuple[Tokens, int]], *, keep: bool
    ) -> Relation:
        """Return a relation of findings."""
        del keep
        found: list[Row] = []
        ordered = sorted(outcomes, key=lambda one: one[1])
        for row in self._tables[relation.name]:
            tokens, detail = self._tokens(row, keys)
            found.extend(
                {**row, "outcome": outcome, "detail": detail} for judged, outcome in ordered if judged == tokens
            )
        return self.table(found)

    def counts(self, relation: Relation, columns: Sequence[str]) -> list[tuple[tuple[str | int | None, ...], int]]:
        """Return every combination of values of some columns and the number of its rows, sorted."""
        found = Counter(tuple(row[column] for column in columns) for row in self._tables[relation.name])
        return sorted(found.items(), key=lambda pair: [_rank(cell) for cell in pair[0]])

    def rows(
        self, relation: Relation, columns: Sequence[str], *, file_order: Sequence[str]
    ) -> Iterator[tuple[object, ...]]:
        """Yield rows by file as given, record and outcome; what has neither comes in the order given."""
        place = {name: number for number, name in enumerate(file_order)}

        def key(row: Row) -> tuple[object, ...]:
            return (place.get(str(row["origin_file"]), len(place)), _rank(row["origin_row"]))

        for row in sorted(self._tables[relation.name], key=key):
            yield tuple(row[column] for column in columns)

    def pick(self, relation: Relation, identifier: str) -> list[dict[str, str | None]]:
        """Return the rows of one element."""
        return [
            {column: None if cell is None else str(cell) for column, cell in row.items()}
            for row in self._tables[relation.name]
            if row["id"] == identifier
        ]

    def occurring(self, relation: Relation, column: str, texts: Sequence[str]) -> frozenset[str]:
        """Return those of some texts that are the value of a column in some row."""
        return frozenset(texts) & {str(row[column]) for row in self._tables[relation.name] if row[column] is not None}

    def stating(self, relation: Relation, column: str, member: str) -> list[tuple[str | None, str]]:
        """Return (operator, id) of the rows whose list column states a member."""
        rows = [row for row in self._tables[relation.name] if member in str(row[column] or "").split(";")]
        return [(None if row["operator"] is None else str(row["operator"]), str(row["id"])) for row in rows]

    def only(self, relation: Relation, row: Mapping[str, str | None]) -> Relation:
        """Return the relation narrowed to one row, by its file and record."""
        parts = ("id", "origin_file", "origin_row")
        wanted = [row[part] for part in parts]
        tables = self._tables[relation.name]
        return self.table(
            one for one in tables if [None if one[part] is None else str(one[part]) for part in parts] == wanted
        )

    def shares(
        self, relation: Relation, keys: Sequence[Key], codes: Sequence[ShareCode], unit: ShareUnit
    ) -> list[ShareCount]:
        """Return the sums of a share by group, sorted."""
        groups: dict[Raw, list[tuple[str | None, ShareCode]]] = {}
        for row in self._tables[relation.name]:
            tokens, _ = self._tokens(row, keys)
            for code in codes:
                if code.tokens == tokens:
                    measure = row[unit.count or unit.sum or ""]
                    for group in _groups(row, unit.per):
                        groups.setdefault(group, []).append((None if measure is None else str(measure), code))
        order = sorted(groups, key=lambda group: tuple(cell or "" for cell in group))
        return [(_by_site if unit.count else _by_sum)(group, groups[group]) for group in order]

    def write_findings(self, relation: Relation, texts: FindingTexts, path: Path) -> int:
        """Refuse: a handful of rows is not written."""
        raise NotImplementedError


def _rank(cell: str | int | None) -> tuple[bool, int, str]:
    """Sort the empty cell first, numbers by size, and texts by their letters."""
    return (cell is not None, cell if isinstance(cell, int) else 0, str(cell))


def _groups(row: Row, per: Sequence[str]) -> Iterator[Raw]:
    cells = [_stated(str(row[column] or "")) if column in _LISTS else [row[column]] for column in per]
    for group in product(*cells):
        yield tuple(None if cell is None else str(cell) for cell in group)


def _stated(cell: str) -> list[str | int | None]:
    """Return the members that a list states; an empty name where it states none."""
    return [part for part in cell.split(";") if part != "none" and not part.startswith("-")] or [""]


def _by_sum(group: Raw, elements: list[tuple[str | None, ShareCode]]) -> ShareCount:
    def total(chosen: Iterable[tuple[str | None, ShareCode]]) -> Decimal:
        return sum((Decimal(measure) for measure, _ in chosen if measure is not None), Decimal(0))

    sure = [(m, c) for m, c in elements if c.among == _TRUE and c.of == _TRUE]
    may_not = [(m, c) for m, c in elements if c.of != _TRUE]
    may = [(m, c) for m, c in elements if c.of != _FALSE]
    sure_not = [(m, c) for m, c in elements if c.among == _TRUE and c.of == _FALSE]
    return ShareCount(
        group, total(sure), total(may_not), total(may), total(sure_not),
        sum(m is None for m, _ in may_not), sum(m is None for m, _ in may), tuple(sorted({c.note for _, c in elements})),
    )  # fmt: skip


def _by_site(group: Raw, elements: list[tuple[str | None, ShareCode]]) -> ShareCount:
    sites: dict[str, list[ShareCode]] = {}
    for site, code in elements:
        if site is not None:
            sites.setdefault(site, []).append(code)
    sure = sum(any(c.among == _TRUE and c.of == _TRUE for c in codes) for codes in sites.values())
    may = sum(any(c.of != _FALSE for c in codes) for codes in sites.values())
    sure_not = sum(
        any(c.among == _TRUE for c in codes) and all(c.of == _FALSE for c in codes) for codes in sites.values()
    )
    unsited = [code for site, code in elements if site is None]
    return ShareCount(
        group, Decimal(sure), Decimal(len(sites) - sure), Decimal(may), Decimal(sure_not),
        sum(not (c.among == _TRUE and c.of == _TRUE) for c in unsited), sum(c.of != _FALSE for c in unsited),
        tuple(sorted({c.note for _, c in elements})),
    )  # fmt: skip
