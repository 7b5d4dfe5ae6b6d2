from __future__ import annotations

from collections.abc import Mapping

import pytest

from telvet.catalog.evidence_codes import read_codes
from telvet.catalog.folding import read_folding
from telvet.evidence.positions.contradictions import Denied, contradictions, same_vendor
from telvet.evidence.positions.contributions import Contribution, contributions_of
from telvet.model.evidence import Level, NamedVendor, Statement
from tests.unit.evidence.positions.toy_statements import ACME, ANYONE, BOREA, said

CODES, FOLDING = read_codes(), read_folding()
STANDS: Mapping[str, int] = {"stands": 1}


def told(*statements: Statement) -> list[Contribution]:
    return [each for one in statements for each in contributions_of(one, CODES, FOLDING)]


def clash(standing: Statement, other: Statement) -> str | None:
    """Return why another statement contradicts one that stands, if it does."""
    found = list(contradictions(told(standing), told(standing, other), (), STANDS, CODES))
    assert {frozenset((one.said.id, one.other.id)) for one in found} <= {frozenset((standing.id, other.id))}
    return found[0].why if found else None


def ban(scope: str = "5g", **cells: object) -> Statement:
    return said("stands", "BANNED", scope, **{"when": "2019-01-01", "published": "2019-12-31", **cells})


def leave(scope: str = "5g", **cells: object) -> Statement:
    return said("other", "ALLOWED", scope, **{"when": "2019-06-01", "published": "2020-06-01", **cells})


@pytest.mark.parametrize("scope", ["5g", "core", "all"])
def test_one_that_shuts_out_and_one_that_lets_in_contradict_each_other_for_a_time_that_both_speak_of(
    scope: str,
) -> None:
    assert clash(ban(), leave(scope)) == "one shuts the vendor out, the other lets it in, for the same time"


@pytest.mark.parametrize(
    "other",
    [
        leave("4g"),
        leave(when="2020-01-01"),
        leave(level=Level.AGENCY),
        leave(vendors=(BOREA,)),
        leave(document="stands"),
        leave(level=Level.OFFICIAL),
        said("other", "AUTHORISATION", "5g", when="2019-06-01"),
        said("other", "UNDECIDED", "5g", when="2019-06-01"),
    ],
    ids=["beside", "later", "level", "vendor", "document", "leaning", "condition", "deliberation"],
)
def test_what_differs_in_scope_time_level_vendor_or_stands_in_the_same_document_is_no_contradiction(
    other: Statement,
) -> None:
    assert clash(ban(), other) is None


def test_the_days_are_those_to_the_last_on_which_either_may_have_come_out() -> None:
    assert clash(ban(published="2020"), leave(when="2020-12-31", published="2020-12-31"))


def test_statements_without_a_quote_stand_each_by_itself() -> None:
    assert clash(ban(document=None), leave(document=None))


@pytest.mark.parametrize(
    ("scope", "when", "is_one"),
    [
        ("procurement", None, True),
        ("procurement", "2019-01-01", True),
        ("procurement", "2018-06-01/2019-06-01", True),
        ("procurement", "2019-01-02", False),
        ("5g", None, False),
        ("handset", None, False),
    ],
)
def test_two_accounts_of_a_ban_differ_on_what_is_banned_unless_their_days_make_them_two_acts(
    scope: str, when: str | None, *, is_one: bool
) -> None:
    why = clash(ban(), said("other", "BANNED", scope, when=when, published="2020-01-01"))
    assert (why is not None) is is_one
    assert why is None or why.startswith("they differ on what is banned: ")


def test_since_a_year_and_narrower_is_a_contradiction() -> None:
    agencies = said("other", "PROCUREMENT_BAN", published="2020-01-08")
    assert clash(ban("all", when="2012", published="2018-11-30"), agencies) == (
        "they differ on what is banned: purchases of government and its contractors or everything"
    )


def test_accounts_that_rest_on_no_quote_do_not_differ_on_what_is_banned() -> None:
    assert clash(ban(), said("other", "BANNED", "new", document=None)) is None
    assert clash(ban(document=None), said("other", "BANNED", "new")) is None


@pytest.mark.parametrize(
    ("measure", "scope", "published", "is_one"),
    [
        ("BANNED", "5g", "2019-06-01", True),
        ("BANNED", "all", "2019-12-31", True),
        ("BANNED", "5g", "2018-12-31", False),
        ("BANNED", "5g", "2020-01-01", False),
        ("BANNED", "4g", "2019-06-01", False),
        ("CAPPED", "5g", "2019-06-01", False),
    ],
)
def test_a_denial_contradicts_what_spoke_of_its_day(measure: str, scope: str, published: str, *, is_one: bool) -> None:
    no = said("no", measure, scope, modality="denied", published=published)
    denied = Denied(no, scope, CODES.measures[measure].kind)
    found = list(contradictions(told(ban()), told(ban()), [denied], STANDS, CODES))
    assert bool(found) is is_one
    assert {one.why for one in found} <= {"one says that it is so, the other that it is not"}


def test_a_denied_condition_is_a_contradiction_too() -> None:
    stands = said("stands", "AUTHORISATION", when="2019-01-01", published="2019-12-31")
    no = Denied(said("no", "AUTHORISATION", modality="denied", published="2019-06-01"), "network", "conditions")
    assert [one.said.id for one in contradictions(told(stands), (), [no], STANDS, CODES)][:1] == ["no"]


def test_two_that_do_not_stand_contradict_nothing() -> None:
    assert list(contradictions((), told(ban(), leave()), (), {}, CODES)) == []


def test_each_that_stands_and_is_contradicted_is_found() -> None:
    several = [said(name, "BANNED", "5g", when="2019-01-01", published="2019-12-31") for name in ("a", "b", "c")]
    found = contradictions(told(*several), told(*several, leave()), (), dict.fromkeys("abc", 1), CODES)
    assert {side.id for one in found for side in (one.said, one.other)} >= {"other"}
    assert any(one.said.id == "other" for one in contradictions(told(*several), told(leave()), (), {}, CODES))


def pairs(standing: list[Contribution], others: list[Contribution], weights: Mapping[str, int]) -> set[frozenset[str]]:
    return {frozenset((one.said.id, one.other.id)) for one in contradictions(standing, others, (), weights, CODES)}


def test_of_two_that_decide_each_is_found_with_the_other_even_where_a_lighter_one_comes_first() -> None:
    several = told(said("aside", "PROCUREMENT_BAN"), said("nets", "BANNED", "5g"), said("shops", "MARKET_BAN"))
    assert frozenset(("nets", "shops")) in pairs(several, several, {"aside": 1, "nets": 2, "shops": 2})


def test_of_two_that_stand_each_is_found_with_the_other_even_where_one_that_does_not_comes_first() -> None:
    one, two = told(said("one", "BANNED", "5g"), said("two", "BANNED", "5g"))
    lighter, elsewhere = told(said("lighter", "MARKET_BAN"), said("elsewhere", "PROCUREMENT_BAN"))
    found = pairs([one, two], [lighter, elsewhere, one, two], {"one": 1, "two": 1, "elsewhere": 1})
    assert {frozenset(("one", "elsewhere")), frozenset(("two", "elsewhere"))} <= found


@pytest.mark.parametrize(
    ("mine", "theirs", "shared"),
    [
        ((ACME,), (ACME, BOREA), True),
        ((ACME,), (BOREA,), False),
        ((ACME,), (), True),
        ((ACME,), (ANYONE,), True),
        ((NamedVendor("Nobody Ltd"),), (NamedVendor("Nobody Ltd"),), True),
        ((NamedVendor("Nobody Ltd"),), (ACME,), False),
    ],
)
def test_statements_share_a_vendor_by_id_else_by_name_and_one_on_anyone_shares_all(
    mine: tuple[NamedVendor, ...], theirs: tuple[NamedVendor, ...], *, shared: bool
) -> None:
    assert same_vendor(said("a", vendors=mine), said("b", vendors=theirs)) is shared
