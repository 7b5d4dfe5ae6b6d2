from __future__ import annotations

from datetime import date

from telvet.assessment.assess import assess
from telvet.lawcheck.rows import Rows
from telvet.model.status import Status
from tests.unit.assessment.toy_world import findings, judgement, knowledge, row, rows_of, statuses
from tests.unit.packs.toy_law import ACME, ID, pack, rule

FAST = {"equipment.generation": {"is": "5G"}}
MNO = {"operator.roles": {"has": "mno"}}
PERMITS = {"partner.country.permits": {"permits": {"vendor": "acme", "generation": "5G"}}}
OF_OPERATORS = {"subject": "operator", "when": MNO, "effect": {"bar": "award"}}
OF_PARTNERS = {"subject": "partner", "when": PERMITS, "effect": {"bar": "release"}}
OPERATORS = {name: {"operator": name, "roles": roles} for name, roles in (("north", "mno"), ("south", "isp"))}


def test_every_row_is_in_one_class_and_one_class_may_hold_many_rows() -> None:
    given = [row(f"e{number}", generation="5G", site=f"s{number}") for number in range(50)]
    _, judged = judgement(
        knowledge(pack(rule("rule", {"when": {"all": [ACME, FAST]}}))), *given, row("b", manufacturer="Borea AG")
    )
    assert (judged.rows, judged.classes) == (51, 2)


def test_a_verdict_is_kept_once_however_many_rows_share_it() -> None:
    backend, judged = judgement(knowledge(pack()), *[row(f"e{number}") for number in range(5)])
    assert [(one.provision.id, one.verdict.status) for one in judged.outcomes] == [(f"{ID}.rule", Status.CONTRAVENTION)]
    assert sum(count for _, count in backend.counts(judged.findings, ["outcome"])) == 5


def test_outcomes_are_tallied_by_rows() -> None:
    law = pack(rule("a", {"when": {"all": [ACME, FAST]}}), rule("b"))
    backend, judged = judgement(
        knowledge(law), row("x", generation="5G"), row("y", generation="5G"), row("z", generation="4G")
    )
    counted = {values[0]: count for values, count in backend.counts(judged.findings, ["outcome"])}
    assert judged.tallies == tuple(counted[place] for place in range(len(judged.outcomes))) == (2, 3)


def test_outcomes_are_numbered_by_provision_for_that_is_the_order_of_findings() -> None:
    law = pack(rule("a", {"when": {"all": [ACME, FAST]}}), rule("b"), rule("c", {"when": {"all": [ACME, FAST]}}))
    given = (row("x", generation="4G"), row("y", generation="5G"), row("z"))
    _, judged = judgement(knowledge(law), *given)
    names = [one.provision.id.rpartition(".")[2] for one in judged.outcomes]
    assert names == sorted(names)
    assert statuses(knowledge(law), *given) == [
        ("x", "b", "contravention"),
        ("y", "a", "contravention"), ("y", "b", "contravention"), ("y", "c", "contravention"),
        ("z", "a", "unknown"), ("z", "b", "contravention"), ("z", "c", "unknown"),
    ]  # fmt: skip


def test_what_is_in_use_is_counted_whatever_the_law_looks_at() -> None:
    given = (
        row("used"), row("assumed", lifecycle=None), row("off", lifecycle="off"), row("perhaps", removed_on="2021"),
        row("gone", removed_on="2020", lifecycle=None), row("ahead", installed_on="2022"),
    )  # fmt: skip
    for about in ({}, {"effect": {"prohibit": "procure"}}, {"effect": "consider"}, {"enacted": "2030-01-01"}):
        backend, judged = judgement(knowledge(pack(rule("rule", about))), *given)
        assert (judged.rows, judged.rows_in_use, judged.rows_assumed) == (6, 2, 1), about
        assert [one[0] for one in backend.rows(judged.in_use, ["id"], file_order=[])] == ["used", "assumed"]


def test_law_about_operators_alone_is_put_to_every_operator_described() -> None:
    known = knowledge(pack(rule("rule", OF_OPERATORS)), operators=OPERATORS | {"west": {"operator": "west"}})
    assert statuses(known, row(operator="unheard of")) == [("north", "rule", "barred"), ("west", "rule", "unknown")]


def test_an_operators_waiver_and_extension_reach_law_about_operators() -> None:
    said = [
        {"kind": "waiver", "subject": "north", "provision": f"{ID}.rule", "to": "2021-12-31"},
        {"kind": "extension", "subject": "north", "provision": f"{ID}.until", "to": "2022-06-30", "from": "2021-01-01"},
    ]
    until = {"subject": "operator", "when": MNO, "effect": "prohibit use", "by": "2021-01-01"}
    known = knowledge(pack(rule("rule", OF_OPERATORS), rule("until", until)), operators=OPERATORS, overlays=said)
    found = findings(known)
    assert [(one.status, one.until, one.by) for one in found] == [
        (Status.WAIVED, date(2021, 12, 31), None),
        (Status.DUE, None, date(2022, 6, 30)),
    ]


def test_law_about_partners_is_put_to_every_country_known_but_the_packs_own() -> None:
    said = [
        {"kind": "permits", "subject": "XBB", "text": "acme/5G"},
        {"kind": "permits", "subject": "XDD", "text": "-acme/5G"},
        {"kind": "permits", "subject": "XAA", "text": "acme/5G"},
    ]
    known = knowledge(pack(rule("rule", OF_PARTNERS)), overlays=said)
    given = (row("a", country="XCC"), row("b", country="XAA"), row("c"))
    assert statuses(known, *given) == [("XBB", "rule", "barred"), ("XCC", "rule", "unknown")]
    (barred, unknown) = findings(known, *given)
    assert (barred.country, barred.operator, barred.missing) == ("XBB", None, ())
    assert unknown.missing == ("partner.country.permits",)


def test_what_overlays_say_of_elements_and_sites_is_judged() -> None:
    law = pack(rule("rule", {"when": {"all": [ACME, FAST, {"equipment.site_tags": {"has": "guarded"}}]}}))
    said = [
        {"kind": "attestation", "subject": "e1", "text": "equipment.generation=5G"},
        {"kind": "attestation", "subject": "e2", "text": "equipment.generation=5G"},
        {"kind": "site_tag", "subject": "s1", "text": "guarded"},
        {"kind": "site_tag", "subject": "s2", "text": "-guarded"},
    ]
    given = (
        row("e1", site="s1"), row("e2", site="s1", generation="4G"), row("e3", site="s1"),
        row("e4", site="s2", generation="5G"), row("e5", site="s3", generation="5G"),
    )  # fmt: skip
    assert statuses(knowledge(law, overlays=said), *given) == [
        ("e1", "rule", "contravention"), ("e3", "rule", "unknown"), ("e5", "rule", "unknown"),
    ]  # fmt: skip


def test_a_waiver_of_an_element_excuses_that_element_alone() -> None:
    said = [{"kind": "waiver", "subject": "e2", "provision": ID, "source": "letter"}]
    known = knowledge(pack(), overlays=said)
    found = findings(known, row("e1"), row("e2"))
    assert [(one.equipment, one.status.value, one.excused_by) for one in found] == [
        ("e1", "contravention", None), ("e2", "waived", "letter"),
    ]  # fmt: skip


def test_overlays_that_do_not_hold_on_the_day_say_nothing() -> None:
    law = pack(rule("rule", {"when": {"all": [ACME, FAST]}}))
    said = [{"kind": "attestation", "subject": "e1", "text": "equipment.generation=5G", "to": "2021-06-14"}]
    assert statuses(knowledge(law, overlays=said), row()) == [("e1", "rule", "unknown")]


def test_hardware_addresses_are_looked_up_by_their_longest_known_block() -> None:
    unnamed = {"manufacturer": None}
    given = (
        row("acme", mac="a00001123456", **unnamed), row("borea", mac="b00001123456", **unnamed),
        row("fine", mac="b00002123456", **unnamed), row("split", mac="b00002999999", **unnamed),
        row("two", mac="a00001123456;b00001123456", **unnamed),
    )  # fmt: skip
    assert statuses(knowledge(pack()), *given) == [
        ("acme", "rule", "contravention"), ("fine", "rule", "contravention"), ("split", "rule", "unknown"),
        ("two", "rule", "unknown"),
    ]  # fmt: skip


def test_no_law_and_no_rows_are_no_findings() -> None:
    backend = Rows()
    known = knowledge(pack(), chosen=frozenset())
    assert assess(backend, backend.table(rows_of(row())), known).outcomes == ()
    empty = assess(backend, backend.table([]), knowledge(pack()))
    assert (empty.rows, empty.classes, empty.outcomes) == (0, 0, ())
