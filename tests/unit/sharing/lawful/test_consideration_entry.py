from __future__ import annotations

import json
from datetime import date

from telvet.model.dates import Span
from telvet.model.sharing import Arrangement, Partner, Term
from telvet.sharing.lawful.consideration import Consideration, considered
from telvet.sharing.lawful.consideration_entry import KIND, consideration_entry, consideration_object
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


def test_the_id_follows_from_all_that_the_record_says() -> None:
    assert consideration_object(found())["id"] == consideration_object(found())["id"]
    assert consideration_object(found())["id"] != consideration_object(found("ana"))["id"]


def test_the_ledger_keeps_the_object_without_its_id() -> None:
    entry, told = consideration_entry(found()), consideration_object(found())
    assert (entry.kind, entry.id, entry.published) == (KIND, told.pop("id"), None)
    assert json.loads(entry.body) == told
