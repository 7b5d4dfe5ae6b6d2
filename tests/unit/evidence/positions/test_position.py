from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from telvet.evidence.positions.position import Asked, position
from telvet.evidence.positions.record import Record
from telvet.model.evidence import Level, Statement
from telvet.model.position import Position
from tests.unit.evidence.positions.toy_statements import BOREA, day, said

ON = day("2021-01-01")


def asked(*statements: Statement, vendor: str | None = "acme", on: date = ON, known: str | None = None) -> Position:
    record = Record.of((), (), statements)
    return position(record, "XAA", vendor, Asked(on, day(known) if known else None))


def ids(several: Iterable[Statement]) -> list[str]:
    return [one.id for one in several]


def against(found: Position) -> dict[str, tuple[str, str | None]]:
    return {one.statement.id: (one.kind, one.other) for one in found.against}


KINGDOM = (
    said("improbable", "BANNED", "5g", modality="unlikely", level=Level.OFFICIAL, when="2018-11", published="2018-11-30"),
    said("principle", "RESTRICTED_NONCORE", modality="decided_in_principle", when="2019", published="2020-01-08", origin="w"),
    said("waiting", "UNDECIDED", "5g", modality="ongoing", when="2020-01-08", published="2020-01-08", origin="w"),
    said("decided", "RESTRICTED_NONCORE", when="2020-01-28", published="2020-01-28"),
    said("cap", "CAPPED", "noncore", level=Level.AGENCY, when="2020-01-28", published="2020-01-28"),
    said("purchases", "NEW_EQUIPMENT_BAN", when="2020-07-14", published="2020-07-14"),
    said("removal", "REMOVAL_ORDERED", "5g", when="2020-07-14", published="2020-07-14"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("on", "where", "since", "because"),
    [
        ("2018-11-29", "unknown", None, []),
        ("2018-11-30", "undecided", "2018-11", ["improbable"]),
        ("2020-01-07", "undecided", "2018-11", ["improbable"]),
        ("2020-01-08", "undecided", "2019", ["waiting", "principle"]),
        ("2020-01-28", "restricted", "2020-01-28", ["cap", "decided"]),
        ("2020-07-14", "banned", "2020-07-14", ["removal"]),
    ],
)
def test_a_country_is_told_as_its_published_record_had_it_each_day(
    on: str, where: str, since: str | None, because: list[str]
) -> None:
    found = asked(*KINGDOM, on=day(on), known=on)
    assert (found.position, found.since, sorted(ids(found.because))) == (where, since, sorted(because))


def test_what_was_said_before_is_kept_beside_the_decision() -> None:
    found = asked(*KINGDOM[:4])
    assert against(found) == {
        "improbable": ("succession", "waiting"),
        "principle": ("succession", "decided"),
        "waiting": ("tension", "decided"),
    }


def test_scopes_are_told_from_the_widest_and_with_how_far_each_has_got() -> None:
    found = asked(*KINGDOM[:3])
    assert [(one.scope, one.position, one.leaning, one.modality, one.since) for one in found.scopes] == [
        ("5g", "undecided", None, "ongoing", "2020-01-08"),
        ("core", "undecided", "banned", "decided_in_principle", "2019"),
        ("noncore", "undecided", "restricted", "decided_in_principle", "2019"),
    ]


def test_origins_are_counted_and_not_documents() -> None:
    found = asked(*(said(name, origin=name[0]) for name in ("a1", "a2", "b1")))
    assert ids(found.because) == ["a1", "a2", "b1"]
    assert found.origins == 2


def test_unknown_tells_what_was_heard_and_is_never_leave() -> None:
    found = asked(said("core", "ALLOWED", "core"), said("pressed", "PRESSURE"), said("no", "DENIAL"))
    assert (found.position, found.since, found.until, found.disputed) == ("unknown", None, None, False)
    assert ids(found.because) == ["core", "pressed"]
    assert found.context == ()
    assert against(found) == {"no": ("denial", None)}


def test_of_a_country_of_which_nothing_is_said_nothing_is_known() -> None:
    found = asked(said("elsewhere", country="XBB"))
    assert (found.position, found.scopes, found.because, found.against, found.origins) == ("unknown", (), (), (), 0)


def test_what_decides_nothing_is_context_beside_what_decides() -> None:
    found = asked(said("ban"), said("pressed", "PRESSURE"), said("firm", "ALLOWED", level=Level.COMPANY))
    assert ids(found.because) == ["ban"]
    assert ids(found.context) == ["firm", "pressed"]


def test_another_vendor_is_not_heard_unless_none_is_asked_for() -> None:
    other = said("other", vendors=(BOREA,))
    assert asked(other).position == "unknown"
    assert asked(other, vendor=None).position == "banned"
    assert (asked(other).vendor, asked(other, vendor=None).vendor) == ("acme", None)


def test_a_ban_stands_so_long_as_the_last_of_those_that_say_so() -> None:
    some = [said("a", until="2021-06-30"), said("b", until="2021-12-31"), said("c", until="2020-12-31")]
    assert asked(*some).until == day("2021-12-31")
    assert asked(*some, said("d")).until is None


def test_the_whole_stands_so_since_the_earliest_of_the_scopes_that_decide() -> None:
    nets, shops = said("nets", scope="5g", when="2018"), said("shops", "MARKET_BAN", when="2018-03-01")
    assert asked(nets, shops).since == "2018-03-01"
    assert asked(nets).since == "2018"
    assert asked(nets, said("shops", "MARKET_BAN", when="2018-12-31")).since == "2018"


def test_two_accounts_of_one_ban_are_shown_as_a_contradiction_and_make_it_disputed() -> None:
    nets = said("nets", scope="5g", when="2018-08", published="2018-11-30")
    contracts = said("contracts", "PROCUREMENT_BAN", published="2020-01-08")
    found = asked(nets, contracts)
    assert (found.position, ids(found.because), found.disputed) == ("banned", ["nets"], True)
    assert against(found) == {"contracts": ("contradiction", "nets")}
    assert {one.scope: one.disputed for one in found.scopes} == {"5g": True, "procurement": True}
    assert found.against[0].why == (
        "they differ on what is banned: 5G networks or purchases of government and its contractors"
    )


def test_of_two_that_decide_and_contradict_each_other_each_is_named_with_the_other() -> None:
    found = asked(said("nets", scope="5g"), said("shops", "MARKET_BAN"))
    assert against(found) == {"nets": ("contradiction", "shops"), "shops": ("contradiction", "nets")}


def test_a_statement_is_named_for_its_gravest_reason_only() -> None:
    leave = said("leave", "ALLOWED", "5g", when="2019-06-01", published="2019-12-31")
    ban = said("ban", "BANNED", "5g", when="2019-06-02", published="2019-12-31")
    assert against(asked(leave, ban)) == {"leave": ("contradiction", "ban")}


def test_what_is_no_longer_so_on_the_day_contradicts_nothing() -> None:
    leave = said("leave", "ALLOWED", "5g", when="2018-01-01", until="2018-12-31", published="2019-06-30")
    ban = said("ban", "BANNED", "5g", when="2018-06-01", published="2019-06-30")
    assert against(asked(leave, ban)) == {}
    assert against(asked(leave, ban, on=day("2018-06-01"))) == {"leave": ("contradiction", "ban")}


def test_the_question_is_repeated_in_the_answer() -> None:
    found = asked(said("a"), known="2020-01-01")
    assert (found.country, found.as_of, found.known_by) == ("XAA", ON, day("2020-01-01"))


def test_what_was_only_said_or_done_later_tells_nothing_of_a_day() -> None:
    later = (said("w", "WARNING", published="2022-01-01"), said("d", "DENIAL", published="2022-01-01", when="2021"))
    before = asked(*later, on=day("2020-01-01"))
    assert (before.position, before.because, before.against, before.origins) == ("unknown", (), (), 0)
    assert list(against(asked(*later, on=day("2021-06-01")))) == ["d"]
