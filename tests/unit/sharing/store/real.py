"""A store with the real gate: our own material, and that of others, to one partner under one authority."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from telvet.model.dates import Span
from telvet.model.handling import Classification, Tlp
from telvet.model.release import Authority, Originated
from telvet.model.sharing import Arrangement, Partner, Term, ThirdParty
from telvet.sharing.recorded.known import Known
from telvet.sharing.releasing.gate import Gate
from telvet.sharing.taxii.source import Collection
from tests.unit.sharing.store.shop import ONE, TWO, Shop, an_object, name_of, rules

DAY = date(2024, 1, 15)
SOON = Term(Span(date(2020, 1, 1), date(2020, 1, 1)), Span(date(2030, 1, 1), date(2030, 1, 1)))
OURS, THEIRS = name_of(1, "identity"), name_of(2, "identity")
TLP = {
    "clear": "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    "green": "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "amber": "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "red": "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}
FOR_US = Originated(OURS, frozenset({"us"}), complete=True)
FOR_THEM = Originated(THEIRS, frozenset({"others"}), complete=True)
SHELVES: tuple[Collection, ...] = tuple(replace(each, purpose="x") for each in (ONE, TWO))
_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"


def marking(level: str) -> bytes:
    """Return the definition of a level as it is published."""
    told = {"extension_type": "property-extension", "tlp_2_0": level}
    whole = {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": TLP[level],
        "created": "2022-10-01T00:00:00.000Z",
    }
    return json.dumps({**whole, "name": f"TLP:{level.upper()}", "extensions": {_EXTENSION: told}}).encode()


def marked(number: int, kind: str = "indicator", *levels: str, by: str = OURS, **held: Any) -> bytes:
    """Return an object that somebody wrote down and marked."""
    marks = [TLP[level] for level in levels or ("clear",)]
    return an_object(number, kind, created_by_ref=by, object_marking_refs=marks, **held)


def known(*originated: Originated, partners: tuple[str, ...] = ("p-1", "p-2"), **terms: Any) -> Known:
    """Return what is on record: all partners are alike."""
    third = terms.pop("third", ThirdParty.AS_MARKED)
    purposes = frozenset({"x"})
    return Known(
        ours=frozenset({"us"}),
        partners={name: Partner(name, "FRA", nationalities=frozenset({"FRA"})) for name in partners},
        arrangements=frozenset(
            Arrangement("a", name, SOON, Tlp.AMBER, Classification.U, purposes, third, redaction=True)
            for name in partners
        ),
        originated={each.about: each for each in (FOR_US, FOR_THEM, *originated)},
        authorities=frozenset(
            Authority("au", name, "ana", DAY, SOON, purposes, Tlp.AMBER, Classification.U, redacted=True)
            for name in partners
        ),
        **terms,
    )


@dataclass
class Real(Shop):
    """A shop with the real gate."""

    facts: Known = field(default_factory=known)

    def __post_init__(self) -> None:
        """Open the store."""
        self.readable = dict.fromkeys(("p-1", "p-2"), SHELVES)
        super().__post_init__()

    def gate(self, partner: str) -> Gate:
        return Gate(partner, DAY, self.facts, rules(), epoch=self.epoch)
