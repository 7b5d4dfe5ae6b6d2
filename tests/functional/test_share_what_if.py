"""`telvet share what-if`: what else would go, or stay, if an arrangement ended, law applied or a country decided otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.driver import Ran, command, telvet
from tests.functional.sharing_desk import FACTS, FEED, NORTH, OURS, Desk, bundle, indicator, lasting

ON = ("--facts", FACTS, "--as-of", "2026-04-01")
LAW = "usa.s3153-116"


def what_if(*more: object, form: str = "jsonl") -> Ran:
    ran = telvet("share", "what-if", FEED, *NORTH, *ON, *more, "--format", form)
    assert ran.code == 0, ran.err
    return ran


def changes(ran: Ran) -> set[tuple[str, str, str]]:
    return {(each["change"], each["before"], each["after"]) for each in ran.findings}


def test_without_an_arrangement_nothing_goes() -> None:
    lapsed = what_if("--lapse", "A-1")
    assert changes(lapsed) == {("stays", "permit", "withhold")}
    (one,) = (each for each in lapsed.findings if each["object"] == OURS)
    assert one["added"][0]["rule"] == "arrangement"
    table = what_if("--lapse", "A-1", form="table").out
    assert "would go no longer: 23" in table
    assert "; without A-1" in table
    assert "then: arrangement: no arrangement with northland-cert is in force" in table


def test_when_an_arrangement_has_ended_the_same_is_true() -> None:
    assert changes(what_if("--on", "2028-01-01")) == {("stays", "permit", "withhold")}
    assert what_if("--on", "2026-04-02").out == ""
    assert "Nothing would change." in what_if("--on", "2026-04-02", form="table").out


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (("--permits", "Huawei/5G"), {("stays", "permit", "withhold")}),
        (("--bans", "huawei/5G"), set()),
        ((), {("stays", "permit", "refer"), ("queued", "permit", "refer")}),
    ],
)
def test_law_would_stop_it_if_the_country_permitted(said: tuple[str, ...], expected: set[tuple[str, str, str]]) -> None:
    asked = ("--with-law", LAW, *said)
    assert expected <= changes(what_if(*asked))
    assert bool(expected) == bool(changes(what_if(*asked)))
    assert "Not law: a scenario was asked for." in what_if(*asked, form="table").out


def test_further_facts_may_free_something(tmp_path: Path) -> None:
    more = tmp_path / "more.yaml"
    more.write_text("waivers:\n  - {id: W-2, rule: tlp-cap, partner: northland-cert, issuer: Office, persons: [ana, bo],\n"
                    "     clause: c, from: 2020-01-01, to: 2098-12-31, objects: all}\n")  # fmt: skip
    found = what_if("--with-facts", more)
    assert ("leaves", "withhold", "permit") in changes(found)
    assert "; with more.yaml" in what_if("--with-facts", more, form="table").out


def test_what_leaves_by_an_act_can_be_compared(tmp_path: Path) -> None:
    desk = Desk(tmp_path, lasting(FACTS.read_text("utf-8")))
    file = bundle(tmp_path / "feed.json", [indicator(1, "green")])
    more = tmp_path / "more.yaml"
    more.write_text("ceilings:\n  - {id: K-2, partners: all, types: [indicator], most: 0}\n")
    asked = ("what-if", file, *NORTH, "--with-facts", more, "--format", "jsonl")
    assert desk.share(*asked).findings == []
    found = desk.share(*asked, "--released").findings
    name = indicator(1)["id"]
    assert {each["change"] for each in found if each["object"] == name} == {"stays", "queued"}
    assert {each["object"].partition("--")[0] for each in found if each["object"] != name} == {"marking-definition"}


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        ((), "no-change", "give one of --on"),
        (("--lapse", "A-9"), "unknown-arrangement", "did you mean 'A-2'?"),
        (("--bans", "huawei"), "not-of-a-country", "write vendor/generation, such as acme/5G"),
        (("--permits", "huawei/7G"), "not-of-a-country", "--permits: 'huawei/7G'"),
        (("--permits", "nobodyatall/5G"), "unknown-vendor", "--permits: 'nobodyatall'"),
        (("--with-law", "nothing"), "unknown", "nothing"),
    ],
)
def test_what_cannot_be_compared_is_refused(more: tuple[str, ...], code: str, said: str) -> None:
    ran = telvet("share", "what-if", FEED, *NORTH, *ON, *more)
    assert (ran.code, ran.out) == (2, "")
    assert code in ran.err
    assert said in ran.err
    assert "what-if.yaml" not in ran.err


def test_a_country_that_is_not_known_cannot_decide_otherwise(tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text("partners:\n  - {id: x}\n")
    ran = telvet("share", "what-if", FEED, "--partner", "x", "--facts", facts, "--bans", "huawei/5G")
    assert ran.code == 2
    assert "[no-country]" in ran.err


@pytest.mark.parametrize("columns", [80, 120])
def test_a_table_fits(columns: int) -> None:
    ran = command("share", "what-if", FEED, *NORTH, *ON, "--lapse", "A-1", env={"COLUMNS": str(columns)})
    assert all(len(text) <= columns for text in ran.out.splitlines())
    assert "\x1b" not in ran.out
