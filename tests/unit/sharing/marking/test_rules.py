from __future__ import annotations

import pytest

from telvet.errors import SharingError
from telvet.model.handling import Tlp
from telvet.sharing.marking.rules import Meant, Rules, Unmarked, read_rules
from tests.unit.sharing.marking.bundles import MISTAKEN

TEXT = f"""\
unmarked:
  tlp: amber
  why: ours
  types: [indicator]
replace:
  {MISTAKEN}: {{tlp: amber+strict, why: asked}}
"""


def test_rules_are_read() -> None:
    rules = read_rules(TEXT, "rules.yaml")
    assert rules.unmarked == Unmarked(Tlp.AMBER, "ours", ("indicator",))
    assert rules.replace == {MISTAKEN: Meant(Tlp.AMBER_STRICT, "asked")}
    assert rules.lines == {MISTAKEN: 6}
    assert rules.told() == {
        "unmarked": {"tlp": "amber", "why": "ours", "types": ["indicator"]},
        "replace": {MISTAKEN: {"tlp": "amber+strict", "why": "asked"}},
    }


def test_no_rule_is_a_rule_set() -> None:
    assert read_rules("{}", "rules.yaml") == Rules(name="rules.yaml")
    assert Rules().told() == {"unmarked": None, "replace": {}}


def test_every_fault_is_told_with_its_line() -> None:
    text = "unmarked: {tlp: ambre, types: indicator}\nreplace:\n  x: {why: 3}\n  y: {tlp: red, why: ' '}\nmore: 1\n"
    with pytest.raises(SharingError) as told:
        read_rules(text, "rules.yaml")
    found = [(fault.record, fault.field, fault.code) for fault in told.value.faults]
    assert found == [
        (5, "more", "unknown-code"), (1, "tlp", "unknown-code"), (1, "types", "not-a-list"), (3, "tlp", "missing"),
        (4, "why", "missing"),
    ]  # fmt: skip
    for wrong in ("[]", "replace: []", "a: {", "unmarked: amber"):
        with pytest.raises(SharingError):
            read_rules(wrong, "rules.yaml")
