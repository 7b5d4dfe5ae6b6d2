"""Turns the evidence in a row, or a single name, into whose equipment it is.

* Every cell is heard: tiers say what each points to, `pieces` says what follows from all of them.
* An empty cell, a placeholder such as the words for "unknown", and a number nobody in the register holds say nothing.
* A name that is nobody stays a candidate of its own: unresolved alone, disputed beside a number.
* Each distinct text or number is looked up once for a resolver; the same register and day give the same answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from telvet.attribution.evidence import Evidence
from telvet.attribution.pieces import Piece, settle
from telvet.attribution.tiers.aliases import by_alias
from telvet.attribution.tiers.found import Found, NameTier
from telvet.attribution.tiers.identifiers import by_block, by_number
from telvet.attribution.tiers.stated import by_id
from telvet.catalog.vendor_names import fold
from telvet.catalog.vendors import Register
from telvet.model.organisation import Attribution, Candidate

__all__ = ["ID_TIERS", "NAME_TIERS", "Resolver"]

NAME_TIERS: tuple[NameTier, ...] = (by_alias,)
"""Asked in this order for a name; the first that knows it answers."""
ID_TIERS: tuple[NameTier, ...] = (by_id, *NAME_TIERS)
"""The same for a cell that should hold the register's id."""


class Resolver:
    """Answers "whose is it?" from one register on one day."""

    def __init__(self, register: Register, on: date) -> None:
        self.register = register
        self.on = on
        self._texts: dict[tuple[str, str], Piece | None] = {}
        self._numbers: dict[tuple[str, int | str], Piece | None] = {}

    def name(self, text: str | None, column: str = "manufacturer") -> Attribution:
        """Return whom a name in some column points to."""
        piece = self._text(column, text, NAME_TIERS)
        return settle([piece] if piece else [])

    def resolve(self, evidence: Evidence) -> Attribution:
        """Return what the evidence of one row comes to."""
        return settle(self._pieces(evidence))

    def _pieces(self, evidence: Evidence) -> Iterator[Piece]:
        heard = [
            self._text("organisation", evidence.organisation, ID_TIERS),
            *(self._number("sys_object_id", number) for number in evidence.pens),
            *(self._number("vendor_id", number) for number in evidence.vendor_pens),
            *(self._number("mac", prefix) for prefix in evidence.mac_prefixes),
            self._text("manufacturer", evidence.manufacturer, NAME_TIERS),
        ]
        return (piece for piece in heard if piece is not None)

    def _text(self, column: str, text: str | None, tiers: tuple[NameTier, ...]) -> Piece | None:
        if not text:
            return None
        key = (column, text)
        if key not in self._texts:
            self._texts[key] = self._text_afresh(column, text, tiers)
        return self._texts[key]

    def _text_afresh(self, column: str, text: str, tiers: tuple[NameTier, ...]) -> Piece | None:
        folded = fold(text)
        if not folded or folded in self.register.placeholders:
            return None
        for tier in tiers:
            if found := tier(self.register, text, self.on):
                return _piece(column, found)
        return Piece(column, None, (Candidate(None, " ".join(text.split())),))

    def _number(self, column: str, number: int | str) -> Piece | None:
        key = (column, number)
        if key not in self._numbers:
            lookup = by_block(self.register, number, self.on) if isinstance(number, str) else None
            found = by_number(self.register, number, self.on) if isinstance(number, int) else lookup
            self._numbers[key] = _piece(column, found) if found else None
        return self._numbers[key]


def _piece(column: str, found: Found) -> Piece:
    return Piece(column, found.tier, tuple(Candidate(organisation) for organisation in found.organisations))
