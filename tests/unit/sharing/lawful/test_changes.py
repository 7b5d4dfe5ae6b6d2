from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from telvet.model.release import Outcome
from telvet.model.sharing import Decision, Effect, Reason
from telvet.sharing.lawful.changes import Changed, Changes, what_changes

BARRED = Reason("law x", Effect.WITHHOLD, "x bars it")
UNKNOWN = Reason("law x", Effect.REFER, "it is not known whether x bars it")
EXCUSED = Reason("tlp-cap", Effect.WITHHOLD, "too high", excused_by="waiver w")
FINE = Reason("arrangement", Effect.PERMIT, "in force")


def permit(*more: Reason) -> Decision:
    return Decision(Effect.PERMIT, (FINE, *more))


def names(found: tuple[Changed, ...]) -> list[str]:
    return [one.name for one in found]


def test_what_newly_leaves_no_longer_leaves_and_waits_is_told_with_the_reasons_that_made_the_difference() -> None:
    before = {"c": permit(EXCUSED), "b": Decision(Effect.WITHHOLD, (BARRED, FINE)), "a": permit(), "d": permit()}
    after = {
        "a": Decision(Effect.REFER, (UNKNOWN, FINE)),
        "b": permit(),
        "c": Decision(Effect.WITHHOLD, (BARRED,)),
        "d": permit(),
    }
    found = what_changes(before, after)
    assert (names(found.leaves), names(found.stays), names(found.queued)) == (["b"], ["a", "c"], ["a"])
    assert (found.leaves[0].lifted, found.leaves[0].added) == ((BARRED,), ())
    assert (found.stays[1].before, found.stays[1].after, found.stays[1].added) == (
        Effect.PERMIT,
        Effect.WITHHOLD,
        (BARRED,),
    )
    assert found.same == 1


def test_a_waiver_that_is_no_more_is_a_reason_that_was_added() -> None:
    stands = Reason("tlp-cap", Effect.WITHHOLD, "too high", unless=("waiver of tlp-cap",))
    (one,) = what_changes({"a": permit(EXCUSED)}, {"a": Decision(Effect.WITHHOLD, (stands,))}).stays
    assert (one.lifted, one.added) == ((), (stands,))


def test_what_leaves_in_another_form_or_by_another_act_is_altered() -> None:
    whole, part = permit(), Decision(Effect.REDACT, (), redacted=("description",))
    assert names(what_changes({"a": whole}, {"a": part}).altered) == ["a"]
    found = what_changes({"a": Outcome(whole, ("authority x",))}, {"a": Outcome(whole, ("approval of ana",))})
    assert (found.altered[0].left_by, found.altered[0].leaves_by) == (("authority x",), ("approval of ana",))
    assert found.same == 0


def test_what_waited_and_is_withheld_now_is_told() -> None:
    found = what_changes({"a": Decision(Effect.REFER, (UNKNOWN,))}, {"a": Decision(Effect.WITHHOLD, (BARRED,))})
    assert (names(found.refused), names(found.stays)) == (["a"], [])


def test_what_stands_on_one_side_only_did_not_leave_on_the_other() -> None:
    found = what_changes({"old": permit()}, {"new": permit()})
    assert (names(found.leaves), names(found.stays)) == (["new"], ["old"])
    assert (found.leaves[0].before, found.stays[0].after) == (None, None)


_DECISIONS = st.sampled_from(
    [
        permit(),
        Decision(Effect.REDACT, (), redacted=("x",)),
        Decision(Effect.REFER, (UNKNOWN,)),
        Decision(Effect.WITHHOLD, (BARRED,)),
    ]
)
_SIDES = st.dictionaries(st.sampled_from("abcde"), _DECISIONS)


@given(_SIDES)
def test_nothing_differs_from_itself(side: Mapping[str, Decision]) -> None:
    assert what_changes(side, dict(sorted(side.items(), reverse=True))) == Changes(same=len(side))


@given(_SIDES, _SIDES)
def test_the_way_back_leaves_what_the_way_there_kept(
    one: Mapping[str, Decision], other: Mapping[str, Decision]
) -> None:
    there, back = what_changes(one, other), what_changes(other, one)
    assert (names(there.leaves), names(there.stays)) == (names(back.stays), names(back.leaves))
    assert [each.lifted for each in there.leaves] == [each.added for each in back.stays]
    assert there.same == back.same
    for listed in (there.leaves, there.stays, there.queued, there.altered, there.refused):
        assert names(listed) == sorted(names(listed))
