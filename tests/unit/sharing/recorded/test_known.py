from __future__ import annotations

from datetime import date

from telvet.model.handling import Tlp
from telvet.model.sharing import Arrangement, Consent, Facts, Partner, Waiver
from telvet.sharing.recorded.known import Known

DAY = date(2026, 1, 1)
ONE, OTHER = (Arrangement(f"A-{partner}", partner) for partner in ("one", "other"))
CONSENTS = [Consent(f"C-{partner}", "o", partner, Tlp.GREEN) for partner in ("one", "other")]
WAIVERS = [Waiver(f"W-{partner}", "purpose", partner, "i", ("a", "b"), "c") for partner in ("one", "other")]
KNOWN = Known(
    frozenset({"us"}),
    {"one": Partner("one")},
    frozenset({ONE, OTHER}),
    frozenset(CONSENTS),
    frozenset(WAIVERS),
)


def test_a_decision_sees_what_is_about_its_partner_and_nothing_else() -> None:
    facts = KNOWN.facts("one", DAY, purpose="p")
    expected = Facts(
        DAY,
        Partner("one"),
        frozenset({"us"}),
        frozenset({ONE}),
        frozenset(CONSENTS[:1]),
        frozenset(WAIVERS[:1]),
        frozenset(),
        "p",
    )
    assert facts == expected


def test_a_partner_that_is_not_on_record_is_none_though_it_is_named() -> None:
    facts = KNOWN.facts("other", DAY)
    assert facts.partner is None
    assert facts.arrangements == {OTHER}
