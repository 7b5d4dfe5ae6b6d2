"""Cedar and Rego, given telvet's own rules and elements all of whose facts are known, decide as telvet does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from benchmarks.peers import cedar, rego
from benchmarks.peers.compare import Differ, compare, knowledge, same
from benchmarks.peers.elements import Element
from benchmarks.peers.rules import Rule, rules_of
from telvet.model.condition import All, Any, Condition, Not, Test

CONDITIONS: list[tuple[str, Condition, bool]] = [
    ("is", Test("operator.country", "is", "GBR"), True),
    ("is another", Test("operator.country", "is", "SWE"), False),
    ("is any", Test("equipment.lifecycle", "any of", ("off", "live")), True),
    ("has", Test("equipment.function", "has", "core.auth"), True),
    ("any", Test("equipment.function", "any of", ("timing", "sec")), True),
    ("every", Test("equipment.function", "all of", ("core.auth", "sec")), True),
    ("not every", Test("equipment.function", "all of", ("core.auth", "timing")), False),
    ("denies", Test("equipment.function", "denies", "timing"), True),
    ("does not deny", Not(Test("equipment.function", "denies", "sec")), True),
    ("designated", Test("equipment.vendor", "designated", ("p#other", "p#maker")), True),
    ("within", Test("equipment.bands", "between", ((1.0, 2.0), (690.0, 710.5))), True),
    ("without", Test("equipment.bands", "between", ((701.0, 1799.0),)), False),
    ("at least", Test("equipment.traffic", "at least", 12.5), True),
    ("above", Test("equipment.traffic", "above", 12.5), False),
    ("at most", Test("equipment.traffic", "at most", 12.5), True),
    ("below", Not(Test("equipment.traffic", "below", 12.5)), True),
    ("since", Test("equipment.installed_on", "on or after", date(2020, 1, 2)), True),
    ("by", Test("equipment.installed_on", "on or before", date(2020, 1, 1)), False),
    ("never by", Not(Test("equipment.removed_on", "on or before", date(2030, 1, 1))), True),
    ("never since", Test("equipment.removed_on", "on or after", date.min), False),
    ("all of nothing", All(()), True),
    ("any of nothing", Any(()), False),
    ("not any", Not(Any((Test("equipment.lifecycle", "is", "off"), Any(())))), True),
    (
        "nested",
        All((Any((Test("equipment.lifecycle", "is", "off"), All((Not(Test("operator.country", "is", "USA")),)))),)),
        True,
    ),
]
ELEMENT = Element(
    "e-1",
    "Op",
    {
        "equipment_lifecycle": "live",
        "equipment_function": frozenset({"core.auth", "sec"}),
        "equipment_vendor": frozenset({"p#maker"}),
        "equipment_bands": (700.0, 1800.0),
        "equipment_traffic": (12.5,),
        "equipment_installed_on": date(2020, 1, 2).toordinal(),
        "equipment_removed_on": 0,
    },
    {"operator_country": "GBR"},
    open=False,
)
RULES = [Rule(name, condition) for name, condition, _ in CONDITIONS]
TRUE = {("e-1", name) for name, _, truth in CONDITIONS if truth}


@pytest.mark.parametrize(("loaded", "prepared"), [(True, True), (True, False), (False, True)])
def test_cedar_asks_every_test_as_the_law_does(*, loaded: bool, prepared: bool) -> None:
    pytest.importorskip("cedarpy", reason="cedarpy is not installed")
    assert cedar.judged([ELEMENT], RULES, loaded=loaded, prepared=prepared)[1] == TRUE


def test_rego_asks_every_test_as_the_law_does() -> None:
    pytest.importorskip("lakera_regorus", reason="lakera-regorus is not installed")
    assert rego.judged([ELEMENT], RULES)[1] == TRUE


def test_each_rule_is_a_provision_that_looks_at_elements() -> None:
    known = knowledge()
    chosen = {provision.id: provision for provision in known.provisions}
    rules = {rule.id for rule in rules_of(known)}
    assert rules
    assert all(chosen[rule].share is None for rule in rules)
    assert {name for name, provision in chosen.items() if provision.subject == "equipment"} <= rules


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    for name in ("cedarpy", "lakera_regorus"):
        pytest.importorskip(name, reason=f"{name} is not installed")
    return list(_claimed(tmp_path_factory.mktemp("peers")))


def _claimed(folder: Path) -> Iterator[str]:
    return compare(folder, 300, 300, 300)


def test_decisions_are_equal(lines: list[str]) -> None:
    assert len(lines) == 5
    assert all("all equal" in line and "300 elements," in line for line in lines[1:])
    assert not any(" 0 decisions to apply" in line for line in lines)


def test_a_difference_is_not_passed_over() -> None:
    with pytest.raises(Differ, match=r"telvet only: \[\('e', 'p.q'\)\] \(1\)"):
        same("Cedar", {("e", "p.q")}, set())
