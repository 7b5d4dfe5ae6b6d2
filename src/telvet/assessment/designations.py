"""Tell whether a maker is one that an instrument names: closure by the regime's own test, as of the right day.

* spec/semantics.md, section 4. A name that is nobody in the register is unknown, never cleared.
* Answers are per candidate organisation and kept, so that a class costs a look-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from telvet.attribution.ownership import membership
from telvet.catalog.places import Places
from telvet.catalog.vendors import Register
from telvet.model.dates import Span
from telvet.model.facts import Dated, Maker
from telvet.model.law import Designation, Pack
from telvet.model.organisation import Attribution, Candidate
from telvet.model.truth import Truth, any_of, over_candidates

__all__ = ["Designations"]


class Designations:
    """The designations of some packs on a day; a `telvet.rules.ask.Lookup`."""

    def __init__(self, packs: Iterable[Pack], register: Register, places: Places, on: date) -> None:
        self._designations: dict[str, Designation] = {
            key: value for pack in packs for key, value in pack.designations.items()
        }
        self._register, self._places, self._on = register, places, on
        self._members = lru_cache(maxsize=None)(self._membership)
        self.change_days: tuple[date, ...] = tuple(sorted(register.change_days()))

    def _membership(self, designation: str, on: date) -> Mapping[str, Truth]:
        named = self._designations[designation]
        if named.vendor is None:
            return {}
        return membership(self._register, named.vendor, named.closure, on, annex=named.annex)

    def _candidate(self, named: Designation, candidate: Candidate, on: date) -> Truth:
        if candidate.organisation is None:
            return Truth.UNKNOWN
        if named.home:
            country = self._register.organisations[candidate.organisation].country
            return Truth.UNKNOWN if country is None else Truth.of(country in named.home)
        return self._members(named.id, on).get(candidate.organisation, Truth.FALSE)

    def _met(self, name: str, candidate: Candidate, made: Dated) -> Truth:
        named = self._designations[name]
        if named.owned_on == "judgement":
            return self._candidate(named, candidate, self._on)
        return over_candidates(self._candidate(named, candidate, day) for day in self._days(made))

    def _counts(self, name: str) -> bool:
        """Tell whether a designation is in force on the day of judgement."""
        named = self._designations[name]
        return named.from_ <= self._on <= (named.to or date.max)

    def _days(self, made: Dated) -> list[date]:
        """Return one day of every stretch of time in which ownership stood still, within the day of making."""
        span = made.span or Span(date.min, date.max)
        return [span.first, *(day for day in self.change_days if span.first < day <= span.last)]

    def _attributed(self, attribution: Attribution, names: Iterable[str], made: Dated) -> Truth:
        if not attribution.candidates:
            return Truth.UNKNOWN
        return over_candidates(
            any_of([Truth.FALSE, *(self._met(name, candidate, made) for name in names)])
            for candidate in attribution.candidates
        )

    def designated(self, maker: Maker, designations: tuple[str, ...]) -> Truth:
        """Tell whether some designation meets the maker, or the supplier where the instrument's word is supply."""
        names = [name for name in designations if self._counts(name)]
        if maker.nobody or not names:
            return Truth.FALSE
        if maker.supplier is None:
            return self._attributed(maker.maker, names, maker.made)
        by_maker = [name for name in names if self._designations[name].tests != "provided"]
        by_supplier = [name for name in names if self._designations[name].tests != "made"]
        asked = ((maker.maker, by_maker), (maker.supplier, by_supplier))
        return any_of(self._attributed(who, which, maker.made) for who, which in asked if which)

    def met(self, maker: Maker, designations: tuple[str, ...]) -> tuple[Designation, ...]:
        """Return the designations that are met, or where none is, those that may be."""
        answers = {name: self.designated(maker, (name,)) for name in designations}
        for wanted in (Truth.TRUE, Truth.UNKNOWN):
            found = tuple(self._designations[name] for name, truth in answers.items() if truth is wanted)
            if found:
                return found
        return ()

    def depends_on_making(self, designations: Iterable[str]) -> bool:
        """Tell whether some designation asks whose it was when it was made."""
        return any(self._designations[name].owned_on == "making" for name in designations)

    def begins(self, name: str) -> date:
        """Return the day from which a designation counts."""
        return self._designations[name].from_

    def eras(self, maker: Maker) -> list[Maker]:
        """Return the maker as made in each stretch of time in which ownership stood still, and at a time not known."""
        days = [date.min, *self.change_days]
        return [replace(maker, made=Dated()), *(replace(maker, made=Dated(Span(day, day))) for day in days)]

    def member(self, country: str, union: str) -> Truth:
        """Tell whether a country is a member of a union on the day."""
        return (
            Truth.of(self._places.member_of(country, union, self._on))
            if union in self._places.unions
            else Truth.UNKNOWN
        )
