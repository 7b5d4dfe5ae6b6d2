"""Turns facts and one arrangement into what rules ask of them: whose material it is, who consented, which waiver is shown.

* A consent or a waiver counts only where every part of it is shown: its dates, this partner, this object, its persons.
* Of several that would do, the first by id is named.
"""

from __future__ import annotations

from dataclasses import dataclass

from telvet.model.dates import Span
from telvet.model.handling import Tlp
from telvet.model.sharing import NEVER, Arrangement, Consent, Effect, Facts, Originators, Partner, Reason, Term, Waiver
from telvet.model.truth import Truth

__all__ = ["Case"]

_TWO = 2


@dataclass(frozen=True, slots=True)
class Case:
    """An object as far as rules may look at it beside its marks, and what is known on the day."""

    facts: Facts
    object: str
    originators: Originators
    arrangement: Arrangement | None
    """The one under which it is judged; None where there is none."""

    @property
    def partner(self) -> Partner | None:
        """Return who asks."""
        return self.facts.partner

    @property
    def settled(self) -> bool:
        """Tell whether it is known whose material it is."""
        return self.originators.complete and bool(self.originators.ids)

    @property
    def everyone(self) -> tuple[str, ...]:
        """Return the originators that are not the partner, in order; we may be among them."""
        own = self.partner.identities if self.partner else frozenset()
        return tuple(sorted(self.originators.ids - own))

    @property
    def third_parties(self) -> tuple[str, ...]:
        """Return the originators that are neither we nor the partner, in order."""
        return tuple(name for name in self.everyone if name not in self.facts.ours)

    def consent(self, originator: str, tlp: Tlp | None) -> str | None:
        """Return the id of a consent of an originator to a level, or None where none is shown."""
        shown = (each.id for each in self.facts.consents if self._consents(each, originator, tlp))
        return min(shown, default=None)

    def waiver(self, rule: str) -> str | None:
        """Return the id of a waiver of a rule, or None where none is shown."""
        return min((each.id for each in self.facts.waivers if self._waives(each, rule)), default=None)

    def asking_consent(self, rule: str, originator: str, tlp: Tlp | None, because: str) -> Reason:
        """Withhold unless an originator consents."""
        found = self.consent(originator, tlp)
        excused = f"consent {found}" if found is not None else None
        unless = () if excused else (f"consent of {originator}",)
        return Reason(rule, Effect.WITHHOLD, because, excused_by=excused, unless=unless)

    def waivable(
        self, rule: str, effect: Effect, because: str, cites: tuple[str, ...] = (), lifted: str | None = None
    ) -> Reason:
        """Say no, or that a person is needed, unless the rule is waived.

        Args:
            rule: Its name.
            effect: What it comes to.
            because: Why.
            cites: Where it stands.
            lifted: The fact that would lift it, where that is another than the waiver.
        """
        found = self.waiver(rule)
        if found is not None:
            return Reason(rule, effect, because, cites, f"waiver {found}")
        return Reason(rule, effect, because, cites, unless=(lifted or f"waiver of {rule}",))

    def _consents(self, consent: Consent, originator: str, tlp: Tlp | None) -> bool:
        return (
            consent.originator == originator
            and (tlp is None or tlp.rank <= consent.tlp.rank)
            and bool(consent.by.strip() and consent.source.strip())
            and self._covers(consent.partner, consent.objects, consent.term)
        )

    def _waives(self, waiver: Waiver, rule: str) -> bool:
        persons = {name.strip().casefold() for name in waiver.persons} - {""}
        return (
            waiver.rule == rule
            and len(persons) >= _TWO
            and bool(waiver.issuer.strip() and waiver.clause.strip())
            and not _endless(waiver.term.ends)
            and self._covers(waiver.partner, waiver.objects, waiver.term)
        )

    def _covers(self, partner: str, objects: frozenset[str] | None, term: Term) -> bool:
        return (
            self.partner is not None
            and partner == self.partner.id
            and (objects is None or self.object in objects)
            and term.holds_on(self.facts.as_of) is Truth.TRUE
        )


def _endless(ends: Span | None) -> bool:
    return ends is None or ends.last == NEVER.last
