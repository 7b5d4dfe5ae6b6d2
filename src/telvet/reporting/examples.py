"""The stream of findings into a few examples for every provision and status.

* Reads no further than it must: the summary says how many of each kind there are to find.
* Holds a few names for every kind, never the findings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from telvet.model.finding import Assessment, Finding
from telvet.model.status import Grade, Status, weakest_grade
from telvet.reporting.words import example

__all__ = ["Examples", "examples"]


@dataclass(slots=True)
class Examples:
    """What a few findings of one kind look like."""

    shown: list[str] = field(default_factory=list)
    excused_by: set[str] = field(default_factory=set)
    until: set[date] = field(default_factory=set)
    grade: Grade = Grade.VERIFIED
    """The weakest among those looked at."""
    seen: int = 0

    def take(self, finding: Finding) -> None:
        """Take one more finding in."""
        self.seen += 1
        name = example(finding)
        if name not in self.shown:
            self.shown.append(name)
        if finding.excused_by:
            self.excused_by.add(finding.excused_by)
        if finding.until:
            self.until.add(finding.until)
        self.grade = weakest_grade([self.grade, finding.grade])


def examples(assessment: Assessment, each: int) -> Mapping[tuple[str, Status], Examples]:
    """Return up to `each` examples for every provision and status of the summary."""
    wanted: dict[tuple[str, Status], int] = {}
    for row in assessment.summary:
        key = (row.provision, row.status)
        wanted[key] = min(each, wanted.get(key, 0) + row.count)
    found = {key: Examples() for key in wanted}
    open_ = {key for key, most in wanted.items() if most}
    if not open_:
        return found
    for finding in assessment.findings():
        key = (finding.provision, finding.status)
        if key not in open_:
            continue
        found[key].take(finding)
        if found[key].seen >= wanted[key]:
            open_.remove(key)
            if not open_:
                break
    return found
