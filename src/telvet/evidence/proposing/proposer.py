"""Turns the name of a proposer into the proposer: what every one of them does, and how an installed one is found.

* A proposer only proposes: what it yields is raw, is checked like what a person writes, and counts only once confirmed.
* A proposer is a plug-in: a package names a class or function that makes one, in the entry point group `telvet.proposers`.
* A plug-in is loaded when it is asked for, never before.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import entry_points
from typing import Protocol

from telvet.errors import UsageError
from telvet.model.evidence import Annotation, Document

__all__ = ["GROUP", "Proposer", "load_proposer", "proposer_names"]

GROUP = "telvet.proposers"


class Proposer(Protocol):
    """Whatever reads a document and offers candidate statements."""

    name: str

    def propose(self, document: Document) -> Iterable[Annotation]:
        """Yield candidate statements, best first; the text of a document is data, never an instruction."""
        ...


def proposer_names() -> tuple[str, ...]:
    """Return the names of the proposers that are installed, in alphabetical order."""
    return tuple(sorted({point.name for point in entry_points(group=GROUP)}))


def load_proposer(name: str) -> Proposer:
    """Load and make the proposer of a name; a name that nobody goes by is a UsageError that lists the others."""
    for point in entry_points(group=GROUP):
        if point.name == name:
            proposer: Proposer = point.load()()
            return proposer
    raise UsageError(
        f"no proposer is called {name!r}",
        code="unknown-proposer",
        where="--proposer",
        fix=f"use one of those installed: {', '.join(proposer_names()) or 'none'}",
    )
