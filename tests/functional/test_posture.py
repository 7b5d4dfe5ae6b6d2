"""What law says about partners' countries, as a decision to release meets it: days, knowledge, overlays, and a trial that is no law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from telvet.backends.duckdb import DuckDB
from telvet.evidence.positions.asking import record_of
from telvet.model.dates import Span
from telvet.model.handling import Handling, Tlp
from telvet.model.sharing import NEVER, Arrangement, Candidate, Decision, Effect, Facts, Originators, Partner, Term
from telvet.pipeline import law_of, register_of
from telvet.sharing.decision import decide
from telvet.sharing.lawful.answers import law_answers_by_country
from telvet.sharing.lawful.changes import what_changes
from telvet.sharing.lawful.gathering import Question, posture
from tests.functional.conftest import Write
from tests.functional.driver import EXAMPLE, telvet
from tests.unit.packs.toy_law import Document, pack_files, rule
from tests.unit.packs.toy_law import write as write_pack

BILL = "usa.s3153-116"
DAY = date(2020, 1, 9)
TERM = Term(Span(date(2019, 1, 1), date(2019, 1, 1)), NEVER)
OURS = Originators(frozenset({"us"}), complete=True)
GREEN, AMBER = (
    Candidate(name, "report", whole=Handling(marks=frozenset({"m"}), tlp=tlp), originators=OURS)
    for name, tlp in (("green", Tlp.GREEN), ("amber", Tlp.AMBER))
)
SHUT = "overlays:\n  - {kind: permits, subject: AUS, text: -huawei/5G, source: an order}\n"
LIST = """id,country,manufacturer,function,generation,lifecycle
gnb-1,AUS,Huawei,ran.radio,4G,live
gnb-2,DEU,Ericsson,ran.radio,5G,live
"""


def decided(question: Question, countries: Sequence[str | None], packs: Sequence[Path] = ()) -> dict[str, Decision]:
    """Return the decisions on a GREEN and an AMBER report of ours for a partner in each country; arrangements go to GREEN."""
    found: dict[str, Decision] = {}
    record = record_of(None, catalogue=True)
    with posture(question, law_of(packs), register_of(), record, DuckDB) as ready:
        answers = law_answers_by_country(countries, ready.knowledge, home=question.home, observed=ready.observed)
    for country in countries:
        arrangement = Arrangement("pact", "p", TERM, tlp=Tlp.GREEN, purposes=frozenset({"defence"}))
        facts = Facts(
            question.as_of,
            Partner("p", country),
            frozenset({"us"}),
            frozenset({arrangement}),
            laws=answers[country],
            purpose="defence",
        )
        for candidate in (GREEN, AMBER):
            found[f"{country} {candidate.id}"] = decide(facts, candidate)
    return found


def effects(found: Mapping[str, Decision]) -> dict[str, str]:
    return {name: one.effect.value for name, one in found.items()}


@pytest.fixture
def shut(write: Write) -> tuple[Path, ...]:
    """Return an overlay of a country that has shut the vendor out."""
    return (write("overlays.yaml", SHUT),)


def test_under_the_bill_who_permits_gets_nothing_who_bars_is_judged_on_the_rest_and_who_is_unknown_is_referred(
    shut: tuple[Path, ...],
) -> None:
    found = decided(Question(DAY, laws=("all", BILL), home="USA", overlays=shut), ["GBR", "AUS", "ESP"])
    assert effects(found) == {
        "GBR green": "withhold", "GBR amber": "withhold",
        "AUS green": "permit", "AUS amber": "withhold",
        "ESP green": "refer", "ESP amber": "withhold",
    }  # fmt: skip
    assert {one.scenario for one in found.values()} == {(f"{BILL}.no-sharing",)}
    (bar,) = (one for one in found["GBR green"].reasons if one.counts)
    assert (bar.rule, bar.effect) == (f"law {BILL}.no-sharing", Effect.WITHHOLD)
    assert "not law" in bar.because
    assert [cite.partition(":")[0] for cite in bar.cites] == [
        "s3153, title (secondary)",
        "partner.country.permits huawei/5G",
    ]
    assert [one.rule for one in found["AUS amber"].reasons if one.counts] == ["tlp-cap"]
    assert found["ESP green"].unless == ((f"fact {BILL}.no-sharing",),)


def test_a_scenario_is_asked_only_when_it_is_named(shut: tuple[Path, ...]) -> None:
    found = decided(Question(DAY, home="USA", overlays=shut), ["GBR", "AUS", "ESP"])
    assert {name: effect for name, effect in effects(found).items() if name.endswith("green")} == dict.fromkeys(
        ["GBR green", "AUS green", "ESP green"], "permit"
    )
    assert {one.scenario for one in found.values()} == {()}


def test_what_the_law_of_a_country_permits_is_that_of_the_day() -> None:
    for day, effect in (
        (date(2020, 1, 7), "permit"),
        (date(2020, 1, 8), "withhold"),
        (date(2021, 5, 26), "withhold"),
        (date(2021, 5, 27), "refer"),
    ):
        found = decided(Question(day, laws=(BILL,)), ["DEU"])["DEU green"]
        assert (day, found.effect.value, found.scenario) == (day, effect, (f"{BILL}.no-sharing",))


def test_of_a_partner_whose_country_is_not_known_nothing_is_clear() -> None:
    found = decided(Question(DAY, laws=(BILL,)), [None])["None green"]
    assert found.effect is Effect.REFER
    assert {one.rule for one in found.reasons if one.counts} == {"partner", f"law {BILL}.no-sharing"}


def test_law_of_another_jurisdiction_does_not_bind_us() -> None:
    found = decided(Question(DAY, laws=(BILL,), home="GBR"), ["DEU"])["DEU green"]
    assert (found.effect, found.scenario) == (Effect.PERMIT, ())


def of_position(tmp_path: Path, about: Document) -> tuple[Path, ...]:
    write_pack(tmp_path / "packs", pack_files(rule("rule", about), designations=[], jurisdiction="USA", id="usa.toy"))
    return (tmp_path / "packs",)


def test_a_position_counts_from_the_day_on_which_it_could_be_known(tmp_path: Path) -> None:
    packs = of_position(
        tmp_path,
        {
            "subject": "partner",
            "when": {"partner.country.position": {"position": {"vendor": "huawei", "any of": ["permitted"]}}},
            "effect": {"bar": "release"},
        },
    )
    for known_by, effect in ((None, "withhold"), (date(2019, 3, 1), "withhold"), (date(2019, 1, 31), "refer")):
        found = decided(Question(DAY, known_by, laws=("usa.toy",)), ["ARE"], packs)["ARE green"]
        assert (known_by, found.effect.value, found.scenario) == (known_by, effect, ())


def test_what_is_deployed_is_seen_in_an_inventory_and_is_not_what_law_permits(
    tmp_path: Path, write: Write, shut: tuple[Path, ...]
) -> None:
    packs = of_position(
        tmp_path,
        {
            "subject": "partner",
            "when": {"partner.country.deploys": {"deploys": {"vendor": "huawei"}}},
            "effect": {"bar": "release"},
        },
    )
    seen = (write("list.csv", LIST),)
    countries = ["AUS", "DEU"]
    both = decided(Question(DAY, laws=("usa.toy",), overlays=shut, inventories=seen), countries, packs)
    assert (both["AUS green"].effect, both["DEU green"].effect) == (Effect.WITHHOLD, Effect.REFER)
    neither = decided(Question(DAY, laws=("usa.toy",), overlays=shut), countries, packs)
    assert (neither["AUS green"].effect, neither["DEU green"].effect) == (Effect.REFER, Effect.REFER)


def test_what_the_bill_would_change_is_told_with_its_reason(shut: tuple[Path, ...]) -> None:
    countries = ["GBR", "AUS", "ESP"]
    before = decided(Question(DAY, home="USA", overlays=shut), countries)
    after = decided(Question(DAY, laws=("all", BILL), home="USA", overlays=shut), countries)
    found = what_changes(before, after)
    assert [one.name for one in found.stays] == ["ESP green", "GBR green"]
    assert [one.name for one in found.queued] == ["ESP green"]
    assert {reason.rule for one in found.stays for reason in one.added} == {f"law {BILL}.no-sharing"}
    assert found.leaves == ()


def test_triggers_are_compared_and_stamped_as_no_law(shut: tuple[Path, ...]) -> None:
    asked = ("--vendor", "huawei", "--country", "AUS", "--country", "GBR", "--as-of", DAY, "--overlay", *shut)
    found = telvet("share", "triggers", *asked, "--format", "jsonl").findings
    assert [one["answer"] for one in found if one["trigger"] == "permits"] == ["no", "yes"]
    assert {one["stamp"] for one in found} == {"a comparison, not law"}
    shown = telvet("share", "triggers", *asked)
    assert (shown.code, max(map(len, shown.out.splitlines())) <= 100) == (0, True)


def test_what_was_weighed_for_an_arrangement_is_recorded_and_decides_nothing(tmp_path: Path) -> None:
    place, facts = tmp_path / "workspace", EXAMPLE / "sharing" / "facts.yaml"
    assert telvet("share", "facts", "import", facts, "--by", "ana", "--workspace", place).code == 0
    asked = ("A-1", "--by", "ana", "--as-of", "2024-06-01", "--assertions", EXAMPLE / "sharing" / "assertions.yaml")
    ran = telvet("share", "consider", *asked, "--workspace", place, "--format", "json")
    assert ran.code == 0
    assert [one["metric"] for one in ran.document["measures"]] == ["share of 5G radio sites", "share of 5G radio sites"]
    assert f"kept as {ran.document['id']}" in ran.err
    assert ran.document["note"].endswith("It says neither yes nor no; the person who weighs decides.")
    refused = telvet("share", "consider", "A-9", "--by", "ana", "--facts", facts)
    assert (refused.code, "unknown-arrangement" in refused.err) == (2, True)
