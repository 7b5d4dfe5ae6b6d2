from __future__ import annotations

from datetime import date

import pytest

from telvet.model.handling import SharingRule
from telvet.sharing.markings.acs_reading import AcsReading


def test_every_fault_is_collected_with_its_place() -> None:
    reading = AcsReading()
    reading.mapping("part", {"a": 1, "b": 2}, ("a", "c"), ("c",))
    reading.codes("list", ["X", "X"])
    reading.text("text", " ")
    assert [at for at, _ in reading.faults] == ["part.b", "part.c", "list", "text"]


@pytest.mark.parametrize(
    "value", ["2020-01-01", "2020-01-01T00:00:00", "2020-13-01T00:00:00Z", "2020-01-01T24:00:00Z", 2020, None]
)
def test_what_is_no_timestamp_is_a_fault(value: object) -> None:
    reading = AcsReading()
    assert reading.day("at", value) is None
    assert reading.faults


def test_a_timestamp_is_read_to_its_day() -> None:
    reading = AcsReading()
    assert reading.day("at", "2018-05-27T14:10:26.723Z") == date(2018, 5, 27)
    assert reading.faults == []


@pytest.mark.parametrize("value", ["PERMIT", True, None, ["permit"], "allow"])
def test_what_is_no_effect_denies_and_is_a_fault(value: object) -> None:
    reading = AcsReading()
    assert not reading.permits("at", value)
    assert reading.faults


def test_a_rule_of_sharing_is_read_and_checked() -> None:
    reading = AcsReading()
    rule = reading.sharing_rule("at", {"sharing_scope": ["FOREIGNGOV", "USA.DHS"], "rule_effect": "permit"})
    assert rule == SharingRule(frozenset({"FOREIGNGOV", "USA.DHS"}), permit=True)
    assert reading.faults == []
    reading.sharing_rule("at", {"sharing_scope": ["ALL"], "rule_effect": "permit", "except": []})
    assert [at for at, _ in reading.faults] == ["at.except", "at.sharing_scope"]


@pytest.mark.parametrize("value", [None, "USA.DHS", [], [""], [7], {}])
def test_what_is_no_list_of_codes_is_a_fault(value: object) -> None:
    reading = AcsReading()
    assert reading.codes("at", value) == ()
    assert reading.faults
