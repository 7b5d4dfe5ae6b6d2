"""Exceptions, waivers, temporary licences and extensions: spec/semantics.md, section 6."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from telvet.assessment.facts import dated
from telvet.assessment.judging import excused, judge, unless_of
from telvet.assessment.use import Standing
from telvet.model.law import Excuse, ExcuseKind, Extension
from telvet.model.status import Status
from telvet.model.truth import Truth
from telvet.packs.conditions import always
from tests.unit.assessment.toy_case import TAGGED, TAGS, VENDOR, case, shown, verdict
from tests.unit.packs.toy_law import provision

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


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


def test_the_day_of_an_event_is_a_reason_where_its_excuse_is_dated() -> None:
    own_day = Standing(installed=dated("2021-04-01"))
    about = {"effect": {"prohibit": "install"}, "from": {"after": "equipment.procured_on", "days": 1}}
    dated_one = verdict({**about, **except_(to="2021-04-30")}, case(standing=own_day))
    undated = verdict({**about, **except_()}, case(standing=own_day))
    assert dated_one is not None
    assert undated is not None
    assert ("equipment.installed_on" in dated_one.because, "equipment.installed_on" in undated.because) == (True, False)


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
