from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from telvet.errors import OperatorsError
from telvet.inventory.gathered import gather


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def waiver(subject: str, provision: str = "xa.toy.core") -> str:
    return f"- kind: waiver\n  subject: {subject}\n  provision: {provision}\n"


def test_nothing_beside_an_inventory_is_nothing_known() -> None:
    beside = gather([], [])
    assert (beside.operators, beside.overlays, beside.files) == ({}, (), ())
    assert beside.operators_name == "operators"


def test_operators_of_several_files_stand_side_by_side(tmp_path: Path) -> None:
    one = written(tmp_path, "a.yaml", "- operator: north\n  roles: [mno]\n- operator: west\n")
    other = written(tmp_path, "b.csv", "operator,country\nsouth,France\n")
    beside = gather([one, other], [])
    assert beside.operators == {
        "north": {"operator": "north", "roles": "mno"},
        "west": {"operator": "west"},
        "south": {"operator": "south", "country": "FRA"},
    }
    assert beside.operators_name == "a.yaml, b.csv"


def test_every_file_is_told_with_its_kind_format_and_digest(tmp_path: Path) -> None:
    operators = written(tmp_path, "a.csv", "operator\nnorth\n")
    overlays = written(tmp_path, "b.yaml", waiver("north") + waiver("e1"))
    files = gather([operators], [overlays]).files
    assert [(file.name, file.format, file.rows) for file in files] == [
        ("a.csv", "operators csv", 1),
        ("b.yaml", "overlays yaml", 2),
    ]
    assert [file.digest for file in files] == [
        hashlib.sha256(path.read_bytes()).hexdigest() for path in (operators, overlays)
    ]


def test_overlays_keep_the_order_of_their_files_and_of_their_rows(tmp_path: Path) -> None:
    last = written(tmp_path, "z.yaml", waiver("one") + waiver("two"))
    first = written(tmp_path, "a.yaml", waiver("three"))
    assert [row["subject"] for row in gather([], [last, first]).overlays] == ["one", "two", "three"]


def test_the_overlays_of_a_folder_are_all_read(tmp_path: Path) -> None:
    folder = tmp_path / "private"
    folder.mkdir()
    written(folder, "b.yaml", waiver("two"))
    written(folder, "a.yml", waiver("one"))
    written(folder, "notes.txt", "not an overlay")
    assert [row["subject"] for row in gather([], [folder]).overlays] == ["one", "two"]


def test_an_operator_that_two_files_describe_is_a_fault_of_the_later(tmp_path: Path) -> None:
    one = written(tmp_path, "a.yaml", "- operator: north\n- operator: south\n")
    other = written(tmp_path, "b.yaml", "- operator: north\n- operator: south\n- operator: west\n")
    with pytest.raises(OperatorsError) as caught:
        gather([one, other], [])
    assert [(fault.file, fault.value, fault.code) for fault in caught.value.faults] == [
        ("b.yaml", "north", "operator-twice"),
        ("b.yaml", "south", "operator-twice"),
    ]


def test_the_faults_of_all_files_are_listed_at_once(tmp_path: Path) -> None:
    files = [
        written(tmp_path, "a.yaml", "- operator: north\n  roles: [king]\n  colour: red\n"),
        written(tmp_path, "b.yaml", "- country: FR\n"),
        written(tmp_path, "c.yaml", "- operator: south\n"),
        written(tmp_path, "d.yaml", "- operator: south\n"),
    ]
    overlays = written(tmp_path, "o.yaml", "- kind: wavier\n  subject: north\n- kind: waiver\n")
    with pytest.raises(OperatorsError) as caught:
        gather([*files, tmp_path / "missing.yaml"], [overlays])
    error = caught.value
    assert {fault.file for fault in error.faults} == {"a.yaml", "b.yaml", "d.yaml", "missing.yaml", "o.yaml"}
    assert len([fault for fault in error.faults if fault.file == "a.yaml"]) == 2
    assert len([fault for fault in error.faults if fault.file == "o.yaml"]) >= 2
    assert f"{len(error.faults)} faults" in error.what
    for name in ("a.yaml", "b.yaml", "d.yaml", "missing.yaml", "o.yaml"):
        assert name in error.what


def test_an_overlay_names_a_provision_or_pack_that_is_known(tmp_path: Path) -> None:
    overlays = written(tmp_path, "o.yaml", waiver("north") + waiver("north", "xa.toy") + waiver("north", "xa.tyo"))
    with pytest.raises(OperatorsError) as caught:
        gather([], [overlays], {"xa.toy", "xa.toy.core"})
    assert [fault.value for fault in caught.value.faults] == ["xa.tyo"]


def test_where_no_law_is_told_an_overlay_may_name_any(tmp_path: Path) -> None:
    overlays = written(tmp_path, "o.yaml", waiver("north", "xz.none"))
    assert gather([], [overlays]).overlays[0]["provision"] == "xz.none"


PARTNERS = "partner,country\nfar,FR\nnear,DE\n"
ARRANGEMENTS = "arrangement,partner,signed_on\npact,far,2020-01-01\n"
ASSERTIONS = "id,arrangement,metric,source,dated,by\na,pact,sites,a survey,2019,Kim\n"


def test_partners_arrangements_and_assertions_are_gathered_with_their_files(tmp_path: Path) -> None:
    beside = gather(
        [], [],
        partners=[written(tmp_path, "p.csv", PARTNERS)],
        arrangements=[written(tmp_path, "a.csv", ARRANGEMENTS)],
        assertions=[written(tmp_path, "s.csv", ASSERTIONS)],
    )  # fmt: skip
    assert beside.partners["far"] == {"partner": "far", "country": "FRA", "origin_file": "p.csv"}
    assert beside.arrangements["pact"]["origin_file"] == "a.csv"
    assert [row["id"] for row in beside.assertions] == ["a"]
    assert [file.format for file in beside.files] == ["partners csv", "arrangements csv", "assertions csv"]


def test_an_arrangement_is_with_a_partner_and_an_assertion_for_an_arrangement_that_is_described(tmp_path: Path) -> None:
    with pytest.raises(OperatorsError) as caught:
        gather(
            [], [],
            partners=[written(tmp_path, "p.csv", PARTNERS)],
            arrangements=[written(tmp_path, "a.csv", ARRANGEMENTS.replace("far", "fra"))],
            assertions=[written(tmp_path, "s.csv", ASSERTIONS.replace("pact", "treaty"))],
        )  # fmt: skip
    faults = caught.value.faults
    assert [(fault.file, fault.field, fault.code, fault.value) for fault in faults] == [
        ("a.csv", "partner", "partner-unknown", "fra"),
        ("s.csv", "arrangement", "arrangement-unknown", "treaty"),
    ]
    assert "'far'" in faults[0].fix


def test_without_partners_an_arrangement_may_be_with_anybody(tmp_path: Path) -> None:
    beside = gather([], [], arrangements=[written(tmp_path, "a.csv", ARRANGEMENTS)])
    assert beside.arrangements["pact"]["partner"] == "far"


def test_a_name_that_two_files_describe_is_a_fault_of_any_table(tmp_path: Path) -> None:
    files = [written(tmp_path, name, ASSERTIONS) for name in ("a.csv", "b.csv")]
    with pytest.raises(OperatorsError) as caught:
        gather([], [], assertions=files)
    assert [(fault.file, fault.code) for fault in caught.value.faults] == [("b.csv", "assertion-twice")]
