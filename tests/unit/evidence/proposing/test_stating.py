from __future__ import annotations

from collections.abc import Callable

import pytest

Said = Callable[..., set[tuple[str, str, str | None]]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sweden has banned Huawei from the core of its network.", ("RESTRICTED_NONCORE", "done", "SWE")),
        ("Sweden has banned Huawei from government networks.", ("PROCUREMENT_BAN", "done", "SWE")),
        ("Sweden has banned the import of Huawei equipment.", ("MARKET_BAN", "done", "SWE")),
        ("Sweden has banned new Huawei equipment.", ("NEW_EQUIPMENT_BAN", "done", "SWE")),
        ("Sweden will not allow Huawei equipment to be imported.", ("MARKET_BAN", "planned", "SWE")),
        ("Nobody in Sweden has banned Huawei.", ("BANNED", "denied", "SWE")),
        ("Under the act, the Swedish government may ban Huawei.", ("AUTHORISATION", "conditional", "SWE")),
        ("The operator in Sweden will launch 5G with Huawei.", ("IN_USE", "planned", "SWE")),
    ],
)
def test_the_words_of_the_clause_choose_measure_and_modality(
    said: Said, text: str, expected: tuple[str, str, str]
) -> None:
    assert expected in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Banning Huawei in Sweden is hard.",
        "Sweden bought Huawei equipment with limited success.",
        "The ban on Huawei was talked about in Sweden.",
    ],
)
def test_gerunds_adjectives_and_bare_nouns_assert_no_ban(said: Said, text: str) -> None:
    assert not [each for each in said(text) if each[0] in {"BANNED", "RESTRICTED"} and each[1] in {"done", "ongoing"}]
