"""The forms in which a fact reaches a condition. Unknown is one of the values of each form.

* `Single`: one value of a closed or open kind. No candidate: unknown. Several: disputed.
* `Members`: a set of which some members are stated, some denied, the rest unknown unless complete.
* `Quantity`: a number or unknown.  * `Dated`: a span of days or unknown.
* `Maker`: whose it is; candidates are what attribution leaves standing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from telvet.model.dates import Span
from telvet.model.organisation import Attribution
from telvet.model.status import Grade

__all__ = ["Dated", "Fact", "Maker", "Members", "Quantity", "Single", "Stated"]


@dataclass(frozen=True, slots=True)
class Single:
    """A value such as a country or a code; no candidate means unknown, several mean disputed."""

    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Members:
    """A multi-valued fact such as functions or capabilities."""

    stated: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    complete: bool = False
    """True when what is neither stated nor denied is known to be absent."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the unit that its column declares, or None when unknown."""

    value: float | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """A date, perhaps known only to the month or year, or None when unknown."""

    span: Span | None = None
    never: bool = False
    """True when it is known not to have happened (kit in stock has no day of installation)."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Whose equipment or service it is, by each word that instruments use.

    `maker` is who made or produced it. `supplier` is who supplied or provided it, where a source says;
    None where no source speaks of a supplier, and then the maker stands for it.
    """

    maker: Attribution = field(default_factory=Attribution)
    supplier: Attribution | None = None
    made: Dated = field(default_factory=Dated)
    """When it was made or bought, for regimes that ask whose it was then."""
    nobody: bool = False
    """True when it is known that there is nobody, as where no one but the operator runs the element."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What somebody says of a country, with its origin: `acme/5G`, `-acme/5G`, `acme=banned`."""

    value: str
    origin: str
    grade: Grade | None = None
    """How sure its source is, where that bears on what is made of it."""


Fact = Single | Members | Quantity | Dated | Maker
