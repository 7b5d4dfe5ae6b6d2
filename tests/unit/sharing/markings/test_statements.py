from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from telvet.catalog.handling import StatementRule
from telvet.model.handling import Tlp
from telvet.model.status import Grade
from telvet.sharing.markings.statements import read_statement
from tests.unit.sharing.markings.marks import DAY, MARK, RULES, codes, grounds, referrals


def test_a_listed_statement_adds_its_terms() -> None:
    made = read_statement(MARK, "PAP:GREEN", RULES, DAY)
    assert made.handling.terms
    assert not made.handling.withheld
    assert made.findings == ()


@pytest.mark.parametrize("text", ["Copyright 2024 Somebody", "PAP:GREEN ", "pap:green", "TLP-like words"])
def test_a_statement_that_is_not_listed_withholds(text: str) -> None:
    made = read_statement(MARK, text, RULES, DAY)
    assert grounds(made.handling) == {"statement-unlisted"}
    assert codes(made) == ["statement-unlisted"]


@pytest.mark.parametrize("text", [None, 7, "", "  ", ["PAP:GREEN"]])
def test_what_is_no_text_withholds(text: object) -> None:
    assert grounds(read_statement(MARK, text, RULES, DAY).handling) == {"statement-malformed"}


@pytest.mark.parametrize(("effect", "withheld", "referred"), [("nothing", 0, 0), ("refer", 0, 1), ("withhold", 1, 0)])
def test_the_effects_of_the_list(effect: str, withheld: int, referred: int) -> None:
    text = "Ours"
    rule = StatementRule("ours", sha256(text.encode()).hexdigest(), None, effect, Tlp.GREEN, None, Grade.VERIFIED)
    rules = replace(RULES, statements=(rule,))
    handling = read_statement(MARK, text, rules, DAY).handling
    assert handling.tlp is Tlp.GREEN
    assert (len(handling.withheld), len(referrals(handling))) == (withheld, referred)


def test_a_banner_is_read_as_one() -> None:
    assert read_statement(MARK, "SECRET//NOFORN", RULES, DAY).handling.noforn
