"""Run the cases of a pack: what the law's side expects against what judging says.

* A case is a row or a few, an operator, perhaps overlays, a partner or an arrangement, and a day; it is judged by the very
  engine room. What it says of a partner's country comes as overlays; what it does not say, law in force may.
* Cells are read as an inventory's are, so that a case may be written as a spreadsheet would say it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from telvet.assessment.assess import Judgement, assess
from telvet.assessment.findings import Findings
from telvet.assessment.knowledge import Knowledge
from telvet.assessment.overlays import OF_COUNTRIES, Overlay, Overlays
from telvet.catalog.law_coverage import Covered
from telvet.catalog.places import Places
from telvet.catalog.vendors import Register
from telvet.errors import Fault, PackError
from telvet.inventory.attested import canonical_attestation
from telvet.inventory.cells import CellFault, canonical
from telvet.lawcheck.rows import Rows
from telvet.model.dates import read_day
from telvet.model.finding import Finding
from telvet.model.law import Pack
from telvet.model.status import Status
from telvet.packs.law import Law
from telvet.tables.beside import ARRANGEMENTS, ASSERTIONS, OPERATORS, OVERLAYS
from telvet.tables.columns import Table
from telvet.tables.equipment import EQUIPMENT

__all__ = ["CaseResult", "run_cases"]

_WORDS = ("missing", "unless", "by")
_OPERATOR, _PARTNER, _ARRANGEMENT = "case", "partner", "arrangement"


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How one case of one provision came out."""

    pack: str
    provision: str
    name: str
    as_of: str
    differences: tuple[str, ...]
    statuses: tuple[tuple[str, Status], ...]
    """Every provision of the pack that the case expects something of, and what it got."""


def run_cases(
    packs: tuple[Pack, ...],
    pack: Pack,
    cases: Mapping[str, Sequence[Mapping[str, Any]]],
    register: Register,
    places: Places,
    coverage: tuple[Covered, ...] = (),
) -> list[CaseResult]:
    """Run every case of a pack, file by file; faults in cases are raised together as PackError."""
    results: list[CaseResult] = []
    faults: list[Fault] = []
    law = Law(packs, frozenset(provision.id for provision in pack.provisions), frozenset({pack.id}))
    for provision, listed in cases.items():
        for case in _inherited(listed):
            try:
                results.append(
                    _run(Knowledge(law, date.min, register, places, coverage=coverage), pack, provision, case)
                )
            except _CellFaultsError as error:
                faults.extend(
                    Fault(f"{pack.id} cases/{provision}.yaml", None, case["name"], "case-cell", what)
                    for what in error.faults
                )
    if faults:
        raise PackError(f"{len(faults)} fault(s) in the cases of {pack.id}", tuple(faults), code="case")
    return results


class _CellFaultsError(Exception):
    """Cells of a case that cannot be read."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def _inherited(cases: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    """Yield cases with what `same as` brings; an unknown name is a fault of the case."""
    done: dict[str, dict[str, Any]] = {}
    for case in cases:
        earlier = done.get(case.get("same as", ""), {})
        merged: dict[str, Any] = {**earlier, **case}
        for key in ("operator", "equipment"):
            if isinstance(earlier.get(key), Mapping) and isinstance(case.get(key), Mapping):
                merged[key] = {
                    name: value for name, value in {**earlier[key], **case[key]}.items() if value is not None
                }
        if "same as" in case and not earlier:
            merged["broken"] = f"no earlier case is called {case['same as']!r}"
        done[case["name"]] = merged
        yield merged


def _row(table: Table, cells: Mapping[str, Any], faults: list[str]) -> dict[str, str | None]:
    row: dict[str, str | None] = {}
    for name, value in cells.items():
        if name not in table.names:
            faults.append(f"{table.name} has no column {name!r}")
            continue
        text = (
            ";".join(str(part) for part in value) if isinstance(value, list) else None if value is None else str(value)
        )
        try:
            row[name] = canonical(table.column(name), text) if text else None
        except CellFault as fault:
            faults.append(f"{table.name}.{name}: {fault.what}")
    return row


def _overlay(cells: Mapping[str, Any], faults: list[str]) -> dict[str, str | None]:
    row = _row(OVERLAYS, cells, faults)
    faults.extend(f"overlays.{key}: is missing" for key in ("kind", "subject") if not cells.get(key))
    if row.get("kind") == "attestation":
        try:
            row["text"] = canonical_attestation(row.get("text") or "")
        except CellFault as fault:
            faults.append(f"overlays.text: {fault.what}")
    return {"kind": None, "subject": None, **row}


def _run(world: Knowledge, pack: Pack, provision: str, case: Mapping[str, Any]) -> CaseResult:
    faults: list[str] = [case["broken"]] if "broken" in case else []
    given = case.get("equipment", [])
    listed = [given] if isinstance(given, Mapping) else list(given)
    rows = [
        {
            "id": f"element-{n}",
            "operator": _OPERATOR,
            "origin_file": "case",
            "origin_row": n,
            **_row(EQUIPMENT, cells, faults),
        }
        for n, cells in enumerate(listed, 1)
    ]
    knowledge = _beside(replace(world, on=read_day(case["as of"])), case, faults)
    if faults:
        raise _CellFaultsError(faults)
    backend = Rows()
    judgement = assess(backend, backend.table(rows), knowledge)
    return _compared(pack, provision, case, _found(backend, judgement))


def _beside(world: Knowledge, case: Mapping[str, Any], faults: list[str]) -> Knowledge:
    """Add what a case says beside its equipment."""
    overlays = [Overlay.of(_overlay(cells, faults)) for cells in case.get("overlays", ())]
    partner = case.get("partner", {})
    overlays.extend(
        Overlay(kind, partner["country"], text=text) for kind in OF_COUNTRIES for text in partner.get(kind, ())
    )
    operators = {_OPERATOR: _stated(OPERATORS, case["operator"], faults)} if "operator" in case else {}
    partners = {_PARTNER: {"partner": _PARTNER, "country": partner["country"]}} if partner else {}
    if partner and partner["country"] not in world.places.names:
        faults.append(f"partner.country: {partner['country']!r} is no country")
    arrangements = {}
    if "arrangement" in case:
        cells = {"partner": _PARTNER, **case["arrangement"]}
        arrangements[_ARRANGEMENT] = _stated(ARRANGEMENTS, {"arrangement": _ARRANGEMENT, **cells}, faults)
    assertions = tuple(_stated(ASSERTIONS, cells, faults) for cells in case.get("assertions", ()))
    return replace(
        world,
        operators=operators,
        overlays=Overlays(tuple(overlays)),
        partners=partners,
        arrangements=arrangements,
        assertions=assertions,
    )


def _stated(table: Table, cells: Mapping[str, Any], faults: list[str]) -> dict[str, str]:
    """Return the cells that say something."""
    return {name: value for name, value in _row(table, cells, faults).items() if value is not None}


def _found(backend: Rows, judgement: Judgement) -> list[Finding]:
    return list(Findings(backend, judgement, {}, ("case",))())


def _compared(pack: Pack, provision: str, case: Mapping[str, Any], findings: list[Finding]) -> CaseResult:
    expected = case["expect"]
    differences, statuses = [], []
    for name, wanted in expected.items():
        if name in _WORDS:
            continue
        own = [finding for finding in findings if finding.provision == f"{pack.id}.{name}"]
        got = min((finding.status for finding in own), key=lambda status: status.rank, default=Status.CLEAR)
        statuses.append((f"{pack.id}.{name}", got))
        if not any(one.id == f"{pack.id}.{name}" for one in pack.provisions):
            differences.append(f"{name}: the pack has no such provision")
        elif got != wanted:
            differences.append(f"{name}: expected {wanted}, got {got}{_detail(own)}")
    own = [finding for finding in findings if finding.provision == f"{pack.id}.{provision}"]
    differences.extend(_words(expected, own))
    return CaseResult(pack.id, provision, case["name"], case["as of"], tuple(differences), tuple(statuses))


def _detail(findings: list[Finding]) -> str:
    missing = [fact for finding in findings for fact in finding.missing]
    return f" (missing {', '.join(dict.fromkeys(missing))})" if missing else ""


def _words(expected: Mapping[str, Any], own: list[Finding]) -> Iterable[str]:
    got = {
        "missing": list(dict.fromkeys(fact for finding in own for fact in finding.missing)),
        "unless": list(dict.fromkeys(fact for finding in own for fact in finding.unless)),
        "by": next((finding.by.isoformat() for finding in own if finding.by), None),
    }
    for word in _WORDS:
        if word in expected and got[word] != expected[word]:
            yield f"{word}: expected {expected[word]}, got {got[word]}"
