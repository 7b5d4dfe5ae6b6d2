from __future__ import annotations

from collections.abc import Callable

import pytest

from telvet.evidence.proposing.passages import Passage

Passages = Callable[..., list[Passage]]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Australia banned Huawei, but Germany did not follow.", 2),
        ("Australia banned Huawei while Germany waits.", 2),
        ("Australia and New Zealand have banned Huawei.", 1),
        ("Australia banned Huawei, and New Zealand followed suit.", 2),
        ("Australia banned Huawei; Germany waits.", 2),
        ("The rules cover Huawei, ZTE, Hikvision and Dahua.", 1),
        ("No equipment of Huawei, ZTE or Hytera will be authorised.", 1),
        ("Taiwan, which banned Huawei in 2013, waits.", 3),
    ],
)
def test_clauses_end_where_the_subject_changes(passages: Passages, text: str, count: int) -> None:
    assert len(passages(text)[0].clauses) == count


def test_clauses_cover_the_sentence(passages: Passages) -> None:
    (passage,) = passages("Australia banned Huawei, but Germany waits; France has ruled it out.")
    assert passage.clauses[0][0] == 0
    assert passage.clauses[-1][1] == len(passage.masked)
    assert all(one[1] == other[0] for one, other in zip(passage.clauses, passage.clauses[1:], strict=False))


def test_a_dateline_is_no_part_of_the_first_clause(passages: Passages) -> None:
    (passage,) = passages("OTTAWA, May 19 (Reuters) - Canada will ban Huawei.")
    assert passage.folded.text[passage.clauses[0][0] :].startswith("canada")
