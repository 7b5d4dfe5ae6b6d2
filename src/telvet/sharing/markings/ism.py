"""Turns a marking of IC-ISM, read from a banner or from attributes, into a handling on a day.

* NOFORN wins over a list of countries; a list that names none but the owner is NOFORN.
* What is classified and says nothing of dissemination is not releasable.
* Words that are not known withhold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from telvet.catalog.handling import Control, HandlingRules
from telvet.model.handling import Classification, Handling
from telvet.sharing.markings.compiled import Compiled, joined, noted, referred, withheld
from telvet.sharing.markings.countries import read_countries

__all__ = ["IsmMark", "ism_handling"]


@dataclass(frozen=True, slots=True)
class IsmMark:
    """A marking as written, before any code is looked up."""

    classification: Classification | None = None
    owners: tuple[str, ...] = ()
    controls: tuple[Control, ...] = ()
    release: tuple[str, ...] | None = None
    """The codes of REL TO or EYES ONLY, in their order; None where there is no list."""
    display: tuple[str, ...] | None = None
    """The codes of DISPLAY ONLY."""
    refer: tuple[str, ...] = ()
    """What else needs a person."""
    unread: tuple[str, ...] = ()
    """Words and attributes that are not understood, or let nothing out."""

    def has(self, *effects: str) -> bool:
        """Tell whether a control of one of these effects stands in it."""
        return any(control.effect in effects for control in self.controls)


def ism_handling(marking: str, mark: IsmMark, rules: HandlingRules, on: date) -> Compiled:
    """Compile a marking of IC-ISM for a day."""
    owned = {code: rules.country(code, on) for code in mark.owners}
    owners = frozenset(country for country in owned.values() if country)
    release = read_countries(mark.release or (), rules, on)
    display = read_countries(mark.display or (), rules, on)
    handling = Handling(
        marks=frozenset({marking}),
        classification=mark.classification,
        rel_to=_rel_to(mark, owners, release.known),
        display_to=display.known - owners,
        owners=owners,
    )
    unknown = (*release.unknown, *display.unknown)
    return joined(
        (
            Compiled(handling),
            *_stops(marking, mark, [code for code, country in owned.items() if country is None]),
            *_referrals(marking, mark),
            *_hygiene(marking, mark, owners, release.known, display.known),
            *(_no_country(marking, code) for code in unknown),
        )
    )


def _rel_to(mark: IsmMark, owners: frozenset[str], release: frozenset[str]) -> frozenset[str] | None:
    if mark.has("noforn"):
        return owners if len(owners) == 1 else frozenset()
    if mark.release is not None:
        return release
    if mark.display is not None or mark.has("release", "eyes", "display"):
        return owners
    if mark.classification in {None, Classification.U} or mark.has("officer"):
        return None
    return owners


def _stops(marking: str, mark: IsmMark, unknown_owners: list[str]) -> Iterator[Compiled]:
    fix = "write it as the register of markings has it, or add the word to catalog/handling/ism.yaml"
    for word in mark.unread:
        yield withheld(marking, "ism-unread", "a part of the marking is not understood", fix, word)
    for control in mark.controls:
        if control.effect == "withhold":
            yield withheld(marking, "ism-control", "the control lets nothing out by this gate", "", control.code)
    for code in unknown_owners:
        what = "whose information it is cannot be told: the owner is no single country that we know"
        yield withheld(marking, "owner-unknown", what, "write the owner's trigraph", code)
    if mark.classification is None:
        what = "the marking has no level of classification"
        yield withheld(marking, "level-missing", what, "begin with the level")
    if mark.has("release", "eyes") and not mark.release:
        what = "it is released to a list of countries that is not there"
        yield withheld(marking, "rel-without-list", what, "name the countries, also in a portion mark")


def _referrals(marking: str, mark: IsmMark) -> Iterator[Compiled]:
    for control in mark.controls:
        unlisted = control.effect == "officer" and mark.release is None
        if unlisted or control.effect == "refer":
            yield referred(marking, "ism-control", control.code)
    yield from (referred(marking, "ism-attribute", name) for name in mark.refer)


def _hygiene(
    marking: str, mark: IsmMark, owners: frozenset[str], release: frozenset[str], display: frozenset[str]
) -> Iterator[Compiled]:
    listed = mark.release is not None
    if mark.has("noforn") and (listed or mark.has("release", "eyes", "display", "officer")):
        what = "no foreign country may have it, and it says that some may"
        yield noted(marking, "nf-with-rel", what, "keep one of the two; NOFORN holds")
    if listed and owners and not owners & release:
        yield noted(marking, "rel-without-owner", "the list lacks the owner", "name the owner first")
    if listed and release <= owners:
        what = "the list names no country but the owner's, which is NOFORN"
        yield noted(marking, "rel-to-owner-only", what, "write NOFORN")
    if listed and (mark.release or ()) != _ordered(mark):
        what = "the countries are not in the order of the register"
        yield noted(marking, "rel-order", what, f"write {', '.join(_ordered(mark))}")
    if release & display - owners:
        what = "a country may have it and may only be shown it; only shown holds"
        yield noted(marking, "display-and-release", what, "name it once", ", ".join(sorted(release & display - owners)))
    if mark.has("eyes"):
        yield noted(marking, "eyes-only", "EYES ONLY is no longer written", "write REL TO")
    classified = mark.classification not in {None, Classification.U}
    if classified and not listed and not mark.has("noforn", "display", "officer", "release", "eyes"):
        what = "it is classified and says nothing of dissemination, so no other country may have it"
        yield noted(marking, "no-dissemination", what, "write REL TO with its countries, or NOFORN")


def _ordered(mark: IsmMark) -> tuple[str, ...]:
    """Return the codes in order: owners, then trigraphs, then longer codes, each by the alphabet."""
    codes = dict.fromkeys(mark.release or ())
    return tuple(sorted(codes, key=lambda code: (code not in mark.owners, len(code) > _TRIGRAPH, code)))


def _no_country(marking: str, code: str) -> Compiled:
    what = "the code stands for no country or union that we know on that day, and lets nobody have it"
    return noted(marking, "unknown-country-code", what, "write a trigraph or tetragraph in force", code)


_TRIGRAPH = 3
