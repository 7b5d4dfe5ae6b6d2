from __future__ import annotations

from collections.abc import Callable

import pytest

from telvet.model.evidence import Annotation

Propose = Callable[..., list[Annotation]]


@pytest.mark.parametrize(
    ("text", "vendors"),
    [
        ("Sweden banned Huawei and ZTE.", ("Huawei", "ZTE")),
        ("Huawei is a firm. Sweden banned the company.", ("Huawei",)),
        ("Huawei and ZTE are firms. Sweden banned both companies.", ("Huawei", "ZTE")),
        ("Huawei has grown. Australia banned it and China's ZTE from 5G.", ("ZTE",)),
        ("Sweden banned high-risk vendors from 5G.", ("high-risk vendors",)),
        ("Huawei said on Monday that Sweden had banned it.", ("Huawei",)),
        ("Sweden has not excluded any supplier.", ("any supplier",)),
    ],
)
def test_vendors_are_named_or_referred_to(propose: Propose, text: str, vendors: tuple[str, ...]) -> None:
    found = [each for each in propose(text) if each.measure in {"BANNED", "RESTRICTED"}]
    assert found[0].vendor == vendors


def test_a_measure_about_nobody_is_not_proposed(propose: Propose) -> None:
    assert propose("Sweden banned smoking. Fans were barred from the ground.") == []
