from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.workspace.sharing_rows import (
    Entry,
    FactRow,
    Waiting,
    counting,
    fact_of,
    fact_row,
    waiting_of,
    waiting_row,
)

NOW = "2026-01-05T09:30:00.000000Z"
ITEM = Waiting("north", "x", "1", "ab" * 32, "indicator", "refer", "[]", "[[]]", "files", 2, "gate", NOW, b"{}", 4)
days = st.integers(1, 9).map(lambda day: f"2026-01-0{day}")
histories = st.lists(
    st.builds(
        FactRow,
        st.just(0),
        st.sampled_from(["partner", "recall"]),
        st.sampled_from("ab"),
        st.sampled_from("{}"),
        st.none() | days,
        st.just("ana"),
        days.map(lambda day: f"{day}T00:00:00.000000Z"),
        st.booleans(),
    ),
    max_size=9,
).map(lambda rows: [replace(row, seq=seq) for seq, row in enumerate(rows, 1)])


def test_a_fact_is_the_same_after_its_row() -> None:
    row = FactRow(7, "partner", "a", "{}", "2025-01-01", "ana", NOW)
    assert fact_of(SimpleNamespace(seq=7, **fact_row(row.entry, "ana", NOW))) == row
    gone = fact_of(SimpleNamespace(seq=8, **fact_row(row.entry, "bo", NOW, "left")))
    assert (gone.retracted, gone.why, gone.by) == (True, "left", "bo")


def test_what_waits_is_the_same_after_its_row() -> None:
    row = SimpleNamespace(seq=4, **waiting_row(ITEM))
    assert waiting_of(row, body=True) == ITEM
    assert waiting_of(row) == replace(ITEM, body=None)


def test_a_fact_is_known_from_its_day_or_else_from_its_record() -> None:
    row = FactRow(1, "partner", "a", "{}", None, "ana", NOW)
    assert row.known_from == "2026-01-05"
    assert replace(row, published="2020-01-01").known_from == "2020-01-01"


@pytest.mark.parametrize("change", ["partner", "object", "version", "digest", "reasons"])
def test_other_things_and_other_reasons_wait_apart(change: str) -> None:
    changed: dict[str, Any] = {change: "other"}
    assert replace(ITEM, **changed).id != ITEM.id


def test_what_no_database_holds_waits_all_the_same() -> None:
    odd = replace(ITEM, object="x\0\ud800", reasons='["\udfff"]')
    kept = waiting_of(SimpleNamespace(seq=4, **waiting_row(odd)))
    assert (kept.object, kept.reasons) == ("x\\x00\\ud800", '["\\udfff"]')
    assert waiting_row(odd)["id"] == odd.id != ITEM.id


def test_when_and_by_whom_it_was_queued_makes_no_other() -> None:
    assert replace(ITEM, by="x", recorded_at="y", origin="z", persons=9, body=None, seq=9, unless="[1]").id == ITEM.id
    assert len(ITEM.id) <= 64


def naive(rows: list[FactRow], known_by: str | None) -> list[FactRow]:
    """Return the rows that count, worked out for each kind and id by itself."""
    found = []
    for kind, id_ in {(row.kind, row.id) for row in rows}:
        mine = [row for row in rows if (row.kind, row.id) == (kind, id_)]
        seen = [row for row in mine if known_by is None or (row.published or row.recorded_at[:10]) <= known_by]
        if seen and not seen[-1].retracted:
            found.append(seen[-1])
    return sorted(found, key=lambda row: row.seq)


@given(histories, st.none() | days)
def test_the_latest_row_that_is_known_counts(rows: list[FactRow], known_by: str | None) -> None:
    assert counting(rows, known_by) == naive(rows, known_by)


@given(histories, days)
def test_what_becomes_known_later_changes_no_earlier_day(rows: list[FactRow], day: str) -> None:
    later = FactRow(99, "partner", "a", "new", f"2026-01-1{day[-1]}", "bo", "2026-02-01T00:00:00.000000Z")
    assert counting([*rows, later], day) == counting(rows, day)


def test_an_entry_says_what_is_recorded_and_no_more() -> None:
    assert FactRow(1, "k", "i", "b", None, "ana", NOW).entry == Entry("k", "i", "b")
