from __future__ import annotations

import pytest

from telvet.evidence.proposing.rulebook import Rulebook
from telvet.evidence.proposing.verb_groups import Group, read_group, read_noun


def group_of(text: str, verb: str, form: str, rules: Rulebook) -> Group:
    return read_group(text, text.index(verb), form, rules)


@pytest.mark.parametrize(
    ("text", "verb", "form", "links"),
    [
        ("it has banned", "banned", "participle", ()),
        ("it has not banned", "banned", "participle", ("plain.not",)),
        ("it will ban", "ban", "base", ("will",)),
        ("it won't ban", "ban", "base", ("will.not",)),
        ("it could never ban", "ban", "base", ("could.not",)),
        ("it plans to ban", "ban", "base", ("plan",)),
        ("it does not plan to ban", "ban", "base", ("plan.not",)),
        ("it is unlikely to ban", "ban", "base", ("unlikely",)),
        ("it decided in january to ban", "ban", "base", ("decide",)),
        ("it is considering whether to ban", "ban", "base", ("consider",)),
        ("it has ruled out banning", "banning", "ing", ("refuse",)),
        ("it has not ruled out banning", "banning", "ing", ("refuse.not",)),
        ("it has no plans to ban", "ban", "base", ("no_plans",)),
        ("it has taken no decision to ban", "ban", "base", ("no_plans",)),
        ("it has yet to ban", "ban", "base", ("undecided",)),
        ("it denied that it had banned", "banned", "participle", ("deny",)),
        ("the law lets it ban", "ban", "base", ("empower",)),
    ],
)
def test_what_governs_a_verb_is_read_outwards(
    rules: Rulebook, text: str, verb: str, form: str, links: tuple[str, ...]
) -> None:
    assert group_of(text, verb, form, rules).links[: len(links)] == links
    assert bool(links) == bool(group_of(text, verb, form, rules).links)


def test_a_negation_reaches_only_what_it_governs(rules: Rulebook) -> None:
    group = group_of("it did not say that it banned", "banned", "past", rules)
    assert "plain.not" not in group.links


def test_the_passive_has_a_form_of_be(rules: Rulebook) -> None:
    assert group_of("it was quickly banned", "banned", "participle", rules).passive
    assert not group_of("it quickly banned", "banned", "past", rules).passive


def test_whom_somebody_urges_stands_between(rules: Rulebook) -> None:
    text = "it urged \u00a7\u00a7\u00a7\u00a7 to ban"
    group = read_group(text, text.index("ban"), "base", rules)
    assert group.links == ("urge",)
    assert group.object_at is not None
    assert "\u00a7" in text[slice(*group.object_at)]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("it imposed a ban on it", "impose"), ("it is considering a ban on it", "consider"), ("there is no ban on it", "plain.not"),
        ("it called for a ban on it", "advocate"), ("a ban on it is unlikely", "unlikely"), ("it opposes a ban on it", "refuse"),
        ("a ban on it would be unwise", "hypothetical"), ("it considered a ban and shelved it", "cancel"),
    ],
)  # fmt: skip
def test_what_governs_a_noun_stands_before_or_after_it(rules: Rulebook, text: str, link: str) -> None:
    place = text.index("ban")
    assert read_noun(text, place, place + 3, (0, len(text)), rules).links[0] == link
