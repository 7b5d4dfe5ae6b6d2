"""Findings and assessments into what may leave the house: without sites, coordinates, intercept and private orders.

* A finding about a lawful-intercept element is left out, not blanked: its presence is the secret.
* A finding about an arrangement is left out: with whom intelligence is shared is a secret.
* A finding shows a function only where a provision looks at it, so the caller names the intercept elements
  (`Private.withheld`) that no reason gives away.
* What an overlay (an order, waiver or extension of one operator) says is masked, and so are the days it sets. A waiver
  may always be an overlay's, so its name and last day are masked whoever gave it.
* Every file beside the inventory counts as overlays unless it says that it is the operators table.
* The account of a redacted assessment is counted anew from what is left; what cannot be counted anew is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from telvet.model.finding import Assessment, Because, Finding, InputRead, SummaryRow
from telvet.model.law import Subject
from telvet.model.status import Force, Status

__all__ = ["INTERCEPT", "INTERCEPT_MARKS", "MASK", "Private", "redact", "redact_assessment"]

MASK = "redacted"
INTERCEPT_MARKS = frozenset({"li", "lawful intercept", "lawful interception"})
"""Functions and tags that mark an element as part of lawful interception, `_` and `-` read as spaces."""

_PLACES = frozenset({"site", "site_tags", "latitude", "longitude", "coordinates"})
_MARKED = frozenset({"function", "tags", "site_tags"})
INTERCEPT = tuple((column, mark) for column in sorted(_MARKED) for mark in sorted(INTERCEPT_MARKS))
"""(column, member) of whatever marks an element as part of lawful interception."""
_OVERLAY = re.compile(r"overlays?\b", re.IGNORECASE)
_OPERATORS = "operators"
_FIRST = re.compile(r", the first .*$")
"""Names an element, which may be one of lawful interception."""
_VALUES = re.compile(r" is [^;]*")


@dataclass(frozen=True, slots=True)
class Private:
    """What is private and cannot be seen from a finding."""

    overlays: Collection[str] = ()
    """Names of the overlay files, as origins give them."""
    withheld: Collection[tuple[str | None, str]] = frozenset()
    """(operator, element) of every lawful-intercept element."""
    extended: Collection[tuple[str | None, str]] = frozenset()
    """(operator, provision or pack) whose deadline a private extension or variation sets."""


def redact(finding: Finding, private: Private = Private()) -> Finding | None:
    """Return the finding as it may leave the house, or None where it may not."""
    if (
        finding.subject is Subject.ARRANGEMENT
        or _is_intercept(finding)
        or (finding.operator, finding.equipment or "") in private.withheld
    ):
        return None
    hidden = [part for part in finding.because if _is_private(part.fact, part.origin, private)]
    waived = finding.status is Status.WAIVED or bool(hidden)
    return replace(
        finding,
        site=None,
        subject_id=MASK if finding.site and finding.subject_id == finding.site else finding.subject_id,
        by=None if _is_extended(finding, hidden, private) else finding.by,
        until=None if waived else finding.until,
        excused_by=MASK if waived and finding.excused_by else finding.excused_by,
        because=tuple(_masked(part, private) for part in finding.because),
        cites=tuple(cite for cite in finding.cites if not _is_private("", cite.instrument, private)),
    )


def redact_assessment(assessment: Assessment, private: Private = Private()) -> Assessment:
    """Return the assessment with redacted findings and an account counted from them."""
    beside = {read.name for read in assessment.beside if not _is_operators(read)}
    private = replace(private, overlays=frozenset({*private.overlays, *beside}))

    def findings() -> Iterator[Finding]:
        shown = (redact(finding, private) for finding in assessment.findings())
        return (finding for finding in shown if finding is not None)

    summary, facts, states = _count(findings())
    return replace(
        assessment,
        options={"redact": "yes", **assessment.options},
        inputs=tuple(replace(read, notes=()) for read in assessment.inputs),
        beside=tuple(replace(read, notes=()) for read in assessment.beside),
        coverage=tuple(
            replace(row, why=_VALUES.sub("", row.why)) if row.operator else row for row in assessment.coverage
        ),
        findings=findings,
        summary=summary,
        unknown_facts=facts,
        dispositions=states if assessment.dispositions else {},
        makers=tuple(row for row in assessment.makers if not _marks(row[0])),
        unresolved=(),
        burn_down=(),
    )


def _is_operators(read: InputRead) -> bool:
    stem = read.name.replace("\\", "/").rsplit("/", 1)[-1].split(".", 1)[0]
    return _OPERATORS in {stem, *read.format.split()}


def _is_intercept(finding: Finding) -> bool:
    return any(_column(part) in _MARKED and _marks(part.value) for part in finding.because)


def _marks(value: str) -> bool:
    members = (
        member.strip().casefold().replace("_", " ").replace("-", " ") for member in value.replace(",", ";").split(";")
    )
    return any(member in INTERCEPT_MARKS for member in members)


def _column(part: Because) -> str:
    return part.fact.rsplit(".", 1)[-1]


def _is_private(fact: str, origin: str, private: Private) -> bool:
    """Tell whether a fact, or the place it was read from, is an overlay's."""
    named = any(origin == name or origin.startswith((name + " ", name + ",")) for name in private.overlays)
    return named or _OVERLAY.match(origin) is not None or _OVERLAY.match(fact) is not None


def _is_extended(finding: Finding, hidden: Collection[Because], private: Private) -> bool:
    by_reason = any("extension" in part.fact or "variation" in part.fact for part in hidden)
    names = (finding.provision, finding.provision.rpartition(".")[0])
    return by_reason or any((finding.operator, name) in private.extended for name in names)


def _masked(part: Because, private: Private) -> Because:
    if _is_private(part.fact, part.origin, private):
        return Because(part.fact, MASK, "overlay")
    if _column(part) == "deploys":
        return replace(part, origin=_FIRST.sub("", part.origin))
    if _column(part) in _PLACES:
        return Because(part.fact, MASK, re.split("['\"]", part.origin, maxsplit=1)[0].rstrip())
    return part


_Key = tuple[str | None, str | None, str, Status, Force, date | None]


def _count(
    findings: Iterable[Finding],
) -> tuple[tuple[SummaryRow, ...], tuple[tuple[str, int, int], ...], dict[str, int]]:
    rows: Counter[_Key] = Counter()
    missed: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    states: Counter[str] = Counter()
    for finding in findings:
        rows[finding.operator, finding.country, finding.provision, finding.status, finding.force, finding.by] += 1
        states[finding.disposition.state if finding.disposition else "candidate"] += 1
        if finding.status is Status.UNKNOWN:
            missed.update(finding.missing)
            alone.update(finding.missing if len(finding.missing) == 1 else ())
    facts = sorted(
        ((fact, count, alone[fact]) for fact, count in missed.items()), key=lambda row: (-row[1], -row[2], row[0])
    )
    return tuple(SummaryRow(*key, count) for key, count in rows.items()), tuple(facts), dict(states)
