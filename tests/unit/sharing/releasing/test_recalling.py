from __future__ import annotations

from dataclasses import replace
from datetime import date

from telvet.model.release import Recall
from telvet.sharing.audit.reading import ReleasedRow
from telvet.sharing.releasing.recalling import notices, touched

RECALL = Recall("R", frozenset({"tool--1"}), None, "Ann\nOfficer", "it named\na victim $id", date(2024, 6, 1))
ROW = ReleasedRow("p", "tool--1", "2024-01-01T00:00:00Z", "d" * 64, "permit", "2024-02-01T10:00:00.000000Z",
                  "2024-02-03T10:00:00.000000Z", 2, "r", {})  # fmt: skip


def test_who_holds_something_of_it_is_told_what_and_when() -> None:
    other = replace(ROW, object="tool--2")
    once = replace(ROW, partner="q", times=1, version="")
    found = notices(RECALL, [ROW, other, once])
    assert list(found) == ["p", "q"]
    assert "tool--1" in found["p"]
    assert "2024-02-01T10:00:00Z to 2024-02-03T10:00:00Z, 2 times" in found["p"]
    assert "Ann Officer" in found["p"]
    assert "it named a victim $id" in found["p"]
    assert "tool--2" not in found["p"]
    assert "version without date, sent 2024-02-01T10:00:00Z\n" in found["q"]


def test_a_recall_from_one_partner_touches_no_other() -> None:
    assert list(touched(replace(RECALL, partners=frozenset({"q"})), [ROW, replace(ROW, partner="q")])) == ["q"]
