"""What several tests here have in common: how far they look, what persons approve, and objects that are alike."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, Phase, settings

from telvet.model.release import Judgement, Verdict
from telvet.model.sharing import Effect
from telvet.sharing.releasing.acts import referring
from tests.property.strategies import EXAMPLES
from tests.served.desk import Place
from tests.served.worlds import Record, Sketch, id_of, judgement, rendered

__all__ = ["approvals", "indicator", "modestly"]


def modestly(examples: int) -> settings:
    """Return settings with few examples; they are not shrunk, see `worlds`."""
    phases = [Phase.explicit, Phase.generate]
    return settings(max_examples=EXAMPLES or examples, phases=phases, suppress_health_check=list(HealthCheck))


def approvals(place: Place, chosen: Sequence[int]) -> list[Judgement]:
    """Return what two persons say who look at some of what waits, with all rules that refer it before their eyes."""
    waiting = [(each, thing, outcome) for each, thing, outcome in place.outcomes() if outcome.effect is Effect.REFER]
    picked = [waiting[number % len(waiting)] for number in chosen] if waiting else []
    return [
        judgement(place.partner, each.id, each.version, thing.digest, Verdict.APPROVE, referring(outcome.decision), by)
        for each, thing, outcome in picked
        for by in ("cleo", "dan")
    ]


def indicator(place: Place, number: int, **held: Any) -> Record:
    """Return one of many that are alike."""
    [*_, made] = rendered([Sketch(0, day=1)], place.seed)
    name = id_of(place.seed, 200 + number, "indicator")
    return replace(made, id=name, raw=json.dumps({**json.loads(made.raw), "id": name, **held}).encode())
