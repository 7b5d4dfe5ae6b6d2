from __future__ import annotations

import pytest

from telvet.evidence.proposing.outcomes import State, outcome
from telvet.evidence.proposing.rulebook import Rulebook

BAN = State("BANNED", "done")


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ((), BAN),
        (("will",), State("BANNED", "planned")),
        (("will.not",), State("ALLOWED", "ongoing")),
        (("plain.not",), State("BANNED", "denied")),
        (("consider",), State("CONSIDERING_BAN", "ongoing")),
        (("plan", "cancel"), State("BANNED", "cancelled")),
        (("hypothetical",), None),
        (("plain.not", "decide"), State("BANNED", "denied")),
        (("nobody knows this link",), BAN),
    ],
)
def test_links_act_from_the_verb_outwards(rules: Rulebook, links: tuple[str, ...], expected: State | None) -> None:
    assert outcome(BAN, links, rules, reported=False, duty=False) == expected


def test_what_is_refused_to_a_lenient_measure_is_a_ban(rules: Rulebook) -> None:
    assert outcome(State("ALLOWED", "done"), ("refuse",), rules, reported=False, duty=False) == BAN


def test_would_that_is_reported_is_what_will_be(rules: Rulebook) -> None:
    assert outcome(BAN, ("would",), rules, reported=True, duty=False) == State("BANNED", "planned")
    assert outcome(BAN, ("would",), rules, reported=False, duty=False) == State("BANNED", "conditional")


def test_must_orders_what_is_a_duty_and_urges_the_rest(rules: Rulebook) -> None:
    removal = State("REMOVAL_ORDERED", "ongoing")
    assert outcome(removal, ("must",), rules, reported=False, duty=True) == State("REMOVAL_ORDERED", "done")
    assert outcome(removal, ("must",), rules, reported=False, duty=False) == State("REMOVAL_ORDERED", "urged")


def test_not_going_to_impose_a_ban_denies_it(rules: Rulebook) -> None:
    plain = State("BANNED", "done")
    assert outcome(plain, ("impose.not", "will.not"), rules, reported=False, duty=False) == State("BANNED", "denied")
