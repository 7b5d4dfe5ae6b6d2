from __future__ import annotations

import pytest

from telvet.model.handling import Tlp
from telvet.sharing.marking.official import official_definition, official_id
from telvet.sharing.markings.definition import read_definition
from tests.unit.sharing.marking.bundles import AMBER, AMBER_1, ON, RULES, STRICT, UNOFFICIAL, tlp


@pytest.mark.parametrize("level", Tlp)
def test_the_definition_of_a_level_is_read_as_that_level_and_nothing_is_wrong_with_it(level: Tlp) -> None:
    mark = official_id(level, RULES)
    made = read_definition(mark, official_definition(mark, RULES), RULES, ON)
    assert (made.handling.tlp, made.handling.withheld, made.findings) == (level, frozenset(), ())


def test_it_is_written_as_the_standard_has_it() -> None:
    assert official_definition(AMBER, RULES) == tlp(AMBER, "amber")
    assert official_id(Tlp.AMBER_STRICT, RULES) == STRICT


def test_other_ids_have_no_official_definition_of_version_2() -> None:
    assert [official_definition(mark, RULES) for mark in (AMBER_1, UNOFFICIAL, "x")] == [None] * 3
