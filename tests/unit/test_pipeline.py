from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from telvet.errors import InventoryError, OperatorsError, UsageError
from telvet.model.status import Force, Status
from telvet.pipeline import (
    Request,
    Run,
    changed_since,
    explained,
    law_of,
    register_of,
    running,
    stored_run,
    with_dispositions,
    with_recalled,
    write_parquet,
    write_report,
)
from telvet.workspace.ledger import Ledger
from tests.unit.packs.toy_law import designation, pack_files, rule, write

NOW = datetime(2024, 1, 15, 9, 30, tzinfo=UTC)
DAY = date(2021, 6, 15)
ID = "xa.pipeline"
VENDOR = "huawei"
MADE = {"equipment.vendor": {"designated": "named"}}
CORE = {"equipment.function": {"is": "core.auth"}}
BOXES = """\
Element,Operator,Vendor,Role,Country,State,Site,Installed
e1,north,Huawei,core.auth,France,live,attic-1,2019
e2,north,Ericsson,core.auth,France,live,attic-1,
e3,north,,li,France,live,attic-2,
e4,north,Huawei,core.auth,France,live,attic-2,2019-02-30
e5,south,Huawei,core.auth,France,,attic-3,
"""
OPERATORS = "- operator: north\n  country: France\n  roles: [mno]\n"


@pytest.fixture(autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Remember parsed law for the whole run of tests, and nowhere else."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a toy pack, an inventory and an operators file."""
    write(
        tmp_path / "law",
        pack_files(
            rule("core", {"when": {"all": [MADE, CORE]}, "by": "2020-12-31", "binds": {"operator.roles": {"has": "mno"}}}),
            rule("buy", {"when": MADE, "effect": {"prohibit": "procure"}}),
            designations=[designation("named", vendor=VENDOR, closure="affiliates")],
            id=ID,
        ),
    )  # fmt: skip
    (tmp_path / "boxes.csv").write_text(BOXES, "utf-8")
    (tmp_path / "operators.yaml").write_text(OPERATORS, "utf-8")
    return tmp_path


def request(folder: Path, **changes: Any) -> Request:
    plain = Request(
        inputs=(folder / "boxes.csv",),
        as_of=DAY,
        laws=(ID,),
        operators=(folder / "operators.yaml",),
        maps={"Element": "id"},
        packs=(folder / "law",),
        memory="300MiB",
    )
    return replace(plain, **changes)


@contextmanager
def run_of(folder: Path, **changes: Any) -> Iterator[Run]:
    with running(request(folder, **changes)) as run:
        yield run


def told(run: Run) -> list[tuple[str | None, str, Status]]:
    return [(one.equipment, one.provision.rpartition(".")[2], one.status) for one in run.findings()]


def report(run: Run, form: str) -> str:
    out = io.StringIO()
    write_report(run, form, out)
    return out.getvalue()


def test_files_become_findings(folder: Path) -> None:
    with run_of(folder) as run:
        assert told(run) == [
            ("e1", "buy", Status.UNKNOWN),
            ("e1", "core", Status.CONTRAVENTION),
            ("e3", "buy", Status.UNKNOWN),
            ("e5", "buy", Status.UNKNOWN),
            ("e5", "core", Status.UNKNOWN),
        ]
        whose = next(run.findings()).because[0]
        assert (whose.fact, whose.origin) == ("equipment.vendor", "boxes.csv record 2 Vendor")
        role = [one for finding in run.findings() for one in finding.because if one.fact == "operator.roles"]
        assert {(one.value, one.origin) for one in role} == {("mno", "operators.yaml north roles")}


def test_the_account_counts_every_row(folder: Path) -> None:
    with run_of(folder) as run:
        said = run.assessment
        assert (said.rows_in, said.rows_judged, said.rows_rejected) == (5, 4, 1)
        assert (said.in_use, said.in_use_assumed) == (4, 1)
        assert sum(row.count for row in said.summary) == len(told(run)) == 5
        assert [fault.record for fault in run.inventory.faults] == [5]


def test_the_account_names_all_that_a_replay_needs(folder: Path) -> None:
    with run_of(folder) as run:
        said = run.assessment
        assert (said.as_of, said.laws) == (DAY, (ID,))
        assert [(read.name, read.format) for read in (*said.inputs, *said.beside)] == [
            ("boxes.csv", "csv"),
            ("operators.yaml", "operators yaml"),
        ]
        assert [(used.id, used.version, used.force) for used in said.packs] == [(ID, "2020.1.0", Force.BINDING)]
        assert said.catalogue == register_of().digest
        assert json.loads(said.options["maps"]) == {"Element": "id"}


def test_findings_may_be_read_more_than_once(folder: Path) -> None:
    with run_of(folder) as run:
        assert list(run.findings()) == list(run.findings()) == list(run.assessment.findings())


def test_computing_the_findings_on_each_use_changes_nothing(folder: Path) -> None:
    with run_of(folder) as kept, running(request(folder), keep=False) as again:
        assert list(kept.findings()) == list(again.findings())


def test_an_inventory_that_names_no_operator_is_that_of_the_one_described(folder: Path) -> None:
    (folder / "boxes.csv").write_text("id,vendor,function\ne1,Huawei,core.auth\n", "utf-8")
    with run_of(folder, maps={}) as run:
        assert ("e1", "core", Status.CONTRAVENTION) in told(run)
        assert {one.operator for one in run.findings()} == {"north"}


def test_where_two_operators_are_described_it_is_nobodys(folder: Path) -> None:
    (folder / "boxes.csv").write_text("id,vendor,function\ne1,Huawei,core.auth\n", "utf-8")
    (folder / "operators.yaml").write_text(OPERATORS + "- operator: south\n", "utf-8")
    with run_of(folder, maps={}) as run:
        assert {one.operator for one in run.findings()} == {None}


def test_a_row_that_names_an_operator_keeps_the_others_from_being_named(folder: Path) -> None:
    (folder / "boxes.csv").write_text("id,operator,vendor,function\ne1,,Huawei,core.auth\ne2,south,Huawei,\n", "utf-8")
    with run_of(folder, maps={}) as run:
        assert {one.operator for one in run.findings()} == {None, "south"}


def test_overlays_are_heard(folder: Path) -> None:
    (folder / "private.yaml").write_text(
        f"- kind: waiver\n  subject: north\n  provision: {ID}.core\n  to: 2021-12-31\n  source: letter 7\n", "utf-8"
    )
    with run_of(folder, overlays=(folder / "private.yaml",)) as run:
        waived = [one for one in run.findings() if one.status is Status.WAIVED]
        assert [(one.equipment, one.excused_by, one.until) for one in waived] == [
            ("e1", "letter 7", date(2021, 12, 31))
        ]
        assert [read.format for read in run.assessment.beside] == ["operators yaml", "overlays yaml"]


def test_a_scenario_takes_part_only_when_named(folder: Path) -> None:
    write(
        folder / "law",
        pack_files(rule("if"), designations=[designation(vendor=VENDOR)], id="xa.bill", force="scenario"),
    )
    with run_of(folder, laws=(ID, "xa.bill")) as run:
        assert {one.force for one in run.findings()} == {Force.BINDING, Force.SCENARIO}
    with run_of(folder, laws=("all",)) as run:
        assert {used.id for used in run.assessment.packs} >= {ID}
        assert "xa.bill" not in {used.id for used in run.assessment.packs}
        assert {row.state for row in run.assessment.coverage if row.pack == "xa.bill"} == {"scenario not named"}


def test_a_country_without_a_pack_is_said_to_be_not_covered(folder: Path) -> None:
    with run_of(folder) as run:
        assert [row.country for row in run.assessment.coverage if row.state == "not covered"] == ["FRA"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"laws": ("xa.nothing",)}, UsageError),
        ({"strict": True}, InventoryError),
        ({"maps": {"Element": "nothing"}}, InventoryError),
        ({"inputs": (Path("missing.csv"),)}, InventoryError),
        ({"operators": (Path("missing.yaml"),)}, OperatorsError),
        ({"overlays": (Path("missing.yaml"),)}, OperatorsError),
    ],
)
def test_what_cannot_be_asked_is_refused(folder: Path, changes: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error), run_of(folder, **changes):
        raise AssertionError(changes)


def test_a_folder_without_law_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        law_of([tmp_path])
    assert (caught.value.code, caught.value.where) == ("no-folder", "--packs")


def test_the_law_is_all_shipped_packs_and_the_given(folder: Path) -> None:
    shipped = {pack.id for pack in law_of()}
    assert len(shipped) > 1
    assert {pack.id for pack in law_of([folder / "law"])} - shipped == {ID}


def test_progress_is_heard(folder: Path) -> None:
    heard: list[str] = []
    with running(request(folder), lambda what, _done, _total: heard.append(what)):
        assert any("boxes.csv" in what for what in heard)


def test_the_engine_is_gone_when_the_run_ends(folder: Path) -> None:
    with run_of(folder) as run:
        scratch = run.backend.session.scratch
        assert scratch.is_dir()
    assert not scratch.exists()


def test_what_changed_since_an_earlier_day_is_told(folder: Path) -> None:
    with run_of(folder) as run:
        before = told(run)
        changed = changed_since(run, date(2020, 12, 31))
        assert [(one.provision, one.operator, one.before, one.after, one.count, one.examples) for one in changed] == [
            (f"{ID}.core", "north", Status.DUE, Status.CONTRAVENTION, 1, ("e1",))
        ]
        assert changed_since(run, date(2021, 6, 14)) == ()
        assert {one.before for one in changed_since(run, date(2019, 12, 31))} == {Status.CLEAR}
        assert told(run) == before


def test_an_element_is_explained(folder: Path) -> None:
    with run_of(folder) as run:
        (exhibit,) = explained(run, "e1")
        assert (exhibit.identifier, exhibit.operator, exhibit.place) == ("e1", "north", "boxes.csv record 2")
        assert {one.provision.id: one.verdict.status for one in exhibit.provisions if one.verdict} == {
            f"{ID}.buy": Status.UNKNOWN,
            f"{ID}.core": Status.CONTRAVENTION,
        }
        assert explained(run, "nobody") == []


def test_decisions_are_shown_and_the_run_is_remembered(folder: Path) -> None:
    with run_of(folder) as run, Ledger.open(folder / "workspace", create=True) as ledger:
        finding = next(one.id for one in run.findings() if one.status is Status.CONTRAVENTION)
        ledger.record(finding, "remediated", by="ana", why="swapped", now=NOW)
        shown = with_dispositions(run, ledger, NOW)
        assert shown.assessment.dispositions == {"candidate": 4, "remediated": 1}
        assert [one.total for one in ledger.runs()] == [4]
        later = datetime(2024, 2, 1, tzinfo=UTC)
        ledger.record(finding, "candidate", by="ana", why="it is back", now=later)
        assert with_recalled(run, ledger, NOW).assessment.dispositions == shown.assessment.dispositions
        assert len(ledger.runs()) == 1


def test_text_reports_hold_the_same_findings(folder: Path) -> None:
    with run_of(folder) as run:
        identifiers = [one.id for one in run.findings()]
        whole = json.loads(report(run, "json"))
        lines = [json.loads(line) for line in report(run, "jsonl").splitlines()]
        assert [one["id"] for one in whole["findings"]] == [one["id"] for one in lines] == identifiers
        assert all(identifier in report(run, "csv") for identifier in identifiers)
        assert "e1" in report(run, "html")
        assert "e1" in report(run, "table")


def parquet_rows(run: Run, path: Path) -> list[dict[str, Any]]:
    assert write_parquet(run, path) >= 0
    result = run.backend.session.connection.execute("FROM read_parquet(?)", [str(path)])
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def test_a_parquet_report_holds_them_too(folder: Path) -> None:
    with run_of(folder) as run:
        rows = parquet_rows(run, folder / "report.parquet")
        assert {(row["id"], row["status"]) for row in rows} == {(one.id, one.status) for one in run.findings()}


@pytest.mark.parametrize("form", ["json", "html", "parquet"])
def test_a_kept_report_gives_back_its_run(folder: Path, form: str) -> None:
    path = folder / f"report.{form}"
    with run_of(folder) as run:
        if form == "parquet":
            write_parquet(run, path)
        else:
            path.write_text(report(run, form), "utf-8")
        said = run.assessment
    stored = stored_run(path)
    assert (stored.form, stored.as_of, stored.laws, stored.maps) == (form, DAY, (ID,), {"Element": "id"})
    assert stored.redact is False
    assert stored.inputs == tuple((read.name, read.digest, read.format) for read in said.inputs)
    assert stored.beside == tuple((read.name, read.digest, read.format) for read in said.beside)
    assert stored.packs == {used.id: used.digest for used in said.packs}
    assert stored.catalogue == said.catalogue


PRIVATE = f"""\
- {{kind: waiver, subject: north, provision: {ID}.core, to: 2021-12-31, source: letter 7}}
- {{kind: permits, subject: DEU, text: {VENDOR}/5G, source: cable 9}}
"""
PERMITS = {"partner.country.permits": {"permits": {"vendor": VENDOR, "generation": "5G"}}}


def private(folder: Path) -> dict[str, Any]:
    (folder / "private.yaml").write_text(PRIVATE, "utf-8")
    about = {"subject": "partner", "when": PERMITS, "effect": {"bar": "release"}}
    write(folder / "law", pack_files(rule("share", about), designations=[], id="xa.partners"))
    return {"overlays": (folder / "private.yaml",), "laws": (ID, "xa.partners"), "redact": True}


def leaks(text: str) -> Sequence[str]:
    secrets = ("attic-", "letter 7", "cable 9", "2021-12-31", f"{VENDOR}/5G", '"e3"', ",e3,")
    return [secret for secret in secrets if secret in text]


def test_a_redacted_report_tells_no_secret_in_any_form(folder: Path) -> None:
    with run_of(folder, **private(folder)) as run:
        assert leaks("".join(one.excused_by or "" for one in run.findings())) == ["letter 7"]
        for form in ("json", "jsonl", "csv", "html", "table"):
            assert leaks(report(run, form)) == [], form
        rows = parquet_rows(run, folder / "report.parquet")
        assert leaks(json.dumps(rows)) == []
        marks = run.backend.reader.parquet_marks(folder / "report.parquet")
        assert json.loads(marks["telvet-counts"])["findings"] == len(rows)
        lines = [json.loads(line) for line in report(run, "jsonl").splitlines()]
        assert {row["id"] for row in rows} == {one["id"] for one in lines}
        assert {one.provision for one in run.findings()} == {row["provision"] for row in rows}


def test_a_redacted_run_says_so(folder: Path) -> None:
    with run_of(folder, redact=True) as run:
        write_parquet(run, folder / "report.parquet")
        (folder / "report.json").write_text(report(run, "json"), "utf-8")
    assert stored_run(folder / "report.json").redact is True
    assert stored_run(folder / "report.parquet").redact is True
