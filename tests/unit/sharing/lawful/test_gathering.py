"""What is gathered before law is asked about partners: from what ships, from files, and from an engine that is let go."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from telvet.backends.duckdb import DuckDB
from telvet.errors import InputError, UsageError
from telvet.evidence.positions.record import Record
from telvet.model.evidence import Statement
from telvet.model.sharing import Partner
from telvet.sharing.lawful.gathering import Question, partner_laws, posture
from tests.unit.assessment.toy_register import toy_register
from tests.unit.packs.toy_law import pack, rule
from tests.unit.sharing.lawful.toy_posture import BARRED_IF_DEPLOYED, BARRED_IF_PERMITTED, said

DAY = date(2021, 6, 15)
LAW = (pack(rule("rule", BARRED_IF_DEPLOYED)),)
NOTHING = Record.of((), ())
LIST = "id,country,manufacturer,lifecycle\na,FRA,Acme Ltd,live\nb,DEU,Borea AG,live\n"


class Engines:
    """Opens engines, and counts those that are open."""

    def __init__(self) -> None:
        self.opened = self.open = 0

    @contextmanager
    def __call__(self) -> Iterator[DuckDB]:
        with DuckDB(memory="100MiB") as engine:
            self.opened, self.open = self.opened + 1, self.open + 1
            try:
                yield engine
            finally:
                self.open -= 1


def no_engine() -> DuckDB:
    raise AssertionError("an engine was opened")


def heard(*statements: Statement) -> Record:
    return Record.of((), (), statements)


def test_without_an_inventory_no_engine_is_opened() -> None:
    with posture(Question(DAY), LAW, toy_register(), NOTHING, no_engine) as ready:
        assert ready.observed is None


def test_what_answers_rest_on_is_told_by_digest(tmp_path: Path) -> None:
    for name, text in (("o.yaml", "overlays:\n  - {kind: deploys, subject: FRA, text: acme}\n"), ("list.csv", LIST)):
        (tmp_path / name).write_text(text, "utf-8")
    question = Question(DAY, overlays=(tmp_path / "o.yaml",), inventories=(tmp_path / "list.csv",))
    with posture(question, LAW, toy_register(), NOTHING, Engines()) as ready:
        assert list(ready.digests) == [
            "pack xa.toy 2020.1.0", "catalogue of vendors", "catalogue of countries", "file o.yaml", "file list.csv",
        ]  # fmt: skip
        assert all(len(digest) == 64 for digest in ready.digests.values())


def test_faults_of_files_are_told_and_a_law_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "o.yaml").write_text("overlays:\n  - {kind: deploys, subject: Atlantis, text: acme}\n", "utf-8")
    with (
        pytest.raises(InputError) as told,
        posture(Question(DAY, overlays=(tmp_path / "o.yaml",)), LAW, toy_register(), NOTHING, no_engine),
    ):
        pass
    assert [fault.field for fault in told.value.faults] == ["subject"]
    with (
        pytest.raises(UsageError, match="no pack or provision"),
        posture(Question(DAY, laws=("xa.other",)), LAW, toy_register(), NOTHING, no_engine),
    ):
        pass


def test_our_own_country_may_be_spelled_in_any_way_and_one_that_is_none_is_refused() -> None:
    law = (pack(rule("rule", BARRED_IF_DEPLOYED), jurisdiction="FRA"),)
    for home, applied in (("France", 1), ("fr", 1), ("FRA", 1), ("DEU", 0), (None, 1)):
        answers = partner_laws(Question(DAY, home=home), law, toy_register(), lambda: NOTHING, no_engine)
        assert len(answers(Partner("p", "DEU"), DAY)) == applied
    with pytest.raises(UsageError, match="'Atlantis' is no country"):
        partner_laws(Question(DAY, home="Atlantis"), law, toy_register(), lambda: NOTHING, no_engine)
    with pytest.raises(UsageError, match="no pack or provision"):
        partner_laws(Question(DAY, laws=("xa.other",)), law, toy_register(), lambda: NOTHING, no_engine)


def test_a_scenario_is_asked_only_when_it_is_named() -> None:
    law = (pack(rule("rule", BARRED_IF_PERMITTED), force="scenario"),)
    for laws, scenarios in ((("all",), []), (("all", "xa.toy"), [True])):
        answers = partner_laws(Question(DAY, laws=laws), law, toy_register(), lambda: NOTHING, no_engine)
        assert [one.scenario for one in answers(Partner("p", "FRA"), DAY)] == scenarios


def test_a_service_asks_again_and_again_for_the_day_that_it_is_and_hears_what_came_in_since() -> None:
    spring, statements = date(2021, 3, 1), list[Statement]()
    answers = partner_laws(Question(date.min), LAW, toy_register(), lambda: heard(*statements), no_engine)

    def outcomes(partner: Partner | None, day: date = DAY) -> list[str]:
        return [one.outcome.value for one in answers(partner, day)]

    partner = Partner("p", "FRA")
    assert outcomes(partner) == ["unknown"]
    statements.append(said("s", "FRA", "network", spring))
    assert outcomes(partner) == ["barred"]
    assert outcomes(partner, date(2021, 2, 1)) == ["unknown"]
    assert outcomes(replace(partner, country=None)) == outcomes(None) == ["unknown"]


def test_an_engine_is_let_go_after_every_answer_and_when_something_goes_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "list.csv").write_text(LIST, "utf-8")
    engines, scratch = Engines(), tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    question = Question(DAY, inventories=(tmp_path / "list.csv",))
    answers = partner_laws(question, LAW, toy_register(), lambda: NOTHING, engines)
    for country, outcome in (("FRA", "barred"), ("DEU", "unknown"), ("FRA", "barred")):
        assert [one.outcome.value for one in answers(Partner("p", country), DAY)] == [outcome]
    (tmp_path / "list.csv").write_text("nothing of use\n", "utf-8")
    with pytest.raises(InputError):
        answers(Partner("p", "FRA"), DAY)
    assert (engines.opened, engines.open) == (4, 0)
    assert list(scratch.iterdir()) == []
