from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from telvet.assessment.account import Account, account
from telvet.assessment.findings import Findings
from telvet.assessment.knowledge import Knowledge
from telvet.model.finding import SummaryRow
from telvet.model.status import Force, Status
from tests.unit.assessment.toy_world import FILE, findings, judgement, knowledge, row
from tests.unit.packs.toy_law import ACME, ID, pack, rule

FAST = {"equipment.generation": {"is": "5G"}}
MNO = {"operator.roles": {"has": "mno"}}


def counted(known: Knowledge, *given: Mapping[str, str | int | None]) -> Account:
    backend, judged = judgement(known, *given)
    return account(Findings(backend, judged, {}, (FILE,)))


def test_the_summary_counts_findings_by_operator_country_provision_and_status() -> None:
    law = pack(rule("rule", {"by": "2021-01-01"}), rule("fast", {"when": {"all": [ACME, FAST]}, "force": "policy"}))
    given = (
        row("a", country="XAA"), row("b", country="XAA", site="s2"), row("c", country="XBB"),
        row("d", operator=None, generation="5G"), row("e", manufacturer="Borea AG"),
    )  # fmt: skip
    late, policy = (Status.CONTRAVENTION, Force.BINDING, date(2021, 1, 1)), (Status.UNKNOWN, Force.POLICY, None)
    assert counted(knowledge(law), *given).summary == (
        SummaryRow(None, None, f"{ID}.fast", Status.CONTRAVENTION, Force.POLICY, None, 1),
        SummaryRow(None, None, f"{ID}.rule", *late, 1),
        SummaryRow("north", "XAA", f"{ID}.fast", *policy, 2),
        SummaryRow("north", "XAA", f"{ID}.rule", *late, 2),
        SummaryRow("north", "XBB", f"{ID}.fast", *policy, 1),
        SummaryRow("north", "XBB", f"{ID}.rule", *late, 1),
    )


def test_the_summary_counts_every_finding_those_without_an_element_too() -> None:
    share = {"share": {"of": ACME, "among": FAST, "by": ["sites"], "at most": "0 %"}, "by": "2021-01-01"}
    alone = {"subject": "operator", "when": MNO, "effect": {"bar": "award"}}
    law = pack(
        rule("a"), rule("cap", share), rule("alone", alone), metrics={"sites": {"count": "site", "mixed": "counts"}}
    )
    given = [row(f"e{n}", generation="5G", site="s1", country="XAA") for n in range(3)]
    summary = counted(knowledge(law), *given).summary
    assert sum(each.count for each in summary) == len(findings(knowledge(law), *given)) == 5
    assert {(each.provision.rpartition(".")[2], each.country, each.count) for each in summary} == {
        ("a", "XAA", 3), ("cap", None, 1), ("alone", None, 1),
    }  # fmt: skip


def test_planned_events_are_counted_by_their_own_days() -> None:
    law = knowledge(pack(rule("rule", {"effect": {"prohibit": "install"}}), rule("other")))
    given = [row(f"e{n}", installed_on=day) for n, day in enumerate(("2021-07", "2021-07-01", "2022", "2021-06-15"))]
    summary = counted(law, *given).summary
    assert [(each.provision.rpartition(".")[2], each.status.value, each.by, each.count) for each in summary] == [
        ("other", "contravention", None, 1), ("rule", "contravention", None, 1),
        ("rule", "due", date(2021, 7, 1), 2), ("rule", "due", date(2022, 1, 1), 1),
    ]  # fmt: skip


def test_unknown_facts_are_counted_and_how_many_findings_each_would_settle_alone() -> None:
    law = pack(rule("rule", {"when": {"all": [ACME, FAST]}}))
    given = (
        row("a"), row("b"), row("c", manufacturer=None), row("d", manufacturer=None, generation="5G"),
        row("e", generation="5G"),
    )  # fmt: skip
    assert counted(knowledge(law), *given).unknown_facts == (
        ("equipment.generation", 3, 2),
        ("equipment.vendor", 2, 1),
    )


def test_facts_that_a_waived_or_settled_finding_misses_do_not_count() -> None:
    law = pack(rule("rule", {"when": {"all": [ACME, FAST]}}))
    waiver = [{"kind": "waiver", "subject": "north", "provision": ID}]
    assert counted(knowledge(law, overlays=waiver), row()).unknown_facts == ()


def test_makers_are_counted_by_function_in_use() -> None:
    given = (
        row("a", function="li"), row("b", function="li", manufacturer="acme ltd."), row("c", function="li", lifecycle="off"),
        row("d", function="li", manufacturer="Borea AG"), row("e", manufacturer="Borea AG"),
        row("f", function="li", manufacturer="Nobody Inc"), row("g", function="li", manufacturer=None),
        row("h", function="li", vendor_id="4002"),
    )  # fmt: skip
    assert counted(knowledge(pack()), *given).makers == (
        ("li", "Acme Ltd", 2),
        ("li", "Borea AG", 1),
        ("li", "disputed", 1),
        ("li", "unknown", 2),
        ("unknown", "Borea AG", 1),
    )


def test_names_that_are_nobody_are_counted_most_first_and_at_most_twenty() -> None:
    given = [row(f"e{n}", manufacturer=f"Firm {n:02}") for n in range(25)]
    given += [row(f"x{n}", manufacturer="Nobody Inc") for n in range(3)]
    given += [row("off", manufacturer="Off Inc", lifecycle="off"), row("none", manufacturer=None)]
    unresolved = counted(knowledge(pack()), *given).unresolved
    assert unresolved[:2] == (("Nobody Inc", 3), ("Firm 00", 1))
    assert len(unresolved) == 20


def test_coverage_speaks_of_every_operator_named_or_described_and_every_country() -> None:
    known = knowledge(pack(binds=MNO), operators={"south": {"operator": "south", "roles": "isp"}})
    rows = counted(known, row("a", operator="north", country="XBB"), row("b", operator=None)).coverage
    assert [(each.operator, each.country, each.state) for each in rows] == [
        ("north", None, "bound unknown"), ("south", None, "not bound"), (None, "XBB", "not covered"),
    ]  # fmt: skip


def test_an_inventory_without_operators_is_covered_as_nobodys() -> None:
    rows = counted(knowledge(pack(binds=MNO), operators={}), row(operator=None)).coverage
    assert [(each.operator, each.state) for each in rows] == [(None, "bound unknown")]


def test_an_account_in_brief_counts_by_classes_alone_and_the_same() -> None:
    law = knowledge(pack(rule("rule", {"by": "2021-01-01"}), rule("fast", {"when": {"all": [ACME, FAST]}})))
    given = (row("a", country="XAA"), row("b", country="XBB"), row("c", generation="5G"), row("d", manufacturer=None))
    backend, judged = judgement(law, *given)
    whole, brief = (account(Findings(backend, judged, {}, (FILE,)), brief=one) for one in (False, True))
    assert (brief.makers, brief.unresolved) == ((), ())
    assert (brief.coverage, brief.unknown_facts) == (whole.coverage, whole.unknown_facts)
    assert {(each.operator, each.country) for each in brief.summary} == {(None, None)}
    for each in brief.summary:
        alike = [one for one in whole.summary if (one.provision, one.status) == (each.provision, each.status)]
        assert each.count == sum(one.count for one in alike)


def test_planned_events_of_several_days_are_one_line_in_brief() -> None:
    law = knowledge(pack(rule("rule", {"effect": {"prohibit": "install"}})))
    backend, judged = judgement(law, row("a", installed_on="2021-07"), row("b", installed_on="2022"))
    (only,) = account(Findings(backend, judged, {}, (FILE,)), brief=True).summary
    assert (only.status, only.by, only.count) == (Status.DUE, None, 2)


def test_nothing_found_is_an_empty_account() -> None:
    empty = counted(knowledge(pack(), operators={}), row(manufacturer="Borea AG", operator=None))
    assert (empty.summary, empty.unknown_facts, empty.unresolved) == ((), (), ())
