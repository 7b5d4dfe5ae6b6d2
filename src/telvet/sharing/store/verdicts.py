"""Turns what becomes of each row into the rows of a partner's view, what waits for a person, and what the record says.

* Only what goes out gets a row; what cannot be written without its missing parts does not go out.
* Where the newest version of an object stays, no older one goes out, unless the server was told otherwise.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from telvet.catalog.stix import StixRules
from telvet.model.release import Outcome
from telvet.model.sharing import Effect, Reason
from telvet.sharing.audit.records import Decided
from telvet.sharing.objects.redacting import redacted
from telvet.sharing.releasing.filing import decided
from telvet.sharing.store.consequences import bereft
from telvet.sharing.store.shelves import Row, Shown

__all__ = ["OLDER", "Verdicts", "told_of", "verdicts"]

OLDER = "newer-version-stays"
"""The rule by which an older version stays."""
_UNWRITABLE, _BEREFT = "parts", "references"


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What becomes of rows."""

    shown: Sequence[Shown]
    waiting: Sequence[tuple[Row, Outcome]]
    decided: Sequence[Decided]


def verdicts(rows: Sequence[Row], outcomes: Sequence[Outcome], rules: StixRules, *, older_versions: bool) -> Verdicts:
    """Return what becomes of rows; all versions of an object must be among them.

    Args:
        rows: In any order.
        outcomes: What becomes of each.
        rules: What is known of objects, for those that go out without some parts.
        older_versions: Serve older versions where the newest stays.
    """
    shown: dict[int, Shown] = {}
    unwritable: list[Row] = []
    final = dict(zip((row.key for row in rows), outcomes, strict=True))
    words: dict[int, tuple[str, str, str]] = {}
    for row, outcome in zip(rows, outcomes, strict=True):
        if not outcome.effect.releases:
            continue
        one = _shown(row, outcome, rules, words)
        if one is None:
            unwritable.append(row)
            final[row.key] = _stays(outcome, _UNWRITABLE, "what is left of it cannot be written")
        else:
            shown[row.key] = one
    overtaken = [] if older_versions else _overtaken(rows, shown)
    for row in overtaken:
        del shown[row.key]
        final[row.key] = _stays(final[row.key], OLDER, "the newest version of it stays")
    for key in bereft(shown, overtaken, unwritable):
        del shown[key]
        final[key] = _stays(final[key], _BEREFT, "what it marks or names stays")
    waiting = [(row, final[row.key]) for row in rows if final[row.key].effect is Effect.REFER]
    return Verdicts([*shown.values()], waiting, _told(rows, final))


def _told(rows: Sequence[Row], final: Mapping[int, Outcome]) -> list[Decided]:
    """Return what the record says about each row; what became of many is one and the same, and is put into words once."""
    words: dict[int, Decided] = {}
    told: list[Decided] = []
    for row in rows:
        outcome = final[row.key]
        like = words.get(id(outcome))
        if like is None:
            like = words[id(outcome)] = told_of(row, outcome)
        told.append(Decided(row.id, row.thing.version, row.digest, like.effect, like.reasons, like.obligations))
    return told


def told_of(row: Row, outcome: Outcome) -> Decided:
    """Return what the record says about a row."""
    return decided(row.thing, outcome, row.digest)


def _shown(row: Row, outcome: Outcome, rules: StixRules, words: dict[int, tuple[str, str, str]]) -> Shown | None:
    decision, body, digest = outcome.decision, None, row.digest
    if decision.effect is Effect.REDACT:
        try:
            body = redacted(row.thing, decision.redacted, rules)
        except ValueError:
            return None
        digest = hashlib.sha256(body).hexdigest()
    said = words.get(id(outcome))
    if said is None:
        told = told_of(row, outcome)
        said = words[id(outcome)] = _listed(told.reasons), _listed(told.obligations), _listed(outcome.leaves_by)
    return Shown(row, outcome.effect.value, *said, digest, body)


def _overtaken(rows: Sequence[Row], shown: dict[int, Shown]) -> list[Row]:
    """Return the rows that would be shown though a row of the newest version of their object is not."""
    if len({row.id for row in rows}) == len(rows):
        return []
    newest: dict[str, tuple[bool, str]] = {}
    for row in rows:
        newest[row.id] = max(_age(row), newest.get(row.id, _age(row)))
    blocked = {row.id for row in rows if _age(row) == newest[row.id] and row.key not in shown}
    return [row for row in rows if row.key in shown and row.id in blocked and _age(row) != newest[row.id]]


def _age(row: Row) -> tuple[bool, str]:
    """Return what orders versions as the gate does: one that the object does not name is older than any that one does."""
    return bool(row.written), row.version


def _stays(outcome: Outcome, rule: str, because: str) -> Outcome:
    reasons = (*outcome.decision.reasons, Reason(rule, Effect.WITHHOLD, because))
    return Outcome(replace(outcome.decision, effect=Effect.WITHHOLD, reasons=reasons))


@lru_cache(maxsize=4096)
def _listed(words: tuple[str, ...]) -> str:
    return json.dumps(words)
