"""READ inventory -> ATTRIBUTE vendor -> JUDGE against law -> REPORT: the only place that knows the order.

* An engine is chosen here and handed down; no room above `backends` sees which.
* Findings are streamed from the engine, so a run is open while its report is written: use `with`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TextIO

from telvet import __version__
from telvet.assessment.account import account
from telvet.assessment.assess import Judgement, assess
from telvet.assessment.changes import Change, changes
from telvet.assessment.findings import Findings
from telvet.assessment.texts import finding_texts
from telvet.assessment.knowledge import Knowledge
from telvet.assessment.overlays import Overlay, Overlays
from telvet.backends.duckdb import DuckDB
from telvet.catalog.places import read_places
from telvet.catalog.vendors import Register, load_register
from telvet.inventory.beside import BesideRead, read_operators, read_overlays
from telvet.inventory.read import read_inventory
from telvet.inventory.reading import Inventory, Progress
from telvet.model.finding import Assessment, PackUsed
from telvet.model.law import Pack
from telvet.packs.law import Law, load_law, select
from telvet.reporting.redact import redact_assessment
from telvet.reporting.run import run_about
from telvet.shipped import shipped

__all__ = [
    "Request", "Run", "changed_since", "knowledge_of", "law_of", "register_of", "running", "write_parquet", "write_report",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asks for."""

    inputs: tuple[Path, ...]
    as_of: date
    laws: tuple[str, ...] = ("all",)
    operators: tuple[Path, ...] = ()
    overlays: tuple[Path, ...] = ()
    maps: Mapping[str, str] = field(default_factory=dict)
    strict: bool = False
    redact: bool = False
    packs: tuple[Path, ...] = ()
    """Folders of packs beside the shipped ones."""
    memory: str = "600MiB"


@dataclass(frozen=True, slots=True)
class Run:
    """An open run: everything a report needs, while the engine lives."""

    request: Request
    backend: DuckDB
    inventory: Inventory
    knowledge: Knowledge
    judgement: Judgement
    findings: Findings
    assessment: Assessment


def cache_folder() -> Path:
    """Return where parsed law is remembered, by its digest."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "telvet"


def law_of(packs: Sequence[Path] = ()) -> tuple[Pack, ...]:
    """Return every pack: the shipped ones and those in further folders."""
    return load_law([shipped("packs"), *packs], cache=cache_folder())


def register_of() -> Register:
    """Return the shipped register of vendors."""
    return load_register(shipped("catalog") / "vendors")


def knowledge_of(request: Request, beside: BesideRead) -> Knowledge:
    """Gather what is known beside the equipment."""
    law = select(law_of(request.packs), request.laws)
    overlays = Overlays(tuple(Overlay.of(row) for row in beside.overlays))
    return Knowledge(law, request.as_of, register_of(), read_places(), beside.operators, overlays)


@contextmanager
def running(request: Request, progress: Progress | None = None, *, keep: bool = True) -> Iterator[Run]:
    """Read, attribute and judge; the run is open until the `with` ends."""
    beside = BesideRead.join(read_operators(request.operators), read_overlays(request.overlays))
    knowledge = knowledge_of(request, beside)
    with DuckDB(memory=request.memory) as backend:
        inventory = read_inventory(backend.reader, request.inputs, maps=request.maps, strict=request.strict, progress=progress)
        judgement = assess(backend, inventory.relation, knowledge, keep=keep)
        files = tuple(read.name for read in inventory.files)
        findings = Findings(backend, judgement, inventory.headers, files, beside.operators_name)
        assessment = _assessment(request, inventory, beside, knowledge, judgement, findings)
        yield Run(request, backend, inventory, knowledge, judgement, findings, assessment)


def _assessment(
    request: Request, inventory: Inventory, beside: BesideRead, knowledge: Knowledge, judgement: Judgement, findings: Findings
) -> Assessment:
    counted = account(findings)
    return Assessment(
        telvet=__version__,
        as_of=request.as_of,
        laws=request.laws,
        options={**({"maps": ";".join(f"{k}={v}" for k, v in request.maps.items())} if request.maps else {})},
        inputs=inventory.files,
        beside=beside.files,
        packs=_packs(knowledge.law),
        catalogue=knowledge.register.digest,
        rows_in=inventory.rows_in,
        rows_judged=judgement.rows,
        rows_rejected=inventory.rows_rejected,
        in_use=judgement.rows_in_use,
        in_use_assumed=judgement.rows_assumed,
        classes=judgement.classes,
        coverage=counted.coverage,
        summary=counted.summary,
        unknown_facts=counted.unknown_facts,
        makers=counted.makers,
        findings=findings,
        provisions={provision.id: provision.title for pack in knowledge.law.packs for provision in pack.provisions},
        unresolved=counted.unresolved,
    )


def _packs(law: Law) -> tuple[PackUsed, ...]:
    return tuple(
        PackUsed(pack.id, pack.title, pack.version, pack.digest, pack.force, pack.jurisdiction) for pack in law.packs_chosen
    )


def changed_since(run: Run, since: date) -> tuple[Change, ...]:
    """Judge the same rows on an earlier day, and return what changed from then."""
    knowledge = replace(run.knowledge, on=since)
    earlier = Findings(
        run.backend, assess(run.backend, run.inventory.relation, knowledge), run.findings.headers, run.findings.files, run.findings.operators_file
    )
    return changes(earlier(), run.findings())


def write_report(run: Run, form: str, out: TextIO, *, width: int = 80, colour: bool = False) -> None:
    """Write the report in a text format."""
    assessment = redact_assessment(run.assessment) if run.request.redact else run.assessment
    if form == "table":
        import_module("telvet.reporting.table").write(assessment, width, colour, out)
    else:
        import_module(f"telvet.reporting.{form}").write(assessment, out)


def write_parquet(run: Run, path: Path) -> int:
    """Write the findings as Parquet, by the engine; return how many."""
    return run.backend.write_findings(run.judgement.findings, finding_texts(run.findings, run_about(run.assessment)), path)
