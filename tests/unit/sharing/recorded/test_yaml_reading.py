from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from telvet.errors import Fault, SharingError
from telvet.model.dates import read_span
from telvet.model.handling import Classification, Tlp
from telvet.model.release import Authority
from telvet.model.sharing import Term
from telvet.sharing.recorded.bodies import noun_of
from telvet.sharing.recorded.yaml_reading import WAIVABLE, read_facts

ROOT = Path(__file__).resolve().parents[4]
EXAMPLE = (ROOT / "examples" / "sharing" / "facts.yaml").read_text(encoding="utf-8")
AUTHORITY = "{id: S, partner: a, officer: x, signed_on: 2024-01-01, to: 2025, types: all, collections: all}"
WAIVER = "{id: W, partner: a, rule: purpose, issuer: x, persons: [ana, bo], clause: c, to: 2025, objects: all}"


def faults(text: str, *partners: str, today: date | None = None) -> list[Fault]:
    with pytest.raises(SharingError) as caught:
        read_facts(text, "x.yaml", partners, today)
    assert all(fault.fix or fault.code in {"not-a-mapping", "yaml"} for fault in caught.value.faults)
    return list(caught.value.faults)


def told(text: str, *partners: str) -> list[tuple[int | None, str | None, str]]:
    return [(fault.record, fault.field, fault.code) for fault in faults(text, *partners)]


def test_the_example_is_taken_in() -> None:
    kinds = [entry.kind for entry in read_facts(EXAMPLE, "facts.yaml")]
    assert set(kinds) == {
        "ours", "partner", "arrangement", "originators", "consent", "waiver", "authority", "ceiling", "recall",
    }  # fmt: skip


def test_an_entry_is_read_to_its_noun() -> None:
    entry = next(entry for entry in read_facts(EXAMPLE, "facts.yaml") if entry.kind == "authority")
    assert noun_of(entry.kind, entry.id, entry.body) == Authority(
        "SRA-1", "northland-cert", "C. Lindqvist", date(2026, 1, 15), Term(read_span("2026-02-01"), read_span("2026-12-31")),
        frozenset({"cyber-defence"}), Tlp.GREEN, Classification.U,
        frozenset({"attack-pattern", "identity", "indicator", "malware", "relationship"}), None,
        source="Delegation 7 of 2026",
    )  # fmt: skip


def test_every_fault_of_a_file_is_told_at_once_in_the_order_of_its_lines() -> None:
    text = """\
recals: []
partners:
  - id: a
    contry: GBR
    country: Germany
  - id: a
  - country: GBR
  - 7
arrangements:
  - {id: A, partner: b, from: never, redaction: maybe}
consents: all
"""
    assert told(text) == [
        (1, "recals", "unknown-code"),
        (4, "contry", "unknown-code"),
        (5, "country", "unknown-country"),
        (6, "id", "partner-twice"),
        (7, "id", "missing"),
        (8, "partners", "not-a-mapping"),
        (10, "partner", "unknown-partner"),
        (10, "from", "not-a-date"),
        (10, "redaction", "not-a-flag"),
        (11, "consents", "not-a-list"),
    ]


def test_the_nearest_key_and_section_are_named() -> None:
    fixes = [fault.fix for fault in faults("partner: []\npartners:\n  - {id: a, contry: GBR}\n")]
    assert fixes == ["did you mean partners?", "did you mean country?"]


def test_what_is_no_yaml_is_told_with_its_line() -> None:
    assert [fault.record for fault in faults("ours: [\n")] == [2]


@pytest.mark.parametrize("text", ["", "- a\n", "3\n", "{}\n"])
def test_a_file_without_sections_is_refused(text: str) -> None:
    assert [fault.code for fault in faults(text)] == ["not-a-mapping"]


def test_an_empty_section_and_an_empty_value_say_nothing() -> None:
    (entry,) = read_facts("ours:\nconsents: []\npartners:\n  - {id: a, country: , reach: null}\n", "x.yaml")
    assert entry.body == "{}"


def test_a_partner_may_be_on_record_or_further_down() -> None:
    text = "arrangements:\n  - {id: A, partner: a}\n"
    assert len(read_facts(text + "partners:\n  - id: a\n", "x.yaml")) == 2
    assert len(read_facts(text, "x.yaml", {"a"})) == 1
    assert told(text, "aa") == [(2, "partner", "unknown-partner")]


@pytest.mark.parametrize("key", ["types", "collections"])
def test_a_scope_must_be_written(key: str) -> None:
    text = f"authorities:\n  - {AUTHORITY.replace(f', {key}: all', '')}\n"
    (fault,) = faults(text, "a")
    assert (fault.code, fault.field) == ("scope", key)
    assert f"`{key}: all`" in fault.fix


@pytest.mark.parametrize("lost", ["officer: x", "signed_on: 2024-01-01", "to: 2025"])
def test_an_authority_has_an_officer_a_day_and_an_end(lost: str) -> None:
    text = f"authorities:\n  - {AUTHORITY.replace(f'{lost}, ', '')}\n"
    assert [fault.field for fault in faults(text, "a")] == [lost.partition(":")[0]]


@pytest.mark.parametrize("entry", [AUTHORITY, WAIVER])
def test_what_never_ends_is_no_authority_and_no_waiver(entry: str) -> None:
    section = "waivers" if entry is WAIVER else "authorities"
    assert told(f"{section}:\n  - {entry.replace('to: 2025', 'to: never')}\n", "a") == [(2, "to", "no-end")]
    (fault,) = faults(f"{section}:\n  - {entry.replace('to: 2025, ', '')}\n", "a")
    assert "has an end" in fault.what


@pytest.mark.parametrize("persons", ["[ana]", "[ana, ' ANA ']", "[]"])
def test_a_waiver_takes_two_persons(persons: str) -> None:
    text = f"waivers:\n  - {WAIVER.replace('[ana, bo]', persons)}\n"
    assert told(text, "a") == [(2, "persons", "one-person")]


@pytest.mark.parametrize("rule", ["tlp-red", "law", "law ", "acs", "Purpose"])
def test_only_a_rule_that_can_be_waived_is_waived(rule: str) -> None:
    text = f"waivers:\n  - {WAIVER.replace('rule: purpose', f'rule: {rule!r}')}\n"
    assert told(text, "a") == [(2, "rule", "unknown-code")]


def test_the_rules_that_can_be_waived_are_those_of_the_meaning() -> None:
    text = (ROOT / "spec" / "sharing.md").read_text(encoding="utf-8")
    rule, found = "", set()
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) == 6 and cells[1] not in {"rule", "---"}:
            rule = cells[1].strip("`") or rule
            found |= {rule} if cells[3] == "waiver" else set()
    assert found == {*WAIVABLE, "law P"}


def test_a_law_may_be_waived_by_its_id() -> None:
    assert read_facts(f"waivers:\n  - {WAIVER.replace('purpose', 'law a.b-2020')}\n", "x.yaml", {"a"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("arrangements:\n  - {id: A, partner: a, from: 2025, to: 2024-12-31}\n", (2, "to", "dates-crossed")),
        ("originators:\n  - {about: x, originators: []}\n", (2, "originators", "says-nothing")),
        ("recalls:\n  - {id: R, objects: [], partners: all, by: b, why: w, on: 2024-01-01}\n", (2, "objects", "scope")),
        (
            "recalls:\n  - {id: R, objects: [x], partners: [], by: b, why: w, on: 2024-01-01}\n",
            (2, "partners", "scope"),
        ),
        ("ours: [x, x]\nours2: 1\n", (1, "id", "ours-twice")),
    ],
)
def test_what_could_never_count_is_refused(text: str, expected: tuple[int, str, str]) -> None:
    assert expected in told(text, "a")


def test_a_span_that_may_begin_before_it_ends_is_taken() -> None:
    assert read_facts("arrangements:\n  - {id: A, partner: a, from: 2024, to: 2024-06}\n", "x.yaml", {"a"})


def test_a_day_from_which_it_was_known_is_not_ahead() -> None:
    text = "ours:\n  - {id: x, published: 2026-01-02}\n"
    (entry,) = read_facts(text, "x.yaml", today=date(2026, 1, 2))
    assert (entry.id, entry.published) == ("x", "2026-01-02")
    assert [fault.code for fault in faults(text, today=date(2026, 1, 1))] == ["published-ahead"]
