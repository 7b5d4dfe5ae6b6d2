"""Each regime's test of ownership, on edges worked by hand."""

from __future__ import annotations

import pytest

from telvet.attribution.closures import CLOSURES, GENEROUS, STRICT, closure
from telvet.model.organisation import Ownership
from telvet.model.status import Grade

ROOT = frozenset({"root"})


def edge(owner: str, asset: str, percentage: float | None = 100, role: str = "owns") -> Ownership:
    return Ownership(owner, asset, percentage, role, None, None, "made up", Grade.VERIFIED)


def members(edges: list[Ownership], test: str | float, doubt: float = STRICT) -> str:
    return " ".join(sorted(closure(edges, ROOT, test, doubt) - ROOT))


@pytest.mark.parametrize(
    ("share", "passed"),
    [(100, "subsidiaries majority"), (50.1, "subsidiaries majority"), (50, "majority"), (49.9, ""), (10, "")],
)
def test_half_is_a_majority_and_more_than_half_a_subsidiary(share: float, passed: str) -> None:
    tests = [test for test in ("subsidiaries", "majority") if members([edge("root", "a", share)], test)]
    assert " ".join(tests) == passed


def test_listed_is_only_what_is_listed() -> None:
    assert members([edge("root", "a")], "listed") == ""


def test_control_needs_no_share_but_is_no_majority() -> None:
    edges = [edge("root", "a", None, "controls"), edge("a", "b", 60)]
    assert members(edges, "subsidiaries") == members(edges, "control") == "a b"
    assert members(edges, "majority", GENEROUS) == ""


def test_a_chain_passes_link_by_link() -> None:
    edges = [edge("root", "a", 60), edge("a", "b", 60), edge("b", "c", 40)]
    assert members(edges, "subsidiaries") == "a b"


def test_shares_of_several_members_add_up() -> None:
    edges = [edge("root", "a", 60), edge("root", "b", 30), edge("a", "b", 30)]
    assert members(edges, "subsidiaries") == "a b"


def test_shares_multiply_along_a_chain_and_add_up_over_chains() -> None:
    edges = [edge("root", "a", 50), edge("a", "b", 20), edge("root", "b", 5)]
    assert members(edges, 15.0) == "a b"
    assert members(edges, 15.1) == "a"
    assert members(edges, 50.0) == "a"


def test_an_unknown_share_counts_only_on_the_generous_reading() -> None:
    edges = [edge("root", "a", None)]
    for test in ("subsidiaries", "majority", "affiliates", "control", 10.0):
        assert (members(edges, test, STRICT), members(edges, test, GENEROUS)) == ("", "a")


def test_control_of_unknown_share_may_reach_a_number() -> None:
    edges = [edge("root", "a", None, "controls")]
    assert (members(edges, 10.0, STRICT), members(edges, 10.0, GENEROUS)) == ("", "a")


def test_rows_that_contradict_each_other_are_a_doubt() -> None:
    edges = [edge("root", "a", 40), edge("root", "a", 60)]
    assert (members(edges, "subsidiaries", STRICT), members(edges, "subsidiaries", GENEROUS)) == ("", "a")


def test_a_joint_venture_may_be_an_affiliate_but_is_no_subsidiary() -> None:
    edges = [edge("root", "jv", 49, "joint venture"), edge("partner", "jv", 51, "joint venture")]
    assert members(edges, "subsidiaries", GENEROUS) == members(edges, "majority", GENEROUS) == ""
    assert (members(edges, "affiliates", STRICT), members(edges, "affiliates", GENEROUS)) == ("", "jv")


def test_affiliates_reach_up_down_and_across() -> None:
    edges = [edge("parent", "root"), edge("top", "parent", None, "controls"), edge("parent", "sister"), edge("root", "a"),
             edge("minority", "root", 20), edge("minority", "stranger")]  # fmt: skip
    assert members(edges, "affiliates") == "a parent sister top"
    assert members(edges, "subsidiaries") == "a"


def test_circles_of_holdings_come_to_an_end() -> None:
    edges = [edge("root", "a", 60), edge("a", "b", 60), edge("b", "a", 30), edge("b", "root", 60)]
    for test in (*CLOSURES, 10.0):
        assert members(edges, test, GENEROUS) in ("", "a b")


def test_there_is_no_other_test() -> None:
    with pytest.raises(ValueError, match="no ownership test"):
        members([], "brands")
