from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from telvet.sharing.recorded.bodies import entry_of, ours_entry
from telvet.sharing.recorded.yaml_reading import read_facts
from telvet.sharing.recorded.yaml_writing import write_facts
from telvet.workspace.sharing_rows import Entry
from tests.unit.sharing.recorded.facts import IDENTITY, JUDGED, NAMED, PARTNER, files, texts

SECTIONS = ["ours", "partners", "arrangements", "originators", "consents", "waivers", "authorities", "recalls"]


def ordered(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.kind, entry.id))


@given(files())
def test_what_is_written_is_read_back_to_the_same_entries(entries: list[Entry]) -> None:
    text = write_facts(entries)
    if entries:
        assert ordered(read_facts(text, "x.yaml", NAMED)) == ordered(entries)
        assert write_facts(read_facts(text, "x.yaml", NAMED)) == text


@given(files(), st.randoms())
def test_the_order_of_the_record_does_not_show(entries: list[Entry], chance: object) -> None:
    shuffled = list(entries)
    chance.shuffle(shuffled)  # type: ignore[attr-defined] # Hypothesis gives a random.Random
    assert write_facts(shuffled) == write_facts(entries)


@given(texts)
def test_another_reader_of_yaml_reads_the_same_text(text: str) -> None:
    written = write_facts([entry_of(type(PARTNER)("a", organisation=text))])
    (held,) = yaml.safe_load(written)["partners"]
    assert held["organisation"] == text


def test_sections_come_in_the_order_of_the_reference() -> None:
    text = write_facts([entry_of(PARTNER), ours_entry(IDENTITY, "2024-01-01"), ours_entry("identity-7")])
    assert text == (
        "ours:\n"
        f"  - id: {IDENTITY}\n"
        "    published: 2024-01-01\n"
        "  - identity-7\n"
        "\n"
        "partners:\n"
        "  - id: north\n"
        "    country: GBR\n"
        "    organisation: Northland CERT\n"
        f"    identities: [{IDENTITY}]\n"
        "    reach: connected-communities\n"
    )


def test_judgements_are_not_written() -> None:
    assert write_facts([entry_of(JUDGED)]) == "# Nothing is on record.\n"


@pytest.mark.parametrize("text", ["a # b", "a: b", "[x", "yes", "~", "'", "2024-01-01", " a", "a\n", "\u2028"])
def test_what_could_be_read_as_more_than_text_is_quoted(text: str) -> None:
    assert f'organisation: "{text[0]}'[:15] in write_facts([entry_of(type(PARTNER)("a", organisation=text))])
