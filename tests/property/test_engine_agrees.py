"""The engine and the oracle say the same of every vector and of random worlds, on either backend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given

from tests.oracle.register import Row
from tests.oracle.vectors import SHOWN, Vector, all_vectors
from tests.property.engine import BACKENDS, engine_findings, law_of
from tests.property.strategies import World, modestly, worlds
from tests.property.vocabulary import REGISTER

COMPARED = ("id", *SHOWN)


def settled(findings: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return findings as both sides write them: in the order of rows, then provisions; those without an element last."""
    shown = [{part: finding[part] for part in COMPARED} for finding in findings]
    of_rows = [finding for finding in shown if finding["equipment"] is not None]
    others = [finding for finding in shown if finding["equipment"] is None]
    return of_rows + sorted(others, key=lambda finding: str([finding[part] for part in COMPARED]))


def partners_known(equipment: Sequence[Row], overlays: Sequence[Row]) -> list[Row]:
    """List the countries that a run knows of: where equipment stands, and of which it is said what they permit."""
    stand = {row["country"] for row in equipment if row.get("country")}
    stated = {overlay["subject"] for overlay in overlays if overlay["kind"] == "permits"}
    return [{"country": country} for country in sorted(filter(None, stand | stated))]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("vector", all_vectors(), ids=lambda vector: vector.name)
def test_the_engine_answers_every_vector_as_worked_by_hand(vector: Vector, backend: str) -> None:
    permits = [
        {"kind": "permits", "subject": row["country"], "text": text}
        for row in vector.partners
        for text in (row.get("permits") or "").split(";")
    ]
    found = engine_findings(
        law_of(vector.packs),
        vector.equipment,
        vector.day,
        vector.register,
        backend=backend,
        operators=vector.operators,
        overlays=[*permits, *vector.overlays],
    )
    shown = [{part: finding[part] for part in SHOWN} for finding in found]
    assert sorted(shown, key=str) == sorted(({part: each[part] for part in SHOWN} for each in vector.expect), key=str)


@pytest.mark.parametrize("backend", BACKENDS)
@modestly(100)
@given(world=worlds())
def test_the_engine_agrees_with_the_oracle(world: World, backend: str) -> None:
    assert settled(engine_answer(world, backend)) == settled(world.findings())


@pytest.mark.parametrize("backend", BACKENDS)
@modestly(50)
@given(world=worlds(subjects=("network",), most=8))
def test_the_engine_agrees_with_the_oracle_on_shares(world: World, backend: str) -> None:
    assert settled(engine_answer(world, backend)) == settled(world.findings())


@modestly(50)
@given(world=worlds(subjects=("partner",)))
def test_the_engine_agrees_with_the_oracle_on_partners(world: World) -> None:
    known = partners_known(world.equipment, world.overlays)
    home = {files["pack.yaml"]["jurisdiction"] for files in world.packs}
    abroad = [row for row in known if row["country"] not in home]
    assert settled(engine_answer(world, "rows")) == settled(world.but(partners=abroad).findings())


def engine_answer(world: World, backend: str) -> list[dict[str, Any]]:
    return engine_findings(
        law_of(world.packs),
        world.equipment,
        world.day,
        REGISTER,
        backend=backend,
        operators=world.operators,
        overlays=world.overlays,
    )
