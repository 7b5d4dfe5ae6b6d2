"""The way from files to a report, on toy law and a toy register that lie where the shipped ones would."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from telvet import __version__, pipeline
from telvet.errors import InventoryError, OperatorsError, UsageError
from telvet.model.finding import SummaryRow
from telvet.model.status import Force, Status
from telvet.pipeline import (
    Request,
    cache_folder,
    changed_since,
    explained,
    running,
    stored_run,
    with_dispositions,
    write_parquet,
    write_report,
)
from telvet.workspace.ledger import Ledger
from tests.unit.assessment.toy_register import toy_register, write_register
from tests.unit.packs.toy_law import ACME, ID, pack_files, rule, write

DAY = date(2021, 6, 15)
FAST = {"equipment.generation": {"is": "5G"}}
MNO = {"operator.roles": {"has": "mno"}}
BOXES = """\
id,operator,vendor,generation,site,installed_on,function
e1,north,Acme Ltd,5G,s1,2020-01-01,HSS
e2,north,Borea AG,5G,s1,2020-01-01,
e3,north,Nobody Inc,4G,s2,2020-01-01,
e4,south,Acme Radio,4G,s3,last summer,
"""
Written = Callable[[str, str], Path]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Put toy law and a toy register where the shipped ones are looked for, and the cache beside them."""
    root = tmp_path_factory.mktemp("shelf")
    write(root / "packs", pack_files(rule("rule", {"by": "2021-06-15"}), rule("fast", {"when": {"all": [ACME, FAST]}}), binds=MNO))  # fmt: skip
    write(root / "packs", pack_files(rule("bill"), id="xa.bill", force="scenario"))
    write_register(root / "catalog" / "vendors")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "shipped", lambda name: root / name)
        patch.setenv("XDG_CACHE_HOME", str(root / "cache"))
        yield root


@pytest.fixture
def written(shelf: Path, tmp_path: Path) -> Written:
    """Write a file for a run."""
    assert shelf.is_dir()

    def write_file(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write_file


@pytest.fixture
def asked(written: Written) -> Request:
    """Return what a person asks of four boxes, one of them faulty, of two operators."""
    operators = "- {operator: north, roles: [mno]}\n- {operator: south, roles: [isp]}\n"
    return Request((written("boxes.csv", BOXES),), DAY, operators=(written("operators.yaml", operators),))


def changed(request: Request, **parts: object) -> Request:
    """Return the same request with some parts replaced."""
    return replace(request, **parts)  # type: ignore[arg-type]  # a test names fields of Request


def test_a_run_accounts_for_every_row_and_names_all_that_it_was_made_from(asked: Request, shelf: Path) -> None:
    with running(asked) as run:
        told = run.assessment
    assert (told.telvet, told.as_of, told.laws) == (__version__, DAY, ("all",))
    assert (told.rows_in, told.rows_judged, told.rows_rejected) == (4, 3, 1)
    assert (told.in_use, told.in_use_assumed) == (3, 3)
    (boxes,) = told.inputs
    assert (boxes.name, boxes.digest) == ("boxes.csv", hashlib.sha256(BOXES.encode()).hexdigest())
    assert [(read.name, read.format) for read in told.beside] == [("operators.yaml", "operators yaml")]
    assert [(used.id, used.version) for used in told.packs] == [(ID, "2020.1.0")]
    assert told.catalogue == toy_register().digest
    assert told.provisions[f"{ID}.fast"] == "About fast"
    assert told.unresolved == (("Nobody Inc", 1),)
    assert (shelf / "cache" / "telvet").is_dir()


def test_findings_say_how_the_law_came_out_and_from_which_cell(asked: Request) -> None:
    with running(asked) as run:
        found = list(run.assessment.findings())
        summary = run.assessment.summary
    assert [(one.equipment, one.provision, one.status.value) for one in found] == [
        ("e1", f"{ID}.fast", "contravention"), ("e1", f"{ID}.rule", "due"), ("e3", f"{ID}.rule", "unknown"),
    ]  # fmt: skip
    places = {each.fact: each.origin for each in found[0].because}
    assert places["equipment.vendor"] == "boxes.csv record 2 vendor"
    assert places["operator.roles"] == "operators.yaml north roles"
    assert SummaryRow("north", None, f"{ID}.rule", Status.DUE, Force.BINDING, DAY, 1) in summary
    assert sum(row.count for row in summary) == len(found)


def test_coverage_tells_whom_the_law_binds_and_which_law_was_left_out(asked: Request) -> None:
    with running(asked) as run:
        rows = [(row.pack, row.operator, row.state) for row in run.assessment.coverage]
    assert rows == [("xa.bill", None, "scenario not named"), (ID, "north", "evaluated"), (ID, "south", "not bound")]


def test_law_is_chosen_by_name_and_an_unknown_name_is_refused(asked: Request) -> None:
    with running(changed(asked, laws=(f"{ID}.rule", "xa.bill"))) as run:
        assert {one.provision for one in run.assessment.findings()} == {f"{ID}.rule", "xa.bill.bill"}
        assert [used.id for used in run.assessment.packs] == ["xa.bill", ID]
    with pytest.raises(UsageError, match="no pack or provision"), running(changed(asked, laws=("xa.toi",))):
        pass


def test_further_packs_are_judged_beside_the_shipped_ones(asked: Request, tmp_path: Path) -> None:
    write(tmp_path / "more", pack_files(rule("own"), id="xb.own"))
    with running(changed(asked, packs=(tmp_path / "more",))) as run:
        assert {used.id for used in run.assessment.packs} == {ID, "xb.own"}
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError) as caught, running(changed(asked, packs=(tmp_path / "empty",))):
        pass
    assert caught.value.code == "no-folder"


def test_an_inventory_that_names_no_operator_is_that_of_the_only_one_described(
    asked: Request, written: Written
) -> None:
    nameless = written("nameless.csv", "id,vendor\ne1,Acme Ltd\n")
    alone = written("alone.yaml", "- {operator: north, roles: [mno]}\n")
    with running(changed(asked, inputs=(nameless,), operators=(alone,))) as run:
        assert [(one.operator, one.status.value) for one in run.assessment.findings()] == [
            ("north", "unknown"), ("north", "due"),
        ]  # fmt: skip
    with running(changed(asked, inputs=(nameless,))) as run:
        assert [one.operator for one in run.assessment.findings()] == [None, None]


def test_an_operator_beside_named_ones_is_not_given_their_rows(asked: Request, written: Written) -> None:
    alone = written("alone.yaml", "- {operator: west, roles: [mno]}\n")
    with running(changed(asked, operators=(alone,))) as run:
        assert {one.operator for one in run.assessment.findings()} == {"north"}


def test_overlays_are_judged_with_the_rows(asked: Request, written: Written) -> None:
    overlays = written(
        "overlays.yaml",
        f"- {{kind: waiver, subject: e1, provision: {ID}.fast, to: 2021-12-31, source: letter}}\n"
        "- {kind: attestation, subject: e3, text: equipment.organisation=acme}\n",
    )
    with running(changed(asked, overlays=(overlays,))) as run:
        found = {
            (one.equipment, one.provision.rpartition(".")[2]): one.status.value for one in run.assessment.findings()
        }
        assert [read.format for read in run.assessment.beside] == ["operators yaml", "overlays yaml"]
    assert found == {("e1", "fast"): "waived", ("e1", "rule"): "due", ("e3", "rule"): "unknown"}


def test_faults_of_rows_are_set_aside_unless_none_is_allowed(asked: Request) -> None:
    with running(asked) as run:
        assert [(fault.record, fault.field) for fault in run.inventory.faults] == [(5, "installed_on")]
    with pytest.raises(InventoryError), running(changed(asked, strict=True)):
        pass


def test_faults_beside_the_inventory_stop_the_run(asked: Request, written: Written) -> None:
    bad = written("bad.yaml", "- {operator: north, roles: [king]}\n")
    with pytest.raises(OperatorsError), running(changed(asked, operators=(bad,))):
        pass


def test_headers_may_be_mapped_and_the_options_remember_how(asked: Request, written: Written) -> None:
    odd = written("odd.csv", "Nr,Bauer\ne1,Acme Ltd\n")
    with running(changed(asked, inputs=(odd,), maps={"Nr": "id", "Bauer": "manufacturer"}, redact=True)) as run:
        assert json.loads(run.assessment.options["maps"]) == {"Nr": "id", "Bauer": "manufacturer"}
        assert run.assessment.options["redact"] == "yes"
        assert run.assessment.rows_judged == 1


def test_what_is_being_read_is_heard(asked: Request) -> None:
    heard: list[tuple[str, int, int]] = []
    with running(asked, lambda what, done, total: heard.append((what, done, total))):
        pass
    assert heard
    assert heard[0][0] == "reading boxes.csv"


FORMS = ("json", "jsonl", "csv", "html", "table")


def reports(request: Request, *, keep: bool = True) -> dict[str, str]:
    """Return a run's report in every form of text."""
    texts = {form: io.StringIO() for form in FORMS}
    with running(request, keep=keep) as run:
        for form, out in texts.items():
            write_report(run, form, out)
    return {form: out.getvalue() for form, out in texts.items()}


def test_every_form_tells_what_was_found(asked: Request) -> None:
    kept = reports(asked)
    assert [form for form, text in kept.items() if f"{ID}.fast" not in text] == []


def test_findings_that_are_not_kept_are_made_anew_and_counted_in_brief(asked: Request) -> None:
    kept, made = (reports(asked, keep=keep) for keep in (True, False))
    assert [made[form] == kept[form] for form in ("jsonl", "csv")] == [True, True]
    with running(asked, keep=False) as run:
        told = run.assessment
    assert [(row.operator, row.provision, row.status.value, row.count) for row in told.summary] == [
        (None, f"{ID}.fast", "contravention", 1), (None, f"{ID}.rule", "due", 1), (None, f"{ID}.rule", "unknown", 1),
    ]  # fmt: skip
    assert (told.rows_judged, told.in_use) == (3, 3)
    assert told.unknown_facts == (("equipment.vendor", 1, 1),)


def test_a_redacted_report_does_not_know_an_intercept_element(asked: Request, written: Written) -> None:
    secret = written("secret.csv", BOXES.replace("HSS", "li").replace("e1,", "hidden-box,"))
    plain, redacted = (
        reports(changed(asked, inputs=(secret,), laws=(f"{ID}.rule",), redact=redact)) for redact in (False, True)
    )
    assert [form for form, text in plain.items() if "hidden-box" not in text and form != "table"] == []
    assert [form for form, text in redacted.items() if "hidden-box" in text] == []
    findings = [json.loads(line)["equipment"] for line in redacted["jsonl"].splitlines()]
    assert findings == ["e3"]


def test_a_kept_report_carries_the_run_that_made_it(asked: Request, tmp_path: Path) -> None:
    paths = {form: tmp_path / f"report.{form}" for form in ("json", "html", "parquet")}
    with running(changed(asked, maps={"vendor": "manufacturer"})) as run:
        told = run.assessment
        for form in ("json", "html"):
            with paths[form].open("w", encoding="utf-8") as out:
                write_report(run, form, out)
        assert write_parquet(run, paths["parquet"]) == 3
    for form, path in paths.items():
        stored = stored_run(path)
        assert (stored.form, stored.telvet, stored.as_of, stored.laws) == (form, __version__, DAY, ("all",))
        assert stored.inputs == tuple((read.name, read.digest, read.format) for read in told.inputs)
        assert stored.beside == tuple((read.name, read.digest, read.format) for read in told.beside)
        assert stored.packs == {used.id: used.digest for used in told.packs}
        assert (stored.catalogue, stored.maps, stored.redact) == (told.catalogue, {"vendor": "manufacturer"}, False)


def test_what_changed_since_a_day_is_told_by_provision(asked: Request) -> None:
    with running(changed(asked, as_of=date(2021, 6, 16))) as run:
        (only,) = changed_since(run, DAY)
    assert (only.provision, only.before.value, only.after.value, only.examples) == (
        f"{ID}.rule", "due", "contravention", ("e1",),
    )  # fmt: skip


def test_rows_given_to_the_only_operator_are_its_own_on_the_earlier_day_too(asked: Request, written: Written) -> None:
    nameless = written("nameless.csv", "id,vendor,generation\ne1,Acme Ltd,5G\n")
    alone = written("alone.yaml", "- {operator: north, roles: [mno]}\n")
    with running(changed(asked, inputs=(nameless,), operators=(alone,))) as run:
        assert changed_since(run, DAY) == ()
        assert [one.before.value for one in changed_since(run, date(2019, 12, 31))] == ["clear", "clear"]


def test_an_overlay_counts_on_the_earlier_day_only_if_it_held_then(asked: Request, written: Written) -> None:
    ordered = written("overlays.yaml", f"- {{kind: waiver, subject: north, provision: {ID}, from: 2021-06-15}}\n")
    with running(changed(asked, overlays=(ordered,))) as run:
        found = {(one.before.value, one.after.value, one.count) for one in changed_since(run, date(2021, 6, 14))}
    assert found == {("contravention", "waived", 1), ("due", "waived", 1), ("unknown", "waived", 1)}


def test_an_element_is_explained_by_every_provision(asked: Request) -> None:
    with running(asked) as run:
        (exhibit,) = explained(run, "e1")
        assert (exhibit.operator, exhibit.place, exhibit.maker.value) == ("north", "boxes.csv record 2", "acme")
        assert [(one.provision.id, one.verdict.status.value if one.verdict else None) for one in exhibit.provisions] == [
            (f"{ID}.fast", "contravention"), (f"{ID}.rule", "due"),
        ]  # fmt: skip
        assert explained(run, "e9") == []


def test_decisions_about_findings_are_shown_and_the_run_is_remembered(asked: Request, tmp_path: Path) -> None:
    now = datetime(2021, 6, 15, 12, tzinfo=UTC)
    with Ledger.open(tmp_path / "workspace", create=True) as ledger, running(asked) as run:
        first = next(iter(run.assessment.findings()))
        ledger.record(first.id, "remediated", by="ana", why="swapped", now=now)
        shown = with_dispositions(run, ledger, now)
        found = list(shown.assessment.findings())
        assert [one.disposition.state if one.disposition else None for one in found] == ["remediated", None, None]
        assert shown.assessment.dispositions == {"candidate": 2, "remediated": 1}
        assert shown.assessment.burn_down == (("2021-06-15", 2),)
        text = io.StringIO()
        write_report(shown, "json", text)
    assert json.loads(text.getvalue())["findings"][0]["disposition"]["by"] == "ana"


def test_parsed_law_is_kept_where_the_surroundings_say(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "telvet"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "ana"))
    assert cache_folder() == tmp_path / "ana" / ".cache" / "telvet"


def test_the_engine_is_let_go_when_a_run_ends_even_by_an_error(asked: Request) -> None:
    with running(asked) as run:
        scratch = run.backend.session.scratch
        assert scratch.is_dir()
    assert not scratch.exists()
