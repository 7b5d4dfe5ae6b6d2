"""Turns an object, with what its marks come to and whose it is, into what a decision looks at.

* What the object may not lack and what it refers to come along, so a decision asks no more of the object itself.
"""

from __future__ import annotations

from telvet.catalog.stix import StixRules
from telvet.model.sharing import Candidate, MarkedPart, Originators
from telvet.sharing.markings.stix_object import MarkingCompiler
from telvet.sharing.objects.references import references
from telvet.sharing.objects.thing import Thing

__all__ = ["candidate"]


def candidate(thing: Thing, compiler: MarkingCompiler, originators: Originators, rules: StixRules) -> Candidate:
    """Return what a decision looks at.

    Args:
        thing: The object.
        compiler: Of the marking definitions that count, and the day.
        originators: Whose information it holds.
        rules: What is known of objects.
    """
    made = compiler.compile(thing.held)
    required = rules.required(thing.held)
    found = thing.names.get(required)
    if found is None:
        found = thing.names[required] = references(thing, required)
    return Candidate(
        id=thing.id,
        type=thing.type,
        version=thing.version,
        whole=made.whole,
        parts=tuple(MarkedPart(part.selector, part.handling) for part in made.parts) if made.parts else (),
        required=required,
        references=found,
        originators=originators,
    )
