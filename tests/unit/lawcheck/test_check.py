from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from telvet.catalog.places import read_places
from telvet.errors import PackError, UsageError
from telvet.lawcheck.check import lint_packs, try_packs
from telvet.pipeline import register_of
from telvet.shipped import shipped
from tests.unit.assessment.toy_register import PLACES, toy_register
from tests.unit.packs.toy_law import case, pack_files, rule, write


def sound(identifier: str = "xa.toy", **about: Any) -> dict[str, Any]:
    listed = [case(status, expect={"rule": status}) for status in ("contravention", "clear", "unknown")]
    listed[1]["equipment"] = {"manufacturer": "Borea AG"}
    listed[2]["equipment"] = {}
    return pack_files(**{"id": identifier, "cases": {"rule": listed}, **about})


def broken(identifier: str) -> dict[str, Any]:
    files = sound(identifier)
    del files["pack.yaml"]["title"]
    return files


def test_sound_packs_are_counted_and_have_no_fault(tmp_path: Path) -> None:
    write(tmp_path, sound("xa.toy"))
    write(tmp_path, sound("xb.toy"))
    assert lint_packs([tmp_path], toy_register(), PLACES) == (2, [])


def test_packs_of_several_roots_are_checked_together(tmp_path: Path) -> None:
    write(tmp_path / "mine", sound("xa.toy"))
    write(tmp_path / "theirs", sound("xb.toy"), changelog=False)
    count, faults = lint_packs([tmp_path / "mine", tmp_path / "theirs"], toy_register(), PLACES)
    assert (count, [(fault.file, fault.code) for fault in faults]) == (2, [("packs/xb.toy", "lint-changelog")])


def test_nothing_is_checked_where_nothing_is(tmp_path: Path) -> None:
    assert lint_packs([tmp_path], toy_register(), PLACES) == (0, [])
    assert try_packs([tmp_path], toy_register(), PLACES) == []


def test_the_faults_of_all_packs_are_listed_at_once_whatever_their_kind(tmp_path: Path) -> None:
    write(tmp_path, broken("xa.schema"))
    write(tmp_path, pack_files(rule("rule", {"when": {"equipment.vendor": {"designated": "who"}}}), id="xa.name"))
    write(tmp_path, sound("xa.lint", cases={}))
    write(tmp_path, sound("xa.sound"))
    count, faults = lint_packs([tmp_path], toy_register(), PLACES)
    assert count == 2
    assert {fault.code for fault in faults} == {"pack-schema", "pack-name", "lint-cases"}


def test_cases_of_every_pack_are_run(tmp_path: Path) -> None:
    write(tmp_path, sound("xa.toy"))
    write(tmp_path, sound("xb.toy"))
    results = try_packs([tmp_path], toy_register(), PLACES)
    assert [(result.pack, result.name) for result in results] == [
        (pack, name) for pack in ("xa.toy", "xb.toy") for name in ("contravention", "clear", "unknown")
    ]
    assert all(not result.differences for result in results)


@pytest.mark.parametrize(
    ("names", "packs"),
    [
        ((), {"xa.toy", "xa.toys", "xb.toy"}),
        (("xa",), {"xa.toy", "xa.toys"}),
        (("xa.toy",), {"xa.toy"}),
        (("xb.toy", "xa.toys"), {"xb.toy", "xa.toys"}),
    ],
)
def test_a_name_is_a_pack_or_its_beginning_up_to_a_dot(tmp_path: Path, names: tuple[str, ...], packs: set[str]) -> None:
    for identifier in ("xa.toy", "xa.toys", "xb.toy"):
        write(tmp_path, sound(identifier))
    assert {result.pack for result in try_packs([tmp_path], toy_register(), PLACES, names)} == packs


@pytest.mark.parametrize("names", [["x"], ["xa.toyz"], ["xa.toy", "xa.toyz"], ["xa.toy.rule"]])
def test_a_name_of_no_pack_is_refused_and_the_nearest_told(tmp_path: Path, names: list[str]) -> None:
    write(tmp_path, sound("xa.toy"))
    with pytest.raises(UsageError) as caught:
        try_packs([tmp_path], toy_register(), PLACES, names)
    assert caught.value.code == "law-unknown"
    assert repr(names[-1]) in caught.value.what
    assert ("did you mean xa.toy?" in caught.value.fix) is ("toy" in names[-1])


def test_no_case_is_run_while_a_pack_is_broken(tmp_path: Path) -> None:
    write(tmp_path, sound("xa.sound"))
    write(tmp_path, broken("xa.first"))
    write(tmp_path, broken("xa.second"))
    with pytest.raises(PackError) as caught:
        try_packs([tmp_path], toy_register(), PLACES, ["xa.sound"])
    assert len(caught.value.faults) == 2
    assert caught.value.code == "pack"


def test_parsed_packs_are_remembered_where_a_cache_is_given(tmp_path: Path) -> None:
    write(tmp_path / "packs", sound())
    cache = tmp_path / "cache"
    first = try_packs([tmp_path / "packs"], toy_register(), PLACES, cache=cache)
    assert len(list(cache.iterdir())) == 1
    assert try_packs([tmp_path / "packs"], toy_register(), PLACES, cache=cache) == first


def test_the_shipped_packs_have_no_fault_and_their_cases_come_out_as_expected(tmp_path: Path) -> None:
    register, places, roots = register_of(), read_places(), [shipped("packs")]
    count, faults = lint_packs(roots, register, places, cache=tmp_path)
    assert count == len(list(shipped("packs").rglob("pack.yaml")))
    assert [fault.line() for fault in faults] == []
    failed = [result for result in try_packs(roots, register, places, cache=tmp_path) if result.differences]
    assert [(result.pack, result.provision, result.name, result.differences) for result in failed] == []
