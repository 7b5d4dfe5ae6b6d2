from __future__ import annotations

from telvet.model.condition import All, Any, Not, Test, Uses, facts_of, tests_of

MAKER = Test("equipment.vendor", "designated", ("x",))
ROLE = Test("operator.roles", "has", "mno")
WHEN = All((Not(ROLE), Uses(Any((MAKER, MAKER)))))


def test_tests_come_in_reading_order() -> None:
    assert list(tests_of(WHEN)) == [ROLE, MAKER, MAKER]


def test_facts_are_named_once() -> None:
    assert facts_of(WHEN) == {"equipment.vendor", "operator.roles"}
    assert facts_of(All(())) == frozenset()
