"""Why a request is not answered -> the error resource of TAXII (section 3.6.1).

* What is not there and what may not be seen are one refusal, the same in every byte: `not_found`.
* No text here is made of what a source holds; what a client sent is told back only where it is a number or a name of ours.
"""

from __future__ import annotations

from collections.abc import Mapping

from telvet.sharing.audit.canonical import Json, canonical

__all__ = ["Refusal", "busy", "forbidden", "malformed", "not_found", "place_lost", "unprocessable"]

_SECONDS = "5"


class Refusal(Exception):  # noqa: N818 - it is an answer, not a failure of ours
    """A request is not answered as asked."""

    def __init__(
        self,
        status: int,
        code: str,
        title: str,
        description: str,
        *,
        headers: Mapping[str, str] | None = None,
        details: Mapping[str, Json] | None = None,
    ) -> None:
        super().__init__(title)
        self.status, self.code, self.title, self.description = status, code, title, description
        self.headers, self.details = dict(headers or {}), details

    def body(self, request: str) -> bytes:
        """Return the error resource; of all but "not found" it holds the id of the request."""
        told: dict[str, Json] = {
            "title": self.title,
            "description": self.description,
            "error_code": self.code,
            "http_status": str(self.status),
        }
        if self.status != 404:  # noqa: PLR2004 - a status
            told["error_id"] = request
        if self.details:
            told["details"] = self.details
        return canonical(told)


def not_found() -> Refusal:
    """Say that nothing is there, for this client."""
    return Refusal(404, "not-found", "Not found", "There is nothing at this address, or you may not know of it.")


def forbidden(what: str) -> Refusal:
    """Say that a collection, which the client sees, is not open to it in this way."""
    return Refusal(403, "forbidden", "Forbidden", f"You may not {what} in this collection.")


def malformed(description: str) -> Refusal:
    """Say that a parameter is not as the standard has it."""
    return Refusal(400, "malformed", "The request is malformed", description)


def place_lost() -> Refusal:
    """Say that a `next` leads nowhere: made up, of somebody else, of another question, or too old."""
    return Refusal(
        400,
        "next",
        "This next leads nowhere",
        "Ask again without it, or with added_after from the last page that you have.",
    )


def unprocessable(description: str, **details: Json) -> Refusal:
    """Say that what was sent is no content that can be taken in."""
    return Refusal(422, "unprocessable", "The content cannot be processed", description, details=details)


def busy(description: str = "The server cannot answer now. Ask again.") -> Refusal:
    """Say that asking again later may do."""
    return Refusal(503, "busy", "Come again", description, headers={"Retry-After": _SECONDS})
