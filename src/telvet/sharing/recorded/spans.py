"""Days and spans of days -> the shortest text that says the same, and back.

* `never` is the end of what has no end; `2024-01-05/2024-02-07` is a span that is no day, month, quarter or year.
"""

from __future__ import annotations

from telvet.model.dates import Span, brief_span, read_span
from telvet.model.sharing import NEVER

__all__ = ["ENDLESS", "span_of", "span_text"]

ENDLESS = "never"


def span_text(span: Span) -> str:
    """Write a span; `span_of` reads it back."""
    if span == NEVER:
        return ENDLESS
    number, within = divmod(span.first.month - 1, 3)
    quarter = f"{span.first.year:04}Q{number + 1}"
    return quarter if within == 0 and read_span(quarter) == span else brief_span(span)


def span_of(text: str) -> Span:
    """Read a day, month, quarter or year, two of them with a stroke between, or `never`.

    Raises:
        ValueError: It is none of these, or ends before it begins.
    """
    if text == ENDLESS:
        return NEVER
    first, stroke, last = text.partition("/")
    span = Span(read_span(first).first, read_span(last if stroke else first).last)
    if span.first > span.last:
        message = f"{text!r} ends before it begins"
        raise ValueError(message)
    return span
