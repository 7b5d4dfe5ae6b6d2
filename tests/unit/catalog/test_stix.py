from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from telvet.catalog.stix import KINDS, read_stix
from telvet.errors import CatalogError
from telvet.model.status import Grade
from telvet.shipped import shipped

FOLDERS = {"sdos": "sdo", "sros": "sro", "observables": "sco"}
META = ("extension-definition", "language-content", "marking-definition")
OLDER = {"process": {"created", "name", "arguments"}, "windows-registry-key": {"modified"}}
"""What older schemas require one of, and the standard has under other names."""


def copied(tmp_path: Path) -> Path:
    return copytree(shipped("catalog") / "stix", tmp_path / "stix")


def test_a_type_lacks_neither_what_is_its_own_nor_what_is_common() -> None:
    rules = read_stix()
    assert rules.required({"type": "indicator"}) == {
        "pattern", "pattern_type", "valid_from", "type", "spec_version", "id", "created", "modified",
    }  # fmt: skip
    assert rules.required({"type": "ipv4-addr"}) == {"type", "id", "value"}
    assert {row.kind for row in rules.types.values()} == set(KINDS) - {"other"}


def test_of_properties_one_of_which_is_needed_those_that_are_there_count() -> None:
    rules = read_stix()
    assert rules.required({"type": "file", "name": "n", "size": 1}) == {"type", "id", "name"}
    assert rules.required({"type": "file", "hashes": {}, "name": "n"}) == {"type", "id", "name", "hashes"}


def test_a_type_that_nobody_knows_needs_what_every_object_needs() -> None:
    assert (
        read_stix().required({"type": "x-a"})
        == read_stix().required({})
        == {"type", "spec_version", "id", "created", "modified"}
    )


def test_an_entry_needs_what_it_had() -> None:
    needs = read_stix().entries["external_references"]
    assert needs.met({"source_name", "url"}, {"source_name", "url"})
    assert needs.met({"source_name"}, {"source_name"})
    assert not needs.met({"source_name", "url"}, {"source_name"})
    assert not needs.met({"source_name", "url"}, {"url"})


def test_what_is_only_recalled_is_graded_so() -> None:
    assert {row.grade for row in read_stix().types.values()} == {Grade.UNVERIFIED}


def test_partial_is_said_without_a_word_of_what_is_missing() -> None:
    found = read_stix().redaction
    assert found.body == {"extension_type": "property-extension", "redacted": True}


@pytest.mark.parametrize(
    ("file", "before", "after", "code"),
    [
        ("required.yaml", "kind: sro", "kind: sr", "unknown-code"), ("required.yaml", "grade: unverified", "grade: sure", "unknown-code"),
        ("required.yaml", "required: [value]", "required: value", "not-a-list"), ("required.yaml", "required: [value]", "needs: [value]", "missing"),
        ("required.yaml", "required: [value]", "required: [5]", "missing"), ("required.yaml", "  sco: [type, id]\n", "", "missing"),
        ("required.yaml", 'source: "STIX 2.1 OS, 4.1"', 'source: ""', "missing"), ("required.yaml", "one_of: [desc", "any_of: [desc", "unknown-code"),
        ("redaction.yaml", "-8ebf-", "-zebf-", "id-malformed"), ("redaction.yaml", "redacted: true", "redacted: [x]", "not-a-mapping"),
        ("redaction.yaml", 'version: "1.0"', 'version: ""', "missing"), ("redaction.yaml", "    tag:", "    tags:", "missing"),
        ("redaction.yaml", "  misp:", "  mips:", "missing"),
    ],
)  # fmt: skip
def test_a_fault_of_the_data_is_told_with_its_place(
    tmp_path: Path, file: str, before: str, after: str, code: str
) -> None:
    folder = copied(tmp_path)
    text = (folder / file).read_text("utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after), "utf-8")
    with pytest.raises(CatalogError) as caught:
        read_stix(folder)
    assert code in {fault.code for fault in caught.value.faults}
    assert {fault.file for fault in caught.value.faults} == {f"stix/{file}"}
    assert all(fault.record for fault in caught.value.faults)


def test_faults_of_both_files_are_one_error(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "required.yaml").write_text("types: {}", "utf-8")
    (folder / "redaction.yaml").unlink()
    with pytest.raises(CatalogError, match="what is known of STIX has 3 faults"):
        read_stix(folder)


# ------------------------------------------------------------------ against the JSON schemas of another project


def schemas() -> Path:
    found = find_spec("stix2validator")
    if found is None or not found.origin or not (Path(found.origin).parent / "schemas-2.1").is_dir():
        pytest.skip("stix2-validator, whose schemas are compared, is not installed")
    return Path(found.origin).parent / "schemas-2.1" / "schemas"


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def required(schema: Mapping[str, Any], path: Path) -> Iterator[str]:
    """Yield what a schema requires of every object: by itself, and in all that holds of it."""
    yield from schema.get("required", ())
    for each in schema.get("allOf", ()):
        if "$ref" in each:
            other = path.parent / each["$ref"]
            yield from required(read(other), other)
        yield from required(each, path)
    for key in ("anyOf", "oneOf"):
        cases = [set(required(each, path)) for each in schema.get(key, ())]
        yield from set.intersection(*cases) if cases else ()


def alternatives(schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a schema requires in one of several cases."""
    for key in ("anyOf", "oneOf"):
        for each in schema.get(key, ()):
            yield from each.get("required", ())
            yield from alternatives(each)
    for each in schema.get("allOf", ()):
        yield from alternatives(each)


def typed() -> list[tuple[str, str, Path]]:
    folder = schemas()
    rows = [
        (path.stem, kind, path) for name, kind in FOLDERS.items() for path in sorted((folder / name).glob("*.json"))
    ]
    return [*rows, *((name, "meta", folder / "common" / f"{name}.json") for name in META)]


def test_every_type_with_a_schema_is_known_and_no_other() -> None:
    assert {(name, kind) for name, kind, _ in typed()} == {(row.name, row.kind) for row in read_stix().types.values()}


def test_what_a_schema_requires_may_not_be_lacking() -> None:
    for name, _, path in typed():
        found = set(required(read(path), path))
        if name == "marking-definition":
            found = {"id", "type", "spec_version", "created"}  # each of its cases has its own
        extra = {"created_by_ref"} if name == "extension-definition" else set()  # the standard's, in words
        assert read_stix().types[name].required == found | extra, name


def test_what_a_schema_requires_in_some_case_is_among_those_of_which_one_is_needed() -> None:
    dependent = {
        "artifact": {"encryption_algorithm", "decryption_key"}, "location": {"precision"}, "network-traffic": {"is_active"},
    }  # fmt: skip  # needed only beside others
    for name, _, path in typed():
        row = read_stix().types[name]
        cases = set(alternatives(read(path))) - row.required - dependent.get(name, set())
        assert cases <= row.one_of, name
        if name not in ("extension-definition", "marking-definition"):
            assert row.one_of - cases <= {"created_time", "modified_time"}, name


def test_what_a_schema_requires_of_entries_is_needed() -> None:
    common = schemas() / "common"
    entries = read_stix().entries
    assert set(read(common / "kill-chain-phase.json")["required"]) == entries["kill_chain_phases"].required
    cases = set(alternatives(read(common / "external-reference.json")))
    needs = entries["external_references"]
    assert cases == needs.required | needs.one_of
