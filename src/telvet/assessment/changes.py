"""Turn the findings of two days of judgement into what changed between them.

* A finding keeps its id from day to day, so a change is one of status: none to something, something to another, to none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from telvet.model.finding import Finding
from telvet.model.law import Subject
from telvet.model.status import Force, Status

__all__ = ["Change", "changes"]

_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Change:
    """How many findings of a provision went from one status to another, with the first few of them."""

    provision: str
    operator: str | None
    force: Force
    before: Status
    after: Status
    count: int
    examples: tuple[str, ...]


def changes(earlier: Iterable[Finding], later: Iterable[Finding]) -> tuple[Change, ...]:
    """Return what changed, strongest new status first."""
    before = {finding.id: finding for finding in earlier}
    pairs: dict[tuple[str, str | None, Force, Status, Status], list[str]] = {}
    for finding in later:
        was = before.pop(finding.id, None)
        if (status := was.status if was else Status.CLEAR) is not finding.status:
            _note(pairs, finding, status, finding.status)
    for finding in before.values():
        _note(pairs, finding, finding.status, Status.CLEAR)
    found = [Change(*key, len(names), tuple(names[:_EXAMPLES])) for key, names in pairs.items()]
    return tuple(sorted(found, key=lambda one: (one.after.rank, one.before.rank, one.provision, one.operator or "")))


def _note(
    pairs: dict[tuple[str, str | None, Force, Status, Status], list[str]], one: Finding, before: Status, after: Status
) -> None:
    name = one.equipment or (f"the whole of {one.subject_id}" if one.subject is Subject.NETWORK else one.subject_id)
    pairs.setdefault((one.provision, one.operator, one.force, before, after), []).append(name)
