"""Three facts of a country, each looked up by itself."""

from __future__ import annotations

from typing import Any

import pytest

from telvet.assessment.countries import DEPLOYS, PERMITS, POSITION, Countries
from telvet.assessment.survey import made_by, survey
from telvet.catalog.law_coverage import Covered
from telvet.lawcheck.rows import Rows
from telvet.model.condition import Test
from telvet.model.facts import Fact, Members, Single, Stated
from telvet.model.status import Grade
from tests.unit.assessment.toy_world import knowledge, row, rows_of
from tests.unit.packs.toy_law import pack, rule

MAY = Test(PERMITS, "permits", "acme/5G")
HAS = Test(DEPLOYS, "deploys", "acme/5G")
SOME = Test(DEPLOYS, "deploys", "acme")
SAYS = Test(POSITION, "position", ("acme=banned", "acme=restricted"))
NOTHING, YES, NO = Members(), Members(frozenset({"acme/5G"})), Members(frozenset(), frozenset({"acme/5G"}))
KNOWN = (Covered("XBB", None, None, Grade.SECONDARY, "a gazette"),)
BANNED = {("XBB", "acme"): Stated("banned", "statement 1", Grade.UNVERIFIED)}
BOX = row("a", country="XBB", generation="5G")


def overlay(kind: str, text: str) -> dict[str, str | None]:
    return {"kind": kind, "subject": "XBB", "text": text}


def countries(*overlays: dict[str, str | None], seen: bool = False, **abroad: Any) -> Countries:
    known = knowledge(pack(rule("rule", {"effect": {"bar": "award"}})), overlays=overlays, **abroad)
    backend = Rows()
    asked = [made_by("acme", "5G", "XBB"), made_by("acme", None, "XBB")]
    return Countries(known, survey(backend, backend.table(rows_of(BOX)), known, asked) if seen else None)


def facts(one: Countries) -> tuple[Fact | None, ...]:
    return tuple(one.fact("XBB", test) for test in (MAY, HAS, SAYS))


@pytest.mark.parametrize(
    ("known", "permits", "deploys", "position"),
    [
        ({}, NOTHING, NOTHING, Single()),
        ({"coverage": KNOWN}, YES, NOTHING, Single()),
        ({"seen": True}, NOTHING, YES, Single()),
        ({"stated_deploys": {("XBB", "acme", "5G"): "statement 2"}}, NOTHING, YES, Single()),
        ({"positions": BANNED}, NOTHING, NOTHING, Single(("acme=banned",))),
    ],
)
def test_no_fact_stands_in_for_another(known: Any, permits: Fact, deploys: Fact, position: Fact) -> None:
    assert facts(countries(**known)) == (permits, deploys, position)


@pytest.mark.parametrize(
    ("overlays", "permits", "deploys", "position"),
    [
        ([overlay("permits", "acme/5G")], YES, NOTHING, Single()),
        ([overlay("permits", "-acme/5G")], NO, NOTHING, Single()),
        ([overlay("permits", "acme/5G"), overlay("permits", "-acme/5G")], NOTHING, NOTHING, Single()),
        ([overlay("deploys", "acme/5G")], NOTHING, YES, Single()),
        ([overlay("deploys", "-acme")], NOTHING, NO, Single()),
        ([overlay("deploys", "acme")], NOTHING, NOTHING, Single()),
        ([overlay("deploys", "acme/5G"), overlay("deploys", "-acme")], NOTHING, NOTHING, Single()),
        ([overlay("position", "acme=banned")], NOTHING, NOTHING, Single(("acme=banned",))),
        (
            [overlay("position", "acme=banned"), overlay("position", "acme=permitted")],
            NOTHING, NOTHING, Single(("acme=banned", "acme=permitted")),
        ),
        ([overlay("position", "borea=banned")], NOTHING, NOTHING, Single()),
    ],
)  # fmt: skip
def test_an_overlay_speaks_of_its_own_fact(overlays: Any, permits: Fact, deploys: Fact, position: Fact) -> None:
    assert facts(countries(*overlays)) == (permits, deploys, position)


def test_what_overlays_say_of_law_and_of_words_stands_before_what_was_found() -> None:
    said = (overlay("permits", "-acme/5G"), overlay("position", "acme=permitted"))
    assert facts(countries(*said, coverage=KNOWN, positions=BANNED)) == (NO, NOTHING, Single(("acme=permitted",)))


def test_a_denial_of_what_is_seen_is_a_dispute_and_both_sides_are_told() -> None:
    one = countries(overlay("deploys", "-acme/5G"), seen=True)
    assert one.fact("XBB", HAS) == NOTHING
    assert one.reasons("XBB", HAS) == (
        Stated("acme/5G", "1 element in use, the first boxes.csv record 2"),
        Stated("-acme/5G", "overlay XBB"),
    )


def test_a_statement_without_a_generation_says_nothing_of_any_one() -> None:
    one = countries(stated_deploys={("XBB", "acme", None): "statement 3"})
    assert (one.fact("XBB", HAS), one.fact("XBB", SOME)) == (NOTHING, Members(frozenset({"acme"})))
    assert one.reasons("XBB", SOME) == (Stated("acme", "statement 3"),)


def test_an_unknown_position_is_none() -> None:
    one = countries(positions={("XBB", "acme"): Stated("unknown", "nothing that counts")})
    assert one.fact("XBB", SAYS) == Single()


def test_a_partner_of_no_known_country_has_no_facts() -> None:
    assert [countries().fact(None, test) for test in (MAY, HAS, SAYS)] == [None] * 3
    assert countries().fact("XBB", Test("partner.country", "is", "XBB")) == Single(("XBB",))
    assert countries().fact("XBB", Test("operator.country", "is", "XBB")) is None


def test_the_vendors_that_may_matter_are_those_spoken_of_and_named_and_every_group() -> None:
    one = countries(
        overlay("deploys", "-borea/4G"),
        positions={("XBB", "brand"): Stated("banned", "x"), ("XCC", "half"): Stated("banned", "x")},
        assertions=({"id": "a", "supplier": "Ceres SA"}, {"id": "b", "supplier": "Tenth Oy"}),
    )
    assert one.spoken_of("XBB") == {"borea", "brand"}
    assert one.vendors("XBB") == ("acme", "borea", "brand", "ceres")
