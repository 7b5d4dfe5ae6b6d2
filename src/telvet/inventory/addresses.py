"""Turn the usual spellings of hardware addresses, object identifiers and enterprise numbers into canonical ones.

* Hardware addresses: twelve lower hex digits; several sorted and joined by `;`. All zeros and broadcast are nobody's.
* Object identifiers: digits and dots. A name that only a module of the vendor's could resolve is a fault.
"""

from __future__ import annotations

import re

from telvet.inventory.cell_fault import CellFault

__all__ = ["canonical_mac", "canonical_oid", "canonical_pen"]

_BETWEEN = re.compile(
    r"[;,|/]+|(?<=[0-9A-Fa-f])\s+(?=(?:[0-9A-Fa-f]{2}[:-]){5}|(?:[0-9A-Fa-f]{4}\.){2}|[0-9A-Fa-f]{12}\b)"
)
_MAC = re.compile(
    r"(?:0x)?(?:[0-9a-f]{12}"
    r"|(?:[0-9a-f]{2}([:. -]))(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}"
    r"|[0-9a-f]{4}([.:-])[0-9a-f]{4}\2[0-9a-f]{4}"
    r"|[0-9a-f]{6}[:-][0-9a-f]{6})"
)
_SHORT_OCTETS = re.compile(r"[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5}")
_NOBODY = ("000000000000", "ffffffffffff")
_OID = re.compile(r"[0-2](?:\.(?:0|[1-9]\d{0,9})){1,127}")
_OID_NOTE = re.compile(r"^(?:OID|OBJECT IDENTIFIER)?\s*[:=]?\s*", re.IGNORECASE)
_ENTERPRISES = "1.3.6.1.4.1"
_ROOTS = (
    (re.compile(r"^(?:SNMPv2-SMI::|RFC1155-SMI::)?enterprises\b", re.IGNORECASE), _ENTERPRISES),
    (re.compile(r"^\.?iso\.org\.dod\.internet\.private\.enterprises\b", re.IGNORECASE), _ENTERPRISES),
    (re.compile(r"^(?:SNMPv2-SMI::)?mib-2\b", re.IGNORECASE), "1.3.6.1.2.1"),
    (re.compile(r"^\.?iso\b", re.IGNORECASE), "1"),
)
_PEN = re.compile(r"0*([1-9]\d{0,9})(?:\.0+)?")
_LARGEST_PEN = 2**32 - 1


def canonical_mac(text: str) -> str | None:
    """Return the addresses of a cell, None where it names nobody's, or raise CellFault."""
    parts = (part.strip() for part in _BETWEEN.split(text.lower()))
    return ";".join(sorted({_one_mac(part) for part in parts if part}.difference(_NOBODY))) or None


def _one_mac(text: str) -> str:
    if _SHORT_OCTETS.fullmatch(text):
        return "".join(octet.zfill(2) for octet in text.split(":"))
    if _MAC.fullmatch(text):
        return re.sub(r"[^0-9a-f]", "", text.removeprefix("0x"))
    what = f"{text!r} is no hardware address of 48 bits"
    raise CellFault(code="not-a-mac", what=what, fix="write twelve hex digits, several separated by `;`")


def canonical_oid(text: str) -> str:
    """Return an object identifier as digits and dots, or raise CellFault."""
    plain = _OID_NOTE.sub("", text)
    for root, digits in _ROOTS:
        plain = root.sub(digits, plain)
    plain = plain.removeprefix(".").removesuffix(".")
    if _OID.fullmatch(plain):
        return plain
    raise CellFault(
        code="not-an-oid",
        what="this is no object identifier in digits",
        fix="export it numerically, e.g. 1.3.6.1.4.1.x.y",
    )


def canonical_pen(text: str) -> str:
    """Return an enterprise number without leading zeros, or raise CellFault."""
    if (found := _PEN.fullmatch(text)) and int(found[1]) <= _LARGEST_PEN:
        return found[1]
    raise CellFault(code="not-a-pen", what="this is no IANA enterprise number", fix="write digits only")
