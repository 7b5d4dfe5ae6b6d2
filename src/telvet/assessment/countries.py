"""Turn what is known of a country into three facts that never stand in for each other: permits, deploys, position.

* spec/semantics.md, section 9. `permits` is of law in force, `deploys` of attributed equipment and statements, `position` of
  what its government says. Each is looked up by itself; where one is unknown it stays so.
* Whatever settles a fact is told with its origin.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from telvet.assessment.knowledge import Knowledge
from telvet.assessment.permits import permitted_by_law, stands_for
from telvet.assessment.survey import Survey, made_by
from telvet.model.condition import Test
from telvet.model.facts import Fact, Members, Single, Stated
from telvet.model.truth import Truth

__all__ = ["DEPLOYS", "PERMITS", "POSITION", "Countries"]

PERMITS, DEPLOYS, POSITION = "partner.country.permits", "partner.country.deploys", "partner.country.position"
_Said = tuple[tuple[Stated, ...], tuple[Stated, ...]]
"""Who states it, and who denies it."""


@dataclass(frozen=True)
class Countries:
    """What is known of countries, and, where a law asks for it, of the equipment in them."""

    knowledge: Knowledge
    survey: Survey | None = None
    """The equipment; None where no law asks what is deployed."""
    _permits: dict[tuple[str, str], _Said] = field(default_factory=dict)

    def fact(self, country: str | None, test: Test) -> Fact | None:
        """Return the fact of a country that a test asks for."""
        if country is None:
            return None
        if test.fact == "partner.country":
            return Single((country,))
        if test.fact == POSITION:
            vendor = _vendor(test)
            told = tuple(dict.fromkeys(one.value for one in self.position(country, vendor)))
            return Single(tuple(value for value in told if value != f"{vendor}=unknown"))
        if test.fact not in (PERMITS, DEPLOYS):
            return None
        what = str(test.operand)
        stated, denied = self.permits(country, what) if test.fact == PERMITS else self.deploys(country, what)
        whole = frozenset({what})
        return Members(whole if stated and not denied else frozenset(), whole if denied and not stated else frozenset())

    def reasons(self, country: str, test: Test) -> tuple[Stated, ...]:
        """Return what settles, or leaves disputed, the fact that a test asks for."""
        if test.fact == POSITION:
            return self.position(country, _vendor(test))
        if test.fact in (PERMITS, DEPLOYS):
            what = str(test.operand)
            stated, denied = self.permits(country, what) if test.fact == PERMITS else self.deploys(country, what)
            return (*stated, *denied)
        return ()

    def permits(self, country: str, what: str) -> _Said:
        """Return who states and who denies that the law permits `vendor/generation`."""
        known = self._permits.get((country, what))
        if known is None:
            stated, denied = self._overlaid("permits", country, (what,), (what,))
            if not stated and not denied:
                truth, reasons = permitted_by_law(self.knowledge, country, what)
                stated, denied = (reasons, ()) if truth is Truth.TRUE else ((), reasons)
            known = self._permits[country, what] = stated, denied
        return known

    def deploys(self, country: str, what: str) -> _Said:
        """Return who states and who denies that `vendor/generation`, or `vendor` in any generation, is in use."""
        vendor, _, generation = what.partition("/")
        texts = self.knowledge.overlays.of_country("deploys", country, self.knowledge.on)
        wider = tuple(text for text in texts if not generation and text.startswith(f"{vendor}/"))
        overlaid, denied = self._overlaid("deploys", country, (what, *wider), (what, vendor))
        return (*overlaid, *self._seen(country, vendor, generation or None), *self._told(country, what)), denied

    def position(self, country: str, vendor: str) -> tuple[Stated, ...]:
        """Return the positions on a vendor: what overlays say, else what was handed in."""
        texts = self.knowledge.overlays.of_country("position", country, self.knowledge.on)
        own = tuple(Stated(text, f"overlay {country}") for text in texts if text.startswith(f"{vendor}="))
        handed = self.knowledge.positions.get((country, vendor))
        if own or handed is None:
            return own
        return (Stated(f"{vendor}={handed.value}", handed.origin, handed.grade),)

    def spoken_of(self, country: str) -> frozenset[str]:
        """Return the vendors of which something is said of a country."""
        texts = {
            text.removeprefix("-").partition("=")[0].partition("/")[0]
            for kind in ("permits", "deploys", "position")
            for text in self.knowledge.overlays.of_country(kind, country, self.knowledge.on)
        }
        handed = {vendor for at, vendor in self.knowledge.positions if at == country}
        return frozenset(texts | handed | {vendor for at, vendor, _ in self.knowledge.stated_deploys if at == country})

    def vendors(self, country: str) -> tuple[str, ...]:
        """Return the vendors that may matter there: those spoken of, those that assertions name, and every group."""
        knowledge = self.knowledge
        found = set(self.spoken_of(country)) | set(knowledge.register.groups)
        for row in knowledge.assertions:
            for candidate in knowledge.resolver.name(row.get("supplier"), "supplier").candidates:
                if candidate.organisation:
                    group = knowledge.register.organisations[candidate.organisation].group
                    found.add(group or candidate.organisation)
        return tuple(sorted(vendor for vendor in found if stands_for(knowledge, vendor)))

    def _overlaid(self, kind: str, country: str, states: tuple[str, ...], denies: tuple[str, ...]) -> _Said:
        texts = self.knowledge.overlays.of_country(kind, country, self.knowledge.on)
        origin = f"overlay {country}"
        denied = {f"-{what}" for what in denies}
        return (
            tuple(Stated(text, origin) for text in texts if text in states),
            tuple(Stated(text, origin) for text in texts if text in denied),
        )

    def _seen(self, country: str, vendor: str, generation: str | None) -> Iterator[Stated]:
        """Yield what equipment shows."""
        if self.survey is None or stands_for(self.knowledge, vendor) is None:
            return
        count, place = self.survey.surely(made_by(vendor, generation, country))
        if count:
            what = f"{vendor}/{generation}" if generation else vendor
            yield Stated(what, f"{count} element{'s' * (count > 1)} in use, the first {place}")

    def _told(self, country: str, what: str) -> Iterator[Stated]:
        """Yield what statements confirm; one that names no generation says nothing of any one."""
        for (at, vendor, generation), origin in self.knowledge.stated_deploys.items():
            told = f"{vendor}/{generation}" if generation else vendor
            if at == country and what in (told, vendor):
                yield Stated(told, origin)


def _vendor(test: Test) -> str:
    words = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    return str(words[0]).partition("=")[0]
