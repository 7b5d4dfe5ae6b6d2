from __future__ import annotations

from telvet.model.organisation import Attribution, Candidate


def test_one_candidate_is_settled_and_several_are_not() -> None:
    one, other = Candidate("aaa"), Candidate("bbb")
    assert Attribution((one,)).organisation == "aaa"
    assert Attribution((one, other)).organisation is None
    assert Attribution().organisation is None


def test_a_name_that_is_nobody_is_no_organisation() -> None:
    assert Attribution((Candidate(None, "Blue Heron"),)).organisation is None
