from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from telvet.model.dates import Span
from telvet.model.sharing import NEVER
from telvet.sharing.recorded.spans import span_of, span_text
from tests.unit.sharing.recorded.facts import spans


@given(spans)
def test_a_span_is_read_back_from_its_text(span: Span) -> None:
    assert span_of(span_text(span)) == span


@pytest.mark.parametrize(
    "text", ["2024", "2024-02", "2024Q3", "2024-02-29", "never", "2024-01-05/2024-02-07", "2023/2024"]
)
def test_the_shortest_text_is_written(text: str) -> None:
    assert span_text(span_of(text)) == text


@pytest.mark.parametrize(
    "text", ["", "2024-13", "today", "2024/2023", "2024/never", "2024/", "/2024", "0000", "2024-1-1"]
)
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        span_of(text)


def test_never_is_the_end_of_what_has_none() -> None:
    assert span_of("never") == NEVER == Span(date.max, date.max)
