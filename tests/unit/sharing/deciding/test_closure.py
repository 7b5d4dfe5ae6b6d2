from __future__ import annotations

from itertools import pairwise

from telvet.model.handling import Handling
from telvet.model.sharing import Decision, Effect, Reason, Reference
from telvet.sharing.deciding.closure import close
from telvet.sharing.deciding.composing import judged
from tests.unit.sharing.deciding.cases import candidate, case

GOES = Decision(Effect.PERMIT, (), arrangement="a", may_redact=True)
WHOLE = Decision(Effect.PERMIT, (), arrangement="a")
STAYS = Decision(
    Effect.WITHHOLD, (Reason("r", Effect.WITHHOLD, "no", unless=("waiver of r",)),), unless=(("waiver of r",),)
)
ASKED = Decision(Effect.REFER, (Reason("r", Effect.REFER, "who knows"),))


def needs(target: str, at: str = "source_ref") -> Reference:
    return Reference(at, target, required=True)


def marked(target: str, at: str = "object_marking_refs.[0]") -> Reference:
    return Reference(at, target, marking=True)


def test_what_needs_something_that_stays_stays_and_so_on() -> None:
    closed = close({"a": STAYS, "b": GOES, "c": GOES}, {"b": [needs("a")], "c": [needs("b")]})
    assert {name: one.effect for name, one in closed.items()} == dict.fromkeys("abc", Effect.WITHHOLD)
    assert closed["b"].unless == (("release of a",),)
    assert [reason.rule for reason in closed["c"].reasons] == ["references"]


def test_a_long_chain_is_followed_to_its_end_from_either_side() -> None:
    names = [f"o{place:02}" for place in range(40)]
    chain = {after: [needs(before)] for before, after in pairwise(names)}
    for order in (names, names[::-1]):
        closed = close({name: STAYS if name == "o00" else GOES for name in order}, chain)
        assert {one.effect for one in closed.values()} == {Effect.WITHHOLD}


def test_what_can_be_left_out_goes_missing_only_where_that_is_allowed() -> None:
    creator = {"b": [Reference("created_by_ref", "a")]}
    redacted = close({"a": STAYS, "b": GOES}, creator)["b"]
    assert (redacted.effect, redacted.redacted) == (Effect.REDACT, ("created_by_ref",))
    assert [each.rule for each in redacted.obligations] == ["parts"]
    assert close({"a": STAYS, "b": WHOLE}, creator)["b"].effect is Effect.WITHHOLD


def test_a_list_that_is_required_keeps_at_least_one() -> None:
    both = {"b": [needs("a", "object_refs.[0]"), needs("c", "object_refs.[1]")]}
    some = close({"a": STAYS, "b": GOES, "c": GOES}, both)["b"]
    assert some.redacted == ("object_refs.[0]",)
    assert close({"a": STAYS, "b": GOES, "c": STAYS}, both)["b"].effect is Effect.WITHHOLD


def test_what_nobody_decided_on_or_a_person_decides_is_left_to_a_person() -> None:
    closed = close({"a": ASKED, "b": WHOLE, "c": WHOLE}, {"b": [needs("a")], "c": [needs("elsewhere")]})
    assert closed["b"].effect is closed["c"].effect is Effect.REFER


def test_a_circle_stays_as_a_whole_or_goes_as_a_whole() -> None:
    circle = {"a": [needs("b")], "b": [needs("a"), needs("c")]}
    assert close({"a": GOES, "b": GOES, "c": GOES}, circle)["a"].effect is Effect.PERMIT
    assert close({"a": GOES, "b": GOES, "c": STAYS}, circle)["a"].effect is Effect.WITHHOLD


def test_what_stays_for_reasons_of_its_own_is_freed_by_those_facts_and_the_release_together() -> None:
    closed = close({"a": STAYS, "b": STAYS}, {"b": [needs("a")]})["b"]
    assert closed.unless == (("release of a", "waiver of r"),)


def test_a_reference_within_a_part_that_goes_missing_is_no_obstacle() -> None:
    partly = Decision(Effect.REDACT, (Reason("parts", Effect.REDACT, "so"),), redacted=("refs",), may_redact=True)
    assert close({"a": STAYS, "b": partly}, {"b": [needs("a", "refs.[0]")]})["b"] == partly


def test_a_marking_definition_goes_with_what_it_marks_unmarked_as_it_is() -> None:
    unmarked = judged(case(), candidate(Handling()))
    assert unmarked.effect is Effect.WITHHOLD
    assert close({"m": unmarked, "x": GOES}, {"x": [marked("m")]})["m"].effect is Effect.PERMIT
    alone = close({"m": unmarked, "x": STAYS}, {"x": [marked("m")]})["m"]
    assert alone.reasons[0].rule == "marking"


def test_what_is_marked_does_not_go_without_its_marking_definition() -> None:
    assert close({"m": STAYS, "x": GOES}, {"x": [marked("m")]})["x"].effect is Effect.WITHHOLD
    assert close({"x": GOES}, {"x": [marked("elsewhere")]})["x"] == GOES


def test_a_marking_of_a_marking_goes_only_where_something_else_leads_to_it() -> None:
    chain = {"m": [marked("n")], "n": [marked("m")]}
    assert close({"m": GOES, "n": GOES}, chain)["n"].effect is Effect.WITHHOLD
    closed = close({"m": GOES, "n": GOES, "x": GOES}, {**chain, "x": [marked("m")]})
    assert closed["n"].effect is Effect.PERMIT


def test_the_marking_of_a_part_that_goes_missing_stays() -> None:
    partly = Decision(Effect.REDACT, (Reason("parts", Effect.REDACT, "so"),), redacted=("description",))
    assert close({"m": GOES, "x": partly}, {"x": [marked("m", "description")]})["m"].effect is Effect.WITHHOLD
