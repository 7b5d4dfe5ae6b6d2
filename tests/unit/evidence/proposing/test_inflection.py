from __future__ import annotations

import pytest

from telvet.evidence.proposing.inflection import read_verb


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("ban", ("ban", "bans", "banned", "banned", "banning")),
        ("exclude", ("exclude", "excludes", "excluded", "excluded", "excluding")),
        ("deny", ("deny", "denies", "denied", "denied", "denying")),
        ("forbid/forbade/forbidden", ("forbid", "forbids", "forbade", "forbidden", "forbidding")),
        ("push out", ("push", "pushes", "pushed", "pushed", "pushing")),
        ("let/let", ("let", "lets", "let", "let", "letting")),
        ("buy/bought", ("buy", "buys", "bought", "bought", "buying")),
    ],
)
def test_verbs_have_their_forms(text: str, forms: tuple[str, ...]) -> None:
    verb = read_verb(text)
    assert (verb.base, verb.third, verb.past, verb.participle, verb.ing) == forms


def test_a_verb_of_several_words_keeps_what_follows() -> None:
    assert read_verb("shut/shut out of").after == "out of"


def test_a_form_that_is_both_base_and_past_is_read_as_past() -> None:
    assert read_verb("shut/shut").forms()["shut"] == "past"
