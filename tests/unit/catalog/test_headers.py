from __future__ import annotations

from pathlib import Path

import pytest

from telvet.catalog.headers import fold_name, read_headers
from telvet.errors import CatalogError
from telvet.tables.equipment import EQUIPMENT


@pytest.mark.parametrize("text", ["Asset Tag", "asset_tag", "assetTag", " ASSET-TAG ", "Asset.Tag:"])
def test_names_are_compared_without_case_and_punctuation(text: str) -> None:
    assert fold_name(text) == "assettag"


def test_accents_fold_and_a_plus_is_a_word() -> None:
    assert fold_name("Gerätename") == "geratename"
    assert fold_name("HSPA+") != fold_name("HSPA")


def test_every_column_but_the_origin_has_names_and_its_own_is_the_best() -> None:
    headers = read_headers()
    for name in EQUIPMENT.names:
        assert headers.rank(name, name) == 0
    unnamed = [name for name in EQUIPMENT.names if len(headers.names[name]) == 1 and not name.startswith("origin")]
    assert unnamed == []


def test_ranks_follow_the_order_of_the_catalogue() -> None:
    headers = read_headers()
    vendor, make = headers.rank("manufacturer", "Vendor"), headers.rank("manufacturer", "MAKE")
    assert vendor is not None
    assert make is not None
    assert vendor < make
    assert headers.rank("manufacturer", "colour") is None


def test_what_passes_is_not_taken_as_out_of_use() -> None:
    lifecycle = read_headers().codes["lifecycle"]
    assert not {"down", "offline", "idle", "inactive"} & lifecycle.keys()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("columns: {colour: [x]}\n", "unknown-column"),
        ("columns: {id: [x]}\ncodes: {lifecycle: {gone: [x]}}\n", "unknown-code"),
        ("columns: {id: [x]}\ncodes: {lifecycle: {live: [x], off: [X]}}\n", "code-twice"),
    ],
)
def test_a_catalogue_that_names_what_does_not_exist_is_refused(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "headers.yaml"
    path.write_text(text)
    with pytest.raises(CatalogError) as caught:
        read_headers(path)
    assert caught.value.faults[0].code == code
