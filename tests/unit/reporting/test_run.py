from __future__ import annotations

import json

from telvet.reporting.run import account_object, counts_object, run_about, run_object
from tests.unit.reporting import sample


def test_all_that_a_replay_needs_is_there() -> None:
    run = run_object(sample.assessment())
    assert list(run) == ["telvet", "notice", "as_of", "laws", "options", "inputs", "beside", "packs", "catalogue"]
    digests = json.dumps(run)
    for digest in ("5f0c" * 16, "91ab" * 16, "77de" * 16, "c0de" * 16, "01" * 32):
        assert digest in digests


def test_rows_in_are_rows_judged_and_rows_rejected() -> None:
    counts = counts_object(sample.assessment())
    assert counts["rows_in"] == 5_030
    assert (counts["rows_judged"], counts["rows_rejected"]) == (5_010, 20)
    assert counts["findings"] == len(sample.findings())


def test_the_account_names_everything_that_a_report_tells() -> None:
    account = account_object(sample.assessment())
    assert list(account) == [
        "counts",
        "coverage",
        "summary",
        "provisions",
        "unknown_facts",
        "makers",
        "unresolved",
        "dispositions",
        "burn_down",
    ]


def test_the_same_facts_in_another_order_give_the_same_account() -> None:
    one = sample.assessment()
    other = sample.assessment(
        summary=one.summary[::-1],
        coverage=one.coverage[::-1],
        packs=one.packs[::-1],
        unknown_facts=one.unknown_facts[::-1],
        makers=one.makers[::-1],
        unresolved=one.unresolved[::-1],
        options=dict(reversed(list(one.options.items()))),
        provisions=dict(reversed(list(one.provisions.items()))),
    )
    assert json.dumps([run_object(one), account_object(one)]) == json.dumps([run_object(other), account_object(other)])


def test_the_metadata_of_a_file_of_findings_reads_back_as_the_run() -> None:
    about = run_about(sample.assessment())
    assert json.loads(about["telvet-run"]) == run_object(sample.assessment())
    assert json.loads(about["telvet-counts"])["rows_in"] == 5_030
