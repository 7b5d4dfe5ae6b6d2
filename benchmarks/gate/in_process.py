"""Turns objects into what the parts of the gate do in a second without a server: decide, judge a whole feed, write the log.

* Whatever is not the part in question is done before the clock starts.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.gate.desk import PARTNER, PURPOSE, facts
from telvet.cli.share_asking import Asking
from telvet.model.sharing import Candidate
from telvet.sharing.audit.keys import new_signer
from telvet.sharing.audit.logs import begin_logs, verify_logs
from telvet.sharing.audit.records import Decided, Page
from telvet.sharing.decision import Decider, decide
from telvet.sharing.markings.stix_object import MarkingCompiler, definitions_of
from telvet.sharing.objects.candidates import candidate
from telvet.sharing.objects.originating import originators_of
from telvet.sharing.objects.reading import read_object
from telvet.sharing.objects.thing import Thing
from telvet.sharing.recorded.known import Known
from telvet.sharing.releasing.gate import Gate, Offered
from telvet.sharing.releasing.gates import shipped_rules

__all__ = ["Decisions", "Logging", "decisions", "logging"]

_ALONE = 2_000
"""How many are decided anew, each as if nothing had been decided before."""
_TIMES = 5
_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Decisions:
    """Objects a second."""

    remembered: float
    """By a decider, which decides once about what is handled alike."""
    anew: float
    """Each decided by itself."""
    whole: float
    """From objects to outcomes: marks, originators, decisions, acts and references."""
    released: int
    """How many of the objects may go out."""


@dataclass(frozen=True, slots=True)
class Logging:
    """Decisions a second."""

    written: float
    """Durably, a page of 1,000 at a time."""
    verified: float


def decisions(folder: Path, objects: Sequence[str], on: date) -> Decisions:
    """Decide about objects on a day.

    Args:
        folder: Takes the facts.
        objects: The JSON of each.
        on: The day.
    """
    path = folder / "facts-in-process.yaml"
    path.write_text(facts(), "utf-8")
    asking = Asking(PARTNER, on, facts=(path,))
    known = asking.known()
    laws = asking.answers(known)
    things = [read_object(text.encode()) for text in objects]
    offered = [Offered(thing, frozenset({"bench"}), PURPOSE) for thing in things]
    candidates = _candidates(things, known, on)
    of_partner = known.facts(PARTNER, on, purpose=PURPOSE, laws=laws)
    decider = Decider(of_partner)
    released = 0

    def whole() -> None:
        nonlocal released
        outcomes = Gate(PARTNER, on, known, shipped_rules(), laws).outcomes(offered)
        released = sum(one.effect.releases for one in outcomes)

    return Decisions(
        len(candidates) / _best(lambda: [decider.decide(one) for one in candidates]),
        _ALONE / _best(lambda: [decide(of_partner, one) for one in candidates[:_ALONE]]),
        len(things) / _best(whole, 2),
        released,
    )


def logging(folder: Path, objects: Sequence[str]) -> Logging:
    """Write what was decided about objects into a log of their own, and check it."""
    things = [read_object(text.encode()) for text in objects]
    decided = [
        Decided(one.id, one.version, one.digest, "permit", ("arrangement", "authority"), ("terms",)) for one in things
    ]
    now, signer = datetime.now(UTC), new_signer("example.org/bench")
    log = begin_logs(folder / "logs", signer, at=now, by="bench")
    try:
        begun = time.perf_counter()
        for place in range(0, len(decided), _PAGE):
            log.append(Page(now, PARTNER, f"{place:032x}", decided[place : place + _PAGE], {"resource": "objects"}))
        written = time.perf_counter() - begun
    finally:
        log.close()
    verified = _best(lambda: verify_logs(folder / "logs", signer.key), 2)
    return Logging(len(decided) / written, len(decided) / verified)


def _candidates(things: Sequence[Thing], known: Known, on: date) -> list[Candidate]:
    rules = shipped_rules()
    compiler = MarkingCompiler(definitions_of(each.held for each in things), rules.handling, on)
    originators = originators_of(things, known.originated)
    return [candidate(each, compiler, originators[each.id], rules.stix) for each in things]


def _best(work: Callable[[], object], times: int = _TIMES) -> float:
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        found.append(time.perf_counter() - begun)
    return min(found)
