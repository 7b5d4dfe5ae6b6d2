"""Turns who asks, under which arrangement and for what purpose, into reasons: rules that look at no mark.

* No partner and no arrangement withhold; what is not known of them needs a person.
"""

from __future__ import annotations

from collections.abc import Iterator

from telvet.model.sharing import Effect, Reason
from telvet.model.truth import Truth
from telvet.sharing.deciding.case import Case

__all__ = ["arrangement_in_force", "partner_known", "purpose_agreed"]


def partner_known(case: Case) -> Iterator[Reason]:
    """Say whether it is known who asks, and from where."""
    if case.partner is None:
        yield Reason("partner", Effect.WITHHOLD, "nobody is known who asks", unless=("fact partner",))
    elif case.partner.country is None:
        because = f"the country of {case.partner.id} is not known"
        yield Reason("partner", Effect.REFER, because, unless=("fact partner.country",))


def arrangement_in_force(case: Case) -> Iterator[Reason]:
    """Say whether an arrangement is in force on the day."""
    if case.partner is None:
        return
    found, day = case.arrangement, case.facts.as_of
    if found is None:
        because = f"no arrangement with {case.partner.id} is in force on {day}"
        yield Reason("arrangement", Effect.WITHHOLD, because, unless=("fact arrangement",))
        return
    cites = (found.source,) if found.source else ()
    holds = found.term.holds_on(day)
    if holds is Truth.TRUE:
        yield Reason("arrangement", Effect.PERMIT, f"{found.id} is in force on {day}", cites)
    elif holds is Truth.FALSE:
        because = f"{found.id} is not in force on {day}"
        yield Reason("arrangement", Effect.WITHHOLD, because, cites, unless=("fact arrangement",))
    else:
        because = f"it is not known whether {found.id} is in force on {day}"
        yield Reason("arrangement", Effect.REFER, because, cites, unless=("fact arrangement.term",))


def purpose_agreed(case: Case) -> Iterator[Reason]:
    """Say whether the arrangement has the purpose for which it is asked."""
    if case.arrangement is None:
        return
    agreed, asked = case.arrangement.purposes, case.facts.purpose
    if agreed is None or asked is None:
        missing = (("fact arrangement.purposes", agreed), ("fact purpose", asked))
        unless = tuple(name for name, value in missing if value is None)
        yield Reason("purpose", Effect.REFER, "it is not known whether the purpose was agreed", unless=unless)
    elif asked not in agreed:
        because = f"{case.arrangement.id} does not have the purpose {asked!r}"
        yield case.waivable("purpose", Effect.WITHHOLD, because)
