from __future__ import annotations

import io
import json
from datetime import date

import pytest

from telvet.model.dates import Span
from telvet.model.sharing import Arrangement, Partner, Term
from telvet.reporting.consideration import write_json, write_table
from telvet.sharing.lawful.consideration import Consideration, considered
from telvet.sharing.lawful.consideration_entry import NO_DECISION, consideration_object
from tests.unit.assessment.toy_world import row
from tests.unit.packs.toy_law import pack, rule
from tests.unit.sharing.lawful.toy_posture import WEIGHED, overlay, ready

DAY = date(2021, 6, 15)


def found(by: str = "bo", force: str = "binding", begins: date = DAY) -> Consideration:
    posture = ready(
        pack(rule("rule", WEIGHED), force=force),
        overlays=[overlay("XBB", "deploys", "acme/5G")],
        equipment=[row("a", country="XBB")],
        assertions=[
            {"id": "a1", "country": "XBB", "metric": "sites\x1b[31m", "supplier": "Acme Ltd", "supplier_country": "XAA",
             "high": "20", "source": "a survey", "dated": "2021-05", "by": "ana"}
        ],
    )  # fmt: skip
    agreed = Arrangement("pact", "far", Term(Span(begins, begins)))
    return considered(agreed, Partner("far", "XBB"), posture, by=by)


def page(one: Consideration, width: int = 80) -> str:
    out = io.StringIO()
    write_table(one, width, False, out)
    return out.getvalue()


def test_json_is_the_object() -> None:
    out = io.StringIO()
    write_json(found(), out)
    assert json.loads(out.getvalue()) == consideration_object(found())


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_page_fits_and_says_neither_yes_nor_no(width: int) -> None:
    shown = page(found(), width)
    assert all(len(text) <= width for text in shown.splitlines())
    words = " ".join(shown.split())
    assert NO_DECISION in words
    for told in (
        "pact with far (XBB)",
        "considered by bo as of 2021-06-15",
        "xa.toy.rule asks (binding)",
        "? to 20",
        "overlay XBB",
    ):
        assert told in words
    assert "\x1b" not in shown


def test_a_page_says_what_is_not_known_and_what_is_no_law() -> None:
    shown = " ".join(page(found(force="scenario", begins=date(2021, 7, 1)), 120).split())
    assert "asks from 2021-07-01 on" not in shown
    assert "will ask from 2021-07-01 on (not law, a scenario)" in shown
    assert "the least that it may be" in shown
