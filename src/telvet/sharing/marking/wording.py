"""A handling -> what it comes to, in a few words for a person.

* The words say what a mark leaves open or closes; that nothing is said is said, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from telvet.model.handling import Handling

__all__ = ["comes_to"]

_MOST = 4


def comes_to(handling: Handling) -> str:
    """Say what a handling comes to."""
    return "; ".join(_parts(handling)) or ("no mark: withheld" if handling.unmarked else "marks that say nothing")


def _parts(handling: Handling) -> Iterator[str]:
    for word, grounds in (("withheld", handling.withheld), ("a person decides", handling.referred)):
        if grounds:
            yield f"{word} ({_listed({ground.code for ground in grounds})})"
    if handling.tlp:
        yield handling.tlp.label
    if handling.classification:
        yield f"classified {handling.classification}"
    yield from _recipients(handling)
    if handling.acs:
        yield f"ACS of {_listed({one.custodian for one in handling.acs})}"
    if handling.terms:
        yield f"terms {_listed(handling.terms)}"


def _recipients(handling: Handling) -> Iterator[str]:
    if handling.noforn:
        yield "its owner only"
    elif handling.rel_to is not None:
        yield f"releasable to {_listed(handling.rel_to)}"
    if handling.display_to:
        yield f"may be shown to {_listed(handling.display_to)}"
    if handling.reach:
        yield f"distribution {handling.reach}"
    if handling.organisations is not None:
        count = len(handling.organisations)
        yield f"for {count} organisation{'s' * (count != 1)}"


def _listed(names: Iterable[str]) -> str:
    named = sorted(map(str, names))
    more = len(named) - _MOST
    return ", ".join(named[:_MOST]) + (f" and {more} more" if more > 0 else "")
