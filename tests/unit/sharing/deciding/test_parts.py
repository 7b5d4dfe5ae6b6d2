from __future__ import annotations

from dataclasses import replace

import pytest

from telvet.model.handling import Ground, Handling
from telvet.model.sharing import Arrangement, Effect, MarkedPart, Reason
from telvet.sharing.deciding.families import of_handling
from telvet.sharing.deciding.parts import Judged, judge_parts, lifting
from tests.unit.sharing.deciding.cases import AMBER, ARRANGEMENT, GREEN, RED, candidate, case, shown


def judged(
    selector: str, handling: Handling, arrangement: Arrangement = ARRANGEMENT, whole: Handling = GREEN
) -> Judged:
    asked = case(arrangement)
    thing = candidate(whole, parts=(MarkedPart(selector, handling),), required=frozenset({"name"}))
    return judge_parts(asked, thing, of_handling(asked, whole))


def test_a_part_that_may_not_go_goes_missing_and_says_what_would_free_it() -> None:
    found = judged("description", RED)
    assert found.redacted == ("description",)
    assert found.kept == ()
    assert shown(found.reasons) == [("parts", "redact")]
    assert found.reasons[0].unless == ("consent of us", "waiver of tlp-cap")


def test_a_clean_part_says_nothing() -> None:
    assert judged("description", AMBER) == Judged((), (AMBER,), ())


@pytest.mark.parametrize(
    "selector", ["name", "name.[0]", "id", "granular_markings.[0].selectors", "object_marking_refs", "a b"]
)
def test_a_part_that_cannot_go_missing_decides_for_the_whole(selector: str) -> None:
    found = judged(selector, RED)
    assert found.redacted == ()
    assert {effect for _, effect in shown(found.reasons)} == {"withhold"}
    assert all(reason.because.startswith(f"{selector}: ") for reason in found.reasons)


def test_where_redaction_is_not_allowed_a_part_for_a_person_refers_the_whole() -> None:
    ground = replace(GREEN, referred=frozenset({Ground("a", "m")}))
    assert shown(judged("description", ground, replace(ARRANGEMENT, redaction=False)).reasons) == [
        ("referred", "refer")
    ]
    assert judged("description", ground).redacted == ("description",)


def test_what_stands_in_the_way_of_the_whole_is_not_told_again_of_a_part() -> None:
    assert judged("description", RED, whole=RED) == Judged((), (RED,), ())


def test_reasons_are_lifted_together_or_not_at_all() -> None:
    one = Reason("r", Effect.REFER, "so", unless=("b", "a"))
    assert lifting([one, replace(one, unless=("a", "c"))]) == ("a", "b", "c")
    assert lifting([one, replace(one, unless=())]) is None
    assert lifting([]) == ()
