"""How a column is declared: its kind, its codes, and what absence means.

* An empty cell is an unknown fact, never a no and never a reject.
* A list in a cell is separated by `;`; a member after `-` is denied (`route_or_redirect;-visibility`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["Absence", "Column", "Kind", "Table"]


class Kind(StrEnum):
    """The form of a column's values."""

    TEXT = "text"
    CODE = "code"
    CODES = "codes"
    """A list of codes, each stated or denied."""
    LABELS = "labels"
    """A list of free labels, each stated or denied."""
    COUNTRY = "country"
    DATE = "date"
    """A day, month, quarter or year."""
    NUMBER = "number"
    NUMBERS = "numbers"
    """A list of numbers."""
    MAC = "mac"
    """One or more hardware addresses."""
    OID = "oid"
    PEN = "pen"
    """An IANA private enterprise number."""
    YES_NO = "yes_no"


class Absence(StrEnum):
    """What it means that a list, once stated, does not mention a member."""

    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Column:
    """One declared column."""

    name: str
    kind: Kind
    about: str
    """One sentence for the reference page; names the unit where there is one."""
    codes: tuple[str, ...] = ()
    absence: Absence = Absence.NONE
    excludes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Codes whose statement denies others: `(("minor", ("critical_component",)),)`."""
    key: bool = False
    hints_maker: bool = False
    """True for columns that can hint at a maker; an inventory without any of them is an error."""


@dataclass(frozen=True, slots=True)
class Table:
    """One declared table; the key comes first."""

    name: str
    row: str
    """What one row is."""
    columns: tuple[Column, ...] = field(default_factory=tuple)

    def column(self, name: str) -> Column:
        """Return the column of that name; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the columns' names in order."""
        return tuple(column.name for column in self.columns)
