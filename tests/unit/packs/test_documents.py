from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

import telvet.packs.documents as module
from telvet import __version__
from telvet.errors import PackError
from telvet.packs.documents import pack_folders, read_pack_documents
from tests.unit.packs.toy_law import ID, case, pack_files, rule, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "packs", pack_files(rule(), rule("other"), cases={"rule": [case()]}))


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "telvet"


def only_file(cache: Path) -> Path:
    (kept,) = cache.iterdir()
    return kept


def retitle(folder: Path, title: str) -> None:
    path = folder / "provisions" / "rule.yaml"
    path.write_text(path.read_text("utf-8").replace("About rule", title), "utf-8")


def test_a_folder_with_a_pack_yaml_is_a_pack_however_deep(tmp_path: Path) -> None:
    second = write(tmp_path, pack_files(id="xb.second"))
    first = write(tmp_path, pack_files(id="xa.first"))
    (tmp_path / "notes").mkdir()
    other = write(tmp_path / "elsewhere" / "deep", pack_files(id="xa.third"))
    assert pack_folders(tmp_path) == sorted([first, second, other])
    assert pack_folders(tmp_path / "xb", tmp_path / "xa") == [first, second]
    assert pack_folders(tmp_path / "nowhere") == []


def test_the_files_of_a_pack_become_its_documents(folder: Path) -> None:
    read = read_pack_documents(folder)
    assert read.folder == folder
    assert read.pack["id"] == ID
    assert [row["id"] for row in read.instruments] == ["act"]
    assert [row["id"] for row in read.designations] == ["acme"]
    assert sorted(read.provisions) == ["other", "rule"]
    assert [row["name"] for row in read.cases["rule"]] == ["a case"]
    assert len(read.digest) == 64


def test_files_that_are_no_part_of_a_pack_do_not_count(folder: Path) -> None:
    before = read_pack_documents(folder).digest
    (folder / "CHANGELOG.md").write_text("more", "utf-8")
    (folder / "provisions" / "notes.txt").write_text("more", "utf-8")
    assert read_pack_documents(folder).digest == before


def test_the_digest_changes_with_any_byte_and_any_name(folder: Path) -> None:
    seen = {read_pack_documents(folder).digest}
    retitle(folder, "About rules")
    seen.add(read_pack_documents(folder).digest)
    (folder / "provisions" / "other.yaml").rename(folder / "provisions" / "another.yaml")
    seen.add(read_pack_documents(folder).digest)
    (folder / "cases" / "rule.yaml").write_bytes((folder / "cases" / "rule.yaml").read_bytes() + b"\n")
    seen.add(read_pack_documents(folder).digest)
    assert len(seen) == 4


def test_the_faults_of_all_files_are_raised_together_under_names_from_the_packs_folder_on(folder: Path) -> None:
    (folder / "pack.yaml").write_text("id: xa.toy\nforce: heavy\n", "utf-8")
    (folder / "provisions" / "rule.yaml").write_text("id: rule\nid: rule\n", "utf-8")
    (folder / "provisions" / "other.yaml").write_text("a: [\n", "utf-8")
    (folder / "cases" / "rule.yaml").write_text("[]\n", "utf-8")
    with pytest.raises(PackError) as caught:
        read_pack_documents(folder)
    places = {(fault.file, fault.code) for fault in caught.value.faults}
    assert places == {
        ("packs/xa/toy/pack.yaml", "pack-schema"),
        ("packs/xa/toy/provisions/rule.yaml", "yaml-twice"),
        ("packs/xa/toy/provisions/other.yaml", "yaml"),
        ("packs/xa/toy/cases/rule.yaml", "pack-schema"),
    }
    assert f"{len(caught.value.faults)} fault(s)" in caught.value.what
    assert str(folder) not in "\n".join(caught.value.lines())


def test_an_empty_pack_yaml_is_a_fault(folder: Path) -> None:
    (folder / "pack.yaml").write_text("", "utf-8")
    with pytest.raises(PackError):
        read_pack_documents(folder)


def test_what_was_parsed_is_remembered_and_not_parsed_again(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = read_pack_documents(folder, cache=cache)
    monkeypatch.setattr(module, "_parse", lambda _folder: pytest.fail("parsed again"))
    assert read_pack_documents(folder, cache=cache) == first


def test_a_changed_file_is_parsed_again(folder: Path, cache: Path) -> None:
    read_pack_documents(folder, cache=cache)
    retitle(folder, "About rules")
    again = read_pack_documents(folder, cache=cache)
    assert again.provisions["rule"]["title"] == "About rules"
    assert len(list(cache.iterdir())) == 2


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "[]", "{}", "5", '{"pack": {}}', '{"pack": {}, "code": 1}', "\x00"],
    ids=["empty", "cut", "null", "list", "nothing", "number", "half", "foreign", "binary"],
)
def test_a_broken_cache_is_ignored_and_mended(folder: Path, cache: Path, text: str) -> None:
    whole = read_pack_documents(folder, cache=cache)
    kept = only_file(cache)
    sound = kept.read_bytes()
    kept.write_text(text, "utf-8")
    assert read_pack_documents(folder, cache=cache) == whole
    assert kept.read_bytes() == sound


def test_a_cache_that_is_not_utf_8_is_ignored(folder: Path, cache: Path) -> None:
    whole = read_pack_documents(folder, cache=cache)
    only_file(cache).write_bytes(b"\xff\xfe")
    assert read_pack_documents(folder, cache=cache) == whole


def test_the_cache_holds_json_of_this_version_in_a_private_folder(folder: Path, cache: Path) -> None:
    read = read_pack_documents(folder, cache=cache)
    kept = only_file(cache)
    assert kept.name == f"pack-{__version__}-{read.digest}.json"
    assert json.loads(kept.read_text("utf-8"))["pack"]["id"] == ID
    assert stat.S_IMODE(cache.stat().st_mode) & 0o077 == 0


def test_a_cache_that_cannot_be_written_is_no_error(folder: Path, tmp_path: Path) -> None:
    plain = read_pack_documents(folder)
    file = tmp_path / "a file"
    file.write_text("in the way", "utf-8")
    assert read_pack_documents(folder, cache=file) == plain
    assert read_pack_documents(folder, cache=file / "below") == plain


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_without_the_right_to_write_is_no_error(folder: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    assert read_pack_documents(folder, cache=closed) == read_pack_documents(folder)


def test_a_faulty_pack_is_never_remembered(folder: Path, cache: Path) -> None:
    (folder / "pack.yaml").write_text("id: xa.toy\n", "utf-8")
    with pytest.raises(PackError):
        read_pack_documents(folder, cache=cache)
    assert not cache.exists()
