from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from telvet.catalog.outlets import read_outlets
from telvet.catalog.positions import CatalogueRow, read_catalogue
from telvet.errors import UsageError
from telvet.evidence.positions.asking import catalogue_statements, record_of, vendor_asked
from telvet.model.dates import Span
from telvet.model.evidence import Level, NamedVendor, When
from telvet.model.status import Grade
from telvet.pipeline import register_of
from telvet.workspace.evidence_ledger import EvidenceLedger
from tests.unit.evidence.positions.toy_statements import AT, judged
from tests.unit.evidence.reviewing.reviewed import candidates, document

DAY = date(2019, 1, 28)


def row(**cells: object) -> CatalogueRow:
    usual: dict[str, object] = {
        "id": "xaa-ban",
        "country": "XAA",
        "vendors": ("huawei",),
        "measure": "BANNED",
        "scope": None,
        "modality": "done",
        "level": Level.STATE,
        "actor": "Government",
        "date": "2019-01",
        "until": None,
        "deadline": None,
        "text": "It was shut out.",
        "publisher": "Gazette of nowhere",
        "published": Span(DAY, DAY),
        "source": "Gazette, number 1",
        "grade": Grade.SECONDARY,
        "recorded": date(2024, 1, 1),
    }
    return CatalogueRow(**{**usual, "via": "", "note": "", **cells})  # type: ignore[arg-type]  # fields by name


def test_a_row_of_the_catalogue_is_a_statement_without_a_quote() -> None:
    (said,) = catalogue_statements([row()])
    assert (said.id, said.quote, said.source, said.text) == ("xaa-ban", None, "Gazette, number 1", "It was shut out.")
    assert said.when == When(date(2019, 1, 1), date(2019, 1, 31))
    assert said.vendors == (NamedVendor("huawei", "huawei"),)
    assert (said.scope, said.origin, said.recorded_at) == ("all", "Gazette of nowhere", AT)


def test_anyone_is_no_vendor_by_name() -> None:
    (said,) = catalogue_statements([row(vendors=("anyone",))])
    assert said.vendors == (NamedVendor("anyone", None, anyone=True),)


def test_an_outlet_is_the_origin_by_its_id() -> None:
    outlet = next(iter(read_outlets().by_id.values()))
    (published,) = catalogue_statements([row(publisher=outlet.name)])
    (passed_on,) = catalogue_statements([row(via=outlet.name)])
    assert published.origin == passed_on.origin == outlet.id


def test_whom_the_publisher_had_it_from_is_the_origin_though_no_outlet() -> None:
    (said,) = catalogue_statements([row(via="Somebody at the ministry")])
    assert (said.publisher, said.origin) == ("Gazette of nowhere", "Somebody at the ministry")


def test_the_shipped_catalogue_makes_statements_whose_ids_are_unlike() -> None:
    said = list(catalogue_statements(read_catalogue()))
    assert len({one.id for one in said}) == len(said) > 0
    assert all(one.source and one.text and one.quote is None for one in said)


def test_without_ledger_and_catalogue_nothing_is_recorded() -> None:
    assert record_of(None, catalogue=False).countries() == ()


def test_the_catalogue_is_of_all_countries_or_of_the_one_that_is_asked_about() -> None:
    everywhere = record_of(None, catalogue=True).countries()
    assert len(everywhere) > 1
    assert record_of(None, catalogue=True, country=everywhere[0]).countries() == everywhere[:1]


@pytest.fixture
def ledger(tmp_path: Path) -> EvidenceLedger:
    held = EvidenceLedger.open(tmp_path, create=True)
    held.add_document(document(), b"words", by="somebody", now=AT)
    held.add_statements(candidates(), proposed_by="somebody")
    held.judge([judged(candidates()[0].id)])
    return held


def test_of_the_ledger_only_what_was_confirmed_is_heard(ledger: EvidenceLedger) -> None:
    ban = candidates()[0]
    with ledger:
        record = record_of(ledger, catalogue=False, country=ban.country)
        assert [one.id for one in record.heard(str(ban.country), None, None, None)] == [ban.id]


def test_what_was_recorded_after_the_moment_is_not_fetched(ledger: EvidenceLedger) -> None:
    with ledger:
        assert record_of(ledger, catalogue=False, recorded_by="2023-12-31T00:00:00.000000Z").countries() == ()


@pytest.mark.parametrize("text", ["huawei", "Huawei", "Huawei Technologies Co., Ltd."])
def test_a_vendor_is_asked_for_by_id_or_name(text: str) -> None:
    assert vendor_asked(text, register_of()) == "huawei"


def test_no_vendor_is_any_vendor() -> None:
    assert vendor_asked(None, register_of()) is None


@pytest.mark.parametrize(("text", "fix"), [("huawey", "did you mean huawei?"), ("qqqqqqqq", "write the id of a group")])
def test_a_vendor_that_nobody_knows_is_told_with_the_nearest(text: str, fix: str) -> None:
    with pytest.raises(UsageError) as caught:
        vendor_asked(text, register_of())
    assert caught.value.code == "unknown-vendor"
    assert str(caught.value.fix).startswith(fix)
