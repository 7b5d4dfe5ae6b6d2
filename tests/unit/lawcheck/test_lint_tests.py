from __future__ import annotations

from datetime import date

import pytest

from telvet.assessment.facts import COLUMNS
from telvet.lawcheck import lint_tests
from telvet.model.condition import Operand, Test
from tests.unit.assessment.toy_register import PLACES

VENDORS = ("acme", "borea")


def faults(fact: str, operator: str, operand: Operand) -> list[tuple[str, str, str]]:
    return list(lint_tests.test_faults(Test(fact, operator, operand), COLUMNS, PLACES, VENDORS))


def codes(fact: str, operator: str, operand: Operand) -> list[str]:
    return [code for code, _, _ in faults(fact, operator, operand)]


@pytest.mark.parametrize(
    ("fact", "operator", "operand"),
    [
        ("equipment.vendor", "designated", ("xa.toy#acme",)),
        ("equipment.managed_by", "designated", ("xa.toy#acme",)),
        ("partner.country.permits", "permits", "acme/5G"),
        ("partner.country.deploys", "deploys", "acme/5G"),
        ("partner.country.deploys", "deploys", "borea"),
        ("partner.country.position", "position", ("acme=banned", "acme=undecided")),
        ("partner.country", "member of", "XU"),
        ("arrangement.signed_on", "on or after", date(2020, 1, 1)),
        ("equipment.function", "is", "core.auth"),
        ("equipment.function", "any of", ("core.auth", "li")),
        ("equipment.function", "all of", ("core.auth", "li")),
        ("equipment.capabilities", "denies", "visibility"),
        ("equipment.tags", "has", "any words"),
        ("equipment.bands", "between", ((2300.0, 2400.0), (3400.0, 3800.0))),
        ("equipment.traffic", "at least", 1.0),
        ("operator.customers", "below", 1_000_000.0),
        ("equipment.installed_on", "on or after", date(2020, 1, 1)),
        ("equipment.removed_on", "on or before", date(2020, 1, 1)),
        ("operator.country", "is", "XAA"),
        ("operator.country", "any of", ("XAA", "XBB")),
        ("equipment.country", "member of", "XU"),
        ("equipment.us_sanctions_affected", "is", "yes"),
        ("equipment.lifecycle", "any of", ("live", "off")),
        ("equipment.region", "is", "north"),
    ],
)
def test_a_question_that_fits_its_fact_has_no_fault(fact: str, operator: str, operand: Operand) -> None:
    assert faults(fact, operator, operand) == []


@pytest.mark.parametrize(
    ("fact", "operator", "operand"),
    [
        ("equipment.vendor", "is", "acme"),
        ("equipment.managed_by", "any of", ("acme",)),
        ("partner.country.permits", "is", "acme/5G"),
        ("partner.country.permits", "deploys", "acme/5G"),
        ("partner.country.deploys", "permits", "acme/5G"),
        ("partner.country.position", "is", "banned"),
        ("arrangement.ends_on", "is", "2020"),
        ("equipment.function", "at least", 1.0),
        ("equipment.function", "designated", ("xa.toy#acme",)),
        ("equipment.bands", "is", "700"),
        ("equipment.traffic", "is", "1"),
        ("equipment.installed_on", "is", "2020"),
        ("equipment.country", "has", "XAA"),
        ("equipment.country", "denies", "XAA"),
        ("equipment.function", "member of", "XU"),
        ("equipment.lifecycle", "has", "live"),
        ("equipment.region", "member of", "XU"),
        ("equipment.us_sanctions_affected", "denies", "yes"),
    ],
)
def test_a_question_that_does_not_fit_the_form_of_its_fact_is_a_fault(
    fact: str, operator: str, operand: Operand
) -> None:
    ((code, what, fix),) = faults(fact, operator, operand)
    assert code == "lint-test"
    assert fact in what
    assert fix.startswith(("use `", "ask one of "))


def test_a_fact_that_does_not_exist_names_the_nearest() -> None:
    ((code, what, fix),) = faults("equipment.functions", "is", "li")
    assert (code, what) == ("lint-fact", "there is no fact 'equipment.functions'")
    assert fix == "did you mean equipment.function?"


def test_a_fact_that_is_near_nothing_points_to_the_reference() -> None:
    ((code, _, fix),) = faults("zzz", "is", "li")
    assert (code, fix) == ("lint-fact", "see docs/reference/tables.md")


def test_a_code_that_does_not_exist_names_the_nearest_and_every_one_is_told() -> None:
    found = faults("equipment.function", "any of", ("core.auth", "core.sesion", "lii"))
    assert [code for code, _, _ in found] == ["lint-code", "lint-code"]
    assert found[0][1:] == ("equipment.function has no code 'core.sesion'", "did you mean core.session?")


def test_a_free_label_is_never_a_fault() -> None:
    assert faults("equipment.site_tags", "all of", ("any", "words")) == []


def test_a_union_must_be_known() -> None:
    assert codes("operator.country", "member of", "XV") == ["lint-union"]


def test_a_country_is_not_a_union_nor_a_union_a_country() -> None:
    assert codes("operator.country", "member of", "XAA") == ["lint-union"]
    assert codes("operator.country", "is", "XU") == ["lint-country"]


def test_every_country_that_is_none_is_told() -> None:
    assert codes("operator.country", "any of", ("XAA", "XYZ", "XZZ")) == ["lint-country", "lint-country"]


@pytest.mark.parametrize(
    ("fact", "operator", "operand"),
    [
        ("partner.country.permits", "permits", "acne/5G"),
        ("partner.country.deploys", "deploys", "acne"),
        ("partner.country.position", "position", ("acne=banned",)),
    ],
)
def test_a_vendor_of_whom_a_country_is_asked_must_be_in_the_register(
    fact: str, operator: str, operand: Operand
) -> None:
    ((code, what, _),) = faults(fact, operator, operand)
    assert (code, "'acne'" in what) == ("lint-vendor", True)
