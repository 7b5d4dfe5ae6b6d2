"""Turns what is referred into entries of the queue, and an entry with what people said of it into where it stands.

* An entry is one version with its bytes, for one partner and one set of reasons; other reasons make another entry.
* What people said is looked up by version and bytes, so that an entry of other bytes is never approved along.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from telvet.model.release import Judgement, Outcome, Verdict
from telvet.sharing.objects.thing import Thing
from telvet.sharing.releasing.acts import approved
from telvet.workspace.sharing_rows import Waiting

__all__ = ["Standing", "State", "judged_by", "rules_of", "standing", "standings", "waiting"]


class State(StrEnum):
    """Where an entry of the queue stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry of the queue, and what people said of it."""

    entry: Waiting
    state: State
    judgements: tuple[Judgement, ...] = ()
    """Each person's last word, in order of time."""

    @property
    def approvals(self) -> int:
        """Return how many approved it, with all that it waits for before their eyes."""
        asked = rules_of(self.entry)
        return sum(each.verdict is Verdict.APPROVE and asked <= each.rules for each in self.judgements)


def waiting(
    partner: str, thing: Thing, outcome: Outcome, *, origin: str, by: str, now: str, body: bytes | None = None
) -> Waiting:
    """Return the entry of an object that is referred.

    Args:
        partner: For whom.
        thing: The object.
        outcome: Why it waits.
        origin: Where it came from: a collection, or a file.
        by: Who or what queues it.
        now: The moment of the record.
        body: Its bytes, where they are kept nowhere else.
    """
    stops = [each for each in outcome.decision.reasons if each.counts]
    reasons = [{"because": each.because, "cites": list(each.cites), "rule": each.rule} for each in stops]
    return Waiting(
        partner=partner,
        object=thing.id,
        version=thing.version,
        digest=thing.digest,
        type=thing.type,
        effect=outcome.effect.value,
        reasons=json.dumps(reasons, sort_keys=True, ensure_ascii=False),
        unless=json.dumps([list(facts) for facts in outcome.decision.unless], ensure_ascii=False),
        origin=origin,
        persons=outcome.persons,
        by=by,
        recorded_at=now,
        body=body,
    )


def rules_of(entry: Waiting) -> frozenset[str]:
    """Return the rules that an entry waits for, as whoever judges it sees them."""
    return frozenset(reason["rule"] for reason in json.loads(entry.reasons))


def judged_by(
    entry: Waiting, verdict: Verdict, *, by: str, why: str, now: str, before: Iterable[Judgement] = ()
) -> Judgement:
    """Return what a person says of an entry.

    Args:
        entry: What is judged.
        verdict: What of it.
        by: The person.
        why: In words.
        now: The moment of the record.
        before: All that was judged by then, oldest first: who approved these bytes for one reason has seen that reason still
            when approving them for another.
    """
    who = by.strip()
    mine = [each for each in before if _key(each) == _of(entry) and each.by.strip().casefold() == who.casefold()]
    seen = mine[-1].rules if mine and mine[-1].verdict is verdict is Verdict.APPROVE else frozenset()
    rules = rules_of(entry) | seen
    return Judgement(entry.partner, entry.object, entry.version, entry.digest, verdict, who, now, why.strip(), rules)


def standing(entry: Waiting, judgements: Iterable[Judgement]) -> Standing:
    """Return where an entry stands, by all that was ever judged."""
    mine = [each for each in judgements if _key(each) == _of(entry)]
    latest = tuple({each.by.strip().casefold(): each for each in mine}.values())
    verdicts = {each.verdict for each in latest}
    if Verdict.REFUSE in verdicts:
        return Standing(entry, State.REFUSED, latest)
    if Verdict.RETURN in verdicts:
        return Standing(entry, State.RETURNED, latest)
    by = approved(mine, rules_of(entry), entry.persons)
    return Standing(entry, State.APPROVED if by else State.WAITING, latest)


def standings(entries: Sequence[Waiting], judgements: Iterable[Judgement]) -> list[Standing]:
    """Return where each entry stands."""
    found: dict[tuple[str, ...], list[Judgement]] = {}
    for each in judgements:
        found.setdefault(_key(each), []).append(each)
    return [standing(entry, found.get(_of(entry), ())) for entry in entries]


def _key(judgement: Judgement) -> tuple[str, ...]:
    return judgement.partner, judgement.object, judgement.version, judgement.digest


def _of(entry: Waiting) -> tuple[str, ...]:
    return entry.partner, entry.object, entry.version, entry.digest
