"""The oracle: every row against every provision, by spec/semantics.md and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tests.oracle.condition import truth_of, uses_in
from tests.oracle.countries import Abroad, known_countries
from tests.oracle.deadlines import considered, full_id
from tests.oracle.excuses import Verdict
from tests.oracle.facts import Case, read_list
from tests.oracle.overlays import element_overlaid, holding, operator_overlaid
from tests.oracle.register import Register, Row
from tests.oracle.shares import judge_share
from tests.oracle.status import judge_one

__all__ = ["Finding", "judge"]

Finding = dict[str, Any]
Pack = Mapping[str, Any]
"""A pack's parsed documents: `pack`, `designations` and `provisions`."""


def judge(
    packs: Sequence[Pack],
    equipment: Sequence[Row],
    day: date,
    register: Register,
    *,
    operators: Sequence[Row] = (),
    overlays: Sequence[Row] = (),
    partners: Sequence[Row] = (),
    arrangements: Sequence[Row] = (),
    coverage: Sequence[Row] = (),
    positions: Sequence[Row] = (),
    in_use: Sequence[Row] = (),
) -> list[Finding]:
    """Return every finding: of the rows in their order, then of operators, networks, partners and arrangements."""
    findings: list[Finding] = []
    held = holding(overlays, day)
    equipment = [element_overlaid(row, held) for row in equipment]
    named = dict.fromkeys(name for row in (*operators, *equipment) if (name := row.get("operator")))
    in_table = {row["operator"]: row for row in operators}
    everyone = {name: operator_overlaid(in_table.get(name, {}), name, held) for name in named}
    provisions = in_order(packs, day, register)
    abroad = Abroad(packs, day, register, equipment, overlays, coverage, positions, in_use)
    for row in equipment:
        for case, provision in provisions:
            findings.extend(of_element(with_row(case, row, everyone), provision, overlays))
    for case, provision in provisions:
        for name in in_table:
            findings.extend(of_operator(with_operator(case, name, everyone), provision, overlays))
        findings.extend(of_networks(case, provision, equipment, everyone, overlays))
        for country in known_countries(partners, equipment, overlays):
            findings.extend(of_partner(case, provision, abroad, country))
        for arrangement in arrangements:
            [partner] = [row for row in partners if row.get("partner") == arrangement.get("partner")] or [{}]
            findings.extend(of_arrangement(case, provision, abroad, arrangement, partner))
    return findings


def in_order(packs: Sequence[Pack], day: date, register: Register) -> list[tuple[Case, Mapping[str, Any]]]:
    """List each provision considered on the day with the case of its pack, by full id."""
    cases = [(Case(day, pack, register), provision) for pack in packs for provision in pack["provisions"]]
    kept = [(case, provision) for case, provision in cases if considered(case, provision)]
    return sorted(kept, key=lambda pair: full_id(*pair))


def with_row(case: Case, row: Row, everyone: Mapping[str, Row]) -> Case:
    """Return the case with an element and what is known of its operator."""
    name = row.get("operator")
    return Case(case.day, case.pack, case.register, row, name, everyone[name] if name else {})


def with_operator(case: Case, name: str | None, everyone: Mapping[str, Row]) -> Case:
    """Return the case with an operator and no element."""
    return Case(case.day, case.pack, case.register, {}, name, everyone[name] if name else {})


def of_element(case: Case, provision: Mapping[str, Any], overlays: Sequence[Row]) -> Iterator[Finding]:
    """Yield what a provision about equipment, or about what an operator uses, says of an element."""
    if provision["subject"] == "equipment":
        subject_id = case.element["id"]
    elif provision["subject"] == "operator" and any(
        truth_of(case, part) is not False for part in uses_in(provision["when"])
    ):
        subject_id = case.name or ""
    else:
        return
    verdict = judge_one(case, provision, overlays)
    if verdict:
        yield finding(case, provision, verdict, subject_id, case.element["id"])


def of_operator(case: Case, provision: Mapping[str, Any], overlays: Sequence[Row]) -> Iterator[Finding]:
    """Yield what a provision says of an operator without looking at what it uses."""
    if provision["subject"] != "operator" or uses_in(provision["when"]):
        return
    verdict = judge_one(case, provision, overlays)
    if verdict:
        yield finding(case, provision, verdict, case.name)


def of_partner(case: Case, provision: Mapping[str, Any], abroad: Abroad, country: str) -> Iterator[Finding]:
    """Yield what a provision says of a country, unless it is the pack's own."""
    if provision["subject"] != "partner" or country == case.pack["pack"]["jurisdiction"]:
        return
    partner = {"country": country}
    verdict = judge_one(
        Case(case.day, case.pack, case.register, partner=partner, of_country=abroad.answer), provision, ()
    )
    if verdict:
        yield finding(case, provision, verdict, country)


def of_arrangement(
    case: Case, provision: Mapping[str, Any], abroad: Abroad, arrangement: Row, partner: Row
) -> Iterator[Finding]:
    """Yield what a provision says of what is agreed with a partner."""
    if provision["subject"] != "arrangement":
        return
    before = Case(
        case.day, case.pack, case.register, partner=partner, of_country=abroad.answer, arrangement=arrangement
    )
    verdict = judge_one(before, provision, ())
    if verdict:
        yield finding(case, provision, verdict, arrangement["arrangement"])


def of_networks(
    case: Case,
    provision: Mapping[str, Any],
    equipment: Sequence[Row],
    everyone: Mapping[str, Row],
    overlays: Sequence[Row],
) -> Iterator[Finding]:
    """Yield what a share says of each group of elements."""
    if "share" not in provision:
        return
    groups: dict[tuple[str | None, ...], list[Row]] = {}
    for row in equipment:
        for key in keys_of(row, provision.get("per", ())):
            groups.setdefault(key, []).append(row)
    for key, rows in groups.items():
        group = with_operator(case, key[0], everyone)
        cases = [with_row(case, row, everyone) for row in rows]
        verdict = judge_share(cases, provision, overlays, group)
        if verdict:
            subject_id = " / ".join(part or "" for part in key)
            yield finding(group, provision, verdict, subject_id)


def keys_of(row: Row, per: Sequence[str]) -> list[tuple[str | None, ...]]:
    """Return the groups that an element belongs to: its operator's, and what `per` adds."""
    keys: list[tuple[str | None, ...]] = [(row.get("operator"),)]
    if "network" in per:
        keys = [(*key, row.get("network")) for key in keys]
    if "access_technology" in per:
        stated = read_list(row.get("access_technology") or "none", "closed list").stated
        keys = [(*key, technology) for key in keys for technology in stated or (None,)]
    return keys


def finding(
    case: Case,
    provision: Mapping[str, Any],
    verdict: Verdict,
    subject_id: str | None,
    equipment: str | None = None,
) -> Finding:
    """Write a finding as a plain dictionary."""
    parts = [full_id(case, provision), case.name, subject_id, equipment]
    joined = "\x1f".join(part or "" for part in parts)
    return {
        "id": "f-" + hashlib.sha256(joined.encode()).hexdigest()[:16],
        "subject": provision["subject"],
        "subject_id": subject_id,
        "equipment": equipment,
        "operator": case.name,
        "provision": full_id(case, provision),
        "status": verdict.status,
        "by": verdict.by,
        "until": verdict.until,
        "excused_by": verdict.excused_by,
        "missing": list(verdict.missing),
        "unless": list(verdict.unless),
    }
