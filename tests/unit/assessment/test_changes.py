from __future__ import annotations

from dataclasses import replace
from datetime import date

from telvet.assessment.changes import Change, changes
from telvet.model.finding import Finding
from telvet.model.law import Subject
from telvet.model.status import Force, Status
from tests.unit.assessment.toy_world import findings, knowledge, row
from tests.unit.packs.toy_law import ID, pack, rule

(FOUND,) = findings(knowledge(pack()), row())


def finding(name: str, status: Status, provision: str = "rule", operator: str | None = "north") -> Finding:
    return replace(
        FOUND, id=f"f-{provision}-{operator}-{name}", equipment=name, subject_id=name, status=status,
        provision=f"{ID}.{provision}", operator=operator,
    )  # fmt: skip


def test_a_change_is_one_of_status_and_what_stands_as_it_did_is_none() -> None:
    earlier = [finding("a", Status.DUE), finding("b", Status.UNKNOWN)]
    later = [finding("a", Status.CONTRAVENTION), finding("b", Status.UNKNOWN)]
    assert changes(earlier, later) == (
        Change(f"{ID}.rule", "north", Force.BINDING, Status.DUE, Status.CONTRAVENTION, 1, ("a",)),
    )
    assert changes(later, later) == ()


def test_what_is_new_was_clear_and_what_is_gone_is_clear() -> None:
    both = changes([finding("gone", Status.DUE)], [finding("new", Status.UNKNOWN)])
    assert [(each.before, each.after, each.examples) for each in both] == [
        (Status.CLEAR, Status.UNKNOWN, ("new",)),
        (Status.DUE, Status.CLEAR, ("gone",)),
    ]


def test_another_day_of_the_same_status_is_no_change() -> None:
    earlier = finding("a", Status.DUE)
    assert changes([earlier], [replace(earlier, by=date(2030, 1, 1))]) == ()


def test_findings_that_changed_alike_are_counted_with_the_first_few_of_them() -> None:
    names = [f"e{number}" for number in range(5)]
    (only,) = changes([], [finding(name, Status.BARRED) for name in names])
    assert (only.count, only.examples) == (5, ("e0", "e1", "e2"))


def test_provisions_and_operators_are_told_apart() -> None:
    later = [finding("a", Status.DUE), finding("a", Status.DUE, "other"), finding("a", Status.DUE, operator=None)]
    assert [(each.provision, each.operator, each.count) for each in changes([], later)] == [
        (f"{ID}.other", "north", 1), (f"{ID}.rule", None, 1), (f"{ID}.rule", "north", 1),
    ]  # fmt: skip


def test_the_strongest_new_status_comes_first() -> None:
    earlier = [finding("gone", Status.CONTRAVENTION), finding("worse", Status.DUE)]
    later = [finding("x", Status.UNKNOWN), finding("y", Status.BARRED), finding("worse", Status.CONTRAVENTION)]
    order = [each.after for each in changes(earlier, later)]
    assert order == [Status.CONTRAVENTION, Status.BARRED, Status.UNKNOWN, Status.CLEAR]


def test_a_finding_about_a_whole_network_or_operator_is_named_by_it() -> None:
    network = replace(FOUND, id="f-1", equipment=None, subject=Subject.NETWORK, subject_id="north / nr")
    partner = replace(FOUND, id="f-2", equipment=None, subject=Subject.PARTNER, subject_id="XBB")
    (only,) = changes([], [network, partner])
    assert only.examples == ("the whole of north / nr", "XBB")


def test_two_days_of_judgement_are_compared_finding_by_finding() -> None:
    law = pack(rule("rule", {"by": "2021-06-15"}), rule("later", {"enacted": "2021-06-16"}))
    given = (row("a"), row("b", manufacturer="Borea AG"))
    earlier, later = (findings(knowledge(law, on=date(2021, 6, day)), *given) for day in (15, 16))
    assert [(each.provision, each.before.value, each.after.value, each.count) for each in changes(earlier, later)] == [
        (f"{ID}.rule", "due", "contravention", 1),
        (f"{ID}.later", "clear", "contravention", 1),
    ]
