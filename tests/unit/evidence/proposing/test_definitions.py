from __future__ import annotations

import pytest

from telvet.catalog.gazetteers import read_gazetteers
from telvet.evidence.proposing.definitions import definitions


def names(text: str) -> dict[str, tuple[str, ...]]:
    return {each.term: each.names for each in definitions(text, read_gazetteers())}


@pytest.mark.parametrize(
    ("text", "term", "vendors"),
    [
        ("\u201cCovered equipment\u201d means equipment produced by Huawei or ZTE.", "covered equipment", ("Huawei", "ZTE")),
        ('In this Act the term "covered equipment" means\u2014\n(A) Huawei; or\n(B) Hytera goods.', "covered equipment", ("Huawei", "Hytera")),
        ('"The Company" is Hikvision and its parents.', "company", ("Hikvision",)),
        ("3.2 Excluded supplier means Huawei or ZTE.", "excluded supplier", ("Huawei", "ZTE")),
        ('Dahua Technology ("the Supplier") appealed.', "supplier", ("Dahua Technology",)),
        ('"high-risk vendor" means a vendor that the Minister has designated.', "high-risk vendor", ("high-risk vendor",)),
    ],
)  # fmt: skip
def test_a_term_stands_for_the_vendors_of_its_definition(text: str, term: str, vendors: tuple[str, ...]) -> None:
    assert names(text)[term] == vendors


def test_a_term_that_is_defined_by_another_is_bound_too() -> None:
    text = '"The company" is Huawei. "The products" are the products of the company.'
    assert names(text)["products"] == ("Huawei",)


def test_a_definition_that_names_nobody_binds_nothing() -> None:
    assert names('"operator" means a person who provides a network.') == {}


def test_a_definition_says_where_it_stands() -> None:
    text = 'Part 1. "Covered equipment" means goods of ZTE.'
    (found,) = definitions(text, read_gazetteers())
    assert text[found.start : found.end].startswith('"Covered equipment" means goods of ZTE')
