"""The plain values between the protocol and a source."""

from __future__ import annotations

from telvet.sharing.taxii.source import Posting, Query, Slice


def test_a_posting_counts_everything_that_was_sent() -> None:
    posting = Posting("id", "pending", 0, (("a", "1"),), (("b", "1", "why"), ("c", "1", "why")), (("d", "1"),))
    assert posting.total == 4
    assert Posting("id", "pending", 0).total == 0


def test_nothing_said_is_the_last_version_of_everything_and_a_page_without_more() -> None:
    assert Query().versions == {"last"}
    assert (Slice().more, Slice().found, Slice().items) == (False, True, ())
