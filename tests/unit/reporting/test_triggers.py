from __future__ import annotations

import io
import json
from datetime import date

import pytest

from telvet.reporting.triggers import trigger_object, write_jsonl, write_table
from telvet.sharing.lawful.gathering import Question
from telvet.sharing.lawful.triggers import STAMP, Compared, Trigger, compared
from tests.unit.sharing.lawful.toy_posture import law_of, overlay, ready

QUESTION = Question(date(2021, 6, 15), date(2021, 6, 1))
NAMES = {"XBB": "Borealand"}


def found() -> tuple[Compared, ...]:
    overlays = [overlay("XBB", "position", "acme=restricted"), overlay("XCC", "permits", "acme/5G")]
    return tuple(compared(ready(law_of(), overlays=overlays), ["XBB", "XCC"], "acme", "5G"))


def test_each_line_is_one_trigger_of_one_country_and_stamped_as_no_law() -> None:
    out = io.StringIO()
    write_jsonl(found(), QUESTION, NAMES, out)
    told = [json.loads(text) for text in out.getvalue().splitlines()]
    assert [(one["country"], one["trigger"]) for one in told] == [
        (at, str(one)) for at in ("XBB", "XCC") for one in Trigger
    ]
    assert {one["stamp"] for one in told} == {STAMP}
    assert told[0] == trigger_object(found()[0], QUESTION, NAMES)
    assert (told[0]["name"], told[5]["name"], told[0]["known_by"]) == ("Borealand", "XCC", "2021-06-01")
    assert told[4]["origins"] == [{"value": "acme=restricted", "origin": "overlay XBB", "grade": None}]


@pytest.mark.parametrize("width", [80, 100, 140])
def test_a_table_has_a_row_for_every_country_fits_and_says_that_it_is_no_law(width: int) -> None:
    out = io.StringIO()
    write_table(found(), QUESTION, NAMES, width=width, colour=False, out=out)
    shown = out.getvalue().splitlines()
    assert all(len(text) <= width for text in shown)
    assert "acme/5G as of 2021-06-15, by what was published by 2021-06-01" in shown[0]
    assert f"Each row is {STAMP}." in out.getvalue()
    (here,) = (text.split() for text in shown if text.startswith("Borealand"))
    assert here == ["Borealand", "unknown", "unknown", "unknown", "unknown", "no,", "restricted"]
    assert any("overlay XCC" in text for text in shown)
