from __future__ import annotations

from functools import partial

from telvet.sharing.store.adding import Taken
from telvet.sharing.store.postings import posting_of, write_posting
from telvet.sharing.taxii.source import Viewer
from tests.unit.sharing.store.shop import STAFF, Shop

TAKEN = Taken([("a--1", "v")], [("b--2", "v", "why\x00\u20ac")], [("c--3", "v", "digest")])


def test_what_is_written_is_read_by_its_sender_at_its_root_alone(shop: Shop) -> None:
    connected = shop.store.connected
    sent = connected.write(
        lambda connection: write_posting(connection, STAFF, "root", TAKEN, "name", 1_705_320_000_000_001)
    )
    assert (sent.id, sent.status, sent.requested, sent.total) == ("name", "complete", 1_705_320_000_000_001, 2)
    assert (sent.successes, sent.failures) == ((("a--1", "v"),), (("b--2", "v", "why\x00\u20ac"),))
    assert connected.read(lambda connection: posting_of(connection, STAFF, "root", "name")) == sent
    for viewer, root, name in ((Viewer("eve", None), "root", "name"), (STAFF, "else", "name"), (STAFF, "root", "none")):
        assert connected.read(partial(posting_of, viewer=viewer, root=root, name=name)) is None
