"""Turns an ACS assertion and a foreign partner into whether it may be shared with them, and by which rule.

* Order: no foreign dissemination denies; a release to the public permits; a rule that denies beats one that permits;
  who reads it must be among those permitted; where no rule speaks, the marking's own default holds.
* What is not known of the partner never meets a condition, and never escapes a rule that denies.
* The cap on classification is the arrangement's, and not looked at here.
"""

from __future__ import annotations

from dataclasses import dataclass

from telvet.model.handling import Acs, Privilege

__all__ = ["AcsAnswer", "AcsPartner", "foreign_sharing"]

_FOREIGN = "FOREIGNGOV"
# Without these nothing is left to share.
_WHOLE = frozenset({"ALL", "DSPLY"})


@dataclass(frozen=True, slots=True)
class AcsPartner:
    """A foreign government or one of its organisations, in the words of ACS; None is not known."""

    country: str
    """Alpha-3."""
    nationalities: frozenset[str] | None = None
    """Of all who would read it."""
    organisations: frozenset[str] = frozenset()
    """The codes that it goes by."""
    entities: frozenset[str] | None = None
    shareability: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class AcsAnswer:
    """Whether an assertion permits sharing, and the part of it that decides."""

    permit: bool
    rule: str


def foreign_sharing(acs: Acs, partner: AcsPartner) -> AcsAnswer:
    """Answer for a partner abroad."""
    speaking = [rule for rule in acs.sharing if rule.scope & {_FOREIGN, *partner.organisations}]
    barred = any(not rule.permit and rule.action in _WHOLE and _touches(rule, partner) for rule in acs.privileges)
    steps = (
        (acs.no_foreign, False, "formal_determination NF"),
        (acs.public, True, "formal_determination PUBREL"),
        (any(not rule.permit for rule in speaking), False, "further_sharing deny"),
        (barred, False, "access_privilege deny"),
        (not _all_among(_readers(partner), acs.nationalities), False, "permitted_nationalities"),
        (not _one_among(partner.organisations, acs.organisations), False, "permitted_organizations"),
        (not _one_among(partner.entities, acs.entities), False, "entity"),
        (not _one_among(partner.shareability, acs.shareability), False, "shareability"),
        (bool(speaking), True, "further_sharing permit"),
        (acs.organisations is not None, True, "permitted_organizations"),
        (True, acs.shared_by_default, "sharedefault"),
    )
    return next(AcsAnswer(permit, rule) for applies, permit, rule in steps if applies)


def _readers(partner: AcsPartner) -> frozenset[str] | None:
    return None if partner.nationalities is None else partner.nationalities | {partner.country}


def _all_among(have: frozenset[str] | None, wanted: frozenset[str] | None) -> bool:
    return wanted is None or (have is not None and have <= wanted)


def _one_among(have: frozenset[str] | None, wanted: frozenset[str] | None) -> bool:
    return wanted is None or (have is not None and bool(have & wanted))


def _touches(rule: Privilege, partner: AcsPartner) -> bool:
    """Tell whether a rule may be about the partner: only a part that is known and different takes it out."""
    parts = (
        (rule.nationalities, _readers(partner)),
        (rule.organisations, partner.organisations or None),
        (rule.shareability, partner.shareability),
        (rule.entity, partner.entities),
    )
    return all(wanted is None or have is None or bool(wanted & have) for wanted, have in parts)
