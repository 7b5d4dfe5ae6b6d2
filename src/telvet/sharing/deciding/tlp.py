"""Turns a level of TLP into reasons: it is relative to the originator, and the arrangement has a level that nothing passes.

* RED goes to nobody without the consent of everyone whose material it is, for a partner is no single person.
* AMBER and AMBER+STRICT of a third party never go on without its consent; our own go up to the arrangement's level.
"""

from __future__ import annotations

from collections.abc import Iterator

from telvet.model.handling import Handling, Tlp
from telvet.model.sharing import Effect, Reason
from telvet.sharing.deciding.case import Case

__all__ = ["tlp_allows", "tlp_within_cap"]

_ONWARD = frozenset({Tlp.AMBER, Tlp.AMBER_STRICT})


def tlp_within_cap(case: Case, handling: Handling) -> Iterator[Reason]:
    """Hold a level against the arrangement's."""
    if case.arrangement is None or handling.tlp in {None, Tlp.CLEAR}:
        return
    level, cap, rule = handling.tlp, case.arrangement.tlp, "tlp-cap"
    if cap is None:
        because = f"it is {level.label}, and {case.arrangement.id} has no level that is known"
        yield Reason(rule, Effect.REFER, because, unless=("fact arrangement.tlp",))
    elif level.rank > cap.rank:
        because = f"it is {level.label}, and {case.arrangement.id} goes to {cap.label}"
        yield case.waivable(rule, Effect.WITHHOLD, because)


def tlp_allows(case: Case, handling: Handling) -> Iterator[Reason]:
    """Ask the originators of what they did not mean to travel."""
    level = handling.tlp
    if case.partner is None or level is None:
        return
    if level is Tlp.RED:
        for name in case.everyone:
            because = f"it is {level.label}, for the persons whom {name} named"
            yield case.asking_consent("tlp-red", name, level, because)
        if not case.settled:
            because = f"it is {level.label}, and it is not known whose all of it is"
            yield Reason("tlp-red", Effect.WITHHOLD, because, unless=("fact originators",))
    elif level in _ONWARD:
        for name in case.third_parties:
            yield case.asking_consent("tlp-onward", name, level, f"it is {level.label} of {name}")
        if not case.settled:
            because = f"it is {level.label}, and it is not known whose all of it is"
            yield Reason("tlp-onward", Effect.REFER, because, unless=("fact originators",))
