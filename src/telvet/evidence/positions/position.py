"""Turns the record into the position of a country: what decides, what stands against it, and what was only said.

* Each scope is settled by itself; the position of the whole follows from the scopes by `folding.yaml`.
* Allegation, denial and assurance never make a position; they are shown.
* Corroboration counts origins, not documents.
* Pure: no clock, no store; the same record and days give the same position.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from telvet.catalog.evidence_codes import EvidenceCodes, read_codes
from telvet.catalog.folding import Folding, Overall, read_folding
from telvet.evidence.positions.contradictions import Contradiction, Denied, contradictions
from telvet.evidence.positions.contributions import Contribution, contributions_of
from telvet.evidence.positions.fold import Settled, in_order, settle
from telvet.evidence.positions.record import Record
from telvet.model.dates import Span, brief_span
from telvet.model.evidence import Statement
from telvet.model.position import Objection, Position, ScopePosition

__all__ = ["Asked", "position"]


@dataclass(frozen=True, slots=True)
class Asked:
    """The three times of a question."""

    as_of: date
    known_by: date | None = None
    recorded_by: str | None = None
    """A moment such as `2024-01-15T09:30:00.000000Z`; None for everything that is recorded."""


def position(
    record: Record,
    country: str,
    vendor: str | None,
    asked: Asked,
    *,
    codes: EvidenceCodes | None = None,
    folding: Folding | None = None,
) -> Position:
    """Return the position of a country (alpha-3) on a vendor (a group's or organisation's id; None for any)."""
    return _Weighing(codes or read_codes(), folding or read_folding(), asked).of(record, country, vendor)


@dataclass(frozen=True, slots=True)
class _Weighing:
    """The rules and the days with which one position is found."""

    codes: EvidenceCodes
    folding: Folding
    asked: Asked

    def of(self, record: Record, country: str, vendor: str | None) -> Position:
        told_of = record.heard(country, vendor, self.asked.known_by, self.asked.recorded_by)
        heard = sorted(
            (said for said in told_of if _told_by(said, self.asked.as_of)),
            key=lambda said: (said.published.last, said.published.first, said.id),
        )
        told = [one for said in heard for one in contributions_of(said, self.codes, self.folding)]
        holding = in_order((one for one in told if one.holds(self.asked.as_of)), self.folding)
        settled = {scope: settle(scope, holding, self.codes, self.folding) for scope in self._scopes(holding)}
        chosen = next((rule for rule in self.folding.overall if self._deciding(rule, settled)), None)
        deciding = self._deciding(chosen, settled) if chosen else {}
        because = _unlike(one.statement for scope in deciding.values() for one in scope.run)
        decides = {said.id for said in because}
        standing = _unlike_contributions(one for scope in settled.values() for one in scope.run)
        weights = {one.statement.id: _DECIDES if one.statement.id in decides else 1 for one in standing}
        clashes = list(contradictions(standing, holding, self._denied(heard), weights, self.codes))
        disputed = {said.id for clash in clashes for said in (clash.said, clash.other)}
        against = _objections(weights, clashes, settled.values(), heard)
        shown = decides | {one.statement.id for one in against}
        context = tuple(said for said in heard if said.id not in shown)
        return Position(
            country=country,
            vendor=vendor,
            position=chosen.position if chosen else "unknown",
            since=_earliest(deciding.values()),
            until=_until(because),
            scopes=tuple(self._scope(scope, one, disputed) for scope, one in settled.items()),
            because=because or context,
            against=against,
            context=context if because else (),
            origins=len({said.origin for said in because or context}),
            as_of=self.asked.as_of,
            known_by=self.asked.known_by,
            disputed=not disputed.isdisjoint(decides),
        )

    def _scopes(self, holding: Iterable[Contribution]) -> list[str]:
        named = {one.scope for one in holding}
        return [scope for scope in self.codes.scopes if scope in named][::-1]

    def _denied(self, heard: Iterable[Statement]) -> list[Denied]:
        made = []
        for said in heard:
            measure = self.codes.measures[said.measure]
            if said.modality == _DENIED and measure.kind != "speaks":
                parts = measure.parts or {said.scope: measure.kind}
                made += [Denied(said, scope, kind) for scope, kind in parts.items()]
        return made

    def _scope(self, scope: str, settled: Settled, disputed: set[str]) -> ScopePosition:
        held, kinds = settled.deciding, self.folding.kinds
        because = _unlike(one.statement for one in settled.run)
        return ScopePosition(
            scope=scope,
            position=kinds[held.kind].position,
            leaning=kinds[held.leaning].position if held.leaning else None,
            modality=held.statement.modality,
            since=_since(held),
            until=_until(because),
            because=because,
            disputed=any(said.id in disputed for said in because),
        )

    def _deciding(self, rule: Overall, settled: Mapping[str, Settled]) -> dict[str, Settled]:
        """Return the scopes that make a line of `overall` true."""
        kinds, scopes = self.folding.kinds, self.codes.scopes
        return {
            scope: one
            for scope, one in settled.items()
            if kinds[one.deciding.kind].position in rule.where and scopes[scope].reach in rule.reach
        }


def _told_by(said: Statement, day: date) -> bool:
    """Tell whether a statement was published by a day, or may have begun by then."""
    if said.published.first <= day:
        return True
    return said.when is not None and (said.when.first is None or said.when.first <= day)


_DENIED = "denied"
_DECIDES = 2
"""What a statement weighs that decides; one that only stands weighs less, and any other nothing."""


def _unlike(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Keep each statement once, in order."""
    return tuple({said.id: said for said in statements}.values())


def _unlike_contributions(standing: Iterable[Contribution]) -> list[Contribution]:
    """Keep each contribution once, though it may decide several scopes."""
    return list({(one.statement.id, one.scope, one.kind): one for one in standing}.values())


def _since(held: Contribution) -> str:
    first = _may_have_begun(held)
    return held.begins.isoformat() if first == held.begins else brief_span(Span(first, held.begins))


def _may_have_begun(held: Contribution) -> date:
    """Return the first day on which it may have begun; an undated one is taken to begin when it was published."""
    return held.first if held.statement.when else held.begins


def _earliest(deciding: Iterable[Settled]) -> str | None:
    """Return since when the first of some scopes stands so."""
    held = [one.deciding for one in deciding]
    return _since(min(held, key=lambda one: (one.begins, _may_have_begun(one)))) if held else None


def _until(because: Iterable[Statement]) -> date | None:
    """Return the last day on which any of several holds; None where one is open, or there is none."""
    ends = [said.until for said in because]
    return None if None in ends else max((end for end in ends if end), default=None)


def _objections(
    weights: Mapping[str, int],
    clashes: Iterable[Contradiction],
    settled: Iterable[Settled],
    heard: Iterable[Statement],
) -> tuple[Objection, ...]:
    """Return what stands against the position, contradictions first, each statement for its gravest reason only."""
    found: dict[str, Objection] = {}
    for one in _from_clashes(weights, clashes):
        found.setdefault(one.statement.id, one)
    for one in (*_from_scopes(settled), *_from_denials(heard)):
        if weights.get(one.statement.id) != _DECIDES:
            found.setdefault(one.statement.id, one)
    return tuple(found.values())


def _from_clashes(weights: Mapping[str, int], clashes: Iterable[Contradiction]) -> Iterator[Objection]:
    """Name the side that weighs less; both, where they weigh the same."""
    for clash in clashes:
        said, other = (weights.get(side.id, 0) for side in (clash.said, clash.other))
        if said <= other:
            yield Objection(clash.said, "contradiction", clash.why, clash.other.id)
        if other <= said:
            yield Objection(clash.other, "contradiction", clash.why, clash.said.id)


def _from_scopes(settled: Iterable[Settled]) -> Iterator[Objection]:
    several = tuple(settled)
    for scope in several:
        for one in scope.tension:
            yield Objection(
                one.statement,
                "tension",
                "it says otherwise, and does not undo what stands",
                scope.deciding.statement.id,
            )
    for scope in several:
        for one in scope.succeeded:
            yield Objection(
                one.statement, "succession", "it was so before, and was succeeded", scope.deciding.statement.id
            )


def _from_denials(heard: Iterable[Statement]) -> Iterator[Objection]:
    for said in heard:
        if said.modality == _DENIED or said.measure == "DENIAL":
            yield Objection(said, "denial", "it denies, which by itself decides nothing")
