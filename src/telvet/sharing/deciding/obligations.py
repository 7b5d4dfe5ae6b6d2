"""Turns the marks of what goes out, the arrangement and the law into what is to be observed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from telvet.model.handling import Handling
from telvet.model.sharing import Obligation
from telvet.sharing.deciding.case import Case
from telvet.sharing.deciding.law import to_consider

__all__ = ["obligations_of"]


def obligations_of(case: Case, handlings: Iterable[Handling], *, missing: bool) -> tuple[Obligation, ...]:
    """Collect the obligations, each once and in order.

    Args:
        case: What is known.
        handlings: Of all that goes out.
        missing: Something goes missing.
    """
    return tuple(sorted(set(_of(case, tuple(handlings), missing=missing))))


def _of(case: Case, handlings: tuple[Handling, ...], *, missing: bool) -> Iterator[Obligation]:
    for handling in handlings:
        yield from (Obligation("terms", term) for term in handling.terms)
    levels = [handling.tlp for handling in handlings if handling.tlp is not None]
    if levels:
        yield Obligation("tlp", f"observe {max(levels, key=lambda level: level.rank).label}")
    if case.arrangement is not None:
        cites = (case.arrangement.source,) if case.arrangement.source else ()
        yield from (Obligation("onward", term, cites) for term in case.arrangement.onward)
    yield from to_consider(case)
    if missing:
        yield Obligation("parts", "say that parts of it are missing")
