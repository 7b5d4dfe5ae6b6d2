from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from telvet.assessment.coverage import coverage
from telvet.assessment.knowledge import Knowledge
from tests.unit.assessment.toy_world import knowledge
from tests.unit.packs.toy_law import ID, pack, rule

MNO = {"operator.roles": {"has": "mno"}}
OPERATORS = {
    "north": {"operator": "north", "roles": "mno"},
    "south": {"operator": "south", "roles": "isp"},
    "west": {"operator": "west"},
}
PERMITS = {"partner.country.permits": {"permits": {"vendor": "acme", "generation": "5G"}}}


def told(
    known: Knowledge, operators: Iterable[str | None] = ("north",), countries: Iterable[str | None] = ()
) -> list[tuple[Any, ...]]:
    return [(row.pack, row.operator, row.country, row.state, row.why) for row in coverage(known, operators, countries)]


def test_a_pack_is_evaluated_for_whom_it_binds_and_the_others_learn_why_not() -> None:
    known = knowledge(pack(binds=MNO), operators=OPERATORS)
    assert told(known, ["west", "south", None, "north"]) == [
        (ID, None, None, "bound unknown", "not known: operator.roles"),
        (ID, "north", None, "evaluated", "bound"),
        (ID, "south", None, "not bound", "operator.roles is isp"),
        (ID, "west", None, "bound unknown", "not known: operator.roles"),
    ]


def test_a_pack_binds_whom_one_of_its_provisions_binds() -> None:
    isp = {"operator.roles": {"has": "isp"}}
    known = knowledge(pack(rule("a", {"binds": MNO}), rule("b", {"binds": isp})), operators=OPERATORS)
    assert [row[3] for row in told(known, ["north", "south"])] == ["evaluated", "evaluated"]


def test_every_missing_fact_of_who_is_bound_is_named_once() -> None:
    both = {"all": [MNO, {"any": [{"operator.country": {"is": "XAA"}}, MNO]}]}
    known = knowledge(pack(binds=both), operators=OPERATORS)
    assert told(known, ["west"])[0][4] == "not known: operator.roles, operator.country"


def test_an_attested_fact_is_shown_with_its_value() -> None:
    said = [{"kind": "attestation", "subject": "west", "text": "operator.roles=supplier"}]
    known = knowledge(pack(binds=MNO), operators=OPERATORS, overlays=said)
    assert told(known, ["west"]) == [(ID, "west", None, "not bound", "operator.roles is supplier")]


def test_a_pack_that_was_not_asked_for_is_told_and_a_scenario_by_its_own_word() -> None:
    bill = pack(id="xa.bill", force="scenario")
    known = knowledge(pack(), bill, chosen=frozenset())
    assert told(known) == [
        (ID, None, None, "not asked", "--law names other packs"),
        ("xa.bill", None, None, "scenario not named", "a scenario takes part only when --law names it"),
    ]


def test_a_pack_not_yet_or_no_longer_law_is_not_in_force() -> None:
    ahead = pack(id="xa.ahead", enacted="2021-06-16")
    past = pack(id="xa.past", to="2021-06-14")
    last = pack(id="xa.last", to="2021-06-15")
    first = pack(id="xa.now", enacted="2021-06-15")
    rows = told(knowledge(ahead, past, last, first))
    assert [(row[0], row[3], row[4]) for row in rows] == [
        ("xa.ahead", "not in force", "enacted 2021-06-16"),
        ("xa.past", "not in force", "enacted 2020-01-01, ended 2021-06-14"),
        ("xa.last", "evaluated", "bound"),
        ("xa.now", "evaluated", "bound"),
    ]


def test_only_the_provisions_in_force_and_asked_for_tell_who_is_bound() -> None:
    law = pack(rule("ahead", {"enacted": "2030-01-01"}), rule("left"), rule("mno", {"binds": MNO}))
    known = knowledge(law, operators=OPERATORS, chosen=frozenset({f"{ID}.ahead", f"{ID}.mno"}))
    assert [row[3] for row in told(known, ["south"])] == ["not bound"]


def test_a_superseded_pack_is_told_from_the_day_of_its_successor() -> None:
    later = pack(id="xa.later", enacted="2021-06-15", supersedes=[ID])
    assert (ID, None, None, "superseded", "by xa.later") in told(knowledge(pack(), later))
    before = told(knowledge(pack(), later, on=date(2021, 6, 14)))
    assert [row[3] for row in before] == ["evaluated", "not in force"]


def test_law_about_partners_is_evaluated_for_every_country() -> None:
    law = pack(rule("rule", {"subject": "partner", "when": PERMITS, "effect": {"bar": "release"}}))
    assert told(knowledge(law), ["north", "south"]) == [
        (ID, None, None, "evaluated", "for every country that the run knows of")
    ]


def test_law_about_arrangements_says_whether_there_are_any() -> None:
    about = {"subject": "arrangement", "when": {"partner.country": {"is": "XBB"}}, "effect": "consider"}
    both = pack(rule("a", about), rule("b", {"subject": "partner", "when": PERMITS, "effect": {"bar": "release"}}))
    given = {"pact": {"arrangement": "pact"}}
    (row,) = told(knowledge(pack(rule("rule", about)), arrangements=given))
    assert row == (ID, None, None, "evaluated", "for every arrangement that the run knows of")
    (row,) = told(knowledge(pack(rule("rule", about))))
    assert row == (ID, None, None, "not bound", "it is about arrangements, and none is given")
    (row,) = told(knowledge(both))
    assert row[3:] == ("evaluated", "for every arrangement and country that the run knows of")


def test_a_country_without_law_is_said_to_be_not_covered() -> None:
    rows = told(knowledge(pack()), [], ["XBB", "XAA", None, "XDD"])
    assert rows == [
        (None, None, "XBB", "not covered", "no pack of law exists for this country"),
        (None, None, "XDD", "not covered", "no pack of law exists for this country"),
    ]


def test_law_of_a_union_covers_its_members_of_the_day() -> None:
    union = pack(jurisdiction="XU")
    assert [row[2] for row in told(knowledge(union), [], ["XAA", "XBB", "XCC"])] == ["XBB", "XCC"]
    before = knowledge(union, on=date(2020, 12, 31))
    assert [row[2] for row in told(before, [], ["XAA", "XBB", "XCC"])] == ["XCC"]
