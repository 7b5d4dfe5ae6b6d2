"""The table of spec/semantics.md, section 6: one provision, one case, one verdict."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from telvet.assessment.facts import dated
from telvet.assessment.judging import considered, designated_tests, judge, needs_use
from telvet.assessment.use import Standing
from telvet.model.condition import Test
from telvet.model.dates import Span
from telvet.model.law import Citation, Designation, Provision
from telvet.model.status import Grade, Status
from telvet.model.truth import Truth
from tests.unit.assessment.toy_case import ROLES, TAGGED, TAGS, VENDOR, case, shown, verdict
from tests.unit.packs.toy_law import ACME, pack, provision

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
BOUND = {"binds": {ROLES: {"has": "mno"}}}


def test_a_provision_is_considered_from_enactment_to_its_last_day() -> None:
    law = provision({"enacted": "2021-01-01", "to": "2021-12-31"})
    days = (date(2020, 12, 31), date(2021, 1, 1), date(2021, 12, 31), date(2022, 1, 1))
    assert [considered(law, day) for day in days] == [False, True, True, False]
    assert [judge(law, case(on=day)) is not None for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("binds", "when", "status"),
    [
        (T, T, "contravention"), (T, U, "unknown"), (T, F, None),
        (U, T, "unknown"), (U, U, "unknown"), (U, F, None),
        (F, T, None), (F, U, None), (F, F, None),
    ],
)  # fmt: skip
def test_who_is_bound_and_what_it_is_about_are_joined(binds: Truth, when: Truth, status: str | None) -> None:
    found = verdict(BOUND, case({ROLES: binds, VENDOR: when}))
    assert (found.status.value if found else None) == status


@pytest.mark.parametrize(
    ("about", "on", "outcome"),
    [
        ({"by": "2021-06-15"}, "2021-06-15", ("due", "2021-06-15")),
        ({"by": "2021-06-15"}, "2021-06-16", ("contravention", "2021-06-15")),
        ({"by": "2021-06-15", "from": "2021-06-10"}, "2021-06-01", ("due", "2021-06-15")),
        ({"from": "2021-06-15"}, "2021-06-14", ("due", "2021-06-15")),
        ({"from": "2021-06-15"}, "2021-06-15", ("contravention", None)),
        ({}, "2020-01-01", ("contravention", None)),
        ({"effect": {"bar": "award"}, "from": "2021-06-15"}, "2021-06-14", ("due", "2021-06-15")),
        ({"effect": {"bar": "award"}, "from": "2021-06-15"}, "2021-06-15", ("barred", None)),
        ({"effect": {"require": "plan"}, "from": "2021-06-15"}, "2021-06-14", ("due", "2021-06-15")),
        ({"effect": {"require": "plan"}, "from": "2021-06-15"}, "2021-06-15", ("conditional", None)),
        ({"effect": "consider", "from": "2021-06-15"}, "2021-06-14", ("due", "2021-06-15")),
        ({"effect": "consider", "from": "2021-06-15"}, "2021-06-15", ("consider", None)),
        ({"effect": "consider"}, "2020-01-01", ("consider", None)),
    ],
)
def test_each_effect_bites_on_its_day(about: dict[str, Any], on: str, outcome: tuple[str, str | None]) -> None:
    assert shown(verdict(about, case(on=date.fromisoformat(on)))) == outcome


@pytest.mark.parametrize(
    ("installed", "life", "outcome"),
    [
        ("2021-02-28", None, None),
        ("2021-03-01", None, ("contravention", None)),
        ("2021-06-15", "off", ("contravention", None)),
        ("2021-07-01", None, ("due", None)),
        ("2021-07", "planned", ("due", None)),
        ("2021", None, ("unknown", None)),
        (None, "live", ("unknown", None)),
        (None, "stock", None),
    ],
)
def test_an_event_is_forbidden_by_its_own_day(
    installed: str | None, life: str | None, outcome: tuple[str, str | None] | None
) -> None:
    about = {"effect": {"prohibit": "install"}, "from": "2021-03-01"}
    assert shown(verdict(about, case(standing=Standing(life, installed=dated(installed))))) == outcome


def test_an_event_whose_window_has_not_opened_is_clear() -> None:
    about = {"effect": {"prohibit": "procure"}, "from": "2022-01-01"}
    assert verdict(about, case()) is None
    planned = case(standing=Standing(procured=dated("2022-02-01")))
    found = verdict(about, planned)
    assert found is not None
    assert (found.status, found.by, found.by_fact) == (Status.DUE, None, "equipment.procured_on")


@pytest.mark.parametrize(
    ("about", "off", "gone"),
    [
        ({"effect": "prohibit use"}, None, None),
        ({"effect": {"bar": "award"}}, "barred", None),
        ({"effect": "consider"}, "consider", None),
        ({"effect": {"require": "plan"}}, "conditional", None),
        ({"effect": {"bar": "award"}, "subject": "operator", "when": {"operator.uses": ACME}}, None, None),
        ({"effect": {"bar": "award"}, "subject": "operator", "when": {"all": [{"operator.uses": ACME}, TAGGED]}}, None, None),
    ],
)  # fmt: skip
def test_use_or_presence_is_asked_as_the_effect_needs_it(
    about: dict[str, Any], off: str | None, gone: str | None
) -> None:
    found = [verdict(about, case(standing=Standing(life))) for life in ("off", "removed", "live")]
    assert [each.status.value if each else None for each in found[:2]] == [off, gone]
    assert found[2] is not None


def test_what_is_about_an_operator_alone_asks_for_no_element() -> None:
    about = {"subject": "operator", "when": {ROLES: {"has": "mno"}}, "effect": {"bar": "award"}}
    assert shown(verdict(about, case(standing=Standing("removed")))) == ("barred", None)


def test_use_is_needed_by_state_rules_shares_and_what_an_operator_uses() -> None:
    assert needs_use(provision())
    assert needs_use(provision({"subject": "operator", "when": {"operator.uses": ACME}, "effect": {"bar": "award"}}))
    assert not needs_use(provision({"effect": {"bar": "award"}}))
    assert not needs_use(provision({"effect": {"prohibit": "install"}}))


def test_missing_facts_come_by_who_is_bound_then_what_then_use_each_once() -> None:
    when = {"all": [ACME, {"any": [TAGGED, {"equipment.site": {"is": "s"}}]}, {TAGS: {"has": "other"}}]}
    unknown = dict.fromkeys((ROLES, VENDOR, TAGS, "equipment.site"), U)
    one = case(unknown, standing=Standing(removed=dated("2021")))
    found = verdict({**BOUND, "when": when}, one)
    assert found is not None
    assert found.missing == (ROLES, VENDOR, TAGS, "equipment.removed_on", "equipment.site")


def test_what_is_settled_decides_and_is_told_with_use() -> None:
    found = verdict({**BOUND, "when": {"all": [ACME, {"any": [TAGGED, {"equipment.site": {"is": "s"}}]}]}},
                    case({TAGS: U}, standing=Standing("live", installed=dated("2020"))))  # fmt: skip
    assert found is not None
    assert found.because == (ROLES, VENDOR, "equipment.site", "equipment.lifecycle", "equipment.installed_on")


def named(day: str) -> Designation:
    listed = [{"id": "acme", "vendor": "acme", "tests": "made", "closure": "listed", "from": day,
               "cites": [{"instrument": "act", "place": f"list of {day}", "grade": "secondary"}]}]  # fmt: skip
    return next(iter(pack(designations=listed).designations.values()))


def test_a_time_after_the_designation_counts_from_the_earliest_that_is_met() -> None:
    about = {"by": {"after": "designation", "years": 1}}
    both = (named("2020-08-01"), named("2020-02-29"))
    assert shown(verdict(about, case(on=date(2021, 2, 28), met=lambda _tests: both))) == ("due", "2021-02-28")
    assert shown(verdict(about, case(on=date(2021, 3, 1), met=lambda _tests: both))) == ("contravention", "2021-02-28")
    nobody = verdict(about, case())
    assert nobody is not None
    assert (nobody.status, nobody.missing) == (Status.UNKNOWN, (VENDOR,))


@pytest.mark.parametrize(
    ("on", "outcome"),
    [
        ("2021-06-30", ("due", "2021-06-30")),
        ("2021-07-01", ("unknown", None)),
        ("2021-07-30", ("unknown", None)),
        ("2021-07-31", ("contravention", "2021-07-30")),
    ],
)
def test_a_time_after_a_month_is_open_between_its_earliest_and_latest_day(
    on: str, outcome: tuple[str, str | None]
) -> None:
    about = {"by": {"after": "equipment.procured_on", "months": 1}}
    bought = Span(date(2021, 5, 31), date(2021, 6, 30))
    found = verdict(about, case(on=date.fromisoformat(on), fact_span=lambda _fact: bought))
    assert shown(found) == outcome
    assert found is not None
    assert found.missing == (("equipment.procured_on",) if outcome[0] == "unknown" else ())


@pytest.mark.parametrize(
    "about",
    [
        {"by": {"after": "equipment.procured_on", "months": 1}},
        {"from": {"after": "equipment.procured_on", "months": 1}},
        {"effect": {"bar": "award"}, "from": {"after": "equipment.procured_on", "days": 3}},
    ],
)
def test_the_fact_that_a_day_hangs_on_is_told_among_the_reasons(about: dict[str, Any]) -> None:
    bought = Span(date(2020, 5, 31), date(2020, 5, 31))
    found = verdict(about, case(fact_span=lambda _fact: bought))
    assert found is not None
    assert found.status is not Status.UNKNOWN
    assert found.because == (VENDOR, "equipment.lifecycle", "equipment.procured_on")


def test_an_anchor_that_is_not_known_leaves_the_deadline_unknown() -> None:
    for word in ("by", "from"):
        found = verdict({word: {"after": "equipment.procured_on", "months": 1}})
        assert found is not None
        assert (found.status, found.missing) == (Status.UNKNOWN, ("equipment.procured_on",))


def test_a_rule_that_bites_after_a_month_is_open_between_the_two_days() -> None:
    about = {"effect": {"bar": "award"}, "from": {"after": "equipment.procured_on", "days": 1}}
    bought = Span(date(2021, 6, 1), date(2021, 6, 30))

    def on(month: int, day: int) -> tuple[str, str | None] | None:
        return shown(verdict(about, case(on=date(2021, month, day), fact_span=lambda _fact: bought)))

    assert [on(6, 1), on(6, 2), on(6, 30), on(7, 1)] == [
        ("due", "2021-06-02"), ("unknown", None), ("unknown", None), ("barred", None),
    ]  # fmt: skip


def test_an_event_whose_window_opens_on_an_unknown_day_is_unknown_unless_both_ends_agree() -> None:
    about = {"effect": {"prohibit": "install"}, "from": {"after": "equipment.procured_on", "months": 1}}
    bought = Span(date(2021, 1, 1), date(2021, 1, 31))

    def status(installed: str, span: Span | None) -> tuple[str, tuple[str, ...]] | None:
        found = verdict(about, case(standing=Standing(installed=dated(installed)), fact_span=lambda _fact: span))
        return (found.status.value, found.missing) if found else None

    assert status("2021-03-01", bought) == ("contravention", ())
    assert status("2021-01-31", bought) is None
    assert status("2021-02-15", bought) == ("unknown", ("equipment.procured_on",))
    assert status("2021-03-01", None) == ("unknown", ("equipment.procured_on",))


def test_a_verdict_cites_the_provision_the_excuse_and_the_designations_that_were_met_once() -> None:
    own, of_excuse = (
        {"instrument": "act", "place": place, "grade": "verified"} for place in ("section 1", "section 9")
    )
    law = provision({"cites": [own], "except": [{"id": "e", "when": TAGGED, "cites": [own, of_excuse]}]})
    met = (named("2020-02-01"), named("2020-02-01"))
    found = judge(law, case(met=lambda _tests: met))
    assert found is not None
    assert found.cites == (
        Citation("act", "section 1", Grade.VERIFIED),
        Citation("act", "section 9", Grade.VERIFIED),
        Citation("act", "list of 2020-02-01", Grade.SECONDARY),
    )


def test_tests_that_ask_for_a_designation_are_told_from_the_others() -> None:
    law: Provision = provision({"when": {"all": [TAGGED, {"not": ACME}]}, "except": [{"id": "e", "when": ACME}]})
    assert designated_tests(law) == (Test(VENDOR, "designated", ("xa.toy#acme",)),)
    assert designated_tests(provision({"when": TAGGED})) == ()
