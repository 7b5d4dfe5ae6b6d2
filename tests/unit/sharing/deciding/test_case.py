from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from telvet.model.handling import Tlp
from telvet.model.sharing import NEVER, Effect, Originators, Term
from tests.unit.sharing.deciding.cases import CONSENT, SINCE, THEIRS, WAIVER, case


def test_of_everyone_whose_it_is_third_parties_are_neither_we_nor_the_partner() -> None:
    every = case(originators=Originators(frozenset({"us", "they", "partner"}), complete=True))
    assert every.everyone == ("they", "us")
    assert every.third_parties == ("they",)
    assert every.settled
    assert not case(originators=Originators(complete=True)).settled
    assert not case(originators=replace(THEIRS, complete=False)).settled


def test_a_consent_is_shown_up_to_its_level_and_the_first_by_id_is_named() -> None:
    two = case(consents=frozenset({replace(CONSENT, id="d"), CONSENT}))
    assert two.consent("they", Tlp.AMBER_STRICT) == "c"
    assert two.consent("they", None) == "c"
    assert two.consent("they", Tlp.RED) is None
    assert two.consent("others", Tlp.GREEN) is None


@pytest.mark.parametrize(
    "change",
    [
        {"partner": "q"},
        {"objects": frozenset({"y"})},
        {"term": Term(None, NEVER)},
        {"term": Term(SINCE, SINCE)},
        {"by": " "},
        {"source": ""},
    ],
)
def test_a_consent_that_lacks_a_part_is_not_shown(change: dict[str, Any]) -> None:
    assert case(consents=frozenset({replace(CONSENT, **change)})).consent("they", Tlp.GREEN) is None


@pytest.mark.parametrize(
    "change",
    [
        {"rule": "tlp-cap"},
        {"partner": "q"},
        {"objects": frozenset({"y"})},
        {"persons": ("A",)},
        {"persons": ("A", " a ")},
        {"persons": ("A", "")},
        {"issuer": ""},
        {"clause": " "},
        {"term": Term(SINCE, NEVER)},
        {"term": Term(SINCE, None)},
        {"term": Term(SINCE, SINCE)},
    ],
)
def test_a_waiver_that_lacks_a_part_is_not_shown(change: dict[str, Any]) -> None:
    assert case(waivers=frozenset({WAIVER})).waiver("purpose") == "w"
    assert case(waivers=frozenset({replace(WAIVER, **change)})).waiver("purpose") is None


def test_a_waiver_of_some_objects_covers_those() -> None:
    named = replace(WAIVER, objects=frozenset({"x"}))
    assert case(waivers=frozenset({named})).waiver("purpose") == "w"


def test_what_is_excused_says_by_what_and_what_is_not_says_what_would_lift_it() -> None:
    waived = case(waivers=frozenset({WAIVER})).waivable("purpose", Effect.WITHHOLD, "so")
    assert (waived.excused_by, waived.unless, waived.counts) == ("waiver w", (), False)
    assert case().waivable("purpose", Effect.WITHHOLD, "so").unless == ("waiver of purpose",)
    assert case().waivable("law p", Effect.REFER, "so", lifted="fact p").unless == ("fact p",)
    assert case().asking_consent("r", "they", None, "so").unless == ("consent of they",)
    assert case(consents=frozenset({CONSENT})).asking_consent("r", "they", None, "so").excused_by == "consent c"
