"""Turn law in force into whether a country permits a vendor's equipment of a generation: spec/semantics.md, section 9.

* A law forbids only if it forbids whatever else is true of the element; what it leaves open, it does not deny.
* Nothing permits but a claim that all law of the country is known for the day. That no pack forbids is no leave.
"""

from __future__ import annotations

from collections.abc import Iterator

from telvet.assessment.judging import Case, judge
from telvet.assessment.knowledge import Knowledge
from telvet.catalog.law_coverage import covering
from telvet.model.condition import Test
from telvet.model.facts import Fact, Maker, Members, Single, Stated
from telvet.model.law import Designation, EffectKind, Pack, Provision, Subject
from telvet.model.organisation import Attribution, Candidate
from telvet.model.status import Force, Status
from telvet.model.truth import Truth
from telvet.rules.ask import ask

__all__ = ["permitted_by_law", "stands_for"]


def stands_for(knowledge: Knowledge, vendor: str) -> Maker | None:
    """Return the organisation that a vendor's id stands for, as a maker; None where the register has no such id."""
    register = knowledge.register
    if vendor not in register.groups and vendor not in register.organisations:
        return None
    return Maker(Attribution((Candidate(register.root(vendor)),)))


def permitted_by_law(knowledge: Knowledge, country: str, what: str) -> tuple[Truth, tuple[Stated, ...]]:
    """Tell whether the law of a country permits `vendor/generation` on the day, and which law or coverage says so."""
    vendor, _, generation = what.partition("/")
    maker = stands_for(knowledge, vendor)
    if maker is None:
        return Truth.UNKNOWN, ()
    denied = tuple(
        Stated(f"-{what}", f"{provision.id}, in force in {country}", provision.grade)
        for pack in _packs(knowledge, country)
        for provision in pack.provisions
        if _forbids(knowledge, provision, _facts(country, maker, generation))
    )
    if denied:
        return Truth.FALSE, denied
    row = covering(knowledge.coverage, country, knowledge.on)
    return (Truth.TRUE, (Stated(what, row.origin, row.grade),)) if row else (Truth.UNKNOWN, ())


def _packs(knowledge: Knowledge, country: str) -> Iterator[Pack]:
    """Yield the packs of a country, and of the unions that it belongs to on the day, asked for or not."""
    for pack in knowledge.law.packs:
        union = pack.jurisdiction in knowledge.places.unions
        if pack.jurisdiction == country or (
            union and knowledge.places.member_of(country, pack.jurisdiction, knowledge.on)
        ):
            yield pack


def _facts(country: str, maker: Maker, generation: str) -> dict[str, Fact]:
    """Return all that is known of the element that stands for every such element."""
    return {
        "equipment.vendor": maker,
        "equipment.managed_by": Maker(),
        "equipment.generation": Members(frozenset({generation}), complete=True),
        "equipment.country": Single((country,)),
        "operator.country": Single((country,)),
    }


def _forbids(knowledge: Knowledge, provision: Provision, facts: dict[str, Fact]) -> bool:
    if provision.force is not Force.BINDING or provision.subject is not Subject.EQUIPMENT:
        return False
    if provision.effect.kind is not EffectKind.STATE or provision.share is not None:
        return False

    def met(tests: tuple[Test, ...]) -> tuple[Designation, ...]:
        asked = ((facts.get(test.fact), test.operand) for test in tests)
        found = [
            one
            for maker, names in asked
            if isinstance(maker, Maker) and isinstance(names, tuple)
            for one in knowledge.lookup.met(maker, tuple(str(name) for name in names))
        ]
        return tuple(dict.fromkeys(found))

    case = Case(knowledge.on, lambda test: ask(test, facts.get(test.fact), knowledge.lookup), met=met)
    verdict = judge(provision, case)
    return verdict is not None and verdict.status is Status.CONTRAVENTION and not verdict.unless
