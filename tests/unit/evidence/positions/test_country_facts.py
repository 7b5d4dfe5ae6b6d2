from __future__ import annotations

from pathlib import Path

import pytest

from telvet.evidence.positions import country_facts as facts_of_countries
from telvet.evidence.positions.country_facts import catalogue_digest, country_facts
from telvet.evidence.positions.position import Asked
from telvet.evidence.positions.record import Record
from telvet.model.evidence import Level, Statement
from telvet.model.facts import Stated
from telvet.model.status import Grade
from tests.unit.evidence.positions.toy_statements import ANYONE, BOREA, day, judged, said

ASKED = Asked(day("2021-01-01"))


def facts(*told: Statement) -> tuple[dict[tuple[str, str], Stated], dict[tuple[str, str, str | None], str]]:
    record = Record.of(told, [judged(one.id) for one in told])
    found = country_facts(record, ("acme", "borea"), ASKED)
    return dict(found.positions), dict(found.deploys)


def test_a_position_is_handed_on_with_its_statements_and_their_weakest_grade() -> None:
    one, other = said("a", "BANNED", "5g"), said("b", "BANNED", "5g", grade=Grade.UNVERIFIED)
    positions, deploys = facts(one, other)
    assert positions == {("XAA", "acme"): Stated("banned", "statements a, b", Grade.UNVERIFIED)}
    assert deploys == {}


def test_many_statements_are_told_by_the_first_three() -> None:
    positions, _ = facts(*(said(f"s{number}", "BANNED", "5g") for number in range(5)))
    assert positions["XAA", "acme"].origin == "statements s0, s1, s2 and 2 more"


def test_a_disputed_position_is_unknown_to_the_law() -> None:
    positions, _ = facts(said("a", "BANNED", "5g"), said("b", "PROCUREMENT_BAN"))
    assert positions["XAA", "acme"].value == "unknown"
    assert "disputed" in positions["XAA", "acme"].origin


def test_what_nothing_decides_is_not_handed_on() -> None:
    assert facts(said("a", "PRESSURE")) == ({}, {})


def test_what_is_in_use_counts_whoever_says_so_and_makes_no_position() -> None:
    positions, deploys = facts(said("a", "IN_USE", "5g", level=Level.COMPANY, publisher="A paper"))
    assert positions == {}
    assert deploys == {("XAA", "acme", "5G"): "statement a, A paper"}


def test_use_without_a_generation_says_nothing_of_any() -> None:
    _, deploys = facts(said("a", "IN_USE", "network", level=Level.OTHER, vendors=(BOREA,)))
    assert list(deploys) == [("XAA", "borea", None)]


def test_use_that_is_planned_denied_ahead_or_over_is_no_use() -> None:
    other = {"level": Level.OTHER}
    none = [
        said("planned", "IN_USE", modality="planned", **other),
        said("denied", "IN_USE", modality="denied", **other),
        said("ahead", "IN_USE", when="2025", **other),
        said("over", "IN_USE", until="2020-06-01", **other),
        said("later", "IN_USE", published="2022", **other),
        said("whoever", "IN_USE", vendors=(ANYONE,), **other),
    ]
    assert facts(*none)[1] == {}


def test_a_position_gives_no_use_and_use_no_leave() -> None:
    positions, deploys = facts(said("a", "ALLOWED", "5g"))
    assert positions["XAA", "acme"].value == "permitted"
    assert deploys == {}


@pytest.mark.parametrize("changed", ["positions/XAA.yaml", "evidence/folding.yaml", "places/law_coverage.csv"])
def test_the_digest_tells_of_a_change_in_whatever_the_facts_rest_on(
    changed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("positions/XAA.yaml", "evidence/folding.yaml", "places/law_coverage.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("as it was", "utf-8")
    monkeypatch.setattr(facts_of_countries, "shipped", lambda _: tmp_path)
    before = catalogue_digest()
    assert catalogue_digest() == before
    (tmp_path / changed).write_text("changed", "utf-8")
    assert catalogue_digest() != before
