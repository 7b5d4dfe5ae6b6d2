from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from telvet.cli.share_consider import command
from telvet.errors import InputError, UsageError
from telvet.workspace.sharing_ledger import SharingLedger

FACTS = """partners:
  - {id: harbour, country: GBR}
  - {id: stranger}
arrangements:
  - {id: pact, partner: harbour, from: 2020-01-20, to: never, source: a letter}
  - {id: vague, partner: stranger, to: never}
"""
ASSERTIONS = """assertions:
  - {id: sites, country: GBR, metric: share of radio sites, domain: telecommunications, supplier: Huawei, low: 60, high: 70,
     source: a survey, dated: 2019-12, by: ana}
"""
LIST = "id,country,manufacturer,function,lifecycle\na,GBR,Huawei,sec,live\nb,GBR,Ericsson,ran.radio,live\n"


@pytest.fixture
def given(tmp_path: Path) -> list[str]:
    for name, text in (("facts.yaml", FACTS), ("s.yaml", ASSERTIONS), ("list.csv", LIST)):
        (tmp_path / name).write_text(text, "utf-8")
    return ["--by", "bo", "--facts", str(tmp_path / "facts.yaml"), "--as-of", "2020-01-21"]


def run(*arguments: object) -> int:
    code: int = command.main([str(one) for one in arguments], standalone_mode=False)
    return code


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    assert run(*arguments, "--format", "json") == 0
    made: dict[str, Any] = json.loads(capsys.readouterr().out)
    return made


def test_a_record_is_made_of_what_analysts_assert_and_of_what_is_counted(
    given: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    beside = ("--assertions", tmp_path / "s.yaml", "--inventory", tmp_path / "list.csv")
    made = told(capsys, "pact", *given, *beside)
    assert [(one["low"], one["high"], one["by"]) for one in made["measures"]] == [
        ("60", "70", "ana"),
        ("50.00", "50.00", None),
        ("100.00", "100.00", None),
    ]
    assert [(one["asks"], one["force"]) for one in made["duties"]] == [("asks", "binding")]
    assert {"file s.yaml", "file list.csv"} <= made["digests"].keys()
    assert (made["by"], made["country"], made["as_of"]) == ("bo", "GBR", "2020-01-21")


def test_what_is_not_known_is_said_and_nothing_is_decided(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    made = told(capsys, "vague", *given)
    assert [one["asks"] for one in made["duties"]] == ["may ask"]
    assert {"partner.country", "arrangement.signed_on"} <= set(made["unknown"])
    assert not {"effect", "decision", "outcome"} & made.keys()


@pytest.mark.parametrize(
    ("more", "asks"),
    [((), "asks"), (("--signed-on", "2019-06"), "does not ask"), (("--signed-on", "2020Q3"), "will ask")],
)
def test_the_day_of_signing_may_be_another_than_that_of_the_term(
    given: list[str], capsys: pytest.CaptureFixture[str], more: tuple[str, ...], asks: str
) -> None:
    assert [one["asks"] for one in told(capsys, "pact", *given, *more)["duties"]] == [asks]


def test_the_page_goes_into_a_private_file(given: list[str], tmp_path: Path) -> None:
    out = tmp_path / "record.txt"
    assert run("pact", *given, "-o", out) == 0
    assert out.stat().st_mode & 0o777 == 0o600
    assert "considered by bo as of 2020-01-21" in out.read_text("utf-8")


def test_a_workspace_keeps_the_record_with_who_weighed(
    given: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "workspace"
    with SharingLedger.open(place, create=True):
        pass
    assert run("pact", *given, "--workspace", place, "-o", tmp_path / "r.txt") == 0
    with SharingLedger.open(place) as ledger:
        (row,) = ledger.facts()
    assert (row.kind, row.by) == ("consideration", "bo")
    assert f"kept as {row.id}" in capsys.readouterr().err
    made = told(capsys, "pact", *given)
    assert (made.pop("id"), made) == (row.id, json.loads(row.body))


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("pakt",), "unknown-arrangement"),
        (("pact", "--by", " "), "no-name"),
        (("pact", "--home", "Atlantis"), "unknown-country"),
        (("pact", "--home", "FRA"), "nothing-to-consider"),
        (("pact", "--law", "usa.nothing"), "law-unknown"),
    ],
)
def test_what_cannot_be_weighed_is_told(given: list[str], more: tuple[str, ...], code: str) -> None:
    with pytest.raises(UsageError) as refused:
        run(*given, *more)
    assert refused.value.code == code


def test_without_facts_or_with_faulty_files_there_is_no_record(given: list[str], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing to answer from"):
        run("pact", "--by", "bo")
    (tmp_path / "s.yaml").write_text("assertions:\n  - {id: x, country: GBR, metric: m}\n", "utf-8")
    with pytest.raises(InputError) as faulty:
        run("pact", *given, "--assertions", tmp_path / "s.yaml")
    assert {fault.field for fault in faulty.value.faults} == {"source", "dated", "by"}
