"""Why a finding about a country or an arrangement is as it is, each reason with its origin."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from telvet.catalog.law_coverage import Covered
from telvet.model.facts import Stated
from telvet.model.finding import Because, Finding
from telvet.model.status import Grade, Status
from tests.unit.assessment.toy_world import FILE, Cells, findings, knowledge, row
from tests.unit.packs.toy_law import ACME, CITES, pack, rule

PERMITS = {"partner.country.permits": {"permits": {"vendor": "acme", "generation": "5G"}}}
DEPLOYS = {"partner.country.deploys": {"deploys": {"vendor": "acme", "generation": "5G"}}}
POSITION = {"partner.country.position": {"position": {"vendor": "acme", "any of": ["banned"]}}}
HERE = {"partner.country": {"is": "XBB"}}
PARTNERS = {"far": {"partner": "far", "country": "XBB", "origin_file": "p.csv"}}
PACT = {"pact": {"arrangement": "pact", "partner": "far", "signed_on": "2021-06", "origin_file": "a.yaml"}}
LAW = pack(rule("ban", {"when": ACME, "cites": [{**CITES[0], "grade": "unverified"}]}), id="xb.law", jurisdiction="XBB")


def found(when: Any, *given: Cells, **known: Any) -> Finding:
    known = {"partners": {"far": PARTNERS["far"]}, **known}
    asking = pack(rule("rule", {"subject": "partner", "when": when, "effect": {"bar": "release"}}))
    laws = (asking, LAW) if known.pop("law", False) else (asking,)
    (one,) = findings(knowledge(*laws, chosen=frozenset({f"{asking.id}.rule"}), **known), *given)
    return one


@pytest.mark.parametrize(
    ("when", "known", "value", "origin"),
    [
        (
            PERMITS, {"overlays": [{"kind": "permits", "subject": "XBB", "text": "acme/5G", "source": "x"}]},
            "acme/5G", "overlay XBB",
        ),
        (
            PERMITS, {"coverage": (Covered("XBB", None, None, Grade.VERIFIED, "a gazette", 3),)},
            "acme/5G", "catalog/places/law_coverage.csv record 3: a gazette",
        ),
        ({"not": PERMITS}, {"law": True}, "-acme/5G", "xb.law.ban, in force in XBB"),
        (DEPLOYS, {"stated_deploys": {("XBB", "acme", "5G"): "statement 4"}}, "acme/5G", "statement 4"),
        (POSITION, {"positions": {("XBB", "acme"): Stated("banned", "statement 5")}}, "acme=banned", "statement 5"),
        (HERE, {}, "XBB", "partner XBB"),
    ],
)  # fmt: skip
def test_whatever_decided_is_named(when: Any, known: dict[str, Any], value: str, origin: str) -> None:
    ((fact, told, where),) = [(one.fact, one.value, one.origin) for one in found(when, **known).because]
    assert (fact.startswith("partner.country"), told, where) == (True, value, origin)


def test_an_element_is_named_by_its_place() -> None:
    one = found(DEPLOYS, row("a", country="XBB", generation="4G"), row("b", country="XBB", generation="5G"))
    assert one.because == (
        Because("partner.country.deploys", "acme/5G", f"1 element in use, the first {FILE} record 3"),
    )


@pytest.mark.parametrize(
    ("when", "known", "grade"),
    [
        (PERMITS, {"overlays": [{"kind": "permits", "subject": "XBB", "text": "acme/5G"}]}, Grade.VERIFIED),
        (PERMITS, {"coverage": (Covered("XBB", None, None, Grade.SECONDARY, "x", 3),)}, Grade.SECONDARY),
        ({"not": PERMITS}, {"law": True}, Grade.UNVERIFIED),
        (POSITION, {"positions": {("XBB", "acme"): Stated("banned", "x", Grade.SECONDARY)}}, Grade.SECONDARY),
    ],
)
def test_a_finding_is_as_sure_as_the_weakest_source_of_what_decided(
    when: Any, known: dict[str, Any], grade: Grade
) -> None:
    assert found(when, **known).grade is grade


def test_what_did_not_decide_is_no_reason() -> None:
    one = found({"any": [HERE, PERMITS]}, coverage=(Covered("XCC", None, None, Grade.VERIFIED, "x", 3),))
    assert [reason.fact for reason in one.because] == ["partner.country"]


def test_an_arrangement_tells_its_partners_country_and_its_day_with_their_files() -> None:
    about = {"subject": "arrangement", "when": HERE, "effect": "consider"}
    known = knowledge(pack(rule("rule", about)), on=date(2021, 5, 31), partners=PARTNERS, arrangements=PACT)
    (one,) = findings(known)
    assert (one.subject_id, one.country, one.operator, one.equipment) == ("pact", "XBB", None, None)
    assert (one.status, one.by) == (Status.DUE, date(2021, 6, 1))
    assert one.because == (
        Because("partner.country", "XBB", "p.csv far country"),
        Because("arrangement.signed_on", "2021-06", "a.yaml pact signed_on"),
    )
