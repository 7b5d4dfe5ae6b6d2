"""Invariant 1: a value is never without its origin; whoever looks there finds it."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given

from telvet.model.finding import Because, Finding
from tests.oracle.register import Row
from tests.property.abroad_strategies import worlds_abroad
from tests.property.judged import FILE, HEADERS, judged, provisions_of
from tests.property.strategies import World, modestly, worlds

OF_MAKER = ("organisation", "manufacturer", "mac", "sys_object_id", "vendor_id", "supplier")


def said(world: World, subject: str | None, fact: str) -> set[str | None]:
    """Return what attestations say of a fact of an element or operator, on whatever day."""
    told = [row["text"] or "" for row in world.overlays if row["kind"] == "attestation" and row["subject"] == subject]
    return {text.partition("=")[2] for text in told if text.partition("=")[0] == fact}


def row_of(world: World, finding: Finding) -> tuple[int, Row]:
    """Return the row that a finding is about, with its record."""
    record = next(n for n, row in enumerate(world.equipment, 2) if row["id"] == finding.equipment)
    return record, world.equipment[record - 2]


def check_cell(world: World, finding: Finding, reason: Because) -> None:
    """A fact of an element stands in its file, in its record, under the file's own header; or an overlay gave it."""
    record, row = row_of(world, finding)
    column = reason.fact.partition(".")[2]
    here = f"{FILE} record {record} {HEADERS.get(column, column)}"
    if reason.origin == here:
        assert (row.get(column) or "") == reason.value  # where nobody manages an element, that is what the cell says
    elif column == "site_tags":
        tags = {tag["text"] for tag in world.overlays if tag["kind"] == "site_tag"}
        assert tags & set(reason.value.split(";"))
        assert reason.origin.startswith("overlay s")
    else:
        assert reason.origin == f"overlay {finding.equipment}"
        assert row.get(column) is None
        assert reason.value in said(world, finding.equipment, reason.fact)


def check_maker(world: World, finding: Finding, reason: Because) -> None:
    """Whose it is was read from cells that hint at a maker, each of them filled."""
    record, row = row_of(world, finding)
    own = {HEADERS.get(column, column): column for column in OF_MAKER}
    overlay, _, rest = reason.origin.rpartition(f"{FILE} record {record} ")
    named = [header for header in rest.split(", ") if header in own]
    assert overlay in ("", f"overlay {finding.equipment}, ") or not named
    assert all(row.get(own[header]) for header in named)
    if not named:
        attested = said(world, finding.equipment, "equipment.manufacturer")
        assert bool(reason.value) == bool(reason.origin == f"overlay {finding.equipment}" and attested)


def check_operator(world: World, finding: Finding, reason: Because) -> None:
    """A fact of an operator stands in its row of the operators table; or an overlay gave it."""
    cells: Mapping[str, str | None] = next((row for row in world.operators if row["operator"] == finding.operator), {})
    column = reason.fact.partition(".")[2]
    if reason.origin == f"operators {finding.operator} {column}":
        assert cells[column] == reason.value
    else:
        assert reason.origin == f"overlay {finding.operator}"
        ordered = {row["provision"] for row in world.overlays if row["kind"] == "order"}
        assert set(reason.value.split(";")) <= ordered | said(world, finding.operator, reason.fact)


def check_partner(world: World, finding: Finding, reason: Because) -> None:
    """What decided about a country was said by an overlay, a statement, law, coverage, equipment, or a table's row."""
    kind = reason.fact.rpartition(".")[2]
    if reason.origin == f"overlay {finding.country}":
        said = [row["text"] for row in world.overlays if (row["kind"], row["subject"]) == (kind, finding.country)]
        assert reason.value in said
    elif reason.fact.startswith("arrangement."):
        [row] = [row for row in world.abroad["arrangements"] if row["arrangement"] == finding.subject_id]
        assert (reason.origin, reason.value) == (f"arrangements {finding.subject_id} {kind}", row[kind] or "")
    elif reason.fact == "partner.country":
        assert reason.value == finding.country
        assert reason.origin in {f"partner {finding.country}", "partners p1 country", "partners p2 country"}
    elif kind == "permits":
        provisions, covered = provisions_of(world), "catalog/places/law_coverage.csv record 0: toy"
        law = reason.origin.removesuffix(f", in force in {finding.country}")
        assert law in provisions if reason.value.startswith("-") else reason.origin == covered
    elif kind == "deploys" and reason.origin != "statements":
        count, _, place = reason.origin.partition(" element")
        record = int(place.rpartition(" ")[2])
        assert int(count) >= 1
        assert world.equipment[record - 2]["country"] == finding.country
    else:
        assert reason.origin in {"statements", "positions"}


def check(world: World, finding: Finding, reason: Because) -> None:
    stratum = reason.fact.partition(".")[0]
    if reason.fact == "equipment.vendor":
        check_maker(world, finding, reason)
    elif stratum == "equipment":
        check_cell(world, finding, reason)
    elif stratum == "operator":
        check_operator(world, finding, reason)
    elif stratum == "overlay":
        assert reason.origin in {f"overlay {finding.operator}", f"overlay {finding.equipment}"}
    elif stratum in ("partner", "arrangement"):
        check_partner(world, finding, reason)
    else:
        assert reason.fact.startswith("share of ")
        assert reason.origin.startswith("all elements of ")


@modestly(100)
@given(world=worlds())
def test_every_reason_of_every_finding_is_found_where_it_says(world: World) -> None:
    for finding in judged(world):
        for reason in finding.because:
            check(world, finding, reason)


@modestly(30)
@given(world=worlds_abroad())
def test_what_is_said_of_a_partner_has_its_place_too(world: World) -> None:
    for finding in judged(world):
        for reason in finding.because:
            check(world, finding, reason)
