"""Laws that hold of the meaning itself, whatever the pack and the inventory: checked of the oracle, on random worlds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.oracle.completing import CITES
from tests.oracle.judge import Finding
from tests.oracle.register import Row
from tests.property.row_strategies import EQUIPMENT_CELLS, OPERATOR_CELLS
from tests.property.strategies import World, modestly, worlds

Key = tuple[str, str | None, str | None, str | None]
OF_MAKERS = {"manufacturer", "mac", "sys_object_id", "vendor_id"}
ASSUMED = {
    "operator", "supplier", "managed_by", "lifecycle", "procured_on", "installed_on", "removed_on", "network",
    "access_technology",
}  # fmt: skip
"""Columns whose emptiness means something: the operator runs it, it is in use, nobody else supplied it, a group of its own."""


def by_subject(findings: Sequence[Finding]) -> dict[Key, Finding]:
    """Return findings by what they are about."""
    return {(each["provision"], each["operator"], each["subject_id"], each["equipment"]): each for each in findings}


def status(findings: Mapping[Key, Finding], key: Key) -> str:
    """Return the status of a subject; clear where there is no finding."""
    return findings[key]["status"] if key in findings else "clear"


def unordered(finding: Finding) -> Finding:
    """Return a finding whose lists of facts are sets."""
    return finding | {"missing": set(finding["missing"]), "unless": set(finding["unless"])}


def filled(draw: Any, world: World, columns: set[str]) -> World | None:
    """Fill one empty cell of a world; None where these columns have none."""
    blanks = [
        (number, column)
        for number, row in enumerate(world.equipment)
        for column in sorted(columns & set(row))
        if row[column] is None
    ]
    if not blanks:
        return None
    number, column = draw(st.sampled_from(blanks))
    row = {**world.equipment[number], column: draw(st.sampled_from(EQUIPMENT_CELLS[column]))}
    return world.but(equipment=[*world.equipment[:number], row, *world.equipment[number + 1 :]])


@modestly(100)
@given(world=worlds(excused=False, overlaid=False), data=st.data())
def test_knowing_more_changes_no_definite_answer(world: World, data: st.DataObject) -> None:
    known = filled(data.draw, world, set(EQUIPMENT_CELLS) - ASSUMED - OF_MAKERS)
    if known is None:
        return
    before, after = by_subject(world.findings()), by_subject(known.findings())
    for key in before.keys() | after.keys():
        if status(before, key) != "unknown":
            assert status(after, key) == status(before, key)


@modestly(100)
@given(world=worlds(excused=False, overlaid=False), data=st.data())
def test_more_evidence_of_a_maker_turns_no_definite_answer_into_another(world: World, data: st.DataObject) -> None:
    known = filled(data.draw, world, OF_MAKERS)
    if known is None:
        return
    before, after = by_subject(world.findings()), by_subject(known.findings())
    for key in before.keys() | after.keys():
        if status(before, key) != "unknown":
            assert status(after, key) in (status(before, key), "unknown")


@modestly(100)
@given(world=worlds(excused=False, overlaid=False), data=st.data())
def test_knowing_more_of_an_operator_changes_no_definite_answer(world: World, data: st.DataObject) -> None:
    blanks = [
        (number, column) for number, row in enumerate(world.operators) for column, cell in row.items() if cell is None
    ]
    if not blanks:
        return
    number, column = data.draw(st.sampled_from(blanks))
    row = {**world.operators[number], column: data.draw(st.sampled_from(OPERATOR_CELLS[column]))}
    known = world.but(operators=[*world.operators[:number], row, *world.operators[number + 1 :]])
    before, after = by_subject(world.findings()), by_subject(known.findings())
    for key in before.keys() | after.keys():
        if status(before, key) != "unknown":
            assert status(after, key) == status(before, key)


@modestly(100)
@given(world=worlds(), data=st.data())
def test_forgetting_a_fact_makes_nothing_clear(world: World, data: st.DataObject) -> None:
    known = [
        (number, column)
        for number, row in enumerate(world.equipment)
        for column in sorted(set(row) & set(EQUIPMENT_CELLS) - ASSUMED - OF_MAKERS)
        if row[column] is not None
    ]
    if not known:
        return
    number, column = data.draw(st.sampled_from(known))
    row = {**world.equipment[number], column: None}
    attested = {f"equipment.{column}"}
    forgotten = world.but(
        equipment=[*world.equipment[:number], row, *world.equipment[number + 1 :]],
        overlays=[each for each in world.overlays if (each["text"] or "").partition("=")[0] not in attested],
    )
    same = world.but(overlays=forgotten.overlays)
    after = by_subject(forgotten.findings())
    assert set(by_subject(same.findings())) <= set(after)


@modestly(60)
@given(world=worlds(), data=st.data())
def test_the_order_of_rows_and_packs_does_not_matter(world: World, data: st.DataObject) -> None:
    shuffled = world.but(
        equipment=data.draw(st.permutations(world.equipment)),
        operators=data.draw(st.permutations(world.operators)),
        packs=[dict(data.draw(st.permutations(list(files.items())))) for files in reversed(world.packs)],
    )
    assert by_subject(shuffled.findings()) == by_subject(world.findings())


@modestly(60)
@given(world=worlds())
def test_the_order_of_the_parts_of_a_condition_does_not_matter(world: World) -> None:
    turned = world.but(packs=[turned_about(files) for files in world.packs])
    before, after = by_subject(world.findings()), by_subject(turned.findings())
    assert {key: unordered(each) for key, each in before.items()} == {
        key: unordered(each) for key, each in after.items()
    }


def turned_about(document: Any) -> Any:
    """Turn the parts of every `all`, `any` and `any of` about."""
    if isinstance(document, list):
        return [turned_about(part) for part in document]
    if not isinstance(document, dict):
        return document
    return {
        key: [turned_about(part) for part in reversed(body)]
        if key in ("all", "any", "any of", "all of", "designated") and isinstance(body, list)
        else turned_about(body)
        for key, body in document.items()
    }


NEVER = {
    "id": "never",
    "vendor": "acme",
    "tests": "made",
    "closure": "listed",
    "from": "2000-01-01",
    "to": "2000-12-31",
}
FALSE = {"equipment.vendor": {"designated": "never"}}


def with_excuse(world: World, condition: Mapping[str, Any], **dates: str) -> World:
    """Add an exception, before those that each provision has."""
    packs = []
    for files in world.packs:
        changed = dict(files)
        changed["designations.yaml"] = [*files.get("designations.yaml", []), NEVER | {"cites": CITES}]
        for path, about in files.items():
            if path.startswith("provisions/"):
                added = {"id": "added", "when": condition, "cites": CITES, **dates}
                changed[path] = about | {"except": [added, *about.get("except", [])]}
        packs.append(changed)
    return world.but(packs=packs)


@modestly(60)
@given(world=worlds())
def test_a_false_exception_changes_nothing(world: World) -> None:
    assert with_excuse(world, FALSE).findings() == world.findings()


@modestly(60)
@given(world=worlds())
def test_a_true_exception_excepts_every_finding_and_adds_none(world: World) -> None:
    before, after = world.findings(), with_excuse(world, {"not": FALSE}).findings()
    assert set(by_subject(before)) == set(by_subject(after))
    assert {(each["status"], each["excused_by"]) for each in after} <= {("excepted", "added")}


@modestly(60)
@given(world=worlds())
def test_an_unknown_exception_leaves_the_status_and_names_its_fact(world: World) -> None:
    unknown = {"equipment.serial": {"is": "x"}}
    before, after = by_subject(world.findings()), by_subject(with_excuse(world, unknown).findings())
    assert set(before) == set(after)
    for key, finding in after.items():
        assert finding["status"] == before[key]["status"]
        if finding["status"] not in ("excepted", "waived"):
            assert "equipment.serial" in finding["unless"]


@modestly(60)
@given(world=worlds(subjects=("equipment",)), data=st.data())
def test_another_makers_element_has_no_finding(world: World, data: st.DataObject) -> None:
    """Whatever else is unknown of it, where the rule is about a designated vendor's."""
    packs = [only_about_acme(files) for files in world.packs]
    row: Row = {"id": "added", "manufacturer": "Borea AG"}
    place = data.draw(st.integers(0, len(world.equipment)))
    before = world.but(packs=packs)
    after = before.but(equipment=[*world.equipment[:place], row, *world.equipment[place:]])
    assert after.findings() == before.findings()


def only_about_acme(files: Mapping[str, Any]) -> dict[str, Any]:
    """Join to each provision's condition that Acme made it."""
    acme = {
        "id": "only-acme",
        "vendor": "acme",
        "tests": "made",
        "closure": "subsidiaries",
        "from": "2000-01-01",
        "cites": CITES,
    }
    changed = dict(files)
    changed["designations.yaml"] = [*files.get("designations.yaml", []), acme]
    for path, about in files.items():
        if path.startswith("provisions/"):
            changed[path] = about | {
                "when": {"all": [about["when"], {"equipment.vendor": {"designated": "only-acme"}}]}
            }
    return changed


@modestly(100)
@given(world=worlds())
def test_a_finding_shows_the_parts_that_its_status_needs_and_no_others(world: World) -> None:
    for finding in world.findings():
        state, by = finding["status"], finding["by"]
        assert (state == "unknown") == bool(finding["missing"])
        assert (finding["excused_by"] is not None) == (state in ("excepted", "waived"))
        assert finding["until"] is None or state == "waived"
        assert not (finding["unless"] and state in ("excepted", "waived"))
        assert (by is not None) or state != "due"
        assert by is None or (state == "due" and date.fromisoformat(by) >= world.day) or state == "contravention"
        assert by is None or state == "due" or date.fromisoformat(by) < world.day
        assert len(set(finding["missing"])) == len(finding["missing"])


@modestly(60)
@given(world=worlds())
def test_nothing_is_found_before_enactment_or_after_the_end(world: World) -> None:
    assert world.but(day=date(2019, 12, 31)).findings() == []
    ended = [{**files, "pack.yaml": files["pack.yaml"] | {"to": "2022-12-31"}} for files in world.packs]
    assert world.but(packs=ended, day=date(2023, 1, 1)).findings() == []


@modestly(60)
@given(world=worlds(excused=False))
def test_saying_not_twice_changes_nothing(world: World) -> None:
    doubled = world.but(packs=[not_not(files) for files in world.packs])
    assert doubled.findings() == world.findings()


def not_not(files: Mapping[str, Any]) -> dict[str, Any]:
    """Say `not not` of each condition about equipment and of each that says who is bound."""
    changed = dict(files)
    for path, about in files.items():
        if path == "pack.yaml" or path.startswith("provisions/"):
            keys = ["binds"] if about.get("subject") == "operator" else ["binds", "when"]
            changed[path] = about | {key: {"not": {"not": about[key]}} for key in keys if key in about}
    return changed


@modestly(60)
@given(world=worlds(overlaid=False))
def test_an_operators_waiver_of_a_whole_pack_leaves_nothing_of_it_standing(world: World) -> None:
    waivers: list[Row] = [
        {"kind": "waiver", "subject": "north", "provision": files["pack.yaml"]["id"], "source": "letter"}
        for files in world.packs
    ]
    before, after = world.findings(), world.but(overlays=waivers).findings()
    assert set(by_subject(before)) == set(by_subject(after))
    for finding in after:
        if finding["operator"] == "north":
            assert finding["status"] in ("waived", "excepted")
        else:
            assert (
                finding
                == by_subject(before)[
                    finding["provision"], finding["operator"], finding["subject_id"], finding["equipment"]
                ]
            )
