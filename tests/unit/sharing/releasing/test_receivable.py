from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from telvet.model.dates import Span
from telvet.model.handling import Classification, Tlp
from telvet.model.sharing import NEVER, Arrangement, Partner, Term, ThirdParty
from telvet.sharing.recorded.known import Known
from telvet.sharing.releasing.gates import gate_of, shipped_rules
from telvet.sharing.releasing.receivable import receivable

DAY = date(2024, 6, 1)
ARRANGEMENT = Arrangement(
    "A", "p", Term(Span(date(2024, 1, 1), date(2024, 1, 1)), NEVER), Tlp.AMBER, Classification.U,
    frozenset({"defence"}), ThirdParty.AS_MARKED, onward=("no further",),
)  # fmt: skip
KNOWN = Known(frozenset({"us"}), {"p": Partner("p", "GBR")}, frozenset({ARRANGEMENT}))


def told(partner: str = "p", purpose: str | None = "defence", **changed: Any) -> dict[str, Any]:
    gate = gate_of(partner, DAY, replace(KNOWN, **changed), shipped_rules(), frozenset(), "x")
    found: Any = receivable(gate, [purpose])
    return dict(found)


def test_a_partner_is_told_how_far_markings_let_things_go() -> None:
    (purpose,) = told()["purposes"]
    lines = {line["marking"]: (line["ours"], line["others"]) for line in purpose["tlp"]}
    assert lines["TLP:GREEN"] == ("permit", "permit")
    assert lines["TLP:AMBER"] == ("permit", "withhold")
    assert lines["TLP:RED"] == ("withhold", "withhold")
    assert [(line["marking"], line["ours"]) for line in purpose["classification"]][:2] == [
        ("U", "permit"),
        ("R", "withhold"),
    ]
    (arrangement,) = purpose["arrangements"]
    assert (arrangement["until"], arrangement["onward"]) == ("never", ["no further"])


def test_codes_are_those_of_the_day() -> None:
    assert {"GBR", "FVEY"} <= set(told()["codes"])


def test_of_nobody_nothing_is_told() -> None:
    found = told("q")
    assert (found["country"], found["codes"]) == (None, [])
    assert {line["ours"] for line in found["purposes"][0]["tlp"]} == {"withhold"}
    assert {line["ours"] for line in told(purpose=None)["purposes"][0]["tlp"][:2]} == {"refer"}


def test_what_lapsed_is_not_told() -> None:
    over = replace(ARRANGEMENT, term=Term(ARRANGEMENT.term.begins, Span(DAY, DAY)))
    early = replace(ARRANGEMENT, term=Term(ARRANGEMENT.term.begins, Span(date(2024, 2, 1), date(2024, 2, 1))))
    assert told(arrangements=frozenset({over}))["purposes"][0]["arrangements"][0]["until"] == "2024-06-01"
    assert told(arrangements=frozenset({early}))["purposes"][0]["arrangements"] == []
    assert (
        told(arrangements=frozenset({replace(over, term=Term(over.term.begins))}))["purposes"][0]["arrangements"] == []
    )
