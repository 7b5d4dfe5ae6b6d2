from __future__ import annotations

from collections.abc import Callable

import pytest

from telvet.catalog.evidence_codes import read_codes

Said = Callable[..., set[tuple[str, str, str | None]]]


def asserted(said: set[tuple[str, str, str | None]]) -> set[tuple[str, str, str | None]]:
    measures = read_codes().measures
    return {
        each for each in said if measures[each[0]].kind in {"prohibits", "restricts"} and each[1] in {"done", "ongoing"}
    }


@pytest.mark.parametrize(
    "text",
    [
        "Reports that Kenya has banned Huawei are false.", "Kenya has banned Huawei, posts say. This is false.",
        "Had Britain banned Huawei, costs would have risen.", "If Britain bans Huawei, costs will rise.",
        "The senator asked whether Germany had banned Huawei.", "Has Germany banned Huawei?",
        "Honduras repealed a law that barred Huawei.", "A newspaper wrongly reported that Slovakia had banned Huawei.",
        "Poland should ban Huawei, the opposition leader said.", "The report recommends that Belgium exclude Huawei.",
        "A ban on Huawei in Germany would cost billions.", "Analysts in Kenya fear a ban on Huawei.",
        "Finland's Elisa removed Huawei from its core.", "A Danish university excluded Huawei from research projects.",
        "Huawei banned its staff from travelling to Canada.", "Facebook banned Huawei from its shop in Ireland.",
        "Uganda has barred opposition rallies and uses Huawei cameras.", "Russia restricted websites with the help of Huawei.",
        "Singapore's ban on smoking is strict. Huawei sells telephones.", "Meng, Huawei's finance chief, was barred from leaving Canada.",
        "Washington wants Norway to ban Huawei.", "The bill would ban Huawei from Dutch networks.",
        "Mexico's regulator denied a report that Huawei had been excluded.", "Huawei fears it will be excluded from Poland.",
        "Only eight of the members have banned Huawei. Portugal is one of the others.",
        "Brussels banned Huawei from its own buildings, Spain was told.",
    ],
)  # fmt: skip
def test_what_does_not_say_a_completed_ban_asserts_none(said: Said, text: str) -> None:
    assert asserted(said(text)) == set()


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Sweden banned Huawei.", "SWE"), ("Canada's ban on Huawei took effect on Thursday.", "CAN"),
        ("Operators in Canada must remove Huawei equipment.", "CAN"), ("Germany told operators to replace Huawei components.", "DEU"),
        ("Thailand, unlike Australia, which banned Huawei in 2018, waits.", "AUS"),
    ],
)  # fmt: skip
def test_what_says_one_plainly_asserts_it(said: Said, text: str, country: str) -> None:
    assert {each[2] for each in asserted(said(text))} == {country}
