from __future__ import annotations

import pytest

from telvet.catalog.evidence_codes import read_codes
from telvet.catalog.folding import read_folding
from telvet.evidence.positions.contributions import Contribution, contributions_of
from telvet.evidence.positions.fold import Settled, in_order, settle
from telvet.model.evidence import Level, Statement
from tests.unit.evidence.positions.toy_statements import said

Outcome = tuple[list[str], list[str], list[str]]

CODES, FOLDING = read_codes(), read_folding()


def settled(scope: str, *statements: Statement) -> Settled:
    told = [each for one in statements for each in contributions_of(one, CODES, FOLDING)]
    return settle(scope, in_order(told, FOLDING), CODES, FOLDING)


def names(several: list[Contribution]) -> list[str]:
    return [each.statement.id for each in several]


def outcome(scope: str, *statements: Statement) -> Outcome:
    found = settled(scope, *statements)
    return names(found.run), names(found.succeeded), names(found.tension)


def first(measure: str, scope: str | None = None, **cells: object) -> Statement:
    return said("first", measure, scope, published="2019-01-01", **cells)


def then(measure: str, scope: str | None = None, **cells: object) -> Statement:
    return said("then", measure, scope, published="2020-01-01", **cells)


JOINED: Outcome = (["first", "then"], [], [])
SUCCEEDED: Outcome = (["then"], ["first"], [])
TENSION: Outcome = (["first"], [], ["then"])


@pytest.mark.parametrize(
    ("before", "after", "comes_to"),
    [
        (first("BANNED", "5g"), then("BANNED", "5g"), JOINED),
        (first("BANNED", "5g"), then("UNDECIDED", "5g"), TENSION),
        (first("BANNED", "5g"), then("CAPPED", "5g"), TENSION),
        (first("BANNED", "5g"), then("AUTHORISATION", "5g"), TENSION),
        (first("BANNED", "5g"), then("IN_USE", "5g"), TENSION),
        (first("BANNED", "5g"), then("BANNED", "5g", modality="expected"), TENSION),
        (first("BANNED", "5g"), then("ALLOWED", "5g"), SUCCEEDED),
        (first("BANNED", "5g"), then("MEASURE_SUSPENDED", "5g"), SUCCEEDED),
        (first("BANNED", "5g"), then("LEGISLATION_REPEALED", "5g"), SUCCEEDED),
        (first("CAPPED", "5g"), then("BANNED", "5g"), SUCCEEDED),
        (first("ALLOWED", "5g"), then("UNDECIDED", "5g"), SUCCEEDED),
        (first("ALLOWED", "5g"), then("IN_USE", "5g"), TENSION),
        (first("IN_USE", "5g"), then("UNDECIDED", "5g"), SUCCEEDED),
        (first("MEASURE_SUSPENDED", "5g"), then("UNDECIDED", "5g"), TENSION),
        (first("LEGISLATION_REPEALED", "5g"), then("BANNED", "5g"), SUCCEEDED),
    ],
)
def test_what_may_succeed_what_in_one_scope(before: Statement, after: Statement, comes_to: Outcome) -> None:
    assert outcome("5g", before, after) == comes_to


@pytest.mark.parametrize(
    ("before", "after", "comes_to"),
    [
        (first("BANNED", "core"), then("ALLOWED", "5g"), TENSION),
        (first("BANNED", "core"), then("BANNED", "5g"), JOINED),
        (first("CAPPED", "core"), then("BANNED", "5g"), SUCCEEDED),
        (first("ALLOWED", "core"), then("UNDECIDED", "network"), SUCCEEDED),
        (first("BANNED", "core"), then("MEASURE_SUSPENDED", "all"), SUCCEEDED),
        (first("BANNED", "core"), then("LEGISLATION_REPEALED", "all"), SUCCEEDED),
        (first("MEASURE_SUSPENDED", "core"), then("ALLOWED", "5g"), TENSION),
        (first("BANNED", "core", modality="considered"), then("UNDECIDED", "5g"), TENSION),
        (first("UNDECIDED", "5g"), then("BANNED", "core", modality="considered"), SUCCEEDED),
        (first("BANNED", "5g"), then("ALLOWED", "core"), SUCCEEDED),
    ],
)
def test_a_wider_statement_never_loosens_what_a_narrower_one_has_shut(
    before: Statement, after: Statement, comes_to: Outcome
) -> None:
    assert outcome("core", before, after) == comes_to


def test_a_narrower_statement_says_nothing_of_the_wider_scope() -> None:
    assert outcome("5g", said("wide", "ALLOWED", "5g"), said("narrow", scope="core", published="2020")) == (
        ["wide"], [], [],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("modality", "comes_to"), [("considered", JOINED), ("unlikely", SUCCEEDED), ("decided_in_principle", SUCCEEDED)]
)
def test_deliberations_are_the_same_only_where_they_have_got_as_far(modality: str, comes_to: Outcome) -> None:
    assert outcome("5g", first("BANNED", "5g", modality="considered"), then("BANNED", "5g", modality=modality)) == (
        comes_to
    )


def test_deliberations_that_lean_nowhere_are_the_same_however_far_they_have_got() -> None:
    assert outcome("5g", first("UNDECIDED", "5g"), then("CONSIDERING_BAN", "5g", modality="ongoing")) == JOINED


def test_the_narrowest_of_a_run_is_what_a_wider_statement_is_held_against() -> None:
    wide, narrow = said("wide", scope="5g"), said("narrow", scope="core", published="2020-01-01")
    leave = said("leave", "ALLOWED", "5g", published="2021-01-01")
    assert outcome("core", wide, narrow, leave) == (["wide", "narrow"], [], ["leave"])
    assert outcome("5g", wide, narrow, leave) == (["leave"], ["wide"], [])


def test_of_one_day_the_stricter_comes_last_and_of_two_as_strict_the_one_of_the_later_id() -> None:
    several = [said("c"), said("a", "ALLOWED"), said("b", "CAPPED"), said("d", level=Level.AGENCY)]
    told = [each for one in several for each in contributions_of(one, CODES, FOLDING)]
    assert names(in_order(told, FOLDING)) == ["a", "b", "c", "d"]


def test_what_began_first_comes_first_and_of_one_beginning_what_came_out_first() -> None:
    late, early = said("a", when="2018", published="2020"), said("b", when="2018-12-31", published="2019")
    told = [each for one in (late, early, said("c", when="2017")) for each in contributions_of(one, CODES, FOLDING)]
    assert names(in_order(told, FOLDING)) == ["c", "b", "a"]


def test_the_first_of_the_run_decides() -> None:
    assert settled("5g", first("BANNED", "5g"), then("BANNED", "5g")).deciding.statement.id == "first"
