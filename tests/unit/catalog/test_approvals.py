from __future__ import annotations

from pathlib import Path

import pytest

from telvet.catalog.approvals import read_approvals
from telvet.errors import CatalogError
from telvet.model.handling import Classification, Handling, Tlp

GOOD = "two_persons: {tlp: red, classification: S, rules: [acs]}\n"


@pytest.mark.parametrize(
    ("handling", "rules", "persons"),
    [
        (Handling(tlp=Tlp.AMBER), [], 1),
        (Handling(tlp=Tlp.AMBER_STRICT), [], 2),
        (Handling(tlp=Tlp.GREEN, classification=Classification.C), [], 2),
        (Handling(tlp=Tlp.GREEN, classification=Classification.R), ["authority"], 1),
        (Handling(tlp=Tlp.GREEN), ["authority", "law xxx.some-law.article"], 2),
        (Handling(), ["acs"], 2),
    ],
)
def test_two_persons_are_needed_where_the_data_says_so(handling: Handling, rules: list[str], persons: int) -> None:
    assert read_approvals().persons(handling, rules) == persons


def test_a_workspace_may_have_rules_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "approvals.yaml"
    path.write_text(GOOD)
    assert read_approvals(path).persons(Handling(tlp=Tlp.AMBER_STRICT), []) == 1
    assert read_approvals(path).persons(Handling(tlp=Tlp.RED), []) == 2


@pytest.mark.parametrize(
    "text",
    [
        "two_persons: {tlp: red, classification: S}\n",
        "two_persons: {tlp: crimson, classification: S, rules: [acs]}\n",
        "two_persons: {tlp: red, classification: X, rules: [acs]}\n",
        "two_persons: {tlp: red, classification: S, rules: []}\n",
        "two_persons: {tlp: red, classification: S, rules: [1]}\n",
        "two_persons: {tlp: red, classification: S, rules: [acs], more: 1}\n",
    ],
)
def test_what_is_faulty_is_told_and_nothing_is_guessed(tmp_path: Path, text: str) -> None:
    path = tmp_path / "approvals.yaml"
    path.write_text(text)
    with pytest.raises(CatalogError) as told:
        read_approvals(path)
    assert told.value.faults
