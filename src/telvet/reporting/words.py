"""Values of an assessment into the words that reports share.

* The words for a status depend on its force: see `model.status.reading`.
* A source that is less than secondary is always said to be so.
* What came from a file is never passed on with characters that steer a terminal or turn text around.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date
from textwrap import wrap

from telvet.model.finding import Finding
from telvet.model.law import Subject
from telvet.model.organisation import Relation
from telvet.model.status import Force, Grade, Status, reading

__all__ = [
    "CANDIDATE",
    "NOTICE",
    "counted",
    "days_from",
    "example",
    "found_words",
    "hung",
    "listed",
    "maker",
    "number",
    "printable",
    "share",
    "standing",
    "whose",
]

NOTICE = "Decision support, not legal advice."
CANDIDATE = "A finding is a candidate until a person confirms it."

_NOT_LAW = frozenset({Force.CONTRACT, Force.POLICY, Force.GUIDANCE})
_STEERING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def printable(text: str) -> str:
    """Return the text on one line, each steering or invisible character shown as U+FFFD.

    Tabs and line ends become spaces.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(" " if c in "\t\n\r" else "\ufffd" if unicodedata.category(c) in _STEERING else c for c in text)


def number(value: int) -> str:
    """Write a count with a comma between thousands."""
    return f"{value:,}"


def counted(value: int, one: str, many: str = "") -> str:
    """Write a count with its noun: `1 finding`, `2,000 findings`."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def share(part: int, whole: int) -> str:
    """Write a part of a whole in per cent; what is neither none nor all never reads as none or all."""
    if not whole or part in {0, whole}:
        return "100 %" if part and part == whole else "0 %"
    percent = min(max(round(100 * part / whole), 1), 99)
    return f"{percent} %"


def found_words(findings: int, laws: int) -> str:
    """Say how many findings there are; where there are none, what that means and what it does not."""
    if findings:
        return f"{counted(findings, 'finding')}."
    if not laws:
        return "Nothing is known: no law was evaluated."
    return "No finding: none of these laws restricts or leaves open what is recorded here. Others were not asked."


def days_from(as_of: date, day: date) -> str:
    """Say how far a day is from the day of judgement: `in 3 days`, `today`, `3 days ago`."""
    days = (day - as_of).days
    if not days:
        return "today"
    return f"in {counted(days, 'day')}" if days > 0 else f"{counted(-days, 'day')} ago"


def whose(operator: str | None) -> str:
    """Name an operator, or say that the inventory names none."""
    return printable(operator) if operator else "no operator named"


def standing(status: Status, force: Force, grade: Grade = Grade.SECONDARY) -> str:
    """Say a status as people read it, with what is not law's own force and what is less than secondary."""
    words = reading(status, force)
    if words == status and force in _NOT_LAW:
        words = f"{status} ({force})"
    return f"{words}, source {grade}" if grade is Grade.UNVERIFIED else words


def hung(line: str, width: int) -> list[str]:
    """Break a line into several, those after the first indented below it."""
    indent = " " * min(len(line) - len(line.lstrip()) + 4, width // 2)
    return wrap(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False) or [""]


def listed(parts: Sequence[str], most: int) -> str:
    """Join the first few parts by commas and say how many more there are."""
    more = len(parts) - most
    shown = ", ".join(parts[:most])
    return f"{shown} and {number(more)} more" if more > 0 else shown


def maker(finding: Finding) -> str:
    """Say whose equipment a finding is about, as far as it is settled."""
    vendor = finding.vendor
    if vendor is None:
        return ""
    if vendor.relation is Relation.DISPUTED:
        return "disputed: " + " or ".join(vendor.candidates)
    if vendor.organisation is None:
        named = ", ".join(f"'{text}'" for text in vendor.candidates if text)
        return f"nobody known: {named}" if named else "not known"
    known = vendor.organisation
    return f"{known} ({vendor.relation})" if vendor.relation not in {Relation.OWNED, Relation.NONE} else known


def example(finding: Finding) -> str:
    """Name what a finding is about, in a few words; a share with its first figure."""
    if finding.subject is Subject.NETWORK and finding.because:
        first = finding.because[0]
        return printable(f"{first.fact} {first.value}")
    return printable(finding.equipment or finding.subject_id)
