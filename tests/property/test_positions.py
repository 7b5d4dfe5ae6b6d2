"""The engine finds the position that the oracle finds and that was worked out by hand, and what must not change it does not.

What is told of a day of publication and a moment of recording stays what it was, whatever is published or recorded later.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracle.position_vectors import PositionVector, position_vectors
from tests.oracle.positions_rules import table
from tests.property.statement_strategies import Heard, Row, disputes, moment, records, statement_rows, successions
from tests.property.strategies import modestly

KNOWN = date(2020, 7, 14)
"""A day by which all that is drawn is published, but for what has a year or quarter that ends later."""
AFTERWARDS = "2022-01"
MIDWAY = moment(3, 103)
LATE, LATER = 8, 9
"""Days of recording after all that is drawn."""
WHERE = ("position", "since", "until", "scopes", "disputed")
"""Where a country stands, without what was heard beside it."""

additions = st.lists(st.integers(0, 99), unique=True, min_size=1, max_size=4).flatmap(
    lambda places: st.tuples(*(statement_rows(f"n{place}", catalogue=False) for place in places))
)


def with_more(heard: Heard, added: Sequence[Row], **cells: Any) -> Heard:
    """Return a record with more statements, each confirmed; `recorded` and all else as drawn or given."""
    day = cells.pop("day", None)
    rows = [{**row, **cells, "recorded": moment(day or row["day"], 500 + place)} for place, row in enumerate(added)]
    confirmed = [
        judged(row, "confirmed", place, day=day or row["day"]) for place, row in enumerate(rows) if not row["catalogue"]
    ]
    return heard.but(statements=[*heard.statements, *rows], judgements=[*heard.judgements, *confirmed])


def judged(row: Row, verdict: str, place: int, *, day: int, published: str | None = None) -> Row:
    return {"statement": row["id"], "verdict": verdict, "published": published, "recorded": moment(day, 700 + place)}


def counted(heard: Heard) -> dict[str, Any]:
    answer = heard.by_engine()
    return {part: answer[part] for part in WHERE}


@pytest.mark.parametrize("vector", position_vectors(), ids=lambda vector: vector.name)
def test_the_engine_finds_the_position_as_worked_by_hand(vector: PositionVector) -> None:
    answer = Heard(vector.statements, vector.judgements, vector.question).by_engine()
    assert vector.told(answer) == dict(vector.expect), vector.why


@modestly(200)
@given(heard=records())
def test_the_engine_agrees_with_the_oracle_on_positions(heard: Heard) -> None:
    assert heard.by_engine() == heard.by_oracle()


@modestly(300)
@given(heard=successions())
def test_the_engine_agrees_with_the_oracle_where_statements_succeed_one_another(heard: Heard) -> None:
    assert heard.by_engine() == heard.by_oracle()


@modestly(300)
@given(heard=disputes())
def test_the_engine_agrees_with_the_oracle_where_statements_contradict_one_another(heard: Heard) -> None:
    assert heard.by_engine() == heard.by_oracle()


@modestly(25)
@given(heard=records(most=30))
def test_the_engine_agrees_with_the_oracle_on_long_records(heard: Heard) -> None:
    assert heard.by_engine() == heard.by_oracle()


@modestly(60)
@given(heard=records(), added=additions)
def test_what_was_published_after_the_day_changes_nothing_for_it(heard: Heard, added: Sequence[Row]) -> None:
    asked = heard.asked(known=heard.question.known or KNOWN)
    assert with_more(asked, added, published=AFTERWARDS).by_engine() == asked.by_engine()


@modestly(60)
@given(heard=records(), added=additions)
def test_what_was_recorded_after_the_moment_changes_nothing_for_it(heard: Heard, added: Sequence[Row]) -> None:
    asked = heard.asked(recorded=heard.question.recorded or MIDWAY)
    assert with_more(asked, added, day=LATE).by_engine() == asked.by_engine()


@modestly(60)
@given(heard=records(), data=st.data())
def test_what_was_judged_after_the_moment_changes_nothing_for_it(heard: Heard, data: st.DataObject) -> None:
    asked = heard.asked(recorded=heard.question.recorded or MIDWAY)
    verdicts = st.sampled_from(("confirmed", "rejected", "reopened", "retracted"))
    later = [judged(row, data.draw(verdicts), place, day=LATE) for place, row in enumerate(heard.statements)]
    assert asked.but(judgements=[*heard.judgements, *later]).by_engine() == asked.by_engine()


@modestly(60)
@given(heard=records(), day=st.integers(1, LATER))
def test_a_retraction_published_after_the_day_changes_nothing_for_it(heard: Heard, day: int) -> None:
    asked = heard.asked(known=heard.question.known or KNOWN)
    retracted = [
        judged(row, "retracted", place, day=day, published=AFTERWARDS) for place, row in enumerate(heard.statements)
    ]
    assert asked.but(judgements=[*heard.judgements, *retracted]).by_engine() == asked.by_engine()


@modestly(60)
@given(heard=records(), published=st.none() | st.just("2019"))
def test_a_retraction_known_by_the_day_takes_all_back(heard: Heard, published: str | None) -> None:
    asked = heard.asked(known=KNOWN, recorded=None)
    retracted = [
        judged(row, "retracted", place, day=LATER, published=published) for place, row in enumerate(heard.statements)
    ]
    taken_back = asked.but(judgements=[*heard.judgements, *retracted])
    assert taken_back.by_engine() == asked.but(statements=[]).by_engine()


@modestly(60)
@given(heard=records())
def test_a_question_without_a_limit_is_one_with_a_limit_after_everything(heard: Heard) -> None:
    limited = heard.asked(known=date(2030, 1, 1), recorded=moment(LATER, 0))
    assert limited.by_engine() == heard.asked(known=None, recorded=None).by_engine()


@modestly(60)
@given(heard=records(), data=st.data())
def test_the_order_in_which_rows_and_judgements_are_given_does_not_matter(heard: Heard, data: st.DataObject) -> None:
    shuffled = heard.but(
        statements=data.draw(st.permutations(heard.statements)), judgements=data.draw(st.permutations(heard.judgements))
    )
    assert shuffled.answered() == heard.answered()


@modestly(60)
@given(heard=records(), added=additions, verdicts=st.sampled_from(((), ("rejected",), ("confirmed", "reopened"))))
def test_what_is_not_confirmed_never_matters(heard: Heard, added: Sequence[Row], verdicts: tuple[str, ...]) -> None:
    asked = heard.asked(recorded=None)
    more = with_more(asked, added, day=LATE)
    judgements = [
        *heard.judgements,
        *(judged(row, verdict, place, day=LATE) for row in added for place, verdict in enumerate(verdicts)),
    ]
    assert more.but(judgements=judgements).by_engine() == asked.by_engine()


@modestly(60)
@given(heard=records(), added=additions)
def test_what_only_speaks_never_changes_where_a_country_stands(heard: Heard, added: Sequence[Row]) -> None:
    speaks = [code for code, measure in table("measures", "measures").items() if measure["kind"] == "speaks"]
    spoken = [{**row, "measure": speaks[int(row["id"][1:]) % len(speaks)]} for row in added]
    assert counted(with_more(heard, spoken)) == counted(heard)


@modestly(60)
@given(heard=records(), added=additions, level=st.sampled_from(("company", "other")))
def test_what_companies_and_others_say_never_changes_where_a_country_stands(
    heard: Heard, added: Sequence[Row], level: str
) -> None:
    more = with_more(heard, added, level=level)
    assert counted(more) == counted(heard)


@modestly(60)
@given(heard=records(), added=additions, country=st.sampled_from((None, "XYY", "XZZ")))
def test_nothing_said_of_another_country_matters(heard: Heard, added: Sequence[Row], country: str | None) -> None:
    assert with_more(heard, added, country=country).by_engine() == heard.by_engine()


@modestly(60)
@given(heard=records(), data=st.data())
def test_the_same_from_the_same_origin_never_raises_the_count_of_origins(heard: Heard, data: st.DataObject) -> None:
    copied = (
        data.draw(st.lists(st.sampled_from(heard.statements), unique_by=lambda row: str(row["id"])))
        if (heard.statements)
        else []
    )
    names = {row["id"]: f"{row['id']}~" for row in copied}
    again = [
        {**row, "id": names[row["id"]], "document": row["document"] and f"{row['document']}~{row['id']}"}
        for row in copied
    ]
    judgements = [
        {**one, "statement": names[one["statement"]]} for one in heard.judgements if one["statement"] in names
    ]
    more = heard.but(statements=[*heard.statements, *again], judgements=[*heard.judgements, *judgements])
    before, after = heard.by_engine(), more.by_engine()
    assert after["position"] == before["position"]
    assert [scope[:5] for scope in after["scopes"]] == [scope[:5] for scope in before["scopes"]]
    assert after["origins"] <= before["origins"]


@modestly(100)
@given(heard=records())
def test_a_country_is_permitted_only_where_a_whole_scope_is(heard: Heard) -> None:
    answer = heard.answered()
    reach = {code: scope["reach"] for code, scope in table("scopes", "scopes").items()}
    permitted = [each.scope for each in answer.scopes if each.position == "permitted" and reach[each.scope] == "whole"]
    if answer.position == "permitted":
        assert permitted
        assert {each.position for each in answer.scopes if reach[each.scope] != "apart"} <= {"permitted", "unknown"}


@modestly(60)
@given(heard=records())
def test_what_was_heard_is_shown_once_as_reason_against_or_context(heard: Heard) -> None:
    answer = heard.by_engine()
    against = [name for name, _ in answer["against"]]
    assert len(set(against)) == len(against)
    assert not set(answer["context"]) & {*answer["because"], *against}
    assert {kind for name, kind in answer["against"] if name in answer["because"]} <= {"contradiction"}
