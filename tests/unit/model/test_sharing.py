from __future__ import annotations

from datetime import date

from telvet.model.dates import Span
from telvet.model.sharing import NEVER, Effect, LawAnswer, LawOutcome, Originators, Reason, Term, derived
from telvet.model.status import Force
from telvet.model.truth import Truth

DAY = date(2024, 6, 1)
YEAR = Span(date(2024, 1, 1), date(2024, 12, 31))


def on(day: date) -> Span:
    return Span(day, day)


def test_effects_are_ranked_from_the_most_open_and_only_two_release() -> None:
    assert [effect.rank for effect in Effect] == [0, 1, 2, 3]
    assert [effect for effect in Effect if effect.releases] == [Effect.PERMIT, Effect.REDACT]


def test_a_term_holds_from_its_first_day_to_its_last() -> None:
    assert Term(on(DAY), on(DAY)).holds_on(DAY) is Truth.TRUE
    assert Term(on(date(2024, 6, 2)), NEVER).holds_on(DAY) is Truth.FALSE
    assert Term(on(date(2020, 1, 1)), on(date(2024, 5, 31))).holds_on(DAY) is Truth.FALSE


def test_a_term_of_which_an_end_is_not_known_may_hold_but_not_where_the_other_end_fails() -> None:
    assert Term(None, NEVER).holds_on(DAY) is Truth.UNKNOWN
    assert Term(on(DAY), None).holds_on(DAY) is Truth.UNKNOWN
    assert Term(YEAR, NEVER).holds_on(DAY) is Truth.UNKNOWN
    assert Term(None, on(date(2024, 5, 31))).holds_on(DAY) is Truth.FALSE


def test_what_is_derived_has_the_originators_of_all_its_sources() -> None:
    ours, theirs = Originators(frozenset({"us"}), complete=True), Originators(frozenset({"they"}), complete=True)
    assert derived((ours, theirs)) == Originators(frozenset({"us", "they"}), complete=True)
    assert derived((ours, Originators())) == Originators(frozenset({"us"}), complete=False)
    assert derived(()) == Originators()


def test_a_reason_counts_unless_it_permits_or_is_excused() -> None:
    assert Reason("r", Effect.REFER, "so").counts
    assert not Reason("r", Effect.PERMIT, "so").counts
    assert not Reason("r", Effect.WITHHOLD, "so", excused_by="waiver w").counts


def test_only_the_force_of_a_scenario_is_no_law() -> None:
    forces = [force for force in Force if LawAnswer("p", LawOutcome.CLEAR, force=force).scenario]
    assert forces == [Force.SCENARIO]
