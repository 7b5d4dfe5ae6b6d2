from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from telvet.sharing.proxying.sealing import Seal
from telvet.sharing.taxii.source import Viewer

WHO = Viewer("reader", "partner-a")
SEAL = Seal(bytes(32))


@given(st.uuids())
def test_an_id_opens_for_whoever_it_was_made_for_and_as_something_else_for_any_other(posting: UUID) -> None:
    ours = SEAL.close(WHO, "api", posting)
    assert SEAL.open(WHO, "api", ours) == posting
    assert ours != posting
    others = [
        SEAL.open(Viewer("reader", None), "api", ours),
        SEAL.open(Viewer("other", "partner-a"), "api", ours),
        SEAL.open(WHO, "other", ours),
        Seal(b"\x01" * 32).open(WHO, "api", ours),
    ]
    assert posting not in others


def test_a_key_is_not_shown() -> None:
    assert "x00" not in repr(SEAL)
