from __future__ import annotations

from telvet.model.release import Authority, Originated, Outcome
from telvet.model.sharing import Decision, Effect, Originators, Term


def test_what_is_not_said_covers_nothing() -> None:
    bare = Authority("A", "p", "")
    assert (bare.signed_on, bare.purposes, bare.tlp, bare.classification, bare.redacted) == (
        None,
        None,
        None,
        None,
        False,
    )
    assert bare.term == Term()


def test_whose_it_is_is_settled_only_where_it_is_said_to_be_all() -> None:
    assert Originated("x", frozenset({"a"})).settled == Originators(frozenset({"a"}), complete=False)
    assert Originated("x", frozenset({"a"}), complete=True).settled.complete


def test_an_outcome_has_the_effect_of_its_decision() -> None:
    assert Outcome(Decision(Effect.REFER, ())).effect is Effect.REFER
