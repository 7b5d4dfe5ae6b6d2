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
