from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from telvet.cli.share_known import known_from
from telvet.errors import SharingError
from tests.unit.cli.share_room import a_workspace, facts_file


def a_file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_files_and_a_workspace_are_heard_together_and_the_last_file_counts(tmp_path: Path) -> None:
    place = a_workspace(tmp_path, log=False)
    first = a_file(tmp_path, "1.yaml", "partners:\n  - {id: p, country: DEU}\n  - {id: q, country: SWE}\n")
    second = a_file(tmp_path, "2.yaml", "partners:\n  - {id: q, country: FIN}\n")
    known = known_from(place, [first, second])
    assert {name: one.country for name, one in known.partners.items()} == {"p": "DEU", "q": "FIN"}
    assert {one.id for one in known.arrangements} == {"A"}
    assert known_from(None, [second]).partners.keys() == {"q"}


def test_a_partner_of_the_workspace_or_of_an_earlier_file_is_known_to_later_files(tmp_path: Path) -> None:
    place = a_workspace(tmp_path, log=False)
    agreed = a_file(tmp_path, "1.yaml", "arrangements:\n  - {id: B, partner: p}\n")
    assert {one.id for one in known_from(place, [agreed]).arrangements} == {"A", "B"}
    assert {one.id for one in known_from(None, [facts_file(tmp_path), agreed]).arrangements} == {"A", "B"}
    with pytest.raises(SharingError):
        known_from(None, [agreed])


def test_what_was_published_later_is_not_heard(tmp_path: Path) -> None:
    path = a_file(tmp_path, "1.yaml", "partners:\n  - {id: p, published: 2024-01-02}\n  - {id: q}\n")
    assert known_from(None, [path], known_by=date(2024, 1, 1)).partners.keys() == {"q"}
    assert known_from(None, [path], known_by=date(2024, 1, 2)).partners.keys() == {"p", "q"}


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    bad = [a_file(tmp_path, f"{number}.yaml", "partners:\n  - {id: p, contry: X}\n") for number in (1, 2)]
    with pytest.raises(SharingError) as caught:
        known_from(None, bad)
    assert {fault.file for fault in caught.value.faults} == {"1.yaml", "2.yaml"}
    assert caught.value.what.endswith("2 faults")


@pytest.mark.parametrize("data", [b"\xff", None])
def test_what_cannot_be_read_is_told(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "x.yaml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(SharingError) as caught:
        known_from(None, [path])
    assert caught.value.code == "unreadable"
