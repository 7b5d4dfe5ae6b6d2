from __future__ import annotations

from datetime import date

import pytest

from telvet.model.finding import VendorShown
from telvet.model.organisation import Relation
from telvet.model.status import Force, Grade, Status
from telvet.reporting import words
from tests.unit.reporting import sample


@pytest.mark.parametrize(
    ("status", "force", "grade", "said"),
    [
        (Status.CONTRAVENTION, Force.BINDING, Grade.VERIFIED, "contravention"),
        (Status.CONTRAVENTION, Force.POLICY, Grade.SECONDARY, "departs from policy"),
        (Status.CONTRAVENTION, Force.SCENARIO, Grade.SECONDARY, "would contravene (not law)"),
        (Status.DUE, Force.POLICY, Grade.SECONDARY, "due (policy)"),
        (Status.BARRED, Force.BINDING, Grade.UNVERIFIED, "barred, source unverified"),
    ],
)
def test_a_status_says_what_is_not_law_and_what_is_unverified(
    status: Status, force: Force, grade: Grade, said: str
) -> None:
    assert words.standing(status, force, grade) == said


def test_what_steers_a_terminal_or_turns_text_around_is_shown_as_a_replacement() -> None:
    assert words.printable("a\x1b[31mb\u202ec\td\r\ne") == "a\ufffd[31mb\ufffdc d  e"


def test_other_scripts_stay_as_they_are() -> None:
    assert words.printable("华为 Ericsson É") == "华为 Ericsson É"


@pytest.mark.parametrize(
    ("day", "said"), [(15, "today"), (16, "in 1 day"), (17, "in 2 days"), (14, "1 day ago"), (5, "10 days ago")]
)
def test_days_are_counted_from_the_day_of_judgement(day: int, said: str) -> None:
    assert words.days_from(date(2024, 1, 15), date(2024, 1, day)) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(0, 9, "0 %"), (9, 9, "100 %"), (1, 5000, "1 %"), (4999, 5000, "99 %"), (0, 0, "0 %")]
)
def test_a_share_of_some_never_reads_as_none_or_all(part: int, whole: int, said: str) -> None:
    assert words.share(part, whole) == said


def test_a_long_list_says_how_many_it_leaves_out() -> None:
    assert words.listed(["a", "b", "c"], 2) == "a, b and 1 more"
    assert words.listed(["a", "b"], 2) == "a, b"


def test_a_maker_that_is_disputed_or_nobody_is_said_to_be_so() -> None:
    assert words.maker(sample.finding(vendor=sample.DISPUTED)) == "disputed: cisco or huawei-technologies"
    assert words.maker(sample.finding(vendor=sample.NOBODY)) == "nobody known: 'Blue Heron Networks'"
    assert words.maker(sample.finding(vendor=VendorShown(None, None, Relation.UNRESOLVED, None))) == "not known"
    assert words.maker(sample.finding(vendor=VendorShown("honor", "huawei", Relation.FORMER, None))) == "honor (former)"
    assert words.maker(sample.finding()) == "huawei-technologies"
    assert words.maker(sample.finding(vendor=None)) == ""


def test_no_finding_is_never_called_compliant() -> None:
    for laws in (0, 3):
        assert "complian" not in words.found_words(0, laws).casefold()
    assert words.found_words(0, 0) == "Nothing is known: no law was evaluated."
    assert words.found_words(1, 3) == "1 finding."


def test_an_element_without_operator_is_said_to_have_none() -> None:
    assert words.whose(None) == "no operator named"


def test_a_long_line_hangs_below_its_beginning() -> None:
    assert words.hung("  cites act, section one", 16) == ["  cites act,", "      section", "      one"]
    assert words.hung("", 16) == [""]
