"""Everything beside the equipment that judging rests on: law, day, register, places, operators, overlays, countries.

* Frozen and given from outside: no clock, no network, no file is touched from here on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from telvet.assessment.designations import Designations
from telvet.assessment.facts import COLUMNS, fact_of
from telvet.assessment.judging import conditions_of, considered
from telvet.assessment.overlays import Overlays
from telvet.attribution.resolve import Resolver
from telvet.catalog.law_coverage import Covered
from telvet.catalog.places import Places
from telvet.catalog.vendors import Register
from telvet.model.condition import Test, tests_of
from telvet.model.facts import Fact, Members, Stated
from telvet.model.law import Provision
from telvet.packs.law import Law

__all__ = ["Knowledge", "tests_by_fact"]


def tests_by_fact(provisions: Iterable[Provision]) -> Mapping[str, tuple[Test, ...]]:
    """Return every test that some provisions may put, by its fact."""
    found: dict[str, dict[Test, None]] = {}
    for provision in provisions:
        for condition in conditions_of(provision):
            for test in tests_of(condition):
                found.setdefault(test.fact, {})[test] = None
    return {fact: tuple(tests) for fact, tests in found.items()}


@dataclass(frozen=True)
class Knowledge:
    """What is known beside the equipment on the day of judgement."""

    law: Law
    on: date
    register: Register
    places: Places
    operators: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Canonical cells of each operator by its name."""
    overlays: Overlays = field(default_factory=Overlays)
    coverage: tuple[Covered, ...] = ()
    """For which countries and days all law on vendors is in packs, or there is none."""
    positions: Mapping[tuple[str, str], Stated] = field(default_factory=dict)
    """By (country, vendor) the position on the day, one of `telvet.model.position.POSITIONS`; absent: unknown."""
    stated_deploys: Mapping[tuple[str, str, str | None], str] = field(default_factory=dict)
    """By (country, vendor, generation; None: not said which) where it is confirmed that it is in use on the day."""
    partners: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Canonical cells of each partner by its name."""
    arrangements: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Canonical cells of each arrangement by its name."""
    assertions: tuple[Mapping[str, str], ...] = ()
    """Canonical cells of what analysts assert about countries, in the order given."""

    @cached_property
    def provisions(self) -> tuple[Provision, ...]:
        """The chosen provisions that are enacted and not ended on the day, by id."""
        found = [
            p for pack in self.law.packs for p in pack.provisions if p.id in self.law.chosen and considered(p, self.on)
        ]
        return tuple(sorted(found, key=lambda provision: provision.id))

    @cached_property
    def lookup(self) -> Designations:
        """The designations of all packs on the day."""
        return Designations(self.law.packs, self.register, self.places, self.on)

    @cached_property
    def resolver(self) -> Resolver:
        """The resolver of makers on the day."""
        return Resolver(self.register, self.on)

    @cached_property
    def tests(self) -> Mapping[str, tuple[Test, ...]]:
        """Every test that a considered provision may put, by its fact."""
        return tests_by_fact(self.provisions)

    def operator_fact(self, operator: str | None, fact: str) -> Fact | None:
        """Return a fact of an operator, overlays included; None where it is not in the operators table."""
        cells = dict(self.operators.get(operator or "", {}))
        attested = self.overlays.attested(operator, fact, self.on)
        stated = fact_of(COLUMNS[fact], cells.get(fact.removeprefix("operator.")) or attested)
        if fact == "operator.named_in" and isinstance(stated, Members):
            named = self.overlays.named_in(operator, self.on)
            return Members(stated.stated | named, stated.denied - named, stated.complete)
        return stated
