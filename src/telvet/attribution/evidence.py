"""The form in which what a row says of its maker arrives: one `Evidence` per distinct combination of a big table.

* Each field stands for one column of the equipment table, so that an answer can name its columns.
* An empty cell is no evidence: None or an empty tuple.
* Nothing here looks anybody up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Evidence", "enterprise_of", "prefix_of"]

_OID = re.compile(r"(?:\.?1\.3\.6\.1\.4\.1|(?:SNMPv2-SMI::)?enterprises)\.(\d{1,10})(?:\.\d+)*", re.IGNORECASE)
_NOT_HEXADECIMAL = re.compile(r"[^0-9a-f]")
_FULL, _FINEST, _SHORTEST = 12, 9, 6


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one row of equipment says of its maker."""

    organisation: str | None = None
    """Column `organisation`: the register's id, where a source already knows it."""
    manufacturer: str | None = None
    """Column `manufacturer`: the name as written."""
    mac_prefixes: tuple[str, ...] = ()
    """Column `mac`: 6 to 12 leading hexadecimal digits of each address; 9 are always enough."""
    pens: tuple[int, ...] = ()
    """Column `sys_object_id`: the enterprise numbers in it."""
    vendor_pens: tuple[int, ...] = ()
    """Column `vendor_id`: the enterprise numbers in it."""


def enterprise_of(oid: str) -> int | None:
    """Return the enterprise number in an SNMP object identifier, or None where it has none."""
    found = _OID.fullmatch(oid.strip())
    return int(found[1]) if found else None


def prefix_of(address: str) -> str | None:
    """Return the 9 leading digits of a hardware address however it is punctuated, fewer where fewer are given.

    None stands for what is not an address or holds fewer than 6 digits.
    """
    digits = _NOT_HEXADECIMAL.sub("", address.casefold())
    return digits[:_FINEST] if _SHORTEST <= len(digits) <= _FULL else None
