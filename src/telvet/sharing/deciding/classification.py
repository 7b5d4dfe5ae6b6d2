"""Turns a level of classification and the arrangement's level into reasons."""

from __future__ import annotations

from collections.abc import Iterator

from telvet.model.handling import Classification, Handling
from telvet.model.sharing import Effect, Reason
from telvet.sharing.deciding.case import Case

__all__ = ["classification_within_cap"]

_RULE = "classification"


def classification_within_cap(case: Case, handling: Handling) -> Iterator[Reason]:
    """Hold a level against the arrangement's."""
    if case.arrangement is None or handling.classification in {None, Classification.U}:
        return
    level, cap = handling.classification, case.arrangement.classification
    if cap is None:
        because = f"it is classified {level}, and {case.arrangement.id} has no level that is known"
        yield Reason(_RULE, Effect.REFER, because, unless=("fact arrangement.classification",))
    elif level.rank > cap.rank:
        because = f"it is classified {level}, and {case.arrangement.id} goes to {cap}"
        yield case.waivable(_RULE, Effect.WITHHOLD, because)
