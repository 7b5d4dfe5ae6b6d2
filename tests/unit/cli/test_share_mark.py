from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from telvet.cli.share_mark import command
from telvet.errors import SharingError, UsageError
from telvet.sharing.marking.plan import read_plan
from tests.unit.sharing.marking.bundles import FAULTY, OURS


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "b.json").write_bytes(FAULTY)
    return tmp_path


def run(place: Path, verb: str, *arguments: str) -> int:
    named = [str(place / one) if one.endswith((".json", ".yaml")) else one for one in arguments]
    code: int = command.main([verb, *named], standalone_mode=False)
    return code


def test_a_plan_is_proposed_signed_and_applied(place: Path) -> None:
    assert run(place, "propose", "b.json", "-o", "p.json", "--by", "Ann") == 0
    assert run(place, "sign", "p.json", "--by", "Ben") == 0
    assert run(place, "apply", "p.json", "b.json", "-o", "o.json") == 0
    assert [one.by for one in read_plan((place / "p.json").read_bytes(), "p").signatures] == ["Ben"]


def test_a_new_version_is_of_now_if_no_moment_is_given(place: Path) -> None:
    assert run(place, "propose", "b.json", "-o", "p.json", "--by", "Ann", "--ours", OURS, "--new-version") == 0
    assert (read_plan((place / "p.json").read_bytes(), "p").new_version or "").endswith("Z")


@pytest.mark.parametrize("moment", ["yesterday", "2024-01-01T00:00:00", "9999-99-99"])
def test_a_moment_has_a_time_zone(place: Path, moment: str) -> None:
    line = [
        "propose",
        str(place / "b.json"),
        "-o",
        str(place / "p"),
        "--by",
        "A",
        "--ours",
        OURS,
        "--new-version",
        moment,
    ]
    ran = CliRunner().invoke(command, line)
    assert (ran.exit_code, "time zone" in ran.output) == (2, True)


def test_rules_that_are_no_text_and_a_person_without_a_name_are_told(place: Path) -> None:
    (place / "r.yaml").write_bytes(b"\xff")
    with pytest.raises(SharingError) as caught:
        run(place, "propose", "b.json", "--rules", "r.yaml", "-o", "p.json", "--by", "Ann")
    assert caught.value.code == "encoding"
    with pytest.raises(UsageError):
        run(place, "propose", "b.json", "-o", "p.json", "--by", " ")


def test_the_mended_bundle_is_not_written_over_the_old_one(place: Path) -> None:
    run(place, "propose", "b.json", "-o", "p.json", "--by", "Ann")
    with pytest.raises(UsageError) as caught:
        run(place, "apply", "p.json", "b.json", "-o", "b.json")
    assert caught.value.code == "overwrites"
