"""The engine decides as the oracle and as worked by hand, and nothing that is stricter, lost or not known lets more out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.model.dates import Span
from telvet.model.handling import (
    Acs,
    Classification,
    Ground,
    Handling,
    Privilege,
    Reach,
    SharingRule,
    Tlp,
    strictest,
)
from telvet.model.sharing import (
    NEVER,
    Arrangement,
    Candidate,
    Consent,
    Decision,
    Effect,
    Facts,
    LawAnswer,
    LawOutcome,
    MarkedPart,
    Originators,
    Partner,
    Reference,
    Term,
    ThirdParty,
    Waiver,
)
from telvet.model.status import Force
from telvet.sharing.deciding.closure import close
from telvet.sharing.deciding.marks import says_who
from telvet.sharing.decision import Decider, decide
from tests.oracle import sharing as oracle
from tests.oracle import sharing_rows as rows
from tests.oracle.sharing_vectors import SharingVector, sharing_vectors
from tests.property.strategies import modestly

Row = Mapping[str, Any]
every_fact = rows.generous_facts | rows.generous_facts | rows.generous_facts | rows.facts
every_candidate = rows.open_candidates | rows.open_candidates | rows.open_candidates | rows.candidates


# Plain rows into nouns, and decisions into what the oracle tells.


def a_set(cell: Any) -> frozenset[str] | None:
    return None if cell is None else frozenset(cell)


def a_span(cell: Any) -> Span | None:
    if cell is None or cell == "never":
        return NEVER if cell else None
    first, last = (cell, cell) if isinstance(cell, str) else cell
    return Span(date.fromisoformat(first), date.fromisoformat(last))


def a_term(row: Row) -> Term:
    return Term(a_span(row.get("begins")), a_span(row.get("ends")))


def an_acs(row: Row) -> Acs:
    return Acs(
        marking=row["marking"],
        custodian="X.Y",
        privileges_by_default=True,
        shared_by_default=bool(row.get("shared_by_default")),
        classification=Classification.U,
        no_foreign=bool(row.get("no_foreign")),
        public=bool(row.get("public")),
        nationalities=a_set(row.get("nationalities")),
        organisations=a_set(row.get("organisations")),
        shareability=a_set(row.get("shareability")),
        entities=a_set(row.get("entities")),
        privileges=frozenset(
            Privilege(
                each["action"],
                each["permit"],
                *(a_set(each.get(key)) for key in ("nationalities", "organisations", "shareability", "entity")),
            )
            for each in row.get("privileges", ())
        ),
        sharing=frozenset(SharingRule(frozenset(each["scope"]), each["permit"]) for each in row.get("sharing", ())),
    )


def a_handling(row: Row) -> Handling:
    return Handling(
        marks=frozenset(row.get("marks", ())),
        tlp=Tlp(row["tlp"]) if row.get("tlp") else None,
        classification=Classification(row["classification"]) if row.get("classification") else None,
        reach=Reach(row["reach"]) if row.get("reach") else None,
        rel_to=a_set(row.get("rel_to")),
        display_to=frozenset(row.get("display_to", ())),
        owners=frozenset(row.get("owners", ())),
        organisations=a_set(row.get("organisations")),
        acs=frozenset(map(an_acs, row.get("acs", ()))),
        terms=frozenset(row.get("terms", ())),
        referred=frozenset(Ground(*each) for each in row.get("referred", ())),
        withheld=frozenset(Ground(*each) for each in row.get("withheld", ())),
    )


def a_partner(row: Row) -> Partner:
    return Partner(
        row["id"],
        row.get("country"),
        identities=frozenset(row.get("identities", ())),
        nationalities=a_set(row.get("nationalities")),
        acs_organisations=a_set(row.get("acs")),
        misp_organisations=a_set(row.get("misp")),
        entities=a_set(row.get("entities")),
        shareability=a_set(row.get("shareability")),
        reach=Reach(row["reach"]) if row.get("reach") else None,
    )


def an_arrangement(row: Row) -> Arrangement:
    return Arrangement(
        row["id"],
        row["partner"],
        a_term(row),
        tlp=Tlp(row["tlp"]) if row.get("tlp") else None,
        classification=Classification(row["classification"]) if row.get("classification") else None,
        purposes=a_set(row.get("purposes")),
        third_party=ThirdParty(row["third_party"]) if row.get("third_party") else None,
        redaction=bool(row.get("redaction")),
        onward=tuple(row.get("onward", ())),
    )


def a_consent(row: Row) -> Consent:
    level, objects = Tlp(row["tlp"]), a_set(row.get("objects"))
    by, source = row.get("by", ""), row.get("source", "")
    return Consent(row["id"], row["originator"], row["partner"], level, a_term(row), objects, by, source)


def a_waiver(row: Row) -> Waiver:
    names = (row["id"], row["rule"], row["partner"], row.get("issuer", ""))
    persons, clause = tuple(row.get("persons", ())), row.get("clause", "")
    return Waiver(*names, persons, clause, a_term(row), a_set(row.get("objects")))


def the_facts(row: Row) -> Facts:
    return Facts(
        date.fromisoformat(row["as_of"]),
        a_partner(row["partner"]) if row.get("partner") else None,
        frozenset(row.get("ours", ())),
        frozenset(map(an_arrangement, row.get("arrangements", ()))),
        frozenset(map(a_consent, row.get("consents", ()))),
        frozenset(map(a_waiver, row.get("waivers", ()))),
        frozenset(
            LawAnswer(each["provision"], LawOutcome(each["outcome"]), force=Force(each.get("force", "binding")))
            for each in row.get("laws", ())
        ),
        row.get("purpose"),
    )


def a_candidate(row: Row, references: Any = ()) -> Candidate:
    origin = row.get("originators", {})
    return Candidate(
        row["id"],
        "x",
        whole=a_handling(row["whole"]),
        parts=tuple(MarkedPart(where, a_handling(each)) for where, each in row.get("parts", ())),
        required=frozenset(row.get("required", ())),
        references=tuple(
            Reference(each["at"], each["target"], bool(each.get("required")), bool(each.get("marking")))
            for each in references
        ),
        originators=Originators(frozenset(origin.get("ids", ())), bool(origin.get("complete"))),
    )


def told(decision: Decision) -> dict[str, Any]:
    return {
        "effect": str(decision.effect),
        "reasons": sorted((r.rule, str(r.effect), r.excused_by or "", r.unless) for r in decision.reasons),
        "obligations": sorted(
            (each.rule, each.what if each.rule in {"terms", "onward"} else "") for each in decision.obligations
        ),
        "unless": list(decision.unless),
        "redacted": list(decision.redacted),
        "arrangement": decision.arrangement,
        "scenario": list(decision.scenario),
        "may redact": decision.may_redact,
    }


def told_by_oracle(answer: Row) -> dict[str, Any]:
    return {
        **answer,
        "reasons": sorted((r.rule, r.effect, r.excused or "", r.unless) for r in answer["reasons"]),
        "obligations": sorted((rule, what if rule != "tlp" else "") for rule, what in answer["obligations"]),
    }


def expected(vector: SharingVector, answer: Row) -> None:
    short = {
        **answer,
        "rules": sorted({rule for rule, effect, excused, _ in answer["reasons"] if effect != "permit" and not excused}),
        "excused": sorted({excused for _, _, excused, _ in answer["reasons"] if excused}),
        "obligations": sorted({rule for rule, _ in answer["obligations"]}),
        "unless": [list(way) for way in answer["unless"]],
    }
    assert {key: short[key] for key in vector.expect} == dict(vector.expect), vector.why


VECTORS = [vector for vector in sharing_vectors() if vector.objects is None]
CLOSED = [vector for vector in sharing_vectors() if vector.objects is not None]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_engine_and_oracle_decide_as_worked_by_hand(vector: SharingVector) -> None:
    expected(vector, told(decide(the_facts(vector.facts), a_candidate(vector.candidate))))
    expected(vector, told_by_oracle(oracle.decide(vector.facts, vector.candidate)))


@pytest.mark.parametrize("vector", CLOSED, ids=lambda vector: vector.name)
def test_engine_and_oracle_close_references_as_worked_by_hand(vector: SharingVector) -> None:
    objects = vector.objects or {}
    closed = closed_by_engine(vector.facts, objects, vector.references)
    assert {name: effect for name, (effect, _) in closed.items()} == vector.expect["effects"], vector.why
    assert {name: missing for name, (_, missing) in closed.items() if missing} == vector.expect.get("redacted", {})
    assert closed == closed_by_oracle(vector.facts, objects, vector.references)


@modestly(300)
@given(facts=every_fact, candidate=every_candidate)
def test_the_engine_decides_as_the_oracle(facts: Row, candidate: Row) -> None:
    answer = told(decide(the_facts(facts), a_candidate(candidate)))
    assert answer == told_by_oracle(oracle.decide(facts, candidate))


def closed_by_engine(facts: Row, objects: Row, references: Row) -> dict[str, tuple[str, list[str]]]:
    decider = Decider(the_facts(facts))
    made = {name: a_candidate(one, references.get(name, ())) for name, one in objects.items()}
    decisions = {name: decider.decide(one) for name, one in made.items()}
    closed = close(decisions, {name: one.references for name, one in made.items()})
    return {name: (str(one.effect), list(one.redacted)) for name, one in closed.items()}


def closed_by_oracle(facts: Row, objects: Row, references: Row) -> dict[str, tuple[str, list[str]]]:
    return oracle.close({name: oracle.decide(facts, one) for name, one in objects.items()}, references)


several = st.fixed_dictionaries(dict.fromkeys(rows.NAMES, rows.open_candidates))


@modestly(200)
@given(facts=rows.generous_facts, objects=several, references=rows.reference_sets)
def test_the_engine_closes_references_as_the_oracle_and_nothing_out_names_what_stays(
    facts: Row, objects: Row, references: Row
) -> None:
    closed = closed_by_engine(facts, objects, references)
    assert closed == closed_by_oracle(facts, objects, references)
    out = {name for name, (effect, _) in closed.items() if effect in {"permit", "redact"}}
    for name in out:
        for each in references.get(name, ()):
            gone = any(each["at"] == part or each["at"].startswith(f"{part}.") for part in closed[name][1])
            absent = each.get("marking") and each["target"] not in closed
            assert each["target"] in out or gone or absent


@modestly(150)
@given(facts=rows.generous_facts, objects=several, references=rows.reference_sets, data=st.data())
def test_closing_again_changes_nothing_and_withholding_one_more_never_widens(
    facts: Row, objects: Row, references: Row, data: st.DataObject
) -> None:
    held = {name: a_candidate(one, references.get(name, ())).references for name, one in objects.items()}
    before = {name: decide(the_facts(facts), a_candidate(one)) for name, one in objects.items()}
    closed = close(before, held)
    again = close(closed, held)
    assert {name: one.effect for name, one in again.items()} == {name: one.effect for name, one in closed.items()}
    lost = data.draw(st.sampled_from(rows.NAMES))
    stays = decide(Facts(date.fromisoformat(rows.DAY)), a_candidate(objects[lost]))
    for name, one in close({**before, lost: stays}, held).items():
        assert_no_wider(one, closed[name])


# What never widens.


def assert_no_wider(after: Decision, before: Decision) -> None:
    """Hold that what goes out went out before, with no more in it."""
    if after.effect.releases:
        assert before.effect.rank <= after.effect.rank


@modestly(300)
@given(facts=every_fact, candidate=every_candidate, more=rows.handlings)
def test_a_stricter_handling_never_widens(facts: Row, candidate: Row, more: Row) -> None:
    known, before, mark = the_facts(facts), a_candidate(candidate), a_handling(more)
    if not says_who(before.whole):
        return  # it was withheld for that alone
    joined = tuple(MarkedPart(part.selector, strictest((part.handling, mark))) for part in before.parts)
    after = decide(known, replace(before, whole=strictest((before.whole, mark)), parts=joined))
    assert after.effect.rank >= decide(known, before).effect.rank


@modestly(300)
@given(facts=every_fact, candidate=every_candidate, more=rows.handlings, where=st.sampled_from(rows.SELECTORS))
def test_one_more_marked_part_never_widens(facts: Row, candidate: Row, more: Row, where: str) -> None:
    known, before = the_facts(facts), a_candidate(candidate)
    part = MarkedPart(where, strictest((before.whole, a_handling(more))))
    after = decide(known, replace(before, parts=(*before.parts, part)))
    assert after.effect.rank >= decide(known, before).effect.rank


@modestly(300)
@given(facts=every_fact, candidate=every_candidate, data=st.data())
def test_an_arrangement_consent_or_waiver_lost_never_widens(facts: Row, candidate: Row, data: st.DataObject) -> None:
    held = [(key, each) for key in ("arrangements", "consents", "waivers") for each in facts[key]]
    if not held:
        return
    key, lost = data.draw(st.sampled_from(held))
    fewer = {**facts, key: [each for each in facts[key] if each is not lost]}
    thing = a_candidate(candidate)
    assert decide(the_facts(fewer), thing).effect.rank >= decide(the_facts(facts), thing).effect.rank


OF_PARTNER = ("country", "identities", "misp", "acs", "nationalities", "entities", "shareability", "reach")
OF_ARRANGEMENT = ("begins", "ends", "tlp", "classification", "purposes", "third_party")


def forgotten(facts: Row) -> list[dict[str, Any]]:
    """Return the facts, each time with one thing not known any more."""
    found: list[dict[str, Any]] = [{**facts, "purpose": None}, {**facts, "partner": None}, {**facts, "ours": []}]
    found += [
        {**facts, "partner": {at: cell for at, cell in facts["partner"].items() if at != key}}
        for key in (OF_PARTNER if facts["partner"] else ())
    ]
    for at, key in chain(
        (("arrangements", key) for key in OF_ARRANGEMENT),
        (
            (at, key)
            for at in ("consents", "waivers")
            for key in ("begins", "ends", "by", "source", "clause", "persons")
        ),
    ):
        found += [
            {**facts, at: [{k: v for k, v in each.items() if k != key or each is not row} for each in facts[at]]}
            for row in facts[at]
        ]
    for law in facts["laws"]:
        unknown = {**law, "outcome": "unknown"}
        found.append({**facts, "laws": [unknown if each is law else each for each in facts["laws"]]})
    return found


@modestly(300)
@given(facts=every_fact, candidate=every_candidate, data=st.data())
def test_what_is_not_known_any_more_lets_nothing_out_that_was_kept(
    facts: Row, candidate: Row, data: st.DataObject
) -> None:
    thing = a_candidate(candidate)
    before = decide(the_facts(facts), thing)
    assert_no_wider(decide(the_facts(data.draw(st.sampled_from(forgotten(facts)))), thing), before)
    assert_no_wider(decide(the_facts(facts), replace(thing, originators=Originators())), before)
    assert_no_wider(
        decide(the_facts(facts), replace(thing, originators=replace(thing.originators, complete=False))), before
    )


@modestly(150)
@given(facts=every_fact, candidate=every_candidate, data=st.data())
def test_neither_the_order_of_facts_nor_what_was_decided_before_matters(
    facts: Row, candidate: Row, data: st.DataObject
) -> None:
    keys = ("arrangements", "consents", "waivers", "laws")
    turned = {**facts, **{key: data.draw(st.permutations(facts[key])) for key in keys}}
    thing, other = a_candidate(candidate), a_candidate({**candidate, "id": "y"})
    decider = Decider(the_facts(turned))
    assert decider.decide(other) == decide(the_facts(facts), other)
    assert decider.decide(thing) == decide(the_facts(facts), thing)
    assert decider.decide(thing) is decider.decide(thing)


@modestly(150)
@given(facts=every_fact, candidate=every_candidate)
def test_every_reason_that_counts_is_told_and_what_releases_has_none_stricter(facts: Row, candidate: Row) -> None:
    decision = decide(the_facts(facts), a_candidate(candidate))
    stops = [reason for reason in decision.reasons if reason.counts]
    assert (decision.effect is Effect.PERMIT) == (not stops)
    assert all(reason.effect.rank <= decision.effect.rank for reason in stops)
    assert decision.scenario == tuple(sorted(row["provision"] for row in facts["laws"] if row["force"] == "scenario"))
    if decision.effect.releases:
        assert decision.arrangement is not None
        assert facts["partner"]["country"] is not None
