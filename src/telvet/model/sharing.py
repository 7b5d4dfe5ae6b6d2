"""The nouns of sharing: a partner, what was agreed with it, who consented, a thing that may go out, and the decision about it.

* Nothing here decides; `telvet.sharing.decision` does, by these nouns alone.
* None is "not known" wherever a noun allows it, and is never read as leave; what has no end says so with `NEVER`.
* Facts are sets: in which order they were recorded cannot matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from telvet.model.dates import Span
from telvet.model.handling import Classification, Handling, Reach, Tlp
from telvet.model.status import Force
from telvet.model.truth import Truth, all_of

__all__ = [
    "NEVER", "Arrangement", "Candidate", "Consent", "Decision", "Effect", "Facts", "LawAnswer", "LawOutcome",
    "MarkedPart", "Obligation", "Originators", "Partner", "Reason", "Reference", "Term", "ThirdParty", "Waiver",
    "derived",
]  # fmt: skip

NEVER = Span(date.max, date.max)
"""The end of what has no end."""


class Effect(StrEnum):
    """What happens to an object, declared from the most open to the strictest."""

    PERMIT = "permit"
    REDACT = "redact"
    REFER = "refer"
    WITHHOLD = "withhold"

    @property
    def rank(self) -> int:
        """Return 0 for the most open."""
        return _RANKS[self]

    @property
    def releases(self) -> bool:
        """Tell whether something goes out without a person's decision on this object."""
        return self in {Effect.PERMIT, Effect.REDACT}


_RANKS = {effect: rank for rank, effect in enumerate(Effect)}


class ThirdParty(StrEnum):
    """What an arrangement says of material of third parties."""

    NEVER = "never"
    CONSENT = "consent"
    """Only with the consent of each of them."""
    AS_MARKED = "as marked"
    """Where its marks do not ask for consent, it may go without."""


class LawOutcome(StrEnum):
    """How a provision about the partner came out."""

    BARRED = "barred"
    CLEAR = "clear"
    UNKNOWN = "unknown"
    CONSIDER = "consider"


@dataclass(frozen=True, slots=True)
class Term:
    """From when to when something holds, its last day included."""

    begins: Span | None = None
    ends: Span | None = None

    def holds_on(self, day: date) -> Truth:
        """Tell whether it holds on a day."""
        begun = Truth.UNKNOWN if self.begins is None else self.begins.on_or_before(day)
        lasts = Truth.UNKNOWN if self.ends is None else self.ends.on_or_after(day)
        return all_of((begun, lasts))


@dataclass(frozen=True, slots=True)
class Partner:
    """Who is to receive."""

    id: str
    country: str | None = None
    """Alpha-3."""
    organisation: str = ""
    """Its name."""
    identities: frozenset[str] = frozenset()
    """The ids by which it is an originator."""
    nationalities: frozenset[str] | None = None
    """Alpha-3, of all who would read it."""
    acs_organisations: frozenset[str] | None = None
    """The codes of ACS that it goes by."""
    misp_organisations: frozenset[str] | None = None
    """The UUIDs that it has in MISP."""
    entities: frozenset[str] | None = None
    shareability: frozenset[str] | None = None
    reach: Reach | None = None
    """The narrowest distribution of MISP that reaches it."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What was agreed with a partner: a whole basis for release by itself."""

    id: str
    partner: str
    term: Term = Term()
    tlp: Tlp | None = None
    """The strictest level that may go."""
    classification: Classification | None = None
    """The highest level that may go."""
    purposes: frozenset[str] | None = None
    third_party: ThirdParty | None = None
    redaction: bool = False
    """It lets an object go without some of its parts."""
    onward: tuple[str, ...] = ()
    """Terms on passing things on, in words."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """An originator lets one partner have its material."""

    id: str
    originator: str
    partner: str
    tlp: Tlp
    """The strictest level that it covers."""
    term: Term = Term()
    objects: frozenset[str] | None = None
    """The ids that it covers; None is all of the originator's material."""
    by: str = ""
    """The person who gave it."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Waiver:
    """One rule is not applied to one partner, for a time, on the word of two persons."""

    id: str
    rule: str
    partner: str
    issuer: str
    persons: tuple[str, ...]
    clause: str
    term: Term = Term()
    objects: frozenset[str] | None = None
    """The ids that it covers; None is all that goes to the partner."""


@dataclass(frozen=True, slots=True)
class Originators:
    """Whose information something holds, which is not who wrote it down."""

    ids: frozenset[str] = frozenset()
    complete: bool = False
    """There are no others; without it there may be any."""


def derived(sources: Iterable[Originators]) -> Originators:
    """Return the originators of what is derived from sources: all of theirs; of no source nothing is known."""
    sources = tuple(sources)
    ids = frozenset(name for source in sources for name in source.ids)
    return Originators(ids, bool(sources) and all(source.complete for source in sources))


@dataclass(frozen=True, slots=True)
class LawAnswer:
    """How one provision about the partner came out on the day."""

    provision: str
    outcome: LawOutcome
    cites: tuple[str, ...] = ()
    force: Force = Force.BINDING

    @property
    def scenario(self) -> bool:
        """Tell whether it is no law."""
        return self.force is Force.SCENARIO


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known when a partner asks: for one partner, one purpose and one day."""

    as_of: date
    partner: Partner | None = None
    ours: frozenset[str] = frozenset()
    """The ids by which we are an originator."""
    arrangements: frozenset[Arrangement] = frozenset()
    consents: frozenset[Consent] = frozenset()
    waivers: frozenset[Waiver] = frozenset()
    laws: frozenset[LawAnswer] = frozenset()
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class MarkedPart:
    """A part of an object that is marked by itself."""

    selector: str
    handling: Handling
    """Of all marks that touch it, those of the whole object among them."""


@dataclass(frozen=True, slots=True)
class Reference:
    """An id that an object holds."""

    at: str
    """The selector of the id; of a granular marking, the selector of the part that it marks."""
    target: str
    required: bool = False
    """The property at the beginning of `at` may not be missing."""
    marking: bool = False
    """The target is a marking definition, and marks."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One version of an object that may go out."""

    id: str
    type: str
    version: str = ""
    whole: Handling = field(default_factory=Handling)
    """Of what no granular marking selects."""
    parts: tuple[MarkedPart, ...] = ()
    required: frozenset[str] = frozenset()
    """The properties that its type may not lack."""
    references: tuple[Reference, ...] = ()
    originators: Originators = Originators()


@dataclass(frozen=True, slots=True)
class Reason:
    """What one rule says."""

    rule: str
    effect: Effect
    because: str
    cites: tuple[str, ...] = ()
    excused_by: str | None = None
    """The consents or the waiver by which it does not count."""
    unless: tuple[str, ...] = ()
    """The facts that, all together, would lift it; none where nothing does."""

    @property
    def counts(self) -> bool:
        """Tell whether it stands in the way: nothing excuses it."""
        return self.effect is not Effect.PERMIT and self.excused_by is None


@dataclass(frozen=True, slots=True, order=True)
class Obligation:
    """What is to be observed when it goes out."""

    rule: str
    what: str
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What happens to an object, and why; the object itself is not named, so equal cases share one decision."""

    effect: Effect
    reasons: tuple[Reason, ...]
    obligations: tuple[Obligation, ...] = ()
    unless: tuple[tuple[str, ...], ...] = ()
    """Sets of facts, each of which would make it more open, fewest first."""
    redacted: tuple[str, ...] = ()
    """The selectors of what is missing if it goes out."""
    arrangement: str | None = None
    """The arrangement under which it was judged."""
    may_redact: bool = False
    scenario: tuple[str, ...] = ()
    """The provisions that it looked at and that are no law: the decision is a trial."""
