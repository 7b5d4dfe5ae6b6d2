from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from telvet.model.dates import Span
from telvet.model.handling import Classification, Tlp
from telvet.model.release import Authority, Ceiling, Judgement, Originated, Outcome, Recall, Verdict
from telvet.model.sharing import Arrangement, Effect, Partner, Term, ThirdParty
from telvet.sharing.objects.reading import read_object
from telvet.sharing.objects.thing import Thing
from telvet.sharing.recorded.known import Known
from telvet.sharing.releasing.gate import Gate, Offered
from telvet.sharing.releasing.gates import gate_of, shipped_rules

DAY = date(2024, 6, 1)
TERM = Term(Span(date(2024, 1, 1), date(2024, 1, 1)), Span(date(2024, 12, 31), date(2024, 12, 31)))
US = "identity--00000000-0000-4000-8000-000000000001"
GREEN = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"
AMBER = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"
PURPOSES = frozenset({"defence"})
AUTHORITY = Authority("S", "p", "An Officer", date(2024, 1, 1), TERM, PURPOSES, Tlp.GREEN, Classification.U)
KNOWN = Known(
    ours=frozenset({US}),
    partners={"p": Partner("p", "GBR", nationalities=frozenset({"GBR"}))},
    arrangements=frozenset({Arrangement("A", "p", TERM, Tlp.AMBER, Classification.U, PURPOSES, ThirdParty.AS_MARKED)}),
    originated={US: Originated(US, frozenset({US}), complete=True)},
    authorities=frozenset({AUTHORITY}),
)


def a_thing(kind: str, number: int, *marks: str, modified: str | None = "2024-03-01T00:00:00Z", **more: Any) -> Thing:
    held = {
        "type": kind,
        "spec_version": "2.1",
        "id": f"{kind}--00000000-0000-4000-8000-{number:012}",
        "created": "2024-03-01T00:00:00Z",
        "modified": modified,
        "created_by_ref": US,
        "object_marking_refs": list(marks or (GREEN,)),
        **more,
    }
    return read_object(json.dumps({key: value for key, value in held.items() if value is not None}).encode())


OURSELVES = a_thing("identity", 1, name="Us")
TOOL = a_thing("tool", 2, name="A tool")
TOLD = Judgement("p", TOOL.id, TOOL.version, TOOL.digest, Verdict.APPROVE, "Ann", "1", "fine", frozenset({"authority"}))


def a_gate(**changed: Any) -> Gate:
    return gate_of("p", DAY, replace(KNOWN, **changed), shipped_rules(), frozenset(), "data")


def outcomes(gate: Gate, *things: Thing, holding: frozenset[str] | None = frozenset()) -> dict[str, Outcome]:
    offered = [Offered(thing, purpose="defence") for thing in things]
    return dict(zip([thing.id for thing in things], gate.outcomes(offered, holding), strict=True))


def effects(gate: Gate, *things: Thing, holding: frozenset[str] | None = frozenset()) -> list[str]:
    return [one.effect.value for one in outcomes(gate, *things, holding=holding).values()]


def test_what_may_go_leaves_by_a_standing_authority_that_is_named() -> None:
    found = outcomes(a_gate(), OURSELVES, TOOL)
    assert [(one.effect, one.leaves_by) for one in found.values()] == [(Effect.PERMIT, ("standing authority S",))] * 2


def test_without_an_act_nothing_leaves_and_what_may_go_waits() -> None:
    gate = a_gate(authorities=frozenset())
    assert effects(gate, OURSELVES, TOOL) == ["refer", "refer"]
    offered = [Offered(thing, purpose="defence") for thing in (OURSELVES, TOOL)]
    assert [one.effect for one in gate.decisions(offered)] == [Effect.PERMIT, Effect.PERMIT]


def test_an_approval_lets_these_bytes_go_and_no_others() -> None:
    narrow = replace(AUTHORITY, types=frozenset({"identity"}))
    gate = a_gate(authorities=frozenset({narrow}), judgements=(TOLD,))
    found = outcomes(gate, OURSELVES, TOOL)
    assert found[TOOL.id].leaves_by == ("approval of Ann",)
    assert effects(gate, OURSELVES, a_thing("tool", 2, name="Another tool")) == ["permit", "refer"]
    assert effects(gate, OURSELVES, a_thing("tool", 2, name="A tool", modified="2024-03-02T00:00:00Z")) == [
        "permit",
        "refer",
    ]


def test_what_names_what_stays_stays() -> None:
    secret = a_thing("malware", 3, AMBER, is_family=True)
    link = a_thing("relationship", 4, relationship_type="uses", source_ref=TOOL.id, target_ref=secret.id)
    assert effects(a_gate(), OURSELVES, TOOL, secret, link) == ["permit", "permit", "refer", "refer"]
    recalled = a_gate(recalls=frozenset({Recall("R", frozenset({TOOL.id}), None, "Ann", "wrong", DAY)}))
    assert effects(recalled, OURSELVES, TOOL, link) == ["permit", "withhold", "withhold"]


def test_what_names_the_unknown_may_be_approved_knowingly() -> None:
    lone = a_thing(
        "relationship", 5, relationship_type="uses", source_ref=TOOL.id, target_ref="malware--" + TOOL.id[-36:]
    )
    told = replace(TOLD, object=lone.id, version=lone.version, digest=lone.digest, rules=frozenset({"references"}))
    assert effects(a_gate(), OURSELVES, TOOL, lone) == ["permit", "permit", "refer"]
    assert effects(a_gate(judgements=(told,)), OURSELVES, TOOL, lone) == ["permit", "permit", "permit"]
    blind = replace(told, rules=frozenset({"authority"}))
    assert effects(a_gate(judgements=(blind,)), OURSELVES, TOOL, lone) == ["permit", "permit", "refer"]


def test_a_reference_means_the_newest_version() -> None:
    new = a_thing("tool", 2, AMBER, name="A tool", modified="2024-04-01T00:00:00Z")
    link = a_thing("relationship", 6, relationship_type="uses", source_ref=TOOL.id, target_ref=OURSELVES.id)
    gate = a_gate()
    offered = [Offered(thing, purpose="defence") for thing in (OURSELVES, TOOL, new, link)]
    assert [one.effect.value for one in gate.outcomes(offered)] == ["permit", "permit", "refer", "refer"]


def test_a_ceiling_sends_what_is_beyond_it_to_a_person() -> None:
    tools = [a_thing("tool", number, name=f"Tool {number}") for number in (10, 11, 12)]
    gate = a_gate(ceilings=frozenset({Ceiling("K", None, frozenset({"tool"}), 2, "too much")}))
    assert effects(gate, OURSELVES, *reversed(tools)) == ["permit", "refer", "permit", "permit"]
    assert effects(gate, OURSELVES, *tools, holding=frozenset({tools[2].id})) == ["permit", "permit", "refer", "permit"]
    assert effects(gate, OURSELVES, *tools, holding=None) == ["permit", "refer", "refer", "refer"]
    other = a_gate(ceilings=frozenset({Ceiling("K", frozenset({"q"}), None, 0)}))
    assert effects(other, OURSELVES, *tools) == ["permit"] * 4


def test_a_ceiling_may_be_passed_by_who_saw_it() -> None:
    told = replace(TOLD, rules=frozenset({"together"}))
    gate = a_gate(ceilings=frozenset({Ceiling("K", None, frozenset({"tool"}), 0)}), judgements=(told,))
    assert effects(gate, OURSELVES, TOOL) == ["permit", "permit"]


def test_a_marking_definition_waits_for_nobody() -> None:
    mark = a_thing(
        "marking-definition", 7, modified=None, created_by_ref=None, object_marking_refs=None,
        definition_type="statement", definition={"statement": "ours"},
    )  # fmt: skip
    gate = a_gate(authorities=frozenset())
    marked = a_thing("tool", 8, mark.id, GREEN, name="Marked")
    assert effects(gate, OURSELVES, mark) == ["refer", "withhold"]
    assert effects(gate, OURSELVES, marked, mark)[2] == "withhold"
    sent = replace(TOLD, object=marked.id, version=marked.version, digest=marked.digest)
    ourselves = replace(TOLD, object=OURSELVES.id, version=OURSELVES.version, digest=OURSELVES.digest)
    seen = tuple(replace(each, rules=frozenset({"authority", "withheld"})) for each in (sent, ourselves))
    assert effects(a_gate(authorities=frozenset(), judgements=seen), OURSELVES, marked, mark)[0] == "permit"


def test_a_marking_definition_that_marks_nothing_needs_an_act_as_anything_else() -> None:
    lone = a_thing(
        "marking-definition", 7, modified=None, definition_type="statement", definition={"statement": "ours"}
    )  # fmt: skip
    assert effects(a_gate(authorities=frozenset()), OURSELVES, lone) == ["refer", "refer"]
    found = outcomes(a_gate(), OURSELVES, lone)
    assert found[lone.id].leaves_by == ("standing authority S",)


def test_who_is_on_nobodys_record_gets_nothing() -> None:
    gate = gate_of("q", DAY, KNOWN, shipped_rules(), frozenset(), "data")
    assert effects(gate, OURSELVES, TOOL) == ["withhold", "withhold"]


@pytest.mark.parametrize("changed", [{"digest": "x"}, {"recalls": frozenset()}])
def test_the_epoch_follows_the_record(changed: dict[str, Any]) -> None:
    assert (a_gate(**changed).epoch == a_gate().epoch) is ("digest" not in changed)


def test_two_persons_are_asked_for_where_they_are_needed() -> None:
    secret = a_thing("tool", 9, "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003", name="Secret")
    wide = frozenset({replace(next(iter(KNOWN.arrangements)), tlp=Tlp.RED)})
    found = outcomes(a_gate(arrangements=wide), OURSELVES, secret)
    assert (found[secret.id].effect, found[secret.id].persons) == (Effect.REFER, 2)
    assert outcomes(a_gate(authorities=frozenset()), OURSELVES)[OURSELVES.id].persons == 1
