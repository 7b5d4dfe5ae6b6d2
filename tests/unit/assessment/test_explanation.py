from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telvet.assessment.explanation import Exhibit, ProvisionExplained, exhibits
from telvet.assessment.findings import Findings
from telvet.assessment.knowledge import Knowledge
from telvet.model.status import Status
from telvet.model.truth import Truth
from tests.unit.assessment.toy_world import FILE, findings, judgement, knowledge, row
from tests.unit.packs.toy_law import ACME, CITES, ID, designation, pack, rule

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
FAST = {"equipment.generation": {"is": "5G"}}
MNO = {"operator.roles": {"has": "mno"}}


def shown(known: Knowledge, name: str, *given: Mapping[str, str | int | None]) -> list[Exhibit]:
    backend, judged = judgement(known, *given)
    return list(exhibits(Findings(backend, judged, {FILE: {"manufacturer": "Vendor"}}, (FILE,)), name))


def explained(about: dict[str, Any] | None = None, /, cells: Any = None, **head: Any) -> ProvisionExplained:
    (exhibit,) = shown(knowledge(pack(rule("rule", about), **head)), "e1", row(**(cells or {})))
    (only,) = exhibit.provisions
    return only


def test_an_element_is_shown_with_its_place_and_whose_it_is() -> None:
    (exhibit,) = shown(knowledge(pack()), "e2", row("e1"), row("e2", mac="a00001123456"))
    assert (exhibit.identifier, exhibit.operator, exhibit.place) == ("e2", "north", "boxes.csv record 3")
    assert (exhibit.maker.value, exhibit.maker.origin) == ("acme", "boxes.csv record 3 mac, Vendor")
    assert exhibit.tier == "identifier"
    (nobody,) = shown(knowledge(pack()), "e1", row(manufacturer=None, operator=None))
    assert (nobody.operator, nobody.maker.value, nobody.tier) == (None, "", "no evidence")


def test_every_row_of_an_element_has_an_exhibit_of_its_own() -> None:
    given = (row("e1"), row("e1", operator="south", manufacturer="Borea AG"), row("e2"))
    found = shown(knowledge(pack()), "e1", *given)
    assert [(each.operator, each.place) for each in found] == [
        ("north", "boxes.csv record 2"),
        ("south", "boxes.csv record 3"),
    ]
    verdicts = [each.provisions[0].verdict for each in found]
    assert [verdict.status if verdict else None for verdict in verdicts] == [Status.CONTRAVENTION, None]


def test_an_element_that_is_not_there_has_no_exhibit() -> None:
    assert shown(knowledge(pack()), "e9", row("e1")) == []


def test_a_provision_is_shown_with_its_trees_its_verdict_and_its_facts() -> None:
    about = {
        "when": {"all": [ACME, FAST]}, "binds": MNO,
        "except": [{"id": "old", "when": {"equipment.tags": {"has": "old"}}, "cites": CITES}],
    }  # fmt: skip
    found = explained(about, {"generation": "4G;5G", "installed_on": "2020"})
    assert found.verdict is not None
    assert (found.verdict.status, found.verdict.unless) == (Status.CONTRAVENTION, ("equipment.tags",))
    assert (found.binds.truth, found.when.truth, found.in_use, found.of) == (T, T, T, None)
    assert [(part.text, part.truth) for part in found.when.parts] == [
        ("equipment.vendor designated acme", T),
        ("equipment.generation is 5G", T),
    ]
    assert [(name, tree.truth) for name, tree in found.excuses] == [("exception old", U)]
    assert [(one.fact, one.value) for one in found.facts] == [
        ("operator.roles", "mno"), ("equipment.vendor", "acme"), ("equipment.generation", "4G;5G"),
        ("equipment.lifecycle", "live"), ("equipment.installed_on", "2020"),
    ]  # fmt: skip


def test_a_clear_provision_shows_what_makes_it_so() -> None:
    found = explained({"when": {"all": [ACME, FAST]}}, {"generation": "4G"})
    assert found.verdict is None
    assert (found.when.truth, [part.truth for part in found.when.parts]) == (F, [T, F])


def test_use_is_shown_where_it_matters() -> None:
    assert explained(None, {"lifecycle": "off"}).in_use is F
    assert explained(None, {"removed_on": "2021"}).in_use is U
    assert explained({"effect": {"bar": "award"}}, {"lifecycle": "off"}).in_use is None


def test_a_share_shows_whether_the_element_counts_and_leaves_the_verdict_to_the_network() -> None:
    share = {"share": {"of": ACME, "among": FAST, "by": ["sites"], "at most": "0 %"}, "by": "2021-01-01"}
    found = explained(share, {"generation": "5G"}, metrics={"sites": {"count": "site", "mixed": "counts"}})
    assert found.of is not None
    assert (found.verdict, found.when.truth, found.of.truth, found.in_use) == (None, T, T, T)


def test_law_about_partners_is_not_shown_beside_an_element() -> None:
    permits = {"partner.country.permits": {"permits": {"vendor": "acme", "generation": "5G"}}}
    law = pack(rule("partner", {"subject": "partner", "when": permits, "effect": {"bar": "release"}}), rule("rule"))
    (exhibit,) = shown(knowledge(law), "e1", row())
    assert [each.provision.id for each in exhibit.provisions] == [f"{ID}.rule"]


def test_an_element_is_explained_as_it_is_judged_among_all_others() -> None:
    law = pack(
        rule("a", {"when": {"all": [ACME, FAST]}, "by": {"after": "equipment.procured_on", "years": 1}}),
        rule("b", {"effect": {"prohibit": "install"}, "from": "2020-06-01"}),
        rule("c", {"subject": "operator", "when": {"operator.uses": ACME}, "effect": {"bar": "award"}}),
        designations=[designation(owned_on="making")],
    )
    said = [
        {"kind": "waiver", "subject": "e3", "provision": f"{ID}.c"},
        {"kind": "attestation", "subject": "e4", "text": "equipment.generation=5G"},
    ]
    given = (
        row("e1", generation="5G", installed_on="2020-05-31", procured_on="2020"), row("e2", installed_on="2021"),
        row("e3", manufacturer="Sold GmbH", installed_on="2020-12-31", generation="5G"),
        row("e4", manufacturer="Sold GmbH", installed_on="2020-12-31", lifecycle="off"), row("e5", manufacturer=None),
        row("e6", manufacturer="Sold GmbH", installed_on="2021-02-01", generation="5G"),
        row("e7", installed_on="2022-03", lifecycle="planned"),
    )  # fmt: skip
    known = knowledge(law, overlays=said)
    judged = {
        (found.equipment, found.provision): (found.status, found.missing, found.by) for found in findings(known, *given)
    }
    explained_ = {
        (exhibit.identifier, each.provision.id): (each.verdict.status, each.verdict.missing, each.verdict.by)
        for one in given
        for exhibit in shown(known, str(one["id"]), *given)
        for each in exhibit.provisions
        if each.verdict
    }
    assert explained_ == judged
