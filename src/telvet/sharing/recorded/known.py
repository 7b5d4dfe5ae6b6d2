"""All that is on record about sharing as of a moment, and the facts of one partner out of it.

* Pure: what was recorded is passed in; there is no clock and no ledger here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from telvet.model.release import Authority, Ceiling, Judgement, Originated, Recall
from telvet.model.sharing import Arrangement, Consent, Facts, LawAnswer, Partner, Waiver

__all__ = ["Known"]


@dataclass(frozen=True)
class Known:
    """What is on record."""

    ours: frozenset[str] = frozenset()
    """The ids by which we are an originator."""
    partners: Mapping[str, Partner] = field(default_factory=dict)
    """By their ids."""
    arrangements: frozenset[Arrangement] = frozenset()
    consents: frozenset[Consent] = frozenset()
    waivers: frozenset[Waiver] = frozenset()
    originated: Mapping[str, Originated] = field(default_factory=dict)
    """By what they are about."""
    authorities: frozenset[Authority] = frozenset()
    ceilings: frozenset[Ceiling] = frozenset()
    recalls: frozenset[Recall] = frozenset()
    judgements: tuple[Judgement, ...] = ()
    """Oldest first."""
    digest: str = ""
    """Of all of it: equal digests, equal facts."""

    def facts(
        self, partner: str, as_of: date, *, purpose: str | None = None, laws: frozenset[LawAnswer] = frozenset()
    ) -> Facts:
        """Return what a decision about one partner may look at; one that is not on record is None."""
        return Facts(
            as_of,
            self.partners.get(partner),
            self.ours,
            frozenset(each for each in self.arrangements if each.partner == partner),
            frozenset(each for each in self.consents if each.partner == partner),
            frozenset(each for each in self.waivers if each.partner == partner),
            laws,
            purpose,
        )
