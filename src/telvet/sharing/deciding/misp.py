"""Turns the sharing groups and the distribution of MISP, and what is known of the partner there, into reasons."""

from __future__ import annotations

from collections.abc import Iterator

from telvet.model.handling import Handling, Reach
from telvet.model.sharing import Effect, Reason
from telvet.sharing.deciding.case import Case

__all__ = ["group_has_partner", "reach_is_enough"]


def group_has_partner(case: Case, handling: Handling) -> Iterator[Reason]:
    """Say whether the partner is a member of every sharing group."""
    if case.partner is None or handling.organisations is None:
        return
    rule, own = "misp-organisations", case.partner.misp_organisations
    if not handling.organisations or (own is not None and not own & handling.organisations):
        yield Reason(rule, Effect.WITHHOLD, f"{case.partner.id} is not in all its sharing groups")
    elif own is None:
        because = f"it is for a sharing group, and the organisations of {case.partner.id} in MISP are not known"
        yield Reason(rule, Effect.REFER, because, unless=("fact partner.misp_organisations",))


def reach_is_enough(case: Case, handling: Handling) -> Iterator[Reason]:
    """Say whether its distribution reaches the partner."""
    if case.partner is None or handling.reach in {None, Reach.ALL}:
        return
    rule, needed = "misp-reach", case.partner.reach
    if handling.reach is Reach.ORGANISATION or (needed is not None and handling.reach.rank > needed.rank):
        yield Reason(rule, Effect.WITHHOLD, f"its distribution is {handling.reach}, which leaves the partner out")
    elif needed is None:
        because = f"its distribution is {handling.reach}, and it is not known whether that reaches {case.partner.id}"
        yield Reason(rule, Effect.REFER, because, unless=("fact partner.reach",))
