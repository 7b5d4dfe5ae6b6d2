"""A body as it arrives, or does not."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest

from telvet.sharing.taxii.bodies import ClientGoneError, read_body
from telvet.sharing.taxii.refusals import Refusal


class Parts:
    """Gives the parts of a body, then nothing for ever."""

    def __init__(self, *parts: bytes, ends: bool = True, leaves: bool = False) -> None:
        self.left = [
            {"type": "http.request", "body": part, "more_body": not ends or place < len(parts)}
            for place, part in enumerate(parts, 1)
        ]
        if leaves:
            self.left.append({"type": "http.disconnect"})
        self.given = 0

    async def __call__(self) -> MutableMapping[str, Any]:
        if not self.left:
            await asyncio.sleep(60)
        self.given += 1
        return self.left.pop(0)


def read(parts: Parts, announced: str | None = None, most: int = 10, seconds: float = 5) -> bytes:
    return asyncio.run(read_body(parts, announced, most, seconds))


def test_parts_are_joined() -> None:
    assert read(Parts(b"abc", b"", b"defghij")) == b"abcdefghij"
    assert read(Parts(b"")) == b""


def test_what_is_announced_too_large_is_refused_unread() -> None:
    parts = Parts(b"abc")
    with pytest.raises(Refusal) as caught:
        read(parts, "11")
    assert (caught.value.status, parts.given) == (413, 0)
    assert caught.value.details == {"max_content_length": 10}


def test_what_is_not_announced_is_counted() -> None:
    parts = Parts(b"abcdefg", b"hijk", b"never read")
    with pytest.raises(Refusal) as caught:
        read(parts)
    assert (caught.value.status, parts.given) == (413, 2)


def test_just_as_much_as_is_taken_is_taken() -> None:
    assert read(Parts(b"abcdefghij"), "10") == b"abcdefghij"


@pytest.mark.parametrize("announced", ["ten", "-1", "1.0", "", "１", "1, 1"])
def test_a_length_that_is_no_number_is_malformed(announced: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(Parts(b"a"), announced)
    assert caught.value.status == 400


def test_a_length_of_many_digits_is_too_large() -> None:
    with pytest.raises(Refusal) as caught:
        read(Parts(b"a"), "9" * 6000)
    assert caught.value.status == 413


def test_a_body_that_does_not_end_is_given_up() -> None:
    with pytest.raises(Refusal) as caught:
        read(Parts(b"abc", ends=False), seconds=0.01)
    assert caught.value.status == 408


def test_a_client_that_leaves_is_let_go() -> None:
    with pytest.raises(ClientGoneError):
        read(Parts(b"abc", ends=False, leaves=True))
