from __future__ import annotations

import hashlib

from telvet.sharing.objects.thing import Thing


def test_a_thing_is_known_by_its_id_version_and_bytes() -> None:
    thing = Thing(b"{}", {"id": "x--1", "type": "x", "created": "2020", "modified": "2021"})
    assert (thing.id, thing.type, thing.version) == ("x--1", "x", "2021")
    assert thing.digest == hashlib.sha256(b"{}").hexdigest()


def test_the_version_is_when_it_was_modified_else_created_else_nothing() -> None:
    assert Thing(b"", {"created": "2020"}).version == "2020"
    assert not Thing(b"", {}).version
