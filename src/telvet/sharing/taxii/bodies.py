"""The parts of a request's body as they arrive -> the body, or a refusal before it is too large or too slow.

* What is announced to be too large is refused unread; what is not announced is counted.
* A client has some seconds, and one more for every 64 KiB that it sent: slow is not the same as stalled.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from telvet.sharing.taxii.refusals import Refusal, malformed

__all__ = ["ClientGoneError", "Receive", "read_body"]

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
_BYTES_A_SECOND = 64 * 1024


class ClientGoneError(Exception):
    """Nobody waits for an answer any more."""


async def read_body(receive: Receive, announced: str | None, most: int, seconds: float) -> bytes:
    """Read a body.

    Args:
        receive: Gives the parts, as ASGI has it.
        announced: The header `Content-Length`; None where there is none.
        most: Bytes at most.
        seconds: How long it may take, besides the time for what arrived.

    Raises:
        Refusal: 413, it is too large; 408, it takes too long; 400, its length is no number.
        ClientGoneError: The client has gone.
    """
    if announced is not None:
        if not (announced.isascii() and announced.isdigit()):
            raise malformed("The header Content-Length is no number.")
        if len(announced) > len(str(most)) + 20 or int(announced) > most:
            raise _too_large(most)
    loop = asyncio.get_running_loop()
    begun, parts, size = loop.time(), [], 0
    while True:
        left = begun + seconds + size / _BYTES_A_SECOND - loop.time()
        try:
            message = await asyncio.wait_for(receive(), left)
        except TimeoutError:
            raise Refusal(408, "slow", "The request takes too long", "The body did not arrive in time.") from None
        if message["type"] != "http.request":
            raise ClientGoneError
        parts.append(part := message.get("body", b""))
        if (size := size + len(part)) > most:
            raise _too_large(most)
        if not message.get("more_body", False):
            return b"".join(parts)


def _too_large(most: int) -> Refusal:
    return Refusal(
        413,
        "too-large",
        "The request is too large",
        "Send fewer objects at a time.",
        details={"max_content_length": most},
    )
