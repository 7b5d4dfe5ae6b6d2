from __future__ import annotations

import pytest

from telvet.evidence.positions.record import Record
from telvet.model.evidence import Judgement, NamedVendor, Verdict
from tests.unit.evidence.positions.toy_statements import ACME, ANYONE, BOREA, day, judged, said

FIRST, SECOND, THIRD = (f"2024-01-0{place}T00:00:00.000000Z" for place in (1, 2, 3))
CONFIRMED, REJECTED, REOPENED, RETRACTED = Verdict


def heard(record: Record, *, vendor: str | None = None, known: str | None = None, by: str | None = None) -> list[str]:
    known_by = day(known) if known else None
    return [one.id for one in record.heard("XAA", vendor, known_by, by)]


@pytest.mark.parametrize(
    ("judgements", "stands"),
    [
        ((), False),
        ((CONFIRMED,), True),
        ((REJECTED,), False),
        ((CONFIRMED, REOPENED), False),
        ((CONFIRMED, REJECTED), False),
        ((REJECTED, REOPENED, CONFIRMED), True),
        ((CONFIRMED, RETRACTED), False),
        ((CONFIRMED, RETRACTED, CONFIRMED), True),
        ((RETRACTED, CONFIRMED), True),
        ((RETRACTED,), False),
    ],
)
def test_the_last_judgement_counts(judgements: tuple[Verdict, ...], *, stands: bool) -> None:
    given = [judged("a", verdict, f"2024-01-0{place}") for place, verdict in enumerate(judgements, 1)]
    assert heard(Record.of([said("a")], given)) == ["a"] * stands
    assert heard(Record.of([said("a")], reversed(given))) == ["a"] * stands


@pytest.mark.parametrize(
    ("judgements", "stands"), [((), True), ((REJECTED,), False), ((RETRACTED,), False), ((REJECTED, CONFIRMED), True)]
)
def test_a_statement_of_the_catalogue_needs_no_confirmation_and_can_be_judged(
    judgements: tuple[Verdict, ...], *, stands: bool
) -> None:
    given = [judged("a", verdict, f"2024-01-0{place}") for place, verdict in enumerate(judgements, 1)]
    assert heard(Record.of((), given, [said("a", document=None)])) == ["a"] * stands


@pytest.mark.parametrize(("known", "stands"), [("2019-06-29", False), ("2019-06-30", True), (None, True)])
def test_a_statement_is_known_once_it_has_surely_been_published(known: str | None, *, stands: bool) -> None:
    assert heard(Record.of((), (), [said("a", published="2019-06")]), known=known) == ["a"] * stands


@pytest.mark.parametrize(
    ("published", "known", "stands"),
    [
        ("2019-03", "2019-03-30", True),
        ("2019-03", "2019-03-31", False),
        ("2019-03", None, False),
        (None, "2019-01-01", False),
    ],
)
def test_a_retraction_takes_back_from_its_publication_on(
    published: str | None, known: str | None, *, stands: bool
) -> None:
    given = [judged("a", at=FIRST), judged("a", RETRACTED, SECOND, published)]
    assert heard(Record.of([said("a")], given), known=known) == ["a"] * stands


def test_the_earlier_of_two_retractions_is_enough() -> None:
    given = [
        judged("a", at=FIRST), judged("a", RETRACTED, SECOND, "2019-03-01"), judged("a", RETRACTED, THIRD, "2021"),
    ]  # fmt: skip
    assert heard(Record.of([said("a")], given), known="2020-01-01") == []


@pytest.mark.parametrize(("by", "names"), [(FIRST, []), (SECOND, ["a"]), (THIRD, []), (None, [])])
def test_what_was_recorded_later_is_not_looked_at(by: str | None, names: list[str]) -> None:
    given = [judged("a", at=SECOND), judged("a", REJECTED, THIRD)]
    assert heard(Record.of([said("a", recorded_at=FIRST)], given), by=by) == names


def test_a_statement_recorded_later_is_not_heard() -> None:
    assert heard(Record.of((), (), [said("a", recorded_at=SECOND)]), by=FIRST) == []


@pytest.mark.parametrize(
    ("vendors", "is_about"),
    [
        ((ACME,), True), ((BOREA, ACME), True), ((BOREA,), False), ((ANYONE,), True), ((), True),
        ((NamedVendor("acme"),), False),
    ],
)  # fmt: skip
def test_a_statement_is_about_a_vendor_by_its_id_or_because_it_is_about_anyone(
    vendors: tuple[NamedVendor, ...], *, is_about: bool
) -> None:
    record = Record.of((), (), [said("a", vendors=vendors)])
    assert heard(record, vendor="acme") == ["a"] * is_about
    assert heard(record) == ["a"]


def test_countries_are_those_of_which_anything_is_said() -> None:
    judgements: list[Judgement] = []
    statements = [said("a", country="XBB"), said("b", country=None), said("c")]
    assert Record.of(statements, judgements).countries() == ("XAA", "XBB")
    assert heard(Record.of((), (), statements)) == ["c"]
