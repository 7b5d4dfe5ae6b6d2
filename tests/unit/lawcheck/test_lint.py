from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from telvet.errors import Fault
from telvet.lawcheck.lint import Linter
from telvet.packs.build import build_pack
from telvet.packs.documents import read_pack_documents
from tests.unit.assessment.toy_register import PLACES, toy_register
from tests.unit.packs.toy_law import ACME, CITES, ID, case, designation, pack_files, rule, write

ACT = {"id": "act", "title": "Act", "issuer": "Parliament", "dated": "2019-06-01", "read": "verified"}
NAMED = {"operator.named_in": {"has": ID}}
ROLE = {"operator.roles": {"has": "mno"}}
ON_FUNCTION = {"equipment.function": {"is": "core.auth"}}


def cases(*names: str, hit: str = "contravention") -> Mapping[str, Sequence[dict[str, Any]]]:
    return {
        name: [case(status, expect={name: status}) for status in (hit, "clear", "unknown")]
        for name in names or ("rule",)
    }


def linted(folder: Path, *rules: dict[str, Any], changelog: bool = True, **about: Any) -> list[Fault]:
    names = [each["id"] for each in rules] or ["rule"]
    written = write(folder, pack_files(*rules, **{"cases": cases(*names), **about}), changelog=changelog)
    documents = read_pack_documents(written)
    return Linter(toy_register(), PLACES).faults(build_pack(documents), documents)


def shown(faults: list[Fault]) -> list[tuple[str | None, str]]:
    return [(fault.field, fault.code) for fault in faults]


def rule_fault(code: str) -> list[tuple[str | None, str]]:
    return [("provisions/rule.yaml", code)]


def test_a_sound_pack_has_no_fault(tmp_path: Path) -> None:
    assert linted(tmp_path) == []


def test_the_shipped_form_of_a_share_has_no_fault(tmp_path: Path) -> None:
    share = {"of": ACME, "among": ON_FUNCTION, "by": ["sites"], "at most": "35 %"}
    rules = rule("rule", {"share": share, "by": "2023-07-31", "per": ["operator", "network"]})
    assert linted(tmp_path, rules, metrics={"sites": {"count": "site", "mixed": "counts"}}, binds=NAMED) == []


def test_a_fault_names_the_pack_and_the_file_in_it(tmp_path: Path) -> None:
    (fault,) = linted(tmp_path, changelog=False)
    assert (fault.file, fault.record, fault.field, fault.code) == (
        f"packs/{ID}",
        None,
        "CHANGELOG.md",
        "lint-changelog",
    )
    assert fault.fix


def test_a_pack_lies_in_the_folder_that_is_its_id(tmp_path: Path) -> None:
    folder = write(tmp_path, pack_files(cases=cases()))
    moved = folder.rename(folder.parent / "another")
    documents = read_pack_documents(moved)
    (fault,) = Linter(toy_register(), PLACES).faults(build_pack(documents), documents)
    assert (fault.field, fault.code) == ("pack.yaml", "lint-folder")
    assert "xa/another" in fault.what


def test_a_file_is_named_after_its_provision(tmp_path: Path) -> None:
    folder = write(tmp_path, pack_files(cases=cases()))
    (folder / "provisions" / "rule.yaml").rename(folder / "provisions" / "ruel.yaml")
    documents = read_pack_documents(folder)
    faults = Linter(toy_register(), PLACES).faults(build_pack(documents), documents)
    assert shown(faults) == [("provisions/ruel.yaml", "lint-folder")]


def test_every_citation_names_a_declared_instrument(tmp_path: Path) -> None:
    nowhere = [{"instrument": "nowhere", "place": "section 9", "grade": "verified"}]
    about = {
        "cites": [*CITES, *nowhere],
        "by": "2021-01-01",
        "except": [{"id": "e", "when": ROLE, "cites": nowhere}],
        "extensions": [{"id": "x", "granted": "2020-06-01", "to": "2022-01-01", "cites": nowhere}],
    }
    faults = linted(tmp_path, rule("rule", about), designations=[designation(cites=nowhere)])
    assert shown(faults) == [("designations.yaml", "lint-cite"), *[(f"{ID}.rule", "lint-cite")] * 3]
    assert all("'nowhere'" in fault.what for fault in faults)


def test_an_instrument_that_nothing_cites_is_a_fault(tmp_path: Path) -> None:
    faults = linted(tmp_path, instruments=[ACT, {**ACT, "id": "spare"}])
    assert shown(faults) == [("instruments.yaml", "lint-unused")]
    assert "'spare'" in faults[0].what


def test_a_designation_that_no_provision_asks_for_is_a_fault(tmp_path: Path) -> None:
    faults = linted(tmp_path, designations=[designation(), designation("spare")])
    assert shown(faults) == [("designations.yaml spare", "lint-unused")]


def test_a_designation_that_only_an_excuse_or_a_share_asks_for_is_used(tmp_path: Path) -> None:
    spare = {"equipment.vendor": {"designated": "spare"}}
    about = {"except": [{"id": "e", "when": spare}]}
    assert linted(tmp_path / "1", rule("rule", about), designations=[designation(), designation("spare")]) == []
    share = {"of": spare, "among": ON_FUNCTION, "by": ["sites"], "at most": "35 %"}
    metrics = {"sites": {"count": "site", "mixed": "counts"}}
    sharing = rule("rule", {"share": share, "by": "2023-07-31"})
    assert linted(tmp_path / "2", sharing, designations=[designation("spare")], metrics=metrics) == []


def test_a_designated_vendor_stands_in_the_register(tmp_path: Path) -> None:
    faults = linted(tmp_path, designations=[designation(vendor="nobody", annex=["brand", "stranger"])])
    assert shown(faults) == [("designations.yaml acme", "lint-vendor")] * 2
    assert ["'nobody'" in faults[0].what, "'stranger'" in faults[1].what] == [True, True]


def test_a_home_is_a_country(tmp_path: Path) -> None:
    faults = linted(tmp_path, designations=[designation(home=["XAA", "XYZ"], closure="control")])
    assert shown(faults) == [("designations.yaml acme", "lint-country")]


def test_a_designation_does_not_end_before_it_begins(tmp_path: Path) -> None:
    assert linted(tmp_path / "1", designations=[designation(to="2020-01-01")]) == []
    faults = linted(tmp_path / "2", designations=[designation(to="2019-12-31")])
    assert shown(faults) == [("designations.yaml acme", "lint-dates")]


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"from": "2019-12-31"}, "it bites before it is enacted"),
        ({"from": "2021-01-02", "by": "2021-01-01"}, "it must end before it begins"),
        ({"to": "2019-12-31"}, "it ends before it is enacted"),
        (
            {"extensions": [{"id": "x", "granted": "2020-06-01", "to": "2022-01-01"}]},
            "it has extensions but nothing to extend",
        ),
        (
            {"by": "2021-01-01", "extensions": [{"id": "x", "granted": "2020-06-01", "to": "2021-01-01"}]},
            "the extension x is no later than the deadline",
        ),
    ],
)
def test_the_dates_of_a_provision_are_in_order(tmp_path: Path, about: dict[str, Any], said: str) -> None:
    faults = linted(tmp_path, rule("rule", about))
    assert shown(faults) == rule_fault("lint-dates")
    assert faults[0].what == said


@pytest.mark.parametrize(
    "about",
    [
        {"from": "2020-01-01"},
        {"from": "2021-01-01", "by": "2021-01-01"},
        {"to": "2020-01-01"},
        {"by": "2021-01-01", "extensions": [{"id": "x", "granted": "2020-06-01", "to": "2021-01-02"}]},
        {"from": {"after": "enacted", "days": 1}, "by": {"after": "enacted", "years": 1}},
    ],
)
def test_dates_on_the_edge_are_in_order(tmp_path: Path, about: dict[str, Any]) -> None:
    assert linted(tmp_path, rule("rule", about)) == []


def test_a_provision_about_equipment_does_not_read_what_stands_above_it(tmp_path: Path) -> None:
    faults = linted(tmp_path, rule("rule", {"when": {"all": [ACME, ROLE]}}))
    assert shown(faults) == rule_fault("lint-stratum")
    assert faults[0].fix == "say who is bound under `binds`"


def test_a_provision_about_an_operator_reads_its_own_facts(tmp_path: Path) -> None:
    about = {"subject": "operator", "when": {"all": [{"operator.uses": ACME}, ROLE]}, "effect": {"bar": "award"}}
    assert linted(tmp_path, rule("rule", about)) == []


def test_what_an_operator_permits_is_a_partners_matter(tmp_path: Path) -> None:
    permits = {"partner.country.permits": {"permits": {"vendor": "acme", "generation": "5G"}}}
    about = {"subject": "operator", "when": permits, "effect": {"bar": "award"}}
    assert ("provisions/rule.yaml", "lint-stratum") in shown(linted(tmp_path, rule("rule", about), designations=[]))


def test_who_is_bound_is_not_told_by_equipment(tmp_path: Path) -> None:
    faults = linted(tmp_path, rule("rule", {"binds": {"all": [ROLE, ON_FUNCTION]}}))
    assert shown(faults) == rule_fault("lint-stratum")
    assert "`binds` reads equipment.function" in faults[0].what


def test_a_share_that_counts_by_what_stands_above_it_is_a_fault(tmp_path: Path) -> None:
    share = {"of": {"all": [ACME, ROLE]}, "among": ON_FUNCTION, "by": ["sites"], "at most": "35 %"}
    sharing = rule("rule", {"share": share, "by": "2023-07-31"})
    faults = linted(tmp_path, sharing, metrics={"sites": {"count": "site", "mixed": "counts"}})
    assert shown(faults) == rule_fault("lint-stratum")


@pytest.mark.parametrize("effect", [{"prohibit": "install"}, {"bar": "award"}, {"require": "plan"}, "consider"])
def test_a_deadline_means_nothing_but_for_use(tmp_path: Path, effect: object) -> None:
    faults = linted(tmp_path, rule("rule", {"effect": effect, "by": "2021-01-01"}))
    assert shown(faults) == rule_fault("lint-effect")


def test_what_an_operator_uses_is_asked_at_the_top(tmp_path: Path) -> None:
    uses = {"operator.uses": ACME}
    for number, when in enumerate([{"not": uses}, {"any": [uses, ROLE]}, {"all": [{"all": [uses]}]}]):
        about = {"subject": "operator", "when": when, "effect": {"bar": "award"}}
        assert shown(linted(tmp_path / str(number), rule("rule", about))) == rule_fault("lint-uses")


def test_what_an_operator_uses_is_not_asked_again_below_the_top(tmp_path: Path) -> None:
    uses = {"operator.uses": ACME}
    for number, when in enumerate([{"all": [uses, {"not": uses}]}, {"operator.uses": {"any": [ACME, uses]}}]):
        about = {"subject": "operator", "when": when, "effect": {"bar": "award"}}
        assert shown(linted(tmp_path / str(number), rule("rule", about))) == rule_fault("lint-uses")


def test_neither_an_excuse_nor_who_is_bound_asks_what_an_operator_uses(tmp_path: Path) -> None:
    uses = {"operator.uses": {"operator.roles": {"has": "mno"}}}
    places: list[dict[str, Any]] = [{"binds": uses}, {"except": [{"id": "e", "when": {"not": uses}}]}]
    for number, where in enumerate(places):
        about = {"subject": "operator", "when": {"operator.uses": ACME}, "effect": {"bar": "award"}, **where}
        assert shown(linted(tmp_path / str(number), rule("rule", about))) == rule_fault("lint-uses")


def test_only_a_provision_about_an_operator_asks_what_it_uses(tmp_path: Path) -> None:
    faults = linted(tmp_path, rule("rule", {"when": {"operator.uses": ACME}}))
    assert shown(faults) == rule_fault("lint-uses")
    assert faults[0].fix == "make its subject the operator"


def test_a_share_is_about_a_network(tmp_path: Path) -> None:
    share = {"of": ACME, "among": ON_FUNCTION, "by": ["sites"], "at most": "35 %"}
    about = {"share": share, "subject": "equipment", "by": "2023-07-31"}
    faults = linted(tmp_path, rule("rule", about), metrics={"sites": {"count": "site", "mixed": "counts"}})
    assert shown(faults) == rule_fault("lint-share")


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ({"equipment.colour": {"is": "red"}}, "lint-fact"),
        ({"equipment.function": {"is": "core.nothing"}}, "lint-code"),
        ({"equipment.country": {"member of": "XV"}}, "lint-union"),
        ({"equipment.country": {"is": "XYZ"}}, "lint-country"),
        ({"equipment.traffic": {"is": "much"}}, "lint-test"),
    ],
)
def test_every_test_of_a_provision_is_checked(tmp_path: Path, when: dict[str, Any], code: str) -> None:
    about = {"when": {"all": [ACME, {"any": [{"not": when}, ON_FUNCTION]}]}}
    assert shown(linted(tmp_path / "when", rule("rule", about))) == rule_fault(code)
    excused = {"except": [{"id": "e", "when": when}]}
    assert shown(linted(tmp_path / "except", rule("rule", excused))) == rule_fault(code)


@pytest.mark.parametrize(
    ("statuses", "lacking"),
    [
        (("clear", "unknown"), "no case is a hit"),
        (("due", "unknown"), "no case is a miss"),
        (("due", "clear"), "no case is a unknown"),
        (("clear",), "no case is a hit nor a unknown"),
    ],
)
def test_a_provision_has_a_hit_a_miss_and_an_unknown(tmp_path: Path, statuses: tuple[str, ...], lacking: str) -> None:
    listed = {"rule": [case(status, expect={"rule": status}) for status in statuses]}
    (fault,) = linted(tmp_path, cases=listed)
    assert (fault.field, fault.code, fault.what) == ("cases/rule.yaml", "lint-cases", lacking)


def test_a_provision_without_cases_lacks_all_of_them(tmp_path: Path) -> None:
    (fault,) = linted(tmp_path, cases={})
    assert (fault.field, fault.what) == ("cases/rule.yaml", "no case is a hit nor a miss nor a unknown")


def test_what_a_case_expects_of_a_sibling_is_no_case_of_its_own(tmp_path: Path) -> None:
    listed = {
        "rule": [case(status, expect={"rule": status, "other": status}) for status in ("due", "clear", "unknown")]
    }
    faults = linted(tmp_path, rule("rule"), rule("other"), cases=listed)
    assert shown(faults) == [("cases/other.yaml", "lint-cases")]


def test_cases_of_no_provision_are_a_fault(tmp_path: Path) -> None:
    faults = linted(tmp_path, cases={**cases(), "ruel": [case(expect={"rule": "due"})]})
    assert shown(faults) == [("cases/ruel.yaml", "lint-cases")]
    assert faults[0].what == "no provision has this name"


def test_all_faults_of_a_pack_are_listed_at_once(tmp_path: Path) -> None:
    nowhere = [{"instrument": "nowhere", "place": "section 9", "grade": "verified"}]
    about = {
        "cites": nowhere,
        "when": {"all": [ACME, ROLE, {"equipment.colour": {"is": "red"}}]},
        "effect": {"bar": "award"},
        "from": "2019-01-01",
        "by": "2018-01-01",
    }
    faults = linted(
        tmp_path,
        rule("rule", about),
        designations=[designation(vendor="nobody"), designation("spare")],
        cases={},
        changelog=False,
    )
    assert sorted({fault.code for fault in faults}) == [
        "lint-cases",
        "lint-changelog",
        "lint-cite",
        "lint-dates",
        "lint-effect",
        "lint-fact",
        "lint-stratum",
        "lint-unused",
        "lint-vendor",
    ]
    assert len([fault for fault in faults if fault.code == "lint-dates"]) == 2


SIGNED = {"subject": "arrangement", "when": {"partner.country": {"is": "XBB"}}, "effect": "consider", "weigh": ACME}


def of_arrangement(**about: Any) -> dict[str, Any]:
    return rule("rule", {**SIGNED, **about})


def hits(*effects: str) -> dict[str, Any]:
    return {"cases": cases(hit=effects[0] if effects else "consider")}


def test_a_provision_about_an_arrangement_has_equipment_weighed(tmp_path: Path) -> None:
    assert linted(tmp_path, of_arrangement(), **hits()) == []


@pytest.mark.parametrize("effect", ["prohibit use", {"prohibit": "procure"}])
def test_an_arrangement_is_neither_used_nor_bought(tmp_path: Path, effect: object) -> None:
    assert shown(linted(tmp_path, of_arrangement(effect=effect), **hits())) == rule_fault("lint-effect")


def test_an_arrangement_has_no_equipment_of_its_own(tmp_path: Path) -> None:
    faults = linted(tmp_path, of_arrangement(when={"any": [ACME, SIGNED["when"]]}), **hits())
    assert shown(faults) == rule_fault("lint-stratum")


def test_equipment_is_weighed_by_its_own_facts(tmp_path: Path) -> None:
    faults = linted(tmp_path, of_arrangement(weigh={"all": [ACME, ROLE]}), **hits())
    assert shown(faults) == rule_fault("lint-stratum")


def test_nothing_is_weighed_but_for_an_arrangement(tmp_path: Path) -> None:
    assert shown(linted(tmp_path, rule("rule", {"weigh": ACME}))) == rule_fault("lint-weigh")


def test_a_provision_about_a_partner_does_not_read_what_is_agreed_with_it(tmp_path: Path) -> None:
    about = {
        "subject": "partner", "when": {"arrangement.signed_on": {"on or after": "2020-01-01"}}, "effect": "consider",
    }  # fmt: skip
    faults = linted(tmp_path, rule("rule", about), designations=[], **hits())
    assert ("provisions/rule.yaml", "lint-stratum") in shown(faults)


def test_the_vendor_that_a_country_is_asked_about_must_be_in_the_register(tmp_path: Path) -> None:
    when = {"partner.country.deploys": {"deploys": {"vendor": "acne"}}}
    faults = linted(tmp_path, of_arrangement(when=when), **hits())
    assert shown(faults) == rule_fault("lint-vendor")
