from __future__ import annotations

from datetime import date

from telvet.model.condition import Test
from telvet.model.facts import Maker, Members, Quantity, Single
from telvet.model.truth import Truth
from tests.unit.assessment.toy_world import knowledge
from tests.unit.packs.toy_law import ACME, ID, designation, pack, rule

METRICS = {"core": {"sum": "traffic", "at": ["core.auth"]}}
OPERATORS = {"north": {"operator": "north", "roles": "mno", "customers": "1000"}}


def test_provisions_are_those_chosen_and_in_force_by_their_ids() -> None:
    second = pack(rule("b"), rule("ended", {"to": "2021-06-14"}), id="xb.second")
    first = pack(
        rule("c"), rule("last-day", {"to": "2021-06-15"}), rule("ahead", {"enacted": "2021-06-16"}), rule("left")
    )
    every = frozenset(one.id for each in (first, second) for one in each.provisions) - {f"{ID}.left"}
    known = knowledge(second, first, chosen=every)
    assert [one.id for one in known.provisions] == [f"{ID}.c", f"{ID}.last-day", "xb.second.b"]


def test_every_test_that_may_be_put_is_collected_by_its_fact_once() -> None:
    old, high = {"equipment.tags": {"has": "old"}}, {"operator.customers": {"above": 5}}
    law = pack(
        rule("a", {"when": {"all": [ACME, {"not": old}]}, "binds": high, "except": [{"id": "e", "when": old}]}),
        rule("cap", {"share": {"of": ACME, "among": old, "by": ["core"], "at most": "1 %"}, "by": "2021-01-01"}),
        rule("ahead", {"enacted": "2030-01-01", "when": {"equipment.site": {"is": "s"}}}),
        metrics=METRICS,
    )
    tests = knowledge(law).tests
    assert set(tests) == {"equipment.vendor", "equipment.tags", "operator.customers", "equipment.function"}
    assert tests["equipment.vendor"] == (Test("equipment.vendor", "designated", (f"{ID}#acme",)),)
    assert tests["equipment.tags"] == (Test("equipment.tags", "has", "old"),)
    assert tests["equipment.function"] == (Test("equipment.function", "any of", ("core.auth",)),)


def test_an_operators_facts_come_from_its_row() -> None:
    known = knowledge(pack(), operators=OPERATORS)
    assert known.operator_fact("north", "operator.customers") == Quantity(1000.0)
    assert known.operator_fact("north", "operator.roles") == Members(frozenset({"mno"}), complete=True)
    assert known.operator_fact("north", "operator.country") == Single()


def test_an_operator_that_is_not_in_the_table_has_unknown_facts() -> None:
    known = knowledge(pack(), operators=OPERATORS)
    for name in ("south", None):
        assert known.operator_fact(name, "operator.customers") == Quantity()
        assert known.operator_fact(name, "operator.named_in") == Members()


def test_an_attestation_fills_an_empty_cell_and_no_other() -> None:
    said = [
        {"kind": "attestation", "subject": "north", "text": "operator.customers=5"},
        {"kind": "attestation", "subject": "north", "text": "operator.country=XAA"},
        {"kind": "attestation", "subject": "south", "text": "operator.customers=7"},
    ]
    known = knowledge(pack(), operators=OPERATORS, overlays=said)
    assert known.operator_fact("north", "operator.customers") == Quantity(1000.0)
    assert known.operator_fact("north", "operator.country") == Single(("XAA",))
    assert known.operator_fact("south", "operator.customers") == Quantity(7.0)


def test_an_order_adds_to_what_names_an_operator_and_completes_nothing() -> None:
    ordered = [{"kind": "order", "subject": "north", "provision": "xa.direction"}]
    silent = knowledge(pack(), operators=OPERATORS, overlays=ordered)
    assert silent.operator_fact("north", "operator.named_in") == Members(frozenset({"xa.direction"}))
    stated = {"north": {"operator": "north", "named_in": "xb.order;-xa.direction"}}
    spoken = knowledge(pack(), operators=stated, overlays=ordered)
    assert spoken.operator_fact("north", "operator.named_in") == Members(
        frozenset({"xb.order", "xa.direction"}), frozenset(), complete=True
    )


def test_designations_and_names_are_looked_up_on_the_day_of_judgement() -> None:
    law = pack(designations=[designation(to="2021-01-01")])
    late, early = (knowledge(law, on=day) for day in (date(2021, 1, 2), date(2021, 1, 1)))
    resolved = early.resolver.name("Acme Ltd")
    assert resolved.organisation == "acme"
    name = (f"{ID}#acme",)
    assert early.lookup.designated(Maker(resolved), name) is Truth.TRUE
    assert late.lookup.designated(Maker(resolved), name) is Truth.FALSE
