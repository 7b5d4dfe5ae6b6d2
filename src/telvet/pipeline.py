"""READ inventory -> ATTRIBUTE vendor -> JUDGE against law -> REPORT, EVIDENCE feeds JUDGE: the only place that knows the order.

* An engine is chosen here and handed down; no room above `backends` sees which.
* Findings are streamed from the engine, so a run is open while its report is written: use `with`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import TextIO

from telvet import __version__
from telvet.assessment.account import account
from telvet.assessment.aimless import aimless
from telvet.assessment.assess import Judgement, assess
from telvet.assessment.changes import Change, changes
from telvet.assessment.explanation import Exhibit, exhibits
from telvet.assessment.findings import Findings
from telvet.assessment.knowledge import Knowledge
from telvet.assessment.overlays import Overlay, Overlays
from telvet.assessment.texts import finding_texts
from telvet.backends.duckdb import DuckDB
from telvet.catalog.law_coverage import read_law_coverage
from telvet.catalog.places import read_places
from telvet.catalog.vendors import Register, load_register
from telvet.errors import UsageError
from telvet.evidence.positions.asking import record_of
from telvet.evidence.positions.country_facts import CountryFacts, catalogue_digest, country_facts
from telvet.evidence.positions.position import Asked
from telvet.inventory.gathered import Beside, gather
from telvet.inventory.read import read_inventory
from telvet.inventory.reading import Inventory, Progress
from telvet.model.finding import Assessment, PackUsed
from telvet.model.law import Pack, Subject
from telvet.packs.documents import pack_folders
from telvet.packs.law import Law, load_law, select
from telvet.reporting.redact import INTERCEPT, Private, redact, redact_assessment
from telvet.reporting.run import run_about
from telvet.reporting.stored import COUNTRIES, EVIDENCE_BY, StoredRun, read_stored
from telvet.shipped import shipped
from telvet.tables.relation import Relation
from telvet.workspace.burn_down import disposed, recalled
from telvet.workspace.evidence_ledger import EvidenceLedger
from telvet.workspace.ledger import Ledger

__all__ = [
    "Request", "Run", "aimless_overlays", "changed_since", "explained", "knowledge_of", "law_of", "names_of", "register_of", "running", "stored_run",
    "with_dispositions", "with_recalled", "write_parquet", "write_report",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asks for."""

    inputs: tuple[Path, ...]
    as_of: date
    laws: tuple[str, ...] = ("all",)
    operators: tuple[Path, ...] = ()
    overlays: tuple[Path, ...] = ()
    partners: tuple[Path, ...] = ()
    arrangements: tuple[Path, ...] = ()
    assertions: tuple[Path, ...] = ()
    maps: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    """Of workbooks; the first visible one if not given."""
    strict: bool = False
    redact: bool = False
    packs: tuple[Path, ...] = ()
    """Folders of packs beside the shipped ones."""
    memory: str = "600MiB"
    workspace: Path | str | None = None
    """Where evidence about countries may lie, beside what ships with telvet."""
    recorded_by: str | None = None
    """Hear only what that evidence held at this moment."""


@dataclass(frozen=True, slots=True)
class Run:
    """An open run: everything a report needs, while the engine lives."""

    request: Request
    backend: DuckDB
    inventory: Inventory
    knowledge: Knowledge
    equipment: Relation
    """The inventory's rows as they are judged, before overlays."""
    judgement: Judgement
    findings: Findings
    assessment: Assessment


def cache_folder() -> Path:
    """Return where parsed law is remembered, by its digest."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "telvet"


def law_of(packs: Sequence[Path] = ()) -> tuple[Pack, ...]:
    """Return every pack: the shipped ones and those in further folders, each of which must hold one."""
    for folder in packs:
        if not pack_folders(folder):
            raise UsageError(
                f"no pack of law lies in {folder}",
                code="no-folder",
                where="--packs",
                why="what is asked for would not be judged",
                fix="name a folder that holds pack.yaml, itself or below",
            )
    return load_law([shipped("packs"), *packs], cache=cache_folder())


def register_of() -> Register:
    """Return the shipped register of vendors."""
    return load_register(shipped("catalog") / "vendors")


def names_of(pack: Pack) -> tuple[str, ...]:
    """Return what may be named of a pack: itself, and its provisions."""
    return (pack.id, *(provision.id for provision in pack.provisions))


def knowledge_of(request: Request, packs: tuple[Pack, ...], beside: Beside) -> Knowledge:
    """Gather what is known beside the equipment."""
    law = select(packs, request.laws)
    overlays = Overlays(tuple(Overlay.of(row) for row in beside.overlays))
    return Knowledge(
        law,
        request.as_of,
        register_of(),
        read_places(),
        beside.operators,
        overlays,
        coverage=read_law_coverage(),
        partners=beside.partners,
        arrangements=beside.arrangements,
        assertions=beside.assertions,
    )


def countries_of(request: Request, knowledge: Knowledge) -> CountryFacts | None:
    """Return what statements say of countries, or None where no law of the run asks about them."""
    asked = {provision.subject for provision in knowledge.provisions}
    if Subject.PARTNER not in asked and not (Subject.ARRANGEMENT in asked and knowledge.arrangements):
        return None
    place = request.workspace
    with EvidenceLedger.open(place, create=True) if place is not None else nullcontext() as ledger:
        record = record_of(ledger, catalogue=True, recorded_by=request.recorded_by)
        heard = request.recorded_by or (ledger.latest() if ledger else None)
    facts = country_facts(record, knowledge.register.groups, Asked(knowledge.on, None, request.recorded_by))
    return replace(facts, heard=heard if ledger else None)


def _of_countries(knowledge: Knowledge, facts: CountryFacts | None) -> Knowledge:
    told = facts or CountryFacts()
    return replace(knowledge, positions=told.positions, stated_deploys=told.deploys)


@contextmanager
def running(request: Request, progress: Progress | None = None, *, keep: bool = True) -> Iterator[Run]:
    """Read, attribute and judge; the run is open until the `with` ends."""
    packs = law_of(request.packs)
    beside = gather(
        request.operators,
        request.overlays,
        {name for pack in packs for name in names_of(pack)},
        partners=request.partners,
        arrangements=request.arrangements,
        assertions=request.assertions,
    )
    known = knowledge_of(request, packs, beside)
    countries = countries_of(request, known)
    knowledge = _of_countries(known, countries)
    with DuckDB(memory=request.memory) as backend:
        inventory = read_inventory(
            backend.reader,
            request.inputs,
            maps=request.maps,
            strict=request.strict,
            sheet=request.sheet,
            progress=progress,
        )
        equipment = _named(backend, inventory.relation, beside)
        judgement = assess(backend, equipment, knowledge, keep=keep)
        files = tuple(read.name for read in inventory.files)
        findings = Findings(backend, judgement, inventory.headers, files, beside.operators_name)
        assessment = _assessment(request, inventory, beside, findings, _options(request, countries), brief=not keep)
        yield Run(request, backend, inventory, knowledge, equipment, judgement, findings, assessment)


def _named(backend: DuckDB, equipment: Relation, beside: Beside) -> Relation:
    """Where no row names an operator and one operator is described, the inventory is that operator's."""
    if len(beside.operators) == 1 and not backend.holds(equipment, "operator"):
        return backend.named(equipment, next(iter(beside.operators)))
    return equipment


def _assessment(
    request: Request,
    inventory: Inventory,
    beside: Beside,
    findings: Findings,
    options: Mapping[str, str],
    *,
    brief: bool,
) -> Assessment:
    counted, judgement = account(findings, brief=brief), findings.judgement
    knowledge = judgement.docket.knowledge
    return Assessment(
        telvet=__version__,
        as_of=request.as_of,
        laws=request.laws,
        options=options,
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


def _options(request: Request, countries: CountryFacts | None) -> dict[str, str]:
    told = {COUNTRIES: catalogue_digest()} if countries else {}
    heard = {EVIDENCE_BY: countries.heard} if countries and countries.heard else {}
    maps = {"maps": json.dumps(dict(request.maps), ensure_ascii=False)} if request.maps else {}
    sheet = {"sheet": request.sheet} if request.sheet else {}
    return {**maps, **sheet, **({"redact": "yes"} if request.redact else {}), **told, **heard}


def _packs(law: Law) -> tuple[PackUsed, ...]:
    return tuple(
        PackUsed(pack.id, pack.title, pack.version, pack.digest, pack.force, pack.jurisdiction)
        for pack in law.packs_chosen
    )


def changed_since(run: Run, since: date) -> tuple[Change, ...]:
    """Judge the same rows on an earlier day, and return what changed from then."""
    before = replace(run.knowledge, on=since)
    knowledge = _of_countries(before, countries_of(run.request, before))
    earlier = Findings(
        run.backend,
        assess(run.backend, run.equipment, knowledge),
        run.findings.headers,
        run.findings.files,
        run.findings.operators_file,
    )
    if not run.request.redact:
        return changes(earlier(), run.findings())
    private = _private(run)
    return changes(
        *((shown for one in found() if (shown := redact(one, private))) for found in (earlier, run.findings))
    )


def explained(run: Run, identifier: str) -> list[Exhibit]:
    """Return how each provision came out for an element, once for each of its rows."""
    return list(exhibits(run.findings, identifier))


def aimless_overlays(run: Run) -> list[tuple[Overlay, tuple[str, ...]]]:
    """Return the overlays whose subject is not in the run, each with the columns in which it was looked for."""
    return list(aimless(run.backend, run.equipment, run.knowledge))


def with_dispositions(run: Run, ledger: Ledger, now: datetime) -> Run:
    """Show what people decided about findings, remember the run, and show earlier ones beside it."""
    return replace(run, assessment=disposed(run.assessment, ledger, now))


def with_recalled(run: Run, ledger: Ledger, recorded_by: datetime) -> Run:
    """Show what people had decided by a moment, and remember nothing."""
    return replace(run, assessment=recalled(run.assessment, ledger, recorded_by))


def stored_run(report: Path) -> StoredRun:
    """Return the run that a kept report carries."""
    with DuckDB() as engine:
        return read_stored(report, engine.reader.parquet_marks)


def write_report(run: Run, form: str, out: TextIO, *, width: int = 80, colour: bool = False) -> None:
    """Write the report in a text format."""
    assessment = _shown(run)
    if form == "table":
        import_module("telvet.reporting.table").write(assessment, width, colour, out)
    else:
        import_module(f"telvet.reporting.{form}").write(assessment, out)


def write_parquet(run: Run, path: Path) -> int:
    """Write the findings as Parquet, by the engine; return how many."""
    texts = finding_texts(run.findings, run_about(_shown(run)), redact=run.request.redact)
    if run.request.redact:
        texts = replace(texts, withheld=INTERCEPT)
    return run.backend.write_findings(run.judgement.findings, texts, path)


def _shown(run: Run) -> Assessment:
    """Return the assessment as a report shows it."""
    return redact_assessment(run.assessment, _private(run)) if run.request.redact else run.assessment


def _private(run: Run) -> Private:
    """Return what is private and cannot be seen from a finding."""
    intercept = {
        one for column, mark in INTERCEPT for one in run.backend.stating(run.judgement.equipment, column, mark)
    }
    extended = [row for row in run.knowledge.overlays.rows if row.kind in ("extension", "variation")]
    named = frozenset((row.subject, row.provision or "") for row in extended)
    return Private(withheld=frozenset(intercept), extended=named)
