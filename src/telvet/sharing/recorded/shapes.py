"""The kinds of facts on record: their names, their sections in a file, and which fields each has, in what shape.

* One table for all who read or write facts: the bodies in the ledger and the entries of a file have the same fields.
* A field that is not there is not known; what covers everything says `all`, and is never left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from telvet.model.handling import Classification, Reach, Tlp
from telvet.model.release import Authority, Ceiling, Judgement, Originated, Recall, Verdict
from telvet.model.sharing import Arrangement, Consent, Partner, ThirdParty, Waiver

__all__ = ["ALL", "CODES", "FILED", "KINDS", "OURS", "Field", "Kind", "Noun", "Shape"]

ALL = "all"
OURS = "ours"
Noun = Partner | Arrangement | Originated | Consent | Waiver | Authority | Ceiling | Recall | Judgement


class Shape(StrEnum):
    """What a field holds."""

    TEXT = "text"
    ID = "id"
    """The id of an object."""
    PARTNER = "partner"
    """The id of a partner on record."""
    IDS = "ids"
    """A set of ids of objects."""
    WORDS = "words"
    """A set of codes or names."""
    SENTENCES = "sentences"
    """Texts whose order is kept."""
    COUNTRY = "country"
    COUNTRIES = "countries"
    UUIDS = "uuids"
    SPAN = "span"
    DAY = "day"
    FLAG = "flag"
    COUNT = "count"
    """A whole number from 0."""
    OBJECTS = "objects"
    """A set of ids of objects, or `all`."""
    NAMES = "names"
    """A set of names, or `all`."""
    PARTNERS = "partners"
    """A set of partners on record, or `all`."""
    TLP = "tlp"
    CLASSIFICATION = "classification"
    REACH = "reach"
    THIRD_PARTY = "third party"
    VERDICT = "verdict"


CODES: Mapping[Shape, type[StrEnum]] = {
    Shape.TLP: Tlp,
    Shape.CLASSIFICATION: Classification,
    Shape.REACH: Reach,
    Shape.THIRD_PARTY: ThirdParty,
    Shape.VERDICT: Verdict,
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a fact; it has the name of the noun's, but for `from` and `to`, which are its term."""

    key: str
    shape: Shape
    needed: bool = False
    """An entry of a file without it is faulty."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact."""

    name: str
    section: str
    """Its section in a file; empty for what no file may bring."""
    noun: type[Noun] | None
    """None for ids that mean nothing but themselves."""
    fields: tuple[Field, ...] = ()
    key: str = "id"
    """The field that tells entries apart."""
    of_object: bool = False
    """That is the id of an object."""


_TERM = (Field("from", Shape.SPAN), Field("to", Shape.SPAN))
_ENDING = (Field("from", Shape.SPAN), Field("to", Shape.SPAN, needed=True))
_OF_PARTNER = Field("partner", Shape.PARTNER, needed=True)
_LEVELS = (Field("tlp", Shape.TLP), Field("classification", Shape.CLASSIFICATION))
_SOURCE = Field("source", Shape.TEXT)

_PARTNER = (
    Field("country", Shape.COUNTRY),
    Field("organisation", Shape.TEXT),
    Field("identities", Shape.IDS),
    Field("nationalities", Shape.COUNTRIES),
    Field("acs_organisations", Shape.WORDS),
    Field("misp_organisations", Shape.UUIDS),
    Field("entities", Shape.WORDS),
    Field("shareability", Shape.WORDS),
    Field("reach", Shape.REACH),
)
_ARRANGEMENT = (
    _OF_PARTNER,
    *_TERM,
    *_LEVELS,
    Field("purposes", Shape.WORDS),
    Field("third_party", Shape.THIRD_PARTY),
    Field("redaction", Shape.FLAG),
    Field("onward", Shape.SENTENCES),
    _SOURCE,
)
_ORIGINATORS = (
    Field("originators", Shape.IDS),
    Field("complete", Shape.FLAG),
    Field("derived_from", Shape.IDS),
)
_CONSENT = (
    Field("originator", Shape.ID, needed=True),
    _OF_PARTNER,
    Field("tlp", Shape.TLP, needed=True),
    *_TERM,
    Field("objects", Shape.OBJECTS, needed=True),
    Field("by", Shape.TEXT, needed=True),
    Field("source", Shape.TEXT, needed=True),
)
_WAIVER = (
    Field("rule", Shape.TEXT, needed=True),
    _OF_PARTNER,
    Field("issuer", Shape.TEXT, needed=True),
    Field("persons", Shape.SENTENCES, needed=True),
    Field("clause", Shape.TEXT, needed=True),
    *_ENDING,
    Field("objects", Shape.OBJECTS, needed=True),
)
_AUTHORITY = (
    _OF_PARTNER,
    Field("officer", Shape.TEXT, needed=True),
    Field("signed_on", Shape.DAY, needed=True),
    *_ENDING,
    Field("purposes", Shape.WORDS),
    *_LEVELS,
    Field("types", Shape.NAMES, needed=True),
    Field("collections", Shape.NAMES, needed=True),
    Field("redacted", Shape.FLAG),
    _SOURCE,
)
_CEILING = (
    Field("partners", Shape.PARTNERS, needed=True),
    Field("types", Shape.NAMES, needed=True),
    Field("most", Shape.COUNT, needed=True),
    Field("why", Shape.TEXT),
)
_RECALL = (
    Field("objects", Shape.IDS, needed=True),
    Field("partners", Shape.PARTNERS, needed=True),
    Field("by", Shape.TEXT, needed=True),
    Field("why", Shape.TEXT, needed=True),
    Field("on", Shape.DAY, needed=True),
)
_JUDGEMENT = (
    Field("partner", Shape.ID, needed=True),
    Field("object", Shape.ID, needed=True),
    Field("version", Shape.TEXT, needed=True),
    Field("digest", Shape.TEXT, needed=True),
    Field("verdict", Shape.VERDICT, needed=True),
    Field("by", Shape.TEXT, needed=True),
    Field("at", Shape.TEXT, needed=True),
    Field("why", Shape.TEXT),
    Field("rules", Shape.WORDS),
)
KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(OURS, "ours", None, of_object=True),
        Kind("partner", "partners", Partner, _PARTNER),
        Kind("arrangement", "arrangements", Arrangement, _ARRANGEMENT),
        Kind("originators", "originators", Originated, _ORIGINATORS, key="about", of_object=True),
        Kind("consent", "consents", Consent, _CONSENT),
        Kind("waiver", "waivers", Waiver, _WAIVER),
        Kind("authority", "authorities", Authority, _AUTHORITY),
        Kind("ceiling", "ceilings", Ceiling, _CEILING),
        Kind("recall", "recalls", Recall, _RECALL),
        Kind("judgement", "", Judgement, _JUDGEMENT),
    )
}
"""By name, in the order of a file."""

FILED: Mapping[str, Kind] = {kind.section: kind for kind in KINDS.values() if kind.section}
"""What a file may bring, by section. A judgement is made before the object that it is about, and never brought."""
