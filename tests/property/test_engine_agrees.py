"""The engine and the oracle say the same of every vector and of random worlds, on either backend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given

from tests.oracle.vectors import SHOWN, Vector, all_vectors
from tests.property.abroad_strategies import worlds_abroad
from tests.property.engine import BACKENDS, engine_findings, law_of, one_duckdb
from tests.property.strategies import World, modestly, worlds
from tests.property.vocabulary import REGISTER

COMPARED = ("id", *SHOWN)


@pytest.fixture(scope="module", autouse=True)
def _the_engine_is_closed_at_the_end() -> Iterator[None]:
    yield
    one_duckdb().close()
    one_duckdb.cache_clear()


def settled(findings: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return findings as both sides write them: in the order of rows, then provisions; those without an element last."""
    shown = [{part: finding[part] for part in COMPARED} for finding in findings]
    of_rows = [finding for finding in shown if finding["equipment"] is not None]
    others = [finding for finding in shown if finding["equipment"] is None]
    return of_rows + sorted(others, key=lambda finding: str([finding[part] for part in COMPARED]))


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("vector", all_vectors(), ids=lambda vector: vector.name)
def test_the_engine_answers_every_vector_as_worked_by_hand(vector: Vector, backend: str) -> None:
    found = engine_findings(
        law_of(vector.packs),
        vector.equipment,
        vector.day,
        vector.register,
        backend=backend,
        operators=vector.operators,
        overlays=vector.overlays,
        partners=vector.partners,
        **vector.abroad,
    )
    shown = [{part: finding[part] for part in SHOWN} for finding in found]
    assert sorted(shown, key=str) == sorted(({part: each[part] for part in SHOWN} for each in vector.expect), key=str)


@modestly(80)
@given(world=worlds())
def test_the_engine_agrees_with_the_oracle(world: World) -> None:
    assert settled(engine_answer(world, "rows")) == settled(world.findings())


@modestly(20, shrink=False)
@given(world=worlds(most=6))
def test_the_engine_agrees_with_the_oracle_on_duckdb(world: World) -> None:
    assert settled(engine_answer(world, "duckdb")) == settled(world.findings())


@modestly(40)
@given(world=worlds(subjects=("network",), most=8))
def test_the_engine_agrees_with_the_oracle_on_shares(world: World) -> None:
    assert settled(engine_answer(world, "rows")) == settled(world.findings())


@modestly(12, shrink=False)
@given(world=worlds(subjects=("network",), most=8))
def test_the_engine_agrees_with_the_oracle_on_shares_in_duckdb(world: World) -> None:
    assert settled(engine_answer(world, "duckdb")) == settled(world.findings())


@modestly(40)
@given(world=worlds(subjects=("partner", "partner", "arrangement", "equipment")))
def test_the_engine_agrees_with_the_oracle_on_partners(world: World) -> None:
    assert settled(engine_answer(world, "rows")) == settled(world.findings())


@modestly(100)
@given(world=worlds_abroad())
def test_the_engine_agrees_with_the_oracle_on_what_countries_permit_deploy_and_say(world: World) -> None:
    assert settled(engine_answer(world, "rows")) == settled(world.findings())


@modestly(15, shrink=False)
@given(world=worlds_abroad())
def test_the_engine_agrees_with_the_oracle_on_countries_in_duckdb(world: World) -> None:
    assert settled(engine_answer(world, "duckdb")) == settled(world.findings())


def engine_answer(world: World, backend: str) -> list[dict[str, Any]]:
    return engine_findings(
        law_of(world.packs),
        world.equipment,
        world.day,
        REGISTER,
        backend=backend,
        operators=world.operators,
        overlays=world.overlays,
        partners=world.partners,
        **world.abroad,
    )
