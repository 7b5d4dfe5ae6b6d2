from __future__ import annotations

from datetime import date
from pathlib import Path

from telvet.cli.share_law import laws_of, record_in
from telvet.model.sharing import LawOutcome, Partner
from telvet.sharing.lawful.gathering import Question
from tests.unit.cli.share_room import a_workspace

DAY = date(2020, 2, 1)
SCENARIO = "usa.s3153-116"


def test_a_scenario_answers_only_where_it_is_named() -> None:
    partner = Partner("p", "GBR")
    assert not any(one.scenario for one in laws_of(Question(DAY), None)(partner, DAY))
    (told,) = laws_of(Question(DAY, laws=(SCENARIO,)), None)(partner, DAY)
    assert (told.provision, told.scenario) == (f"{SCENARIO}.no-sharing", True)
    assert told.outcome in (LawOutcome.UNKNOWN, LawOutcome.BARRED, LawOutcome.CLEAR)


def test_statements_of_a_workspace_stand_beside_those_of_the_catalogue(tmp_path: Path) -> None:
    shipped = record_in(None)
    assert "GBR" in shipped.countries()
    assert set(shipped.countries()) <= set(record_in(a_workspace(tmp_path, log=False)).countries())
