"""Law about countries and arrangements: to whom it is put, and how it comes out. The day of judgement is 2021-06-15."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from telvet.assessment.partners import partners
from telvet.lawcheck.rows import Rows
from telvet.model.status import Status
from tests.unit.assessment.toy_world import Cells, knowledge, row, rows_of, statuses
from tests.unit.packs.toy_law import pack, rule

HERE = {"partner.country": {"is": "XBB"}}
OVER = {"subject": "arrangement", "when": {"not": {"partner.country": {"is": "XAA"}}}, "effect": "consider"}
PARTNERS = {"far": {"partner": "far", "country": "XBB"}, "near": {"partner": "near", "country": "XAA"}}


def agreed(signed: str | None = "2021-06-15", partner: str | None = "far", ends: str | None = None) -> dict[str, Any]:
    cells = {"arrangement": "pact", "partner": partner, "signed_on": signed, "ends_on": ends}
    return {"pact": {name: cell for name, cell in cells.items() if cell}}


def shown(about: dict[str, Any], *given: Cells, **known: Any) -> list[tuple[Any, ...]]:
    return statuses(knowledge(pack(rule("rule", about)), **known), *given)


def test_a_country_is_known_by_equipment_by_partners_and_by_what_is_said_of_it() -> None:
    of_all = {
        "subject": "partner",
        "when": {"partner.country.deploys": {"deploys": {"vendor": "acme"}}},
        "effect": "consider",
    }
    said = [{"kind": kind, "subject": at, "text": "-acme/3G"} for kind, at in (("deploys", "XCC"), ("order", "XZZ"))]
    found = shown(of_all, row("a", country="XDD"), row("b"), overlays=said, partners=PARTNERS)
    assert found == [("XBB", "rule", "unknown"), ("XCC", "rule", "unknown"), ("XDD", "rule", "consider")]


@pytest.mark.parametrize(
    ("signed", "partner", "ends", "status"),
    [
        ("2021-06-15", "far", None, "consider"),
        ("2020-01-01", "far", None, "consider"),
        ("2019-12-31", "far", None, None),
        ("2021-06-16", "far", None, "due"),
        ("2021-06", "far", None, "unknown"),
        (None, "far", None, "unknown"),
        ("2021-06-15", "near", None, None),
        (None, "near", None, None),
        ("2021-06-15", "stranger", None, "unknown"),
        ("2021-06-15", None, None, "unknown"),
        ("2021-06-01", "far", "2021-06-14", None),
        ("2021-06-01", "far", "2021-06-15", "consider"),
        ("2021-06-01", "far", "2021-06", "unknown"),
    ],
)
def test_an_arrangement_is_judged_by_its_day_and_its_partner(
    signed: str | None, partner: str | None, ends: str | None, status: str | None
) -> None:
    found = shown(OVER, partners=PARTNERS, arrangements=agreed(signed, partner, ends))
    assert found == ([("pact", "rule", status)] if status else [])


def test_what_is_planned_is_due_on_the_first_day_that_it_may_be() -> None:
    known = knowledge(pack(rule("rule", OVER)), partners=PARTNERS, arrangements=agreed("2021Q4"))
    backend = Rows()
    ((name, provision, verdict),) = partners(backend, backend.table([]), known).judged
    assert (name, provision.id.rpartition(".")[2]) == ("pact", "rule")
    assert (verdict.status, verdict.by, verdict.by_fact) == (Status.DUE, None, "arrangement.signed_on")


@pytest.mark.parametrize(
    ("effect", "status"),
    [({"bar": "release"}, "barred"), ({"require": "plan"}, "conditional"), ("consider", "consider")],
)
def test_an_arrangement_may_be_barred_or_need_something(effect: Any, status: str) -> None:
    about = {**OVER, "when": HERE, "effect": effect}
    assert shown(about, partners=PARTNERS, arrangements=agreed()) == [("pact", "rule", status)]


def test_equipment_is_surveyed_only_where_a_law_asks_for_it() -> None:
    backend = Rows()
    relation = backend.table(rows_of(row("a", country="XBB")))
    for about, surveyed in [
        ({"subject": "partner", "when": HERE, "effect": "consider"}, False),
        (OVER, False),
        ({**OVER, "weigh": {"equipment.function": {"is": "sec"}}}, True),
        ({**OVER, "when": {"partner.country.deploys": {"deploys": {"vendor": "acme"}}}}, True),
        ({**OVER, "when": {"partner.country.deploys": {"deploys": {"vendor": "nobody"}}}}, False),
    ]:
        known = knowledge(pack(rule("rule", about)), partners=PARTNERS, arrangements=agreed())
        assert (partners(backend, relation, known).countries.survey is not None) is surveyed
        assert partners(backend, relation, replace(known, arrangements={})).countries.survey is None


def test_the_day_of_judgement_decides_whether_it_is_planned_or_signed() -> None:
    known = {"partners": PARTNERS, "arrangements": agreed("2021-06-15")}
    assert shown(OVER, **known, on=date(2021, 6, 14)) == [("pact", "rule", "due")]
    assert shown(OVER, **known, on=date(2021, 6, 15)) == [("pact", "rule", "consider")]
