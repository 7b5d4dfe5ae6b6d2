from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from telvet.model.handling import Tlp
from telvet.model.release import Authority, Recall
from telvet.model.sharing import Consent, Partner
from telvet.sharing.recorded.bodies import body_text, entry_of, noun_of, ours_entry, plain_body
from telvet.sharing.recorded.shapes import KINDS, Noun
from tests.unit.sharing.recorded.facts import JUDGED, PARTNER, nouns


@given(nouns)
def test_a_noun_is_built_again_from_its_entry(noun: Noun) -> None:
    entry = entry_of(noun, "2024-01-01")
    assert noun_of(entry.kind, entry.id, entry.body) == noun
    assert entry.published == "2024-01-01"


@given(nouns)
def test_a_body_is_one_spelling_that_the_database_can_hold(noun: Noun) -> None:
    body = entry_of(noun).body
    assert body_text(plain_body(body)) == body
    assert "\0" not in body


def test_what_is_not_known_is_left_out_and_what_is_empty_is_not() -> None:
    assert entry_of(Partner("a")).body == "{}"
    assert entry_of(Partner("a", acs_organisations=frozenset())).body == '{"acs_organisations":[]}'


def test_a_scope_is_always_written() -> None:
    recall = Recall("R", frozenset({"x"}), None, "ana", "why", date(2026, 1, 1))
    assert plain_body(entry_of(recall).body)["partners"] == "all"
    listed = plain_body(entry_of(replace(recall, partners=frozenset({"all"}))).body)
    assert listed["partners"] == ["all"]


@pytest.mark.parametrize("lost", ["types", "collections"])
def test_a_body_without_its_scope_is_not_read_as_covering_everything(lost: str) -> None:
    entry = entry_of(Authority("S", "north", "ana"))
    plain = {key: value for key, value in plain_body(entry.body).items() if key != lost}
    with pytest.raises(ValueError, match=lost):
        noun_of(entry.kind, entry.id, json.dumps(plain))


@pytest.mark.parametrize("body", ["[]", "3", "{", '{"identities":"abc"}', '{"reach":"mars"}', '{"nationalities":7}'])
def test_a_body_of_another_shape_is_refused(body: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        noun_of("partner", "a", body)


@pytest.mark.parametrize("kind", ["ours", "song"])
def test_a_kind_without_a_noun_is_refused(kind: str) -> None:
    with pytest.raises(ValueError, match=kind):
        noun_of(kind, "a", "{}")


def test_a_body_that_lacks_what_a_noun_must_have_is_refused() -> None:
    entry = entry_of(Consent("C", "i", "north", Tlp.RED))
    plain = {key: value for key, value in plain_body(entry.body).items() if key != "tlp"}
    with pytest.raises(ValueError, match="tlp"):
        noun_of(entry.kind, entry.id, json.dumps(plain))


def test_each_judgement_has_its_own_id() -> None:
    later = replace(JUDGED, at="2026-01-02T09:30:00.000000Z")
    assert entry_of(JUDGED).id == entry_of(replace(JUDGED)).id != entry_of(later).id


def test_an_id_of_ours_means_nothing_but_itself() -> None:
    entry = ours_entry("identity--a")
    assert (entry.kind, entry.id, entry.body, entry.published) == ("ours", "identity--a", "{}", None)


def test_kinds_have_short_names_that_the_table_can_hold() -> None:
    assert all(len(name) <= 20 for name in KINDS)
    assert entry_of(PARTNER).kind == "partner"
