"""Turn an assessment and what the ledger knows into one that shows dispositions, and a burn-down over earlier runs.

* A finding is open until somebody says that it is not covered, accepted as a risk, or remediated.
* A run is remembered once for the same day, law and inputs, so that looking twice is not progress.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from telvet.model.finding import Assessment, Finding, SummaryRow
from telvet.workspace.entries import Run
from telvet.workspace.ledger import Ledger

__all__ = ["CLOSED", "disposed", "open_summary"]

CLOSED = frozenset({"not covered", "accepted risk", "remediated"})
"""States in which a finding is no longer open."""


def disposed(assessment: Assessment, ledger: Ledger, now: datetime) -> Assessment:
    """Return the assessment with dispositions and burn-down, and remember it as a run."""
    known = ledger.dispositions()
    inner = assessment.findings

    def findings() -> Iterator[Finding]:
        for finding in inner():
            yield replace(finding, disposition=known[finding.id]) if finding.id in known else finding

    states, open_ = Counter[str](), Counter[str]()
    for finding in findings():
        state = finding.disposition.state if finding.disposition else "candidate"
        states[state] += 1
        if state not in CLOSED:
            open_[str(finding.status)] += 1
    run = Run(assessment.as_of, assessment.laws, _inputs(assessment), now, dict(open_), sum(open_.values()))
    _remember(ledger, run)
    earlier = {one.as_of.isoformat(): one.total for one in ledger.runs() if one.laws == assessment.laws}
    return replace(
        assessment,
        findings=findings,
        dispositions=dict(sorted(states.items())),
        burn_down=tuple(sorted(earlier.items())),
    )


def open_summary(assessment: Assessment) -> tuple[SummaryRow, ...]:
    """Count the findings that are still open, as the summary counts all of them."""
    found: Counter[SummaryRow] = Counter()
    for one in assessment.findings():
        if one.disposition is None or one.disposition.state not in CLOSED:
            found[SummaryRow(one.operator, one.country, one.provision, one.status, one.force, one.by, 0)] += 1
    return tuple(replace(row, count=count) for row, count in found.items())


def _inputs(assessment: Assessment) -> str:
    digests = [read.digest for read in (*assessment.inputs, *assessment.beside)]
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def _remember(ledger: Ledger, run: Run) -> None:
    same = [one for one in ledger.runs() if (one.as_of, one.laws, one.inputs) == (run.as_of, run.laws, run.inputs)]
    if not same or same[-1].open != run.open:
        ledger.record_run(run)
