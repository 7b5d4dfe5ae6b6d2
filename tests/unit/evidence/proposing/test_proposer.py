from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import EntryPoint

import pytest

from telvet.errors import UsageError
from telvet.evidence.proposing import proposer as subject
from telvet.evidence.proposing.proposer import Proposer, load_proposer, proposer_names
from telvet.evidence.proposing.rules import RulesProposer


@pytest.fixture
def points(monkeypatch: pytest.MonkeyPatch) -> None:
    held = (EntryPoint("rules", "telvet.evidence.proposing.rules:RulesProposer", subject.GROUP),)

    def entry_points(*, group: str) -> Iterable[EntryPoint]:
        assert group == subject.GROUP
        return held

    monkeypatch.setattr(subject, "entry_points", entry_points)


@pytest.mark.usefixtures("points")
def test_a_proposer_is_loaded_by_its_name() -> None:
    loaded: Proposer = load_proposer("rules")
    assert isinstance(loaded, RulesProposer)
    assert loaded.name == "rules"
    assert proposer_names() == ("rules",)


@pytest.mark.usefixtures("points")
def test_a_name_that_no_proposer_has_is_an_error_that_lists_the_others() -> None:
    with pytest.raises(UsageError, match="no proposer is called 'oracle'"):
        load_proposer("oracle")
