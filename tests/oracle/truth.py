"""Semantics, section 1: truth is True, False, or None for unknown."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["Truth", "all_of", "any_of", "disputed", "negate"]

Truth = bool | None


def all_of(parts: Iterable[Truth]) -> Truth:
    """Return False if a part is False, else None if a part is None, else True."""
    listed = list(parts)
    if False in listed:
        return False
    if None in listed:
        return None
    return True


def any_of(parts: Iterable[Truth]) -> Truth:
    """Return True if a part is True, else None if a part is None, else False."""
    listed = list(parts)
    if True in listed:
        return True
    if None in listed:
        return None
    return False


def negate(part: Truth) -> Truth:
    """Swap True and False; None stays."""
    if part is None:
        return None
    return not part


def disputed(candidates: Iterable[Truth]) -> Truth:
    """Return True if every candidate satisfies, False if none does, else None; None if there is no candidate."""
    listed = list(candidates)
    if not listed or None in listed:
        return None
    if all(listed):
        return True
    if not any(listed):
        return False
    return None
