"""The tier of registered numbers: enterprise numbers and hardware-address blocks.

* The longest prefix that is in the register counts: 36 bits, then 28, then 24.
* A locally administered or group address has no owner, nor has a block that was dealt out in finer parts.
* A number that the register does not hold says nothing: it may be unassigned, a toolkit's or somebody else's.
"""

from __future__ import annotations

from datetime import date

from telvet.attribution.tiers.found import Found
from telvet.catalog.vendors import Register
from telvet.model.organisation import Identifier, Tier

__all__ = ["by_block", "by_number"]

_LENGTHS = (9, 7, 6)
_GLOBAL_SECOND_DIGITS = frozenset("048c")


def by_number(register: Register, number: int, on: date) -> Found | None:
    """Find whom an enterprise number stands for."""
    return _found(register.pen(number, on))


def by_block(register: Register, prefix: str, on: date) -> Found | None:
    """Find whose block an address lies in, given its leading hexadecimal digits."""
    digits = prefix.lower()
    if digits[1:2] not in _GLOBAL_SECOND_DIGITS:
        return None
    for length in _LENGTHS:
        if len(digits) >= length and (identifiers := register.block(digits[:length], on)):
            return _found(identifiers)
    return None


def _found(identifiers: tuple[Identifier, ...]) -> Found | None:
    organisations = tuple(dict.fromkeys(identifier.organisation for identifier in identifiers))
    return Found(Tier.IDENTIFIER, organisations) if organisations else None
