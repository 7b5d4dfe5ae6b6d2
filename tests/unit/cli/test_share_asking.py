from __future__ import annotations

from datetime import date
from pathlib import Path

import click
import pytest

from telvet.cli.options import today
from telvet.cli.share_asking import Asking, asking, bundle_of, screen, share_place
from telvet.errors import SharingError, UsageError
from tests.unit.cli.share_room import FACTS, a_bundle, a_tool, facts_file

DAY = date(2024, 6, 1)


def asked(*arguments: object) -> Asking:
    found: list[Asking] = []

    @click.command()
    @asking
    def command(asking: Asking) -> int:
        found.append(asking)
        return 0

    command.main([str(one) for one in arguments], standalone_mode=False)
    return found[0]


def test_the_day_is_the_one_named_else_that_of_publication_else_today() -> None:
    assert asked("--partner", "p").as_of == today()
    assert asked("--partner", "p", "--known-by", "2024-06-01").as_of == DAY
    assert asked("--partner", "p", "--known-by", "2024-06-01", "--as-of", "2024-07-01").as_of == date(2024, 7, 1)


def test_laws_may_be_named_together_and_all_are_meant_where_none_is() -> None:
    made = asked("--partner", "p", "--law", "a,b", "--law", "c", "--home", "USA")
    assert made.question.laws == ("a", "b", "c")
    assert (made.question.home, made.question.as_of) == ("USA", today())
    assert asked("--partner", "p").question.laws == ("all",)


def test_without_facts_there_is_no_answer() -> None:
    with pytest.raises(UsageError) as caught:
        Asking("p", DAY).known()
    assert caught.value.code == "no-facts"


def test_a_partner_who_is_on_nobodys_record_is_a_mistake(tmp_path: Path) -> None:
    named = FACTS.replace("id: p,", "id: partner,").replace("partner: p,", "partner: partner,")
    for name, fix in (("q", "facts list --kind partner"), ("partnr", "did you mean 'partner'?")):
        one = Asking(name, DAY, facts=(facts_file(tmp_path, named),))
        with pytest.raises(UsageError) as caught:
            one.gate(one.known())
        assert caught.value.code == "unknown-partner"
        assert fix in caught.value.fix


def test_a_gate_is_of_the_partner_and_the_day(tmp_path: Path) -> None:
    one = Asking("p", DAY, facts=(facts_file(tmp_path),))
    gate = one.gate(one.known())
    assert (gate.partner, gate.as_of) == ("p", DAY)
    assert gate.about["as_of"] == "2024-06-01"
    assert gate.epoch == one.gate(one.known()).epoch


def test_a_bundle_is_read_or_its_faults_are_told(tmp_path: Path) -> None:
    assert [thing.id for thing in bundle_of(a_bundle(tmp_path / "b.json", a_tool(1))).things] == [a_tool(1)["id"]]
    with pytest.raises(SharingError) as caught:
        bundle_of(tmp_path / "none.json")
    assert caught.value.code == "unreadable"


def test_a_workspace_is_asked_for_where_it_is_needed() -> None:
    @click.command()
    @share_place(required=True)
    def command(workspace: Path | str) -> None:
        assert workspace == "postgresql://u@h/d"

    with pytest.raises(click.MissingParameter):
        command.main([], standalone_mode=False)
    command.main(["-w", "postgresql://u@h/d"], standalone_mode=False)


def test_a_table_in_a_file_has_a_width_of_its_own_and_no_colour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "77")
    assert screen(tmp_path / "x") == (100, False)
    assert screen(None) == (77, False)
