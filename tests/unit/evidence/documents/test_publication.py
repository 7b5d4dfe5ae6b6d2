from __future__ import annotations

import pytest

from telvet.evidence.documents.publication import Marked, published_by_marks, published_in_text, read_date
from telvet.model.dates import show_span

DAY = "2020-01-09"


def shown(text: str) -> str | None:
    found = published_in_text(text)
    return show_span(found.span) if found else None


@pytest.mark.parametrize(
    "text",
    [
        "9 January 2020", "Thursday, 9 January 2020", "9th January 2020", "January 9, 2020 10:30 AM EST", "Jan. 9, 2020 at 10:30 a.m. ET",
        "2020-01-09T10:30:00.000Z", "2020-01-09T23:30:00+1100", "Thu, 09 Jan 2020 10:30:00 +0000", "9. Januar 2020",
        "jeudi 9 janvier 2020", "9 janvier 2020 à 10h30", "09.01.2020, 10:30 Uhr", "Thu 9 Jan 2020 10.30 GMT", "2020/01/09",
        " 9\u00a0January\n2020. ",
    ],
)  # fmt: skip
def test_usual_spellings_of_a_day_are_read(text: str) -> None:
    span = read_date(text)
    assert span is not None
    assert show_span(span) == DAY


@pytest.mark.parametrize(
    "text", ["03/04/2020", "03-04-2020", "Jan 28", "yesterday", "31 February 2020", "", "9 January " * 40]
)
def test_what_is_ambiguous_or_no_date_is_not_read(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Title\nPublished 9 January 2020\nText", DAY),
        ("Title\r\nPublished: Thu 9 Jan 2020 10.30 GMT\r\nText", DAY),
        ("Title\nFirst published on Thu 9 Jan 2020\nText", DAY),
        ("Title\nPublished:\n9 January 2020\nText", DAY),
        ("Title\nPublished 9 January 2020 | Updated 12 January 2020\nText", DAY),
        ("Posted on January 9, 2020 by admin in News\nText", DAY),
        ("Veröffentlicht am 9. Januar 2020\nText", DAY),
        ("Title\nPublished: January 2020\nText", "2020-01-01/2020-01-31"),
        ("Title\n9 January 2020\nText", DAY),
        ("Title\nBy A. Writer | 9 January 2020\nText", DAY),
        ("Ministry\nThe Hague, 9 January 2020\nText", DAY),
        ("LONDON, Jan 9, 2020 (Wire) - The ministry said", DAY),
        ("a\nb\nc\nd\ne\nf\ng\n9 January 2020", DAY),
    ],
)
def test_lines_that_give_the_day_are_found(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Title\nOn 9 January 2020 the minister said so.",
        "LONDON, Jan 28 (Wire) - The ministry said",
        "Title\nPublished 03/04/2020\nText",
        "Title\n03/04/2020\nText",
        "Title\nUpdated 9 January 2020\nText",
        "Title\nLast updated:\n9 January 2020\nText",
        "Title\nAccessed 9 January 2020\nText",
        "© 2020 Gazette\nCopyright 2020",
        "9 January 2020\n12 January 2020\nText",
        "Published 9 January 2020\nPublished 12 March 2021\nText",
        "Published 03/04/2020\nText\n9 January 2020",
        "2020\nText",
        "20200109\nText",
        "[9 January 2020]\nText",
        "a\n1 March 2019\n2 March 2019\nd\ne\nf\ng\n9 January 2020",
        "Published 3 hours ago\nText",
        "",
    ],
)
def test_lines_that_do_not_surely_give_the_day_give_none(text: str) -> None:
    assert shown(text) is None


def test_a_day_in_the_middle_of_a_long_text_is_not_taken() -> None:
    text = "\n".join(["Some words."] * 30 + ["9 January 2020", "Published 9 January 2020"] + ["Some words."] * 30)
    assert shown(text) is None


def test_it_is_told_where_the_day_was_found() -> None:
    found = published_in_text("Published 9 January 2020")
    assert found is not None
    assert found.how == "the text, after 'published'"


def test_neighbouring_days_are_one_moment_in_two_zones_and_the_better_place_wins() -> None:
    found = published_by_marks([Marked("a", "2020-01-09T23:30:00-05:00"), Marked("b", "2020-01-10T04:30:00Z")])
    assert found is not None
    assert (found.how, show_span(found.span)) == ("a", DAY)
    assert published_by_marks([Marked("a", "2020-01-09"), Marked("b", "2020-01-11")]) is None
    assert published_by_marks([Marked("a", "no date")]) is None


def test_the_more_exact_of_two_that_agree_is_taken() -> None:
    found = published_by_marks([Marked("a", "2020-01"), Marked("b", "2020-01-09")])
    assert found is not None
    assert found.how == "b"
