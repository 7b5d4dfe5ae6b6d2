"""Which law, which day, and when a run fails: what a person asks for with options."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.functional.conftest import Write
from tests.functional.driver import Ran, telvet

Ask = Callable[..., Ran]
CONTRAVENES, DUE, UNKNOWN = "hss-1", "gnb-1", "box-1"


@pytest.fixture
def ask(inventory: Path, operators: Path) -> Ask:
    """Return what judges the small inventory."""

    def run(*more: object) -> Ran:
        return telvet("assess", inventory, "--operators", operators, *more)

    return run


def packs(ran: Ran) -> set[str]:
    """Return the packs that were evaluated."""
    return {
        row["pack"] for row in ran.document["coverage"] if row["state"] in {"evaluated", "not bound", "bound unknown"}
    }


@pytest.mark.parametrize(
    ("law", "asked"),
    [
        (["usa.ndaa-889.part-b,can.policy-2022"], {"usa.ndaa-889", "can.policy-2022"}),
        (["usa.ndaa-889", "--law", "can"], {"usa.ndaa-889", "can.policy-2022"}),
        (["usa.s3153-116"], {"usa.s3153-116"}),
    ],
)
def test_law_is_named_by_id_by_list_and_by_prefix(ask: Ask, law: list[str], asked: set[str]) -> None:
    ran = ask("--law", *law, "--as-of", "2024-01-15", "--format", "json")
    assert packs(ran) == asked
    assert {row["provision"].rpartition(".")[0] for row in ran.document["summary"]} <= asked


def test_by_default_every_pack_is_asked_but_a_scenario_has_to_be_named(ask: Ask) -> None:
    default = ask("--as-of", "2024-01-15", "--format", "json").document
    every = ask("--law", "all", "--as-of", "2024-01-15", "--format", "json").document
    assert default == every
    states = {row["pack"]: row["state"] for row in default["coverage"]}
    assert states["usa.s3153-116"] == "scenario not named"
    assert states["gbr.huawei-direction-2022"] == "evaluated"
    assert states["can.policy-2022"] == "not bound"
    assert len(states) == 8


def test_a_scenario_reads_as_what_it_is_not(ask: Ask, write: Write) -> None:
    overlay = write(
        "facts.yaml", "overlays:\n  - kind: permits\n    subject: GBR\n    text: huawei/5G\n    source: a statement\n"
    )
    ran = ask("--law", "usa.s3153-116", "--overlay", overlay, "--as-of", "2020-06-01", "--format", "jsonl")
    assert [(one["country"], one["status"], one["force"]) for one in ran.findings] == [("GBR", "barred", "scenario")]
    assert ran.findings[0]["reading"] == "would be barred (not law)"


@pytest.mark.parametrize(
    ("name", "near"),
    [("usa.ndaa-88", "usa.ndaa-889"), ("gbr.huawei-direction-2022.coar", "gbr.huawei-direction-2022.core")],
)
def test_an_unknown_law_names_the_nearest(ask: Ask, name: str, near: str) -> None:
    ran = ask("--law", name)
    assert (ran.code, ran.out) == (2, "")
    assert f"no pack or provision is called '{name}'" in ran.err
    assert f"did you mean {near}?" in ran.err


@pytest.mark.parametrize("day", ["2024-02-30", "2024", "15/01/2024", "soon", "", "20240115", "0000-01-01"])
@pytest.mark.parametrize("option", ["--as-of", "--since"])
def test_a_day_that_is_none_is_a_usage_error(inventory: Path, option: str, day: str) -> None:
    ran = telvet("assess", inventory, option, day)
    assert (ran.code, ran.out) == (2, "")
    assert f"{day!r} is not a day" in ran.err


def test_the_day_decides(ask: Ask) -> None:
    statuses = {}
    for day in ("2022-10-12", "2023-12-31", "2024-01-01"):
        found = ask("--law", "gbr.huawei-direction-2022.core", "--as-of", day, "--format", "jsonl").findings
        statuses[day] = {one["equipment"]: (one["status"], one["by"]) for one in found}
    assert statuses == {
        "2022-10-12": {},
        "2023-12-31": {CONTRAVENES: ("due", "2023-12-31"), UNKNOWN: ("unknown", None)},
        "2024-01-01": {CONTRAVENES: ("contravention", "2023-12-31"), UNKNOWN: ("unknown", None)},
    }


@pytest.mark.parametrize(
    ("provision", "threshold", "code"),
    [
        ("core", "contravention", 1),  # one contravenes, one is unknown
        ("5g-removal", "contravention", 0),  # one is due, nothing is unknown
        ("5g-removal", "due", 1),
        ("5g-removal", "excepted", 1),
        ("sensitive-sites", "excepted", 0),  # nothing at all
    ],
)
def test_fail_on_looks_at_what_is_as_strong(ask: Ask, provision: str, threshold: str, code: int) -> None:
    asked = ("--law", f"gbr.huawei-direction-2022.{provision}", "--as-of", "2024-01-15", "--fail-on", threshold)
    assert ask(*asked, *(["--allow-unknown"] if provision == "core" else [])).code == code


@pytest.mark.parametrize("threshold", ["contravention", "waived"])
def test_fail_on_fails_on_unknown_unless_it_is_allowed(operators: Path, write: Write, threshold: str) -> None:
    nobody = write("nobody.csv", "id,operator,manufacturer,function,lifecycle\nbox-1,northwind,,core.auth,live\n")
    asked = ("--operators", operators, "--law", "gbr.huawei-direction-2022.core", "--as-of", "2024-01-15")
    ran = telvet("assess", nobody, *asked, "--fail-on", threshold, "--format", "jsonl")
    assert (ran.code, [one["status"] for one in ran.findings]) == (1, ["unknown"])
    assert telvet("assess", nobody, *asked, "--fail-on", threshold, "--allow-unknown").code == 0


def test_fail_on_clear_is_not_offered(ask: Ask) -> None:
    ran = ask("--fail-on", "clear")
    assert (ran.code, ran.out) == (2, "")


def test_a_report_is_written_although_the_run_fails(ask: Ask, tmp_path: Path) -> None:
    ran = ask("--law", "gbr", "--as-of", "2024-01-15", "--fail-on", "due", "-o", tmp_path / "report.json")
    assert ran.code == 1
    assert (tmp_path / "report.json").exists()


@pytest.mark.parametrize("amount", ["lots", "600", "1KiB", "-1GB", "0MiB"])
def test_an_amount_of_memory_that_is_none_is_a_usage_error(inventory: Path, amount: str) -> None:
    ran = telvet("assess", inventory, "--memory", amount)
    assert (ran.code, ran.out) == (2, "")
    assert "600MiB or 2GB" in ran.err


def test_a_folder_without_packs_is_not_passed_over(inventory: Path, tmp_path: Path) -> None:
    for folder in (tmp_path / "missing", tmp_path):
        ran = telvet("assess", inventory, "--packs", folder)
        assert (ran.code, ran.out) == (2, "")
        assert f"no pack of law lies in {folder}" in ran.err


def test_an_inventory_without_operators_is_that_of_the_only_one_described(operators: Path, write: Write) -> None:
    lone = write("lone.csv", "id,manufacturer,function,lifecycle\nhss-1,Huawei,core.auth,live\n")
    asked = ("--operators", operators, "--law", "gbr.huawei-direction-2022.core")
    ran = telvet("assess", lone, *asked, "--as-of", "2024-01-15", "--since", "2023-12-01", "--format", "jsonl")
    assert [(one["operator"], one["status"]) for one in ran.findings] == [("northwind", "contravention")]
    changed = " ".join(ran.err.split())
    assert "due contravention 1 gbr.huawei-direction-2022.core \N{MIDDLE DOT} northwind hss-1" in changed


def test_an_operator_that_nobody_describes_is_told(operators: Path, write: Write) -> None:
    other = write("other.csv", "id,operator,manufacturer\nhss-1,nortwind,Huawei\n")
    ran = telvet("assess", other, "--operators", operators, "--law", "gbr", "--as-of", "2024-01-15")
    assert "'nortwind'" in ran.err
    assert "did you mean 'northwind'?" in ran.err
