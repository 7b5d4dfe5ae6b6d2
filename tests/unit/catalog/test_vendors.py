"""The register that ships is sound, and a faulty one is refused with every fault."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest

from telvet.catalog.vendors import Register, load_register
from telvet.errors import CatalogError

VENDORS = Path(__file__).resolve().parents[3] / "catalog" / "vendors"


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register(VENDORS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(VENDORS, tmp_path / "vendors"))


def table(name: str) -> list[dict[str, str]]:
    with (VENDORS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_covered_group_has_a_root_of_its_own_group(register: Register) -> None:
    assert sorted(register.groups) == ["dahua", "hikvision", "huawei", "hytera", "zte"]
    for group in register.groups.values():
        assert register.organisations[group.root].group == group.id
        assert register.root(group.id) == group.root
        assert register.root(group.root) == group.root


def test_an_id_that_is_nobody_has_no_root(register: Register) -> None:
    with pytest.raises(KeyError):
        register.root("nobody")


def test_everyone_shown_in_a_group_is_tied_to_it_by_an_edge(register: Register) -> None:
    tied = {one for edge in register.ownership if edge.role != "supplies" for one in (edge.owner, edge.asset)}
    roots = {group.root for group in register.groups.values()}
    assert [one.id for one in register.organisations.values() if one.group and one.id not in tied | roots] == []


def test_every_alias_finds_its_organisation_by_its_normalised_form(register: Register) -> None:
    for alias in register.aliases:
        found = register.aliases_of(register.normalise(alias.alias))
        assert alias.organisation in {one.organisation for one in found}, alias


def test_few_names_are_shared(register: Register) -> None:
    owners: dict[str, set[str]] = {}
    for alias in register.aliases:
        owners.setdefault(register.normalise(alias.alias), set()).add(alias.organisation)
    shared = {name for name, ids in owners.items() if len(ids) > 1}
    assert shared == {"adtran networks", "dzs", "huawei technologies", "kaspersky lab", "motorola", "nokia siemens networks"}


def test_a_look_alike_is_not_also_an_alias(register: Register) -> None:
    assert [name for name in register.lookalikes if register.aliases_written(name)] == []


def test_a_placeholder_is_not_also_an_alias(register: Register) -> None:
    assert [text for text in register.placeholders if register.aliases_written(text)] == []


def test_enterprise_numbers_lead_to_the_registrants_that_were_seen(register: Register) -> None:
    seen = {2011: "huawei-technologies", 3902: "zte", 25506: "h3c", 37496: "dahua", 39165: "hikvision", 40297: "hytera",
            34774: "huawei-symantec", 46904: "sepura", 22488: "teltronic", 58132: "xfusion", 9: "cisco"}  # fmt: skip
    assert {number: register.pen(number)[0].organisation for number in seen} == seen


@pytest.mark.parametrize("number", [3600, 14457, 8409, 41962, 8072, 26381, 6876, 311, 4294967295])
def test_look_alikes_toolkits_and_unassigned_numbers_lead_to_nobody(register: Register, number: int) -> None:
    assert register.pen(number) == ()


def test_a_block_dealt_out_in_finer_parts_has_no_owner_of_its_own(register: Register) -> None:
    assert "344663" in register.split_blocks
    assert register.block("344663") == ()
    assert [one.organisation for one in register.block("3446632")] == ["amcrest"]
    assert [prefix for prefix in register.split_blocks if register.block(prefix)] == []


def test_what_is_not_evidence_is_not_an_identifier(register: Register) -> None:
    for row in table("not_evidence.csv"):
        found = register.pen(int(row["value"])) if row["scheme"] == "pen" else register.block(row["value"])
        assert found == (), row


def test_identifiers_come_from_reviewed_registrants_only() -> None:
    reviewed = {(row["registry"], row["registrant"], row["organisation"]) for row in table("registrants.csv")}
    for row in table("identifiers.csv"):
        assert row["scheme"] == "split" or (row["registry"], row["registrant"], row["organisation"]) in reviewed


def test_what_is_recalled_is_graded_unverified() -> None:
    roots = {row["root"] for row in table("groups.csv")}
    rows = [row for row in table("organisations.csv") if row["id"] not in roots] + table("ownership.csv")
    assert [row for row in rows if row["source"].startswith("recalled") and row["grade"] != "unverified"] == []


def test_an_alias_of_other_days_is_found_when_no_day_is_asked(register: Register) -> None:
    assert {one.organisation for one in register.aliases_of("huawei 3com", date(2005, 1, 1))} == {"h3c"}
    assert register.aliases_of("huawei 3com", date(2015, 1, 1)) == ()
    assert {one.organisation for one in register.aliases_of("huawei 3com")} == {"h3c"}


def test_change_days_tell_when_ownership_or_a_name_changed(register: Register) -> None:
    assert {date(2020, 11, 1), date(2020, 11, 30), date(2022, 11, 23), date(2008, 1, 1)} <= register.change_days()


def test_the_digest_changes_with_any_byte_of_any_table_and_with_nothing_else(register: Register, folder: Path) -> None:
    assert load_register(folder).digest == register.digest
    (folder / "README.md").write_text("no table", encoding="utf-8")
    assert load_register(folder).digest == register.digest
    with (folder / "not_evidence.csv").open("a", encoding="utf-8") as file:
        file.write("pen,1,more\n")
    assert load_register(folder).digest != register.digest


def append(folder: Path, name: str, *rows: str) -> None:
    with (folder / name).open("a", encoding="utf-8") as file:
        file.writelines(f"{row}\n" for row in rows)


def test_every_fault_of_every_table_is_told_at_once(folder: Path) -> None:
    append(folder, "organisations.csv", "Bad Id,Name,XX,nogroup,source,guess", "cisco,Again,USA,,source,verified")
    append(folder, "aliases.csv", "Alias,nickname,nobody,2020,2019,")
    append(folder, "ownership.csv", "cisco,cisco,0,owns,,,source,verified")
    append(folder, "groups.csv", "cisco,Cisco,ericsson", "stray,Stray,nobody")
    append(folder, "registrants.csv", "itu,Somebody,cisco,,")
    append(folder, "lookalikes.csv", "Somebody,nobody,source")
    append(folder, "legal_forms.csv", "ltd,middle")
    (folder / "placeholders.csv").unlink()
    with pytest.raises(CatalogError) as caught:
        load_register(folder)
    places = {(fault.file.removeprefix("vendors/"), fault.code) for fault in caught.value.faults}
    assert places == {
        ("organisations.csv", "bad-id"), ("organisations.csv", "bad-country"), ("organisations.csv", "unknown-id"),
        ("organisations.csv", "unknown-code"), ("organisations.csv", "duplicate-id"),
        ("aliases.csv", "unknown-code"), ("aliases.csv", "unknown-id"), ("aliases.csv", "bad-date"),
        ("ownership.csv", "owns-itself"), ("ownership.csv", "bad-percentage"),
        ("groups.csv", "ambiguous-id"), ("groups.csv", "unknown-id"), ("registrants.csv", "unknown-id"),
        ("lookalikes.csv", "unknown-id"), ("legal_forms.csv", "unknown-code"), ("placeholders.csv", "missing-file"),
    }  # fmt: skip


def test_faulty_identifiers_are_refused_when_one_is_asked_for(folder: Path) -> None:
    append(folder, "identifiers.csv", "pen,nobody,iana,Nobody,,,zero")
    faulty = load_register(folder)
    with pytest.raises(CatalogError) as caught:
        faulty.pen(9)
    assert [fault.code for fault in caught.value.faults] == ["bad-identifier", "unknown-id"]
