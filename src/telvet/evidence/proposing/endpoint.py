"""Turns a document into proposals by asking the OpenAI-compatible endpoint that the user names, and nobody otherwise.

* An answer is material to check, whoever gave it: what is not verbatim, known and short is refused, and the refusal kept.
* A proposal is a candidate without a judgement; it counts for nothing until a person confirms it.
* An answer about one piece that cannot be read costs that piece alone; none that can be read is an error.
* Nothing is asked before the first proposal is wanted, nor after the last one that fits.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

from telvet.errors import EvidenceError, Fault
from telvet.evidence.proposing.endpoint_prompt import Piece, pieces, request_body
from telvet.evidence.proposing.endpoint_reply import Refusal, candidates, checked
from telvet.evidence.proposing.endpoint_request import ask
from telvet.evidence.proposing.endpoint_settings import EndpointSettings, settings_asked_for, settings_from
from telvet.model.evidence import Annotation, Document

__all__ = [
    "EndpointProposer",
    "EndpointSettings",
    "Refusal",
    "endpoint_proposer",
    "settings_asked_for",
    "settings_from",
]

_LOOKED_AT = 4
"""How many candidates of an answer are looked at, for each that may be proposed."""


class EndpointProposer:
    """Proposes what an endpoint finds in a document and what stands up to checking."""

    name = "endpoint"

    def __init__(self, settings: EndpointSettings) -> None:
        self.settings = settings
        self.refused: list[Refusal] = []
        """What was answered and is not proposed, over all documents so far."""

    def propose(self, document: Document) -> Iterator[Annotation]:
        """Yield the proposals for a document as its pieces are answered.

        Raises:
            EvidenceError: The endpoint does not answer, or nothing that it answers can be read.
        """
        proposed: set[Annotation] = set()
        unread: list[Refusal] = []
        read = False
        for piece in pieces(document.text, self.settings.max_chunk):
            if not piece.text.strip():
                continue
            if len(proposed) == self.settings.most_proposals:
                self._refuse(
                    document, piece, "too-many", "the document has its proposals; from here on it was not sent"
                )
                break
            try:
                listed = candidates(ask(request_body(document, piece, self.settings), self.settings))
            except ValueError as problem:
                unread.append(self._refuse(document, piece, "unreadable-answer", str(problem)))
                continue
            read = True
            yield from self._proposed(listed, document, piece, proposed)
        if unread and not read:
            raise self._unreadable(unread)

    def _proposed(
        self, listed: list[Any], document: Document, piece: Piece, proposed: set[Annotation]
    ) -> Iterator[Annotation]:
        most = self.settings.most_proposals
        if len(listed) > most * _LOOKED_AT:
            reason = f"of {len(listed)} candidates only the first {most * _LOOKED_AT} were looked at"
            self._refuse(document, piece, "too-many", reason)
        for number, made in enumerate(checked(listed[: most * _LOOKED_AT], document, piece), 1):
            if isinstance(made, Refusal):
                self.refused.append(made)
            elif made in proposed:
                self._refuse(document, piece, "twice", "the same was proposed before", number)
            elif len(proposed) == most:
                self._refuse(document, piece, "too-many", f"{most} proposals were made for the document before", number)
            else:
                proposed.add(made)
                yield made

    def _refuse(self, document: Document, piece: Piece, code: str, reason: str, number: int | None = None) -> Refusal:
        refusal = Refusal(document.name, piece.start, number, code, reason)
        self.refused.append(refusal)
        return refusal

    def _unreadable(self, unread: list[Refusal]) -> EvidenceError:
        faults = tuple(Fault(one.document, None, None, "endpoint-reply", one.reason) for one in unread)
        return EvidenceError(
            "nothing that the endpoint answered can be read",
            faults,
            code="endpoint-reply",
            where=self.settings.address,
            why="only an answer in the form that was asked for can be checked",
            fix="use a model and a server that keep to response_format json_schema",
        )


def endpoint_proposer(environ: Mapping[str, str] | None = None) -> EndpointProposer:
    """Make the proposer as the environment sets it up; a UsageError says how to, where it does not."""
    return EndpointProposer(settings_asked_for(os.environ if environ is None else environ))
