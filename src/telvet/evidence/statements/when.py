"""Turns the `date` of an annotation into days: a day, month, quarter or year, or an ISO 8601 interval with ends that may be open."""

from __future__ import annotations

from telvet.model.dates import read_span
from telvet.model.evidence import When

__all__ = ["read_when"]

_OPEN = ("", "..")


def read_when(text: str) -> When:
    """Read a date; what is no date is a ValueError.

    `2012/..` began within 2012 and goes on; `../2019` began by the end of 2019; `2018-11/2019-02` began within those months.
    """
    first, slash, last = text.strip().partition("/")
    if not slash:
        span = read_span(first)
        return When(span.first, span.last)
    if last.strip() in _OPEN:
        if first.strip() in _OPEN:
            return When(None, None)
        begun = read_span(first.strip())
        return When(begun.first, begun.last)
    end = read_span(last.strip()).last
    if first.strip() in _OPEN:
        return When(None, end)
    begin = read_span(first.strip()).first
    if begin > end:
        message = f"{text!r} ends before it begins"
        raise ValueError(message)
    return When(begin, end)
