"""The table of spec/semantics.md, section 6: one provision, one case, one verdict."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from telvet.assessment.facts import dated
from telvet.assessment.judging import Case, considered, designated_tests, excused, judge, needs_use, unless_of
from telvet.assessment.use import Standing
from telvet.model.condition import Test
from telvet.model.dates import Span
from telvet.model.finding import Verdict
from telvet.model.law import Citation, Designation, Excuse, ExcuseKind, Extension, Provision
from telvet.model.status import Grade, Status
from telvet.model.truth import Truth
from telvet.packs.conditions import always
from tests.unit.packs.toy_law import ACME, pack, provision

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
ON = date(2021, 6, 15)
LIVE = Standing("live")
VENDOR, ROLES, TAGS = "equipment.vendor", "operator.roles", "equipment.tags"
TAGGED = {TAGS: {"has": "kept"}}
BOUND = {"binds": {ROLES: {"has": "mno"}}}


def case(
    answers: Mapping[str, Truth] | None = None, on: date = ON, standing: Standing = LIVE, **more: Any
) -> Case:  # what is not answered is true
    told = dict(answers or {})
    return Case(on=on, answer=lambda test: told.get(test.fact, T), standing=standing, **more)


def verdict(about: Mapping[str, Any], one: Case | None = None, **head: Any) -> Verdict | None:
    return judge(provision(about, **head), one or case())


def shown(found: Verdict | None) -> tuple[str, str | None] | None:
    return (found.status.value, found.by.isoformat() if found.by else None) if found else None


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
        ("2021-07-01", None, ("due", "2021-07-01")),
        ("2021-07", "planned", ("due", "2021-07-01")),
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
    assert shown(verdict(about, planned)) == ("due", "2022-02-01")


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


def except_(kind: str = "except", **about: Any) -> dict[str, Any]:
    return {kind: [{"id": "one", "when": TAGGED, **about}]}


@pytest.mark.parametrize(
    ("kind", "status"), [("except", "excepted"), ("waivers", "waived"), ("temporary licences", "waived")]
)
@pytest.mark.parametrize("applies", [T, U])
def test_an_excuse_that_is_shown_true_excuses_even_where_the_rest_is_unknown(
    kind: str, status: str, applies: Truth
) -> None:
    found = verdict(except_(kind, to="2021-12-31"), case({VENDOR: applies}))
    assert found is not None
    assert (found.status.value, found.excused_by, found.missing, found.unless, found.by) == (
        status,
        "one",
        (),
        (),
        None,
    )
    assert found.until == (None if kind == "except" else date(2021, 12, 31))
    assert TAGS in found.because


def test_an_excuse_that_is_not_known_leaves_the_status_and_is_listed() -> None:
    stands = verdict({**except_(), "by": "2021-01-01"}, case({TAGS: U}))
    assert stands is not None
    assert (stands.status, stands.unless, stands.excused_by) == (Status.CONTRAVENTION, (TAGS,), None)
    open_ = verdict(except_(), case({TAGS: U, VENDOR: U}))
    assert open_ is not None
    assert (open_.status, open_.missing, open_.unless) == (Status.UNKNOWN, (VENDOR,), (TAGS,))


def test_an_excuse_that_is_false_is_nothing() -> None:
    found = verdict(except_(), case({TAGS: F}))
    assert found is not None
    assert (found.status, found.unless) == (Status.CONTRAVENTION, ())


def test_where_the_rule_does_not_apply_there_is_nothing_to_excuse() -> None:
    assert verdict(except_(), case({VENDOR: F})) is None


@pytest.mark.parametrize(
    ("on", "status"),
    [("2021-02-28", "contravention"), ("2021-03-01", "excepted"), ("2021-04-30", "excepted"), ("2021-05-01", "contravention")],
)  # fmt: skip
def test_an_excuse_holds_from_its_first_to_its_last_day(on: str, status: str) -> None:
    about = except_(**{"from": "2021-03-01", "to": "2021-04-30"})
    assert shown(verdict(about, case(on=date.fromisoformat(on)))) == (status, None)


@pytest.mark.parametrize(
    ("installed", "status", "unless"),
    [
        ("2021-03-01", "excepted", ()),
        ("2021-04-30", "excepted", ()),
        ("2021-03", "excepted", ()),
        ("2021-02-28", "contravention", ()),
        ("2021-05-01", "contravention", ()),
        ("2021Q1", "contravention", ("equipment.installed_on",)),
        (None, "unknown", ("equipment.installed_on",)),
    ],
)
def test_an_excuse_of_an_event_must_fit_the_day_of_the_event(
    installed: str | None, status: str, unless: tuple[str, ...]
) -> None:
    about = {"effect": {"prohibit": "install"}, **except_(**{"from": "2021-03-01", "to": "2021-04-30"})}
    found = verdict(about, case(standing=Standing(installed=dated(installed))))
    assert found is not None
    assert (found.status.value, found.unless) == (status, unless)


def test_an_excuse_of_an_event_may_wait_for_its_condition_and_its_day() -> None:
    about = {"effect": {"prohibit": "install"}, **except_(to="2021-04-30")}
    found = verdict(about, case({TAGS: U}, standing=Standing(installed=dated("2021Q2"))))
    assert found is not None
    assert found.unless == (TAGS, "equipment.installed_on")
    hopeless = verdict(about, case({TAGS: F}, standing=Standing(installed=dated("2021Q2"))))
    assert hopeless is not None
    assert hopeless.unless == ()


def overlay(name: str, kind: ExcuseKind = ExcuseKind.WAIVER, to: date | None = None) -> Excuse:
    return Excuse(name, kind, always, None, to, None, ())


def test_exceptions_win_over_waivers_and_the_earlier_listed_over_the_later() -> None:
    about = {
        "waivers": [{"id": "w1", "when": TAGGED}, {"id": "w2", "when": TAGGED}],
        "except": [{"id": "e1", "when": {"equipment.site": {"is": "s"}}}, {"id": "e2", "when": TAGGED}],
    }
    law = provision(about)

    def winner(*, false: tuple[str, ...] = (), private: tuple[Excuse, ...] = ()) -> str | None:
        found = excused(law, case(dict.fromkeys(false, F), excuses=private))
        return found.excused_by if found else None

    assert winner() == "e1"
    assert winner(false=("equipment.site",)) == "e2"
    assert winner(false=("equipment.site", TAGS)) is None
    assert winner(false=("equipment.site", TAGS), private=(overlay("letter"), overlay("other"))) == "letter"
    assert winner(private=(overlay("letter"),)) == "e1"
    assert judge(provision({"waivers": about["waivers"]}), case(excuses=(overlay("letter"),))) is not None


def test_a_private_waiver_is_told_as_a_reason_of_its_own() -> None:
    found = verdict({}, case(excuses=(overlay("letter", to=date(2021, 12, 31)),)))
    assert found is not None
    assert (found.status, found.excused_by, found.until) == (Status.WAIVED, "letter", date(2021, 12, 31))
    assert found.because == (VENDOR, "equipment.lifecycle", "overlay.waiver")


def test_a_private_waiver_ends_with_its_last_day() -> None:
    over = case(excuses=(overlay("letter", to=date(2021, 6, 14)),))
    assert shown(verdict({}, over)) == ("contravention", None)
    assert unless_of(provision(), over) == ()


EXTENSION = {"extensions": [{"id": "x", "granted": "2021-06-15", "to": "2021-12-31"}]}


@pytest.mark.parametrize(
    ("on", "outcome"),
    [
        ("2021-06-14", ("contravention", "2021-01-01")),
        ("2021-06-15", ("due", "2021-12-31")),
        ("2021-12-31", ("due", "2021-12-31")),
        ("2022-01-01", ("contravention", "2021-12-31")),
    ],
)
def test_an_extension_replaces_the_deadline_from_the_day_it_is_granted(on: str, outcome: tuple[str, str]) -> None:
    assert shown(verdict({"by": "2021-01-01", **EXTENSION}, case(on=date.fromisoformat(on)))) == outcome


def test_a_private_extension_counts_as_a_public_one_and_is_told_as_a_reason() -> None:
    private = Extension("letter", date(2021, 6, 15), date(2022, 6, 30), ())
    found = verdict({"by": "2021-01-01"}, case(extensions=(private,)))
    assert shown(found) == ("due", "2022-06-30")
    assert found is not None
    assert "overlay.extension" in found.because
    public = verdict({"by": "2021-01-01", **EXTENSION})
    assert public is not None
    assert "overlay.extension" not in public.because


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
