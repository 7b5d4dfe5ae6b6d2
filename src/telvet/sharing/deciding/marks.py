"""Turns what marks say by themselves, whoever asks, into reasons: nothing at all, grounds to withhold, grounds for a person.

* Marks that say nothing of who may have it are as none.
* Only what the originator controls is excused, by everyone whose material it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from telvet.model.handling import Ground, Handling
from telvet.model.sharing import Effect, Reason
from telvet.sharing.deciding.case import Case

__all__ = ["grounds_to_refer", "grounds_to_withhold", "marks_speak", "says_who"]

_ORIGINATOR_CONTROLLED = ("ism-control", "OC")


def says_who(handling: Handling) -> bool:
    """Tell whether some mark says who may have it."""
    named = (handling.tlp, handling.classification, handling.reach, handling.rel_to, handling.organisations)
    return any(part is not None for part in named) or bool(handling.acs)


def marks_speak(_case: Case, handling: Handling) -> Iterator[Reason]:
    """Withhold what no mark lets out."""
    if not says_who(handling):
        because = "it is not marked" if handling.unmarked else "none of its marks says who may have it"
        yield Reason("marks", Effect.WITHHOLD, because)


def grounds_to_withhold(_case: Case, handling: Handling) -> Iterator[Reason]:
    """Withhold what is not understood, or lets nothing out."""
    for ground in sorted(handling.withheld):
        yield Reason("withheld", Effect.WITHHOLD, _told(ground), (ground.marking,))


def grounds_to_refer(case: Case, handling: Handling) -> Iterator[Reason]:
    """Leave to a person what needs one, unless the originators control it and consent."""
    for ground in sorted(handling.referred):
        if (ground.code, ground.about) != _ORIGINATOR_CONTROLLED or case.partner is None:
            yield Reason("referred", Effect.REFER, _told(ground), (ground.marking,))
            continue
        consents = {name: case.consent(name, handling.tlp) for name in case.everyone}
        missing = [f"consent of {name}" for name, found in consents.items() if found is None]
        if not case.settled:
            missing.append("fact originators")
        excused = None
        if not missing:
            excused = ", ".join(f"consent {found}" for found in consents.values()) or "the partner is the originator"
        yield Reason("referred", Effect.REFER, _told(ground), (ground.marking,), excused, tuple(sorted(missing)))


def _told(ground: Ground) -> str:
    return f"{ground.code}: {ground.about}" if ground.about else ground.code
