from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from telvet.cli.share_released import command
from telvet.cli.share_state import state_of
from telvet.errors import UsageError
from telvet.sharing.audit.records import Decided, Page
from tests.unit.cli.share_room import a_tool, a_workspace


def run(*arguments: object) -> int:
    code: int = command.main([str(one) for one in arguments], standalone_mode=False)
    return code


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made = a_workspace(tmp_path)
    with state_of(made, None).log(by="ana") as (log, _):
        for number, partner in ((1, "p"), (2, "q")):
            one = Decided(a_tool(number)["id"], "", "d", "permit", ("S",))
            log.append(Page(datetime(2024, number, 1, tzinfo=UTC), partner, "r", [one], {"act": "sent"}))
    return made


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ((), [1, 2]), (("--partner", "q"), [2]), (("--since", "2024-01-02"), [2]), (("--since", "2024-01-01"), [1, 2]),
        (("--object", a_tool(1)["id"], "--object", a_tool(9)["id"]), [1]), (("--partner", "q", "--since", "2025-01-01"), []),
    ],
)  # fmt: skip
def test_what_went_out_is_chosen_by_partner_day_and_object(
    place: Path, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], numbers: list[int]
) -> None:
    capsys.readouterr()
    assert run(*asked, "--format", "jsonl", "-w", place) == 0
    told = [json.loads(text)["object"] for text in capsys.readouterr().out.splitlines()]
    assert told == [a_tool(number)["id"] for number in numbers]


def test_a_list_may_go_into_a_file(place: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    assert run("-w", place, "-o", out) == 0
    assert "2 versions went out" in out.read_text("utf-8")
    assert run("--together", "-w", place, "-o", out) == 0
    assert "q holds 1 object" in out.read_text("utf-8")
    assert out.stat().st_mode & 0o777 == 0o600


def test_logs_and_key_may_lie_elsewhere_than_the_record(place: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        run("-w", "postgresql://u@h/d")
    assert caught.value.code == "no-state"
    assert run("-w", "postgresql://u@h/d", "--state", place, "-o", tmp_path / "out.txt") == 0
