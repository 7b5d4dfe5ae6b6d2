from __future__ import annotations

from pathlib import Path

import pytest

from telvet.catalog.evidence_codes import COUNTS, KINDS, EvidenceCodes, read_codes
from telvet.errors import CatalogError

SCOPES = """
scopes:
  core: {within: 5g, reach: part, title: the core, words: [core]}
  5g: {within: network, reach: whole, title: 5G, words: [5g, fifth generation]}
  new: {within: network, reach: part, title: new equipment, words: [new equipment]}
  network: {within: all, reach: whole, title: networks, words: ["\\\\bnets?\\\\b"]}
  all: {within: null, reach: whole, title: everything, words: []}
"""
MEASURES = """
measures:
  BANNED: {kind: prohibits, scope: all, act: yes, means: It is shut out.}
  SPLIT: {kind: restricts, scope: network, parts: {core: prohibits, 5g: restricts}, means: Out of the core.}
  NEW_BAN: {kind: prohibits, scope: new, fixed: yes, means: Nothing new.}
"""
MODALITIES = """
modalities:
  done: {counts: as, means: It was done.}
"""


def folder(tmp_path: Path, *, scopes: str = SCOPES, measures: str = MEASURES, modalities: str = MODALITIES) -> Path:
    for name, text in (("scopes", scopes), ("measures", measures), ("modalities", modalities)):
        (tmp_path / f"{name}.yaml").write_text(text)
    return tmp_path


@pytest.fixture
def codes(tmp_path: Path) -> EvidenceCodes:
    return read_codes(folder(tmp_path))


def faults(place: Path) -> list[tuple[str, int | None, str | None, str]]:
    with pytest.raises(CatalogError) as caught:
        read_codes(place)
    return [(fault.file.split("/")[-1], fault.record, fault.field, fault.code) for fault in caught.value.faults]


def test_what_ships_is_sound_and_every_list_has_entries() -> None:
    shipped = read_codes()
    assert shipped.measures["BANNED"].kind == "prohibits"
    assert shipped.modalities["done"].counts == "as"
    assert {made.kind for made in shipped.measures.values()} <= set(KINDS)
    assert {made.counts for made in shipped.modalities.values()} == set(COUNTS)
    assert [made.id for made in shipped.scopes.values() if made.within is None] == ["all"]


def test_a_measure_is_read_with_its_parts_and_its_yes_and_no(codes: EvidenceCodes) -> None:
    split = codes.measures["SPLIT"]
    assert (split.kind, split.scope, split.fixed, split.act) == ("restricts", "network", False, False)
    assert split.parts == {"core": "prohibits", "5g": "restricts"}
    assert codes.measures["BANNED"].act
    assert codes.measures["NEW_BAN"].fixed


@pytest.mark.parametrize(
    ("text", "measure", "scope"),
    [
        ("the Core network", "BANNED", "core"),
        ("its 5G core", "BANNED", "core"),
        ("fifth\u00a0generation", "BANNED", "5g"),
        ("encore", "BANNED", "all"),
        ("cores", "BANNED", "core"),
        ("nets", "BANNED", "network"),
        ("network", "BANNED", "all"),
        ("the core", "NEW_BAN", "new"),
        (None, "SPLIT", "network"),
        ("", "SPLIT", "network"),
        ("submarines", "SPLIT", "network"),
    ],
)
def test_free_text_is_about_the_first_scope_that_it_names(
    codes: EvidenceCodes, text: str | None, measure: str, scope: str
) -> None:
    assert codes.scope_of(text, measure) == scope


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("5G networks", "5g"), ("non-core parts of the 5G network", "noncore"), ("5G core", "core"),
        ("government contracts", "procurement"), ("handsets", "handset"), ("RAN", "ran"), ("Iran's networks", "network"),
        ("mobile networks", "network"), ("cameras", "surveillance"), ("existing 4G equipment", "existing"),
    ],
)  # fmt: skip
def test_usual_words_name_a_shipped_scope(text: str, scope: str) -> None:
    assert read_codes().scope_of(text, "BANNED") == scope


def test_a_scope_covers_itself_and_what_is_within_it_however_deep(codes: EvidenceCodes) -> None:
    assert codes.covers("core", "core")
    assert codes.covers("5g", "core")
    assert codes.covers("all", "core")
    assert not codes.covers("core", "5g")
    assert not codes.covers("new", "core")


@pytest.mark.parametrize(("wide", "narrow"), [("coer", "core"), ("core", "coer")])
def test_a_scope_that_is_not_known_is_a_key_error(codes: EvidenceCodes, wide: str, narrow: str) -> None:
    with pytest.raises(KeyError):
        codes.covers(wide, narrow)


def test_all_faults_of_all_files_are_told_with_their_lines(tmp_path: Path) -> None:
    place = folder(
        tmp_path,
        scopes=SCOPES.replace("within: 5g", "within: 5gg").replace("words: [core]", "words: ['(']"),
        measures=MEASURES.replace("prohibits, scope: all", "prohibit, scope: al").replace("fixed: yes", "fixed: maybe"),
        modalities=MODALITIES.replace("counts: as", "counts: ass, weight: 3"),
    )
    assert faults(place) == [
        ("scopes.yaml", 3, "within", "unknown-code"),
        ("scopes.yaml", 3, "words", "bad-pattern"),
        ("measures.yaml", 3, "kind", "unknown-code"),
        ("measures.yaml", 3, "scope", "unknown-code"),
        ("measures.yaml", 5, "fixed", "not-yes-no"),
        ("modalities.yaml", 3, "weight", "unknown-code"),
    ]


def test_the_nearest_code_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogError) as caught:
        read_codes(folder(tmp_path, scopes=SCOPES.replace("within: network", "within: netwrok")))
    assert "did you mean network?" in caught.value.faults[0].line()


def test_scopes_that_contain_each_other_are_refused(tmp_path: Path) -> None:
    looped = SCOPES.replace("network: {within: all", "network: {within: core")
    assert faults(folder(tmp_path, scopes=looped)) == [
        ("scopes.yaml", 3, "within", "cycle"),
        ("scopes.yaml", 4, "within", "cycle"),
        ("scopes.yaml", 6, "within", "cycle"),
    ]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ("[core]", "not-a-mapping"),
        ("{coer: prohibits}", "unknown-code"),
        ("{core: prohibit}", "unknown-code"),
    ],
)
def test_parts_name_known_scopes_and_kinds(tmp_path: Path, parts: str, code: str) -> None:
    measures = MEASURES.replace("{core: prohibits, 5g: restricts}", parts)
    assert [found[3] for found in faults(folder(tmp_path, measures=measures))] == [code]


@pytest.mark.parametrize("words", ["core", "[5]", "['']"])
def test_words_are_a_list_of_texts(tmp_path: Path, words: str) -> None:
    assert len(faults(folder(tmp_path, scopes=SCOPES.replace("words: [core]", f"words: {words}")))) == 1


@pytest.mark.parametrize("text", ["", "[]", "scopes: []", "scopes: {}", "scope: {}", "scopes:\n  core: 5", "scopes: ["])
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    assert faults(folder(tmp_path, scopes=text))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    place = folder(tmp_path)
    (place / "modalities.yaml").unlink()
    assert faults(place) == [("modalities.yaml", None, None, "unreadable")]
