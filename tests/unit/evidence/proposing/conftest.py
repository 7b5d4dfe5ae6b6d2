"""What the tests of the proposer share: documents of a day, and what is proposed for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from telvet.catalog.gazetteers import read_gazetteers
from telvet.evidence.proposing.passages import Passage, read_passages
from telvet.evidence.proposing.rulebook import Rulebook, read_rulebook
from telvet.evidence.proposing.rules import RulesProposer
from telvet.model.dates import Span
from telvet.model.evidence import Annotation, Document, Published

DAY = date(2023, 3, 15)


@cache
def proposer() -> RulesProposer:
    return RulesProposer()


def document(text: str, day: date | None = DAY, publisher: str | None = None) -> Document:
    published = Published(Span(day, day), "stated") if day else None
    return Document("0" * 64, "a.txt", "text/plain", text, published, publisher)


@pytest.fixture
def propose() -> Callable[..., list[Annotation]]:
    """Propose for a text of 15 March 2023, a Wednesday."""
    return lambda text, day=DAY, publisher=None: list(proposer().propose(document(text, day, publisher)))


@pytest.fixture
def said(propose: Callable[..., list[Annotation]]) -> Callable[..., set[tuple[str, str, str | None]]]:
    """Return measures, modalities and countries alone."""
    return lambda text, **more: {(a.measure, a.modality, a.country) for a in propose(text, **more)}


@pytest.fixture
def rules() -> Rulebook:
    return read_rulebook()


@pytest.fixture
def passages(rules: Rulebook) -> Callable[..., list[Passage]]:
    return lambda text, terms=None: read_passages(text, read_gazetteers(), rules, terms or {})
