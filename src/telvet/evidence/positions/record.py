"""Turns statements and what people judged of them into what was known on a day: three times, none of them the clock's.

* A statement counts when its latest judgement, as recorded by a moment, confirms it; nothing else counts.
* It was known by a day when it had surely been published by then, and had not yet been retracted.
* Statements of the catalogue are confirmed by having been merged; they too were recorded on some day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from telvet.model.evidence import Judgement, Statement, Verdict

__all__ = ["Record"]


@dataclass(frozen=True)
class Record:
    """Statements by country, and their judgements by statement in the order of recording."""

    by_country: Mapping[str | None, tuple[Statement, ...]]
    judgements: Mapping[str, tuple[Judgement, ...]]
    merged: frozenset[str]
    """The statements that need no judgement."""

    @classmethod
    def of(
        cls, statements: Iterable[Statement], judgements: Iterable[Judgement], merged: Iterable[Statement] = ()
    ) -> Record:
        """Index statements that need a judgement to count, and `merged` ones, which count without."""
        given = tuple(merged)
        places: dict[str | None, list[Statement]] = defaultdict(list)
        for said in (*statements, *given):
            places[said.country].append(said)
        judged: dict[str, list[Judgement]] = defaultdict(list)
        for one in judgements:
            judged[one.statement].append(one)
        return cls(
            {country: tuple(said) for country, said in places.items()},
            {name: tuple(sorted(several, key=lambda one: one.recorded_at)) for name, several in judged.items()},
            frozenset(said.id for said in given),
        )

    def countries(self) -> tuple[str, ...]:
        """Return the countries of which anything is said, in order."""
        return tuple(sorted(country for country in self.by_country if country))

    def heard(
        self, country: str, vendor: str | None, known_by: date | None, recorded_by: str | None
    ) -> Iterator[Statement]:
        """Yield the statements about a country and vendor that counted by a day of publication and a moment of recording."""
        for said in self.by_country.get(country, ()):
            if known_by and said.published.last > known_by:
                continue
            if recorded_by and said.recorded_at > recorded_by:
                continue
            if about(said, vendor) and self.stands(said, known_by, recorded_by):
                yield said

    def stands(self, said: Statement, known_by: date | None, recorded_by: str | None) -> bool:
        """Tell whether a statement was confirmed, and not retracted, by then."""
        confirmed = said.id in self.merged
        retracted: list[date] = []
        for one in self.judgements.get(said.id, ()):
            if recorded_by and one.recorded_at > recorded_by:
                break
            if one.verdict is Verdict.RETRACTED:
                retracted.append(one.published.last if one.published else date.min)
            else:
                confirmed, retracted = one.verdict is Verdict.CONFIRMED, []
        return confirmed and not any(known_by is None or day <= known_by for day in retracted)


def about(said: Statement, vendor: str | None) -> bool:
    """Tell whether a statement is about a vendor: by name, or because it is about anyone."""
    return vendor is None or not said.vendors or any(one.anyone or one.id == vendor for one in said.vendors)
