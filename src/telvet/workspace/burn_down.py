"""Turn an assessment and what the ledger knows into one that shows dispositions, and a burn-down over earlier runs.

* A finding is open until somebody says that it is not covered, accepted as a risk, or remediated.
* A run is remembered once for the same day, law and inputs, so that looking twice is not progress.
* The options say up to which moment the ledger was heard, so that the same can be told again later.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from telvet.model.finding import Assessment, Disposition, Finding, SummaryRow
from telvet.workspace.entries import Run, moment
from telvet.workspace.ledger import Ledger

__all__ = ["CLOSED", "RECORDED_BY", "disposed", "open_summary", "recalled"]

CLOSED = frozenset({"not covered", "accepted risk", "remediated"})
"""States in which a finding is no longer open."""
RECORDED_BY = "recorded_by"
"""The option that says up to which moment the ledger was heard."""


def disposed(assessment: Assessment, ledger: Ledger, now: datetime) -> Assessment:
    """Return the assessment with dispositions and burn-down, and remember it as a run."""
    known = ledger.dispositions()
    open_: Counter[str] = Counter()
    for finding in _shown(assessment, known):
        if _state(finding) not in CLOSED:
            open_[str(finding.status)] += 1
    run = Run(assessment.as_of, assessment.laws, _inputs(assessment), now, dict(open_), sum(open_.values()))
    _remember(ledger, run)
    runs = ledger.runs()
    heard = max([*(one.on for one in known.values()), *(moment(one.recorded_at) for one in runs)])
    return _told(assessment, known, runs, heard)


def recalled(assessment: Assessment, ledger: Ledger, recorded_by: datetime) -> Assessment:
    """Return the assessment with what the ledger knew at a moment; nothing is remembered."""
    runs = [one for one in ledger.runs() if one.recorded_at <= recorded_by]
    return _told(assessment, ledger.dispositions(recorded_by), runs, moment(recorded_by))


def _told(assessment: Assessment, known: Mapping[str, Disposition], runs: Iterable[Run], heard: str) -> Assessment:
    states = Counter(_state(finding) for finding in _shown(assessment, known))
    earlier = {one.as_of.isoformat(): one.total for one in runs if one.laws == assessment.laws}
    return replace(
        assessment,
        options={**assessment.options, RECORDED_BY: heard},
        findings=lambda: _shown(assessment, known),
        dispositions=dict(sorted(states.items())),
        burn_down=tuple(sorted(earlier.items())),
    )


def _shown(assessment: Assessment, known: Mapping[str, Disposition]) -> Iterator[Finding]:
    for finding in assessment.findings():
        yield replace(finding, disposition=known[finding.id]) if finding.id in known else finding


def _state(finding: Finding) -> str:
    return finding.disposition.state if finding.disposition else "candidate"


def open_summary(assessment: Assessment) -> tuple[SummaryRow, ...]:
    """Count the findings that are still open, as the summary counts all of them."""
    found: Counter[SummaryRow] = Counter()
    for one in assessment.findings():
        if _state(one) not in CLOSED:
            found[SummaryRow(one.operator, one.country, one.provision, one.status, one.force, one.by, 0)] += 1
    return tuple(replace(row, count=count) for row, count in found.items())


def _inputs(assessment: Assessment) -> str:
    digests = [read.digest for read in (*assessment.inputs, *assessment.beside)]
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def _remember(ledger: Ledger, run: Run) -> None:
    same = [one for one in ledger.runs() if (one.as_of, one.laws, one.inputs) == (run.as_of, run.laws, run.inputs)]
    if not same or same[-1].open != run.open:
        ledger.record_run(run)
