from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import pytest

from telvet.assessment.findings import finding_id
from telvet.model.finding import Because, Finding, VendorShown
from telvet.model.law import Subject
from telvet.model.organisation import Relation, Tier
from telvet.model.status import Force, Grade, Status
from tests.unit.assessment.toy_world import findings, knowledge, row
from tests.unit.packs.toy_law import ACME, ID, designation, pack, rule

FAST = {"equipment.generation": {"is": "5G"}}
MNO = {"operator.roles": {"has": "mno"}}
USES = {"subject": "operator", "when": {"operator.uses": ACME}, "effect": {"bar": "award"}}
SHARE = {"share": {"of": ACME, "among": FAST, "by": ["sites"], "at most": "35 %"}, "by": "2021-01-01"}
METRICS = {"sites": {"count": "site", "mixed": "counts"}}


def one(about: dict[str, Any] | None = None, /, overlays: Any = (), cells: Any = None, **head: Any) -> Finding:
    (found,) = findings(knowledge(pack(rule("rule", about), **head), overlays=overlays), row(**(cells or {})))
    return found


def because(found: Finding) -> dict[str, tuple[str, str]]:
    return {each.fact: (each.value, each.origin) for each in found.because}


def test_an_id_is_a_digest_of_provision_operator_subject_and_element() -> None:
    text = f"{ID}.rule\x1fnorth\x1fe1\x1fe1"
    assert (
        one().id
        == finding_id(f"{ID}.rule", "north", "e1", "e1")
        == f"f-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    )
    parts = ("p", "o", "s", "e")
    blanked = [
        finding_id("p", *(None if place == gone else part for place, part in enumerate(parts[1:]))) for gone in range(3)
    ]
    assert len({finding_id("p", "o", "s", "e"), *blanked}) == 4
    assert finding_id("p", None, "s", None) == finding_id("p", "", "s", "")


def test_an_id_stays_when_the_status_changes() -> None:
    due, over = (
        findings(knowledge(pack(rule("rule", {"by": "2021-01-01"})), on=day), row())[0]
        for day in (date(2021, 1, 1), date(2021, 1, 2))
    )
    assert (due.status, over.status) == (Status.DUE, Status.CONTRAVENTION)
    assert due.id == over.id


def test_a_finding_about_an_element_says_where_it_stands_and_whose_it_is() -> None:
    found = one({"force": "policy"}, cells={"country": "XAA", "site": "s1"})
    assert (found.subject, found.subject_id, found.equipment) == (Subject.EQUIPMENT, "e1", "e1")
    assert (found.operator, found.country, found.site, found.force) == ("north", "XAA", "s1", Force.POLICY)
    assert found.vendor == VendorShown("acme", "acme", Relation.OWNED, Tier.LEGAL_ALIAS)


def test_every_reason_has_its_value_and_the_file_record_and_header_it_was_read_from() -> None:
    about = {"when": {"all": [ACME, {"equipment.function": {"is": "li"}}, FAST]}, "binds": MNO}
    found = one(about, cells={"function": "li", "generation": "4G;5G", "installed_on": "2020-02"})
    assert because(found) == {
        "operator.roles": ("mno", "operators north roles"),
        "equipment.vendor": ("acme", "boxes.csv record 2 Vendor"),
        "equipment.function": ("li", "boxes.csv record 2 Role"),
        "equipment.generation": ("4G;5G", "boxes.csv record 2 generation"),
        "equipment.lifecycle": ("live", "boxes.csv record 2 lifecycle"),
        "equipment.installed_on": ("2020-02", "boxes.csv record 2 installed_on"),
    }


def test_a_maker_is_told_with_every_column_that_gave_evidence() -> None:
    found = one(cells={"mac": "a00001123456", "sys_object_id": "1.3.6.1.4.1.4001.7"})
    assert because(found)["equipment.vendor"] == ("acme", "boxes.csv record 2 sys_object_id, mac, Vendor")


def test_a_supplier_is_told_beside_the_maker() -> None:
    found = one(
        cells={"manufacturer": "Borea AG", "supplier": "Acme Ltd"}, designations=[designation(tests="supplied")]
    )
    assert because(found)["equipment.vendor"] == ("borea or acme", "boxes.csv record 2 Vendor, supplier")
    assert found.vendor == VendorShown("borea", None, Relation.NONE, Tier.LEGAL_ALIAS)


@pytest.mark.parametrize(
    ("cells", "vendor"),
    [
        ({"manufacturer": "Acme Radio"}, VendorShown("acme-radio", "acme", Relation.OWNED, Tier.LEGAL_ALIAS)),
        ({"manufacturer": "Airwave"}, VendorShown("acme-radio", "acme", Relation.OWNED, Tier.BRAND)),
        ({"manufacturer": "Nobody Inc"}, VendorShown(None, None, Relation.UNRESOLVED, None, ("Nobody Inc",))),
        ({"manufacturer": None}, VendorShown(None, None, Relation.UNRESOLVED, None)),
        (
            {"manufacturer": "Acme Ltd", "vendor_id": "4002"},
            VendorShown(None, None, Relation.DISPUTED, Tier.IDENTIFIER, ("borea", "acme")),
        ),
        (
            {"manufacturer": "Acme Ltd", "mac": "b00002123456"},
            VendorShown(None, "acme", Relation.DISPUTED, Tier.IDENTIFIER, ("acme-radio", "acme")),
        ),
    ],
)  # fmt: skip
def test_whose_it_is_shows_group_relation_tier_and_what_is_disputed(
    cells: dict[str, str | None], vendor: VendorShown
) -> None:
    assert one(cells=cells).vendor == vendor


def test_findings_come_by_file_and_record_then_by_provision_and_those_without_element_last() -> None:
    law = pack(rule("b"), rule("a"), rule("cap", SHARE), metrics=METRICS)
    found = findings(knowledge(law), row("z", site="s1", generation="5G"), row("a"))
    names = [(each.subject_id, each.provision.rpartition(".")[2]) for each in found]
    assert names == [("z", "a"), ("z", "b"), ("a", "a"), ("a", "b"), ("north", "cap")]


def test_a_finding_about_what_an_operator_uses_is_about_the_operator_and_names_the_element() -> None:
    found = one(USES)
    assert (found.subject, found.subject_id, found.equipment, found.status) == (
        Subject.OPERATOR, "north", "e1", Status.BARRED,
    )  # fmt: skip
    assert found.id == finding_id(f"{ID}.rule", "north", "north", "e1")
    nameless = one(USES, cells={"operator": None})
    assert (nameless.subject_id, nameless.operator) == ("", None)
    assert nameless.id == finding_id(f"{ID}.rule", None, "", "e1")


def test_a_finding_about_a_network_tells_the_share_and_its_limit() -> None:
    known = knowledge(pack(rule("rule", SHARE), metrics=METRICS))
    given = [row(f"e{n}", site=f"s{n}", generation="5G", manufacturer=who) for n, who in
             enumerate(("Acme Ltd", "Acme Ltd", "Borea AG"))]  # fmt: skip
    (found,) = findings(known, *given)
    assert (found.subject, found.subject_id, found.equipment, found.vendor) == (Subject.NETWORK, "north", None, None)
    assert found.because == (
        Because("share of sites", "66.67 % to 66.67 %, at most 35.00 %", "all elements of north in use"),
    )
    assert (found.status, found.by) == (Status.CONTRAVENTION, date(2021, 1, 1))


def test_a_finding_about_a_partner_tells_what_was_said_of_it_and_decided() -> None:
    permits = {"partner.country.permits": {"permits": {"vendor": "acme", "generation": "5G"}}}
    law = pack(rule("rule", {"subject": "partner", "when": permits, "effect": {"bar": "release"}}))
    said = [{"kind": "permits", "subject": "XBB", "text": text} for text in ("acme/5G", "-acme/6G")]
    (found,) = findings(knowledge(law, overlays=said))
    assert (found.subject_id, found.country, found.operator) == ("XBB", "XBB", None)
    assert found.because == (Because("partner.country.permits", "acme/5G", "overlay XBB"),)


def test_the_grade_is_the_weakest_of_the_provision_and_of_the_designations_met() -> None:
    weak = [{"instrument": "act", "place": "annex", "grade": "secondary"}]
    assert one().grade is Grade.VERIFIED
    met = one(designations=[designation(cites=weak), designation("borea", vendor="borea")])
    assert met.grade is Grade.SECONDARY
    assert [cite.place for cite in met.cites] == ["section 1", "annex"]
    assert one(designations=[designation(), designation("borea", vendor="borea", cites=weak)]).grade is Grade.VERIFIED


ORDERED = [{"kind": "order", "subject": "north", "provision": "xa.direction"}]
NAMED = {"operator.named_in": {"has": "xa.direction"}}


def test_what_an_overlay_says_of_an_operator_has_the_overlay_for_its_place() -> None:
    assert because(one({"binds": NAMED}, overlays=ORDERED))["operator.named_in"] == ("xa.direction", "overlay north")
    said = [{"kind": "attestation", "subject": "north", "text": "operator.customers=5000"}]
    found = one({"binds": {"operator.customers": {"above": 1000}}}, overlays=said)
    assert because(found)["operator.customers"] == ("5000", "overlay north")


def attested(text: str) -> list[dict[str, str]]:
    return [{"kind": "attestation", "subject": "e1", "text": text}]


def test_a_cell_that_an_attestation_filled_has_the_overlay_for_its_place() -> None:
    found = one({"when": {"all": [ACME, FAST]}}, overlays=attested("equipment.generation=5G"))
    assert because(found)["equipment.generation"] == ("5G", "overlay e1")


def test_a_cell_that_an_attestation_could_not_fill_keeps_its_own_place() -> None:
    found = one(
        {"when": {"all": [ACME, FAST]}}, overlays=attested("equipment.generation=4G"), cells={"generation": "5G"}
    )
    assert because(found)["equipment.generation"] == ("5G", "boxes.csv record 2 generation")


def test_a_maker_that_an_attestation_gave_has_the_overlay_for_its_place() -> None:
    found = one(overlays=attested("equipment.manufacturer=Acme Ltd"), cells={"manufacturer": None})
    assert because(found)["equipment.vendor"] == ("acme", "overlay e1")
    both = one(overlays=attested("equipment.manufacturer=Acme Ltd"), cells={"manufacturer": None, "vendor_id": "4001"})
    assert because(both)["equipment.vendor"] == ("acme", "overlay e1, boxes.csv record 2 vendor_id")


GUARDED = {"when": {"all": [ACME, {"equipment.site_tags": {"has": "guarded"}}]}}


def test_a_tag_that_an_overlay_gave_has_the_overlay_for_its_place() -> None:
    tagged = [{"kind": "site_tag", "subject": "s1", "text": "guarded"}]
    assert because(one(GUARDED, overlays=tagged, cells={"site": "s1"}))["equipment.site_tags"] == (
        "guarded",
        "overlay s1",
    )
    added = one(GUARDED, overlays=tagged, cells={"site": "s1", "site_tags": "coastal"})
    assert because(added)["equipment.site_tags"] == (
        "coastal;guarded", "overlay s1, boxes.csv record 2 site_tags",
    )  # fmt: skip
    elsewhere = one(GUARDED, overlays=tagged, cells={"site": "s2", "site_tags": "guarded"})
    assert because(elsewhere)["equipment.site_tags"] == ("guarded", "boxes.csv record 2 site_tags")


def test_a_planned_event_is_due_by_the_first_day_of_its_own_row() -> None:
    law = knowledge(pack(rule("rule", {"effect": {"prohibit": "install"}})))
    given = (row("a", installed_on="2021-07"), row("b", installed_on="2022-03-05"), row("c", installed_on="2021-06-15"))
    assert [(each.status.value, each.by) for each in findings(law, *given)] == [
        ("due", date(2021, 7, 1)), ("due", date(2022, 3, 5)), ("contravention", None),
    ]  # fmt: skip


def test_a_private_waiver_is_a_reason_with_its_place() -> None:
    found = one(overlays=[{"kind": "waiver", "subject": "north", "provision": ID, "source": "letter"}])
    assert (found.status, found.excused_by) == (Status.WAIVED, "letter")
    assert because(found)["overlay.waiver"] == ("waiver", "overlay north")
