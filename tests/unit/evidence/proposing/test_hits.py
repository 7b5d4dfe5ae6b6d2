from __future__ import annotations

from collections.abc import Callable

import pytest

from telvet.evidence.proposing.hits import Hit, read_hit
from telvet.evidence.proposing.passages import Passage
from telvet.evidence.proposing.rulebook import Rulebook

Passages = Callable[..., list[Passage]]


def hit_of(text: str, rule_id: str, passages: Passages, rules: Rulebook) -> Hit:
    (passage,) = passages(text)
    rule = next(rule for rule in rules.rules if rule.id == rule_id)
    clause = passage.clauses[0]
    found = next(rule.find.finditer(passage.masked, *clause))
    return read_hit(rule, found, passage, clause, rules)


@pytest.mark.parametrize(
    ("text", "form", "passive"),
    [
        ("Sweden banned Huawei.", "past", False),
        ("Huawei was banned by Sweden.", "past", True),
        ("Huawei banned from Swedish 5G.", "past", True),
        ("Sweden bans Huawei.", "third", False),
        ("Sweden will ban Huawei.", "base", False),
        ("Sweden is banning Huawei.", "ing", False),
    ],
)
def test_a_verb_has_a_form_and_a_voice(
    passages: Passages, rules: Rulebook, text: str, form: str, passive: bool
) -> None:
    hit = hit_of(text, "ban", passages, rules)
    assert (hit.form, hit.passive) == (form, passive)


def test_a_noun_is_no_verb(passages: Passages, rules: Rulebook) -> None:
    hit = hit_of("Sweden imposed a ban on Huawei.", "a-ban", passages, rules)
    assert (hit.form, hit.passive) == ("noun", False)
    assert hit.before().strip() == "\u00a7" * 6


def test_a_rule_that_marks_nothing_has_no_group(passages: Passages, rules: Rulebook) -> None:
    hit = hit_of("Sweden is undecided about Huawei.", "undecided", passages, rules)
    assert hit.group is None
    assert hit.after.startswith("undecided")
