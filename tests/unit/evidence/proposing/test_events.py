from __future__ import annotations

from collections.abc import Callable

import pytest

Said = Callable[..., set[tuple[str, str, str | None]]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Australia has banned Huawei, but Germany has not.",
            {("BANNED", "done", "AUS")},
        ),
        (
            "While Australia has shut out Huawei, Germany is weighing a ban on Huawei.",
            {("BANNED", "done", "AUS"), ("CONSIDERING_BAN", "ongoing", "DEU")},
        ),
        ("Has Germany banned Huawei?", set()),
        ("The company did not confirm or deny that Huawei was banned in Germany.", {("NO_STATEMENT", "done", "DEU")}),
    ],
)
def test_a_clause_says_what_is_its_own(said: Said, text: str, expected: set[tuple[str, str, str | None]]) -> None:
    assert said(text) == expected
