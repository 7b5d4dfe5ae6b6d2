from __future__ import annotations

from telvet.sharing.markings.compiled import joined, noted, referred, withheld


def test_what_is_withheld_is_told() -> None:
    made = withheld("m", "code", "it is wrong", "mend it", "x" * 200)
    (ground,) = made.handling.withheld
    (finding,) = made.findings
    assert (ground.code, ground.marking, len(ground.about)) == ("code", "m", 80)
    assert (finding.object, finding.code, finding.fix) == ("m", "code", "mend it")
    assert finding.what.startswith("it is wrong ('xxx")


def test_what_is_referred_is_no_fault() -> None:
    made = referred("m", "code", "RELIDO")
    assert made.findings == ()
    assert {ground.about for ground in made.handling.referred} == {"RELIDO"}
    assert not made.handling.unmarked


def test_what_is_noted_changes_nothing() -> None:
    made = noted("m", "code", "it is odd", "mend it")
    assert made.handling.unmarked
    assert made.findings[0].what == "it is odd"


def test_a_finding_is_told_once() -> None:
    one = noted("m", "code", "it is odd", "mend it")
    assert len(joined((one, one, noted("n", "code", "it is odd", "mend it"))).findings) == 2
    assert joined(()).handling.unmarked
