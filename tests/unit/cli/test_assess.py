from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from telvet.cli import report
from telvet.cli.assess import command
from telvet.cli.report import Order
from telvet.errors import UsageError
from telvet.model.status import Status
from telvet.pipeline import Request


def asked(monkeypatch: pytest.MonkeyPatch, line: str) -> tuple[Request, Order]:
    """Return what a command line asks for, and how it wants the answer."""
    heard: list[tuple[Request, Order]] = []

    def deliver(request: Request, order: Order) -> int:
        heard.append((request, order))
        return 0

    monkeypatch.setattr(report, "deliver", deliver)
    assert command.main(line.split(), standalone_mode=False) == 0
    return heard[0]


def test_every_option_reaches_the_request_or_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    line = (
        "a.csv b.csv --law x,y --law z --as-of 2024-01-15 --operators o.yaml --overlay v.yaml --packs p --map a=id --sheet Core --strict"
        " --format csv -o r.txt --fail-on due --allow-unknown --redact --since 2023-12-01 --rejects j.csv --workspace w"
        " --memory 2GB --partners n.yaml --arrangements g.yaml --assertions s.yaml"
    )
    request, order = asked(monkeypatch, line)
    assert request == Request(
        inputs=(Path("a.csv"), Path("b.csv")), as_of=date(2024, 1, 15), laws=("x", "y", "z"), operators=(Path("o.yaml"),),
        overlays=(Path("v.yaml"),), maps={"a": "id"}, sheet="Core", strict=True, redact=True, packs=(Path("p"),), memory="2GB",
        partners=(Path("n.yaml"),), arrangements=(Path("g.yaml"),), assertions=(Path("s.yaml"),), workspace=Path("w"),
    )  # fmt: skip
    assert order == Order(
        "csv", Path("r.txt"), Status.DUE, allow_unknown=True, since=date(2023, 12, 1), rejects=Path("j.csv"), workspace=Path("w")
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "form"),
    [
        ("a.csv", "table"),
        ("a.csv -o r.json", "json"),
        ("a.csv -o r.NDJSON", "jsonl"),
        ("a.csv -o r.htm", "html"),
        ("a.csv -o r.parquet", "parquet"),
        ("a.csv -o r.txt", "table"),
        ("a.csv -o r.csv --format json", "json"),
    ],
)
def test_the_format_is_the_one_asked_for_or_that_of_the_name(
    monkeypatch: pytest.MonkeyPatch, line: str, form: str
) -> None:
    assert asked(monkeypatch, line)[1].form == form


def test_without_a_day_it_is_today_and_without_a_law_it_is_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("telvet.cli.assess.today", lambda: date(2031, 5, 6))
    request, order = asked(monkeypatch, "a.csv")
    assert (request.as_of, request.laws) == (date(2031, 5, 6), ("all",))
    assert (order.fail_on, order.output, order.workspace) == (None, None, None)


def test_a_name_that_promises_what_cannot_be_written_is_refused() -> None:
    with pytest.raises(UsageError, match="telvet writes no xlsx"):
        command.main(["a.csv", "-o", "r.xlsx"], standalone_mode=False)
