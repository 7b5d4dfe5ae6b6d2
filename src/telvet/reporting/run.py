"""An assessment into what a report says about the run itself: parameters, digests, counts, coverage.

* `run_object` holds all that a replay needs: version, date, laws, options, and the digest of everything read.
* Plain values only, in a settled order, so that the same run gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from telvet.model.finding import Assessment, InputRead
from telvet.model.status import reading
from telvet.reporting.grouping import findings_of, makers_by_function, ordered_summary
from telvet.reporting.words import CANDIDATE, NOTICE

__all__ = ["Json", "account_object", "counts_object", "run_about", "run_object"]

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


def run_object(assessment: Assessment) -> dict[str, Json]:
    """Return the parameters and digests of a run."""
    return {
        "telvet": assessment.telvet,
        "notice": f"{NOTICE} {CANDIDATE}",
        "as_of": assessment.as_of.isoformat(),
        "laws": list(assessment.laws),
        "options": {key: assessment.options[key] for key in sorted(assessment.options)},
        "inputs": _inputs(assessment.inputs),
        "beside": _inputs(assessment.beside),
        "packs": [
            {
                "id": pack.id,
                "title": pack.title,
                "version": pack.version,
                "digest": pack.digest,
                "force": pack.force.value,
                "jurisdiction": pack.jurisdiction,
            }
            for pack in sorted(assessment.packs, key=lambda pack: pack.id)
        ],
        "catalogue": assessment.catalogue,
    }


def counts_object(assessment: Assessment) -> dict[str, Json]:
    """Return the account of rows, classes and findings."""
    return {
        "rows_in": assessment.rows_in,
        "rows_judged": assessment.rows_judged,
        "rows_rejected": assessment.rows_rejected,
        "in_use": assessment.in_use,
        "in_use_assumed": assessment.in_use_assumed,
        "classes": assessment.classes,
        "findings": findings_of(assessment),
    }


def account_object(assessment: Assessment) -> dict[str, Json]:
    """Return counts, coverage, summary and what else a report tells before its findings."""
    return {
        "counts": counts_object(assessment),
        "coverage": _coverage(assessment),
        "summary": _summary(assessment),
        "provisions": {key: assessment.provisions[key] for key in sorted(assessment.provisions)},
        "unknown_facts": [
            {"fact": fact, "findings": findings, "alone": alone}
            for fact, findings, alone in sorted(assessment.unknown_facts, key=lambda row: (-row[1], -row[2], row[0]))
        ],
        "makers": [
            {"function": function, "maker": name, "elements": elements}
            for function, makers in makers_by_function(assessment)
            for name, elements in makers
        ],
        "unresolved": [
            {"manufacturer": text, "elements": elements}
            for text, elements in sorted(assessment.unresolved, key=lambda row: (-row[1], row[0]))
        ],
        "dispositions": {key: assessment.dispositions[key] for key in sorted(assessment.dispositions)},
        "burn_down": [{"on": day, "open": findings} for day, findings in sorted(assessment.burn_down)],
    }


def run_about(assessment: Assessment) -> dict[str, str]:
    """Return what a file of findings says of its run, as the keys and texts of its metadata."""
    run, counts = run_object(assessment), counts_object(assessment)
    return {"telvet-run": json.dumps(run, ensure_ascii=False), "telvet-counts": json.dumps(counts)}


def _inputs(inputs: Iterable[InputRead]) -> list[Json]:
    return [
        {
            "name": read.name,
            "digest": read.digest,
            "format": read.format,
            "rows": read.rows,
            "judged": read.judged,
            "rejected": read.rejected,
            "notes": list(read.notes),
        }
        for read in inputs
    ]


def _coverage(assessment: Assessment) -> list[Json]:
    rows = sorted(
        assessment.coverage, key=lambda row: (row.pack or "", row.operator or "", row.country or "", row.state, row.why)
    )
    return [
        {"pack": row.pack, "operator": row.operator, "country": row.country, "state": row.state, "why": row.why}
        for row in rows
    ]


def _summary(assessment: Assessment) -> list[Json]:
    return [
        {
            "operator": row.operator,
            "country": row.country,
            "provision": row.provision,
            "status": row.status.value,
            "reading": reading(row.status, row.force),
            "force": row.force.value,
            "by": row.by.isoformat() if row.by else None,
            "count": row.count,
        }
        for row in ordered_summary(assessment.summary)
    ]
