"""Turns a question about partners' countries into the knowledge that answers it: law, register, overlays, statements, equipment.

* Three times are asked about: the day, the day of knowing (which cuts statements, never law), and the moment of recording.
* An engine is opened only where equipment is to be read, and is closed whatever happens; nothing of it is kept.
* What ships is read by whoever passes it in, once; a question may be put again and again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Protocol

from telvet.assessment.knowledge import Knowledge
from telvet.assessment.overlays import Overlay, Overlays
from telvet.catalog.law_coverage import read_law_coverage
from telvet.catalog.places import read_places
from telvet.catalog.vendors import Register
from telvet.errors import UsageError
from telvet.evidence.positions.country_facts import CountryFacts, catalogue_digest, country_facts
from telvet.evidence.positions.position import Asked
from telvet.evidence.positions.record import Record
from telvet.inventory.gathered import gather
from telvet.inventory.read import read_inventory
from telvet.model.finding import InputRead
from telvet.model.law import Pack
from telvet.model.sharing import LawAnswer, Partner
from telvet.packs.law import select
from telvet.sharing.lawful.answers import Observed, law_answers
from telvet.tables.judging import Judging
from telvet.tables.reading import Reader

__all__ = ["Engine", "Posture", "Question", "partner_laws", "posture"]


class Engine(Judging, Protocol):
    """What reads equipment and judges it."""

    @property
    def reader(self) -> Reader:
        """Return what reads files into it."""


Engines = Callable[[], AbstractContextManager[Engine]]
"""Opens an engine; whoever enters it closes it."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and from what."""

    as_of: date
    known_by: date | None = None
    """Hear only statements that were published by this day."""
    recorded_by: str | None = None
    """Hear only statements that the ledger held at this moment."""
    laws: tuple[str, ...] = ("all",)
    """Packs, provisions or prefixes; `all` is every pack but scenarios."""
    home: str | None = None
    """Our own country, by any spelling; None applies the law of every jurisdiction."""
    inventories: tuple[Path, ...] = ()
    overlays: tuple[Path, ...] = ()
    assertions: tuple[Path, ...] = ()
    maps: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Posture:
    """What is known, ready to be asked."""

    question: Question
    """As it was asked, our own country in alpha-3."""
    knowledge: Knowledge
    record: Record
    """The statements about countries."""
    heard: Asked
    """The times at which they are heard."""
    observed: Observed | None
    """The equipment; None where no inventory was given. Gone when the posture is closed."""
    digests: Mapping[str, str]
    """SHA-256, in hexadecimal, of all that answers rest on: packs by id and version, catalogue, files."""


@contextmanager
def posture(
    question: Question, packs: tuple[Pack, ...], register: Register, record: Record, engines: Engines
) -> Iterator[Posture]:
    """Gather what is known; the equipment can be asked until the `with` ends.

    Args:
        question: What is asked.
        packs: All packs, for what a country permits is of all its law.
        register: The vendors.
        record: The statements about countries, those of a workspace among them.
        engines: Opens an engine; called only where the question names inventories.

    Raises:
        InputError: A file is faulty, with every fault of all files beside the inventory.
        UsageError: No pack or provision is called so, or what is named as our own country is none: no law would bind.
    """
    question = replace(question, home=_home(question.home))
    heard = Asked(question.as_of, question.known_by, question.recorded_by)
    knowledge, files = _known(question, packs, register, country_facts(record, register.groups, heard))
    digests = _digests(knowledge, files)
    if not question.inventories:
        yield Posture(question, knowledge, record, heard, None, digests)
        return
    with engines() as engine:
        read = read_inventory(engine.reader, question.inventories, maps=question.maps)
        observed = Observed(engine, read.relation)
        digests = {**digests, **{f"file {file.name}": file.digest for file in read.files}}
        yield Posture(question, knowledge, record, heard, observed, digests)


def _home(text: str | None) -> str | None:
    """Return the alpha-3 of our own country."""
    places = read_places()
    found = places.alpha3(text) if text is not None else None
    if text is not None and found is None:
        near = places.nearest(text)
        raise UsageError(
            f"{text!r} is no country",
            code="unknown-country",
            where="--home",
            why="no law would bind us, and nothing that is barred would stay",
            fix=f"did you mean {near}?" if near else "write its name or its ISO 3166-1 code",
        )
    return found


def _known(
    question: Question, packs: tuple[Pack, ...], register: Register, told: CountryFacts
) -> tuple[Knowledge, tuple[InputRead, ...]]:
    """Return what is known beside equipment, and the files that it is from."""
    law = select(packs, question.laws)
    names = {name for pack in packs for name in (pack.id, *(rule.id for rule in pack.provisions))}
    beside = gather((), question.overlays, names, assertions=question.assertions)
    knowledge = Knowledge(
        law,
        question.as_of,
        register,
        read_places(),
        overlays=Overlays(tuple(Overlay.of(row) for row in beside.overlays)),
        coverage=read_law_coverage(),
        positions=told.positions,
        stated_deploys=told.deploys,
        assertions=beside.assertions,
    )
    return knowledge, beside.files


def partner_laws(
    question: Question,
    packs: tuple[Pack, ...],
    register: Register,
    record: Callable[[], Record],
    engines: Engines,
) -> Callable[[Partner | None, date], frozenset[LawAnswer]]:
    """Return what tells the answers for a partner on a day, for a service that asks again and again.

    Args:
        question: Its day is put aside for the one that is asked about.
        packs: All packs.
        register: The vendors.
        record: Reads the statements about countries; called for each question, so that later ones are heard.
        engines: Opens an engine; it is closed before the answer is given.

    Raises:
        UsageError: At once, where no law is called so or our own country is none.
    """
    select(packs, question.laws)
    _home(question.home)

    def answers(partner: Partner | None, day: date) -> frozenset[LawAnswer]:
        asked = replace(question, as_of=day)
        with posture(asked, packs, register, record(), engines) as ready:
            country = partner.country if partner is not None else None
            return law_answers(country, ready.knowledge, home=ready.question.home, observed=ready.observed)

    return answers


def _digests(knowledge: Knowledge, files: tuple[InputRead, ...]) -> dict[str, str]:
    packs = {f"pack {pack.id} {pack.version}": pack.digest for pack in knowledge.law.packs}
    catalogue = {"catalogue of vendors": knowledge.register.digest, "catalogue of countries": catalogue_digest()}
    return {**packs, **catalogue, **{f"file {file.name}": file.digest for file in files}}
