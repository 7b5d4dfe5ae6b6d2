"""Invented countries, law and statements, ready to be asked what law says of a partner. The day is 2021-06-15."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from telvet.evidence.positions.country_facts import country_facts
from telvet.evidence.positions.position import Asked
from telvet.evidence.positions.record import Record
from telvet.lawcheck.rows import Rows
from telvet.model.dates import Span
from telvet.model.evidence import Level, NamedVendor, Statement
from telvet.model.law import Pack
from telvet.model.status import Grade
from telvet.sharing.lawful.answers import Observed
from telvet.sharing.lawful.gathering import Posture, Question
from tests.unit.assessment.toy_world import DAY, Cells, knowledge, rows_of
from tests.unit.packs.toy_law import Document, pack, rule

__all__ = ["BARRED_IF_DEPLOYED", "BARRED_IF_PERMITTED", "WEIGHED", "law_of", "observed", "overlay", "ready", "said"]

BARRED_IF_PERMITTED: Document = {
    "subject": "partner",
    "when": {"partner.country.permits": {"permits": {"vendor": "acme", "generation": "5G"}}},
    "effect": {"bar": "release"},
}
BARRED_IF_DEPLOYED: Document = {
    "subject": "partner",
    "when": {"partner.country.deploys": {"deploys": {"vendor": "acme"}}},
    "effect": {"bar": "release"},
}
WEIGHED: Document = {
    "subject": "arrangement",
    "when": {"not": {"partner.country": {"is": "XAA"}}},
    "weigh": {"equipment.vendor": {"designated": "acme"}},
    "effect": "consider",
}


def law_of(**rules: Mapping[str, Any]) -> Pack:
    """Return the toy pack with some rules by their names."""
    return pack(*(rule(name, about) for name, about in rules.items()))


def overlay(country: str, kind: str, text: str) -> dict[str, str | None]:
    """Return what is said of a country, without end."""
    return {"kind": kind, "subject": country, "text": text}


def observed(*given: Cells) -> Observed:
    """Return rows that were read."""
    rows = Rows()
    return Observed(rows, rows.table(rows_of(*given)))


def said(name: str, country: str, scope: str, published: date, measure: str = "IN_USE") -> Statement:
    """Return a statement of a state about Acme."""
    return Statement(
        id=name, country=country, vendors=(NamedVendor("acme", "acme"),), measure=measure, scope=scope, modality="done",
        level=Level.STATE, actor=None, speaker=None, via=None, when=None, until=None, deadline=None,
        published=Span(published, published), publisher="a paper", origin="a paper", quote=None, text="", grade=Grade.SECONDARY,
        recorded_at="2021-01-01T00:00:00.000000Z", source=None,
    )  # fmt: skip


def ready(
    *packs: Pack,
    overlays: Sequence[Mapping[str, str | None]] = (),
    statements: Sequence[Statement] = (),
    equipment: Sequence[Cells] | None = None,
    on: date = DAY,
    home: str | None = None,
    known_by: date | None = None,
    assertions: Sequence[Mapping[str, str]] = (),
) -> Posture:
    """Return what is known, each statement as one of a catalogue."""
    record, asked = Record.of((), (), statements), Asked(on, known_by, None)
    told = country_facts(record, ("acme",), asked)
    known = knowledge(
        *packs,
        on=on,
        overlays=overlays,
        positions=told.positions,
        stated_deploys=told.deploys,
        assertions=tuple(assertions),
    )
    return Posture(
        question=Question(on, known_by, home=home),
        knowledge=known,
        record=record,
        heard=asked,
        observed=observed(*equipment) if equipment is not None else None,
        digests={f"pack {one.id} {one.version}": one.digest for one in packs},
    )
