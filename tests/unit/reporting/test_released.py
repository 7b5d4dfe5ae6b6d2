from __future__ import annotations

import io
import json

import pytest

from telvet.reporting.released import together, write_jsonl, write_table, write_together
from telvet.sharing.audit.reading import ReleasedRow
from tests.unit.reporting.sharing_sample import CONTROL

MOMENT = "2024-06-01T10:00:00.000000Z"


def row(
    number: int, partner: str = "northland-cert", kind: str = "marking-definition", version: str = "1"
) -> ReleasedRow:
    name = f"{kind}--00000000-0000-4000-8000-{number:012}"
    return ReleasedRow(partner, name, version, "d" * 64, "permit", MOMENT, MOMENT, 2, "r", {"by": "ana"})


def table(*rows: ReleasedRow, width: int = 80, colour: bool = False) -> str:
    out = io.StringIO()
    write_table(rows, width, colour, out)
    return out.getvalue()


def counted(*rows: ReleasedRow, form: str = "table") -> str:
    out = io.StringIO()
    write_together(rows, form, 80, False, out)
    return out.getvalue()


@pytest.mark.parametrize("width", [80, 120])
def test_a_table_fits_and_names_objects_in_full(width: int) -> None:
    shown = table(row(1), row(2, version=""), width=width)
    assert all(len(text) <= width for text in shown.splitlines())
    assert row(1).object in shown
    assert "to northland-cert, 2024-06-01T10:00:00Z; version 1" in shown
    assert "version without date" in shown
    assert "2 versions went out" in shown


def test_of_very_many_the_first_are_shown_and_the_rest_is_counted() -> None:
    shown = table(*(row(number) for number in range(250)))
    assert row(199).object in shown
    assert row(200).object not in shown
    assert "250 versions went out" in shown
    assert "50 are not shown; --format jsonl has them all" in shown


def test_nothing_gone_out_is_said() -> None:
    assert table() == "Nothing has gone out.\n"
    assert counted() == "Nothing has gone out.\n"
    assert counted(form="jsonl") == ""


def test_versions_of_one_object_are_one_of_what_a_partner_holds() -> None:
    rows = [row(1, kind="tool"), row(1, kind="tool", version="2"), row(2, kind="malware"), row(1, "q", "tool")]
    assert {name: dict(held) for name, held in together(rows).items()} == {
        "northland-cert": {"tool": 1, "malware": 1},
        "q": {"tool": 1},
    }
    told = [json.loads(text) for text in counted(*rows, form="jsonl").splitlines()]
    assert told[0] == {"partner": "northland-cert", "objects": 2, "types": {"malware": 1, "tool": 1}}
    assert "northland-cert holds 2 objects" in counted(*rows)


def test_a_line_has_all_of_a_row() -> None:
    out = io.StringIO()
    write_jsonl([row(1)], out)
    told = json.loads(out.getvalue())
    assert (told["times"], told["sha256"], told["about"]) == (2, "d" * 64, {"by": "ana"})


def test_nothing_steers_the_terminal() -> None:
    odd = row(1, CONTROL, CONTROL, CONTROL)
    assert not {"\x1b", "\u202e"} & set(table(odd) + counted(odd))
    assert "\x1b[" in table(row(1), colour=True)
