from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import event

from telvet.errors import SourceError, WorkspaceError
from telvet.sharing.taxii.source import Query, Viewer, What
from tests.unit.sharing.store.shop import ALL, ONE, PARTNER, STAFF, TWO, Shop, an_object, name_of

KILLED = """
import sys
from tests.unit.sharing.store.shop import Shop, an_object
shop = Shop(sys.argv[1])
number = 0
while True:
    shop.post(*(an_object(number + place) for place in range(50)))
    number += 50
    print(number, flush=True)
"""


def test_staff_get_the_very_bytes_that_were_sent(shop: Shop) -> None:
    odd = b'{ "id":"' + name_of(1).encode() + b'" ,"type": "indicator","x":1.0e5,  "name":"\\u00e9" }'
    shop.post(odd)
    assert [item.body for item in shop.page(STAFF).items] == [odd]


def test_a_partner_sees_what_goes_to_it_and_no_more(shop: Shop) -> None:
    shop.post(an_object(1), an_object(2, x_effect="withhold"), an_object(3, x_effect="refer"), an_object(4))
    assert shop.ids() == [name_of(1), name_of(4)]
    assert len(shop.ids(STAFF)) == 4


def test_a_page_to_a_partner_says_what_was_decided_about_each(shop: Shop) -> None:
    shop.post(an_object(1), an_object(2, name="secret", x_effect="redact", x_gone=["name"]))
    page = shop.page()
    assert [one.object for one in page.decided] == [item.id for item in page.items]
    assert [(one.effect, one.reasons, one.obligations) for one in page.decided] == [
        ("permit", ("authority a",), ("saying",)),
        ("redact", ("saying",), ("saying",)),
    ]
    assert page.about == {"epoch": "1"}
    assert b"secret" not in page.items[1].body
    assert json.loads(page.items[1].body)["id"] == name_of(2)


def test_what_was_decided_stands_beside_a_manifest_too_without_bodies(shop: Shop) -> None:
    shop.post(an_object(1))
    page = shop.page(what=What.MANIFEST)
    assert (page.items[0].body, page.items[0].media_type) == (b"", "application/stix+json;version=2.1")
    assert len(page.decided) == 1


def test_nothing_is_decided_for_staff(shop: Shop) -> None:
    shop.post(an_object(1))
    assert not shop.page(STAFF).decided
    assert not shop.pages


def test_a_revocation_works_with_the_next_request(shop: Shop) -> None:
    shop.post(an_object(1), an_object(2))
    first = shop.page(limit=1)
    shop.stays, shop.epoch = frozenset({name_of(2)}), "2"
    assert not shop.page(after=first.place).items
    assert shop.ids() == [name_of(1)]


def test_one_object_that_a_partner_does_not_see_is_not_found(shop: Shop) -> None:
    shop.post(an_object(1, x_effect="withhold"), an_object(2))
    assert not shop.page(only=name_of(1)).found
    assert not shop.page(only=name_of(9)).found
    assert shop.page(only=name_of(2)).found
    assert shop.page(STAFF, only=name_of(1)).found


def test_a_partner_without_collections_sees_nothing(shop: Shop) -> None:
    shop.post(an_object(1))
    assert not shop.page(Viewer("eve", "p-9")).items


def test_only_who_sent_something_hears_what_became_of_it(shop: Shop) -> None:
    posting = shop.post(an_object(1), b"{}")
    assert (posting.status, len(posting.successes), len(posting.failures)) == ("complete", 1, 1)

    def told(viewer: Viewer, root: str) -> object:
        return asyncio.run(shop.store.status(viewer, root, posting.id))

    assert told(STAFF, "root") == posting
    assert told(STAFF, "other") is None
    assert told(Viewer("eve", None), "root") is None
    assert asyncio.run(shop.store.status(STAFF, "root", "nothing")) is None


def test_what_is_deleted_is_gone_for_everybody(shop: Shop) -> None:
    shop.post(an_object(1), an_object(2))
    assert shop.ids() == [name_of(1), name_of(2)]
    assert shop.delete(name_of(1)).deleted == ((name_of(1), "2023-01-01T00:00:00.000000Z"),)
    assert shop.ids() == shop.ids(STAFF) == [name_of(2)]


def test_a_partner_deletes_only_what_it_sees(shop: Shop) -> None:
    shop.post(an_object(1, x_effect="withhold"), an_object(2))
    assert not shop.delete(name_of(1), by=PARTNER).found
    assert shop.delete(name_of(2), by=PARTNER).found
    assert shop.ids(STAFF) == [name_of(1)]


def test_a_place_that_is_none_is_told(shop: Shop) -> None:
    with pytest.raises(SourceError) as caught:
        shop.page(after=b"elsewhere")
    assert caught.value.code == "place-lost"


def test_a_locked_database_is_busy_and_serves_again(tmp_path: Path) -> None:
    shop = Shop(tmp_path, patience=0.1)
    other = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(SourceError) as caught:
        shop.post(an_object(1))
    assert caught.value.code == "source-busy"
    assert shop.ids(STAFF) == []
    other.execute("ROLLBACK")
    other.close()
    shop.post(an_object(1))
    assert shop.ids(STAFF) == [name_of(1)]
    shop.close()


def test_a_full_disk_is_busy_and_nothing_is_half_taken(shop: Shop) -> None:
    shop.post(an_object(1))
    engine = shop.store.connected.engine
    many = [an_object(number, name="n" * 4000) for number in range(2, 50)]
    room = [60]

    def limited(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {room[0]}")

    event.listen(engine, "connect", limited)
    engine.dispose()
    with pytest.raises(SourceError) as caught:
        shop.post(*many)
    assert (caught.value.code, caught.value.why) == ("source-busy", "database or disk is full")
    assert shop.ids(STAFF) == [name_of(1)]
    room[0] = 1_000_000
    engine.dispose()
    shop.post(*many)
    assert len(shop.ids(STAFF)) == 49


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[4]
    program = [sys.executable, "-c", KILLED, str(tmp_path)]
    process = subprocess.Popen(program, stdout=subprocess.PIPE, text=True, cwd=root)
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(4)]
    time.sleep(0.05)
    process.kill()
    rest, _ = process.communicate(timeout=60)
    acknowledged = int([*said, *(line for line in rest.splitlines(keepends=True) if line.endswith("\n"))][-1])
    shop = Shop(tmp_path)
    found = len(shop.ids(STAFF, limit=1_000_000))
    shop.close()
    assert acknowledged >= 200
    assert found >= acknowledged
    assert found % 50 == 0


def test_many_ask_and_add_at_once(shop: Shop) -> None:
    def post(number: int) -> None:
        shop.post(*(an_object(1000 * number + place) for place in range(20)))

    def look(_: int) -> None:
        assert len(shop.ids(limit=1000)) % 20 == 0

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: post(number) if number % 2 else look(number), range(24)))
    assert len(shop.ids(limit=1000)) == 240


def test_a_workspace_of_somebody_else_is_told_when_opened(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_text("a shopping list, " * 100, encoding="utf-8")
    with pytest.raises(WorkspaceError):
        Shop(tmp_path)


def test_purpose_and_names_of_the_collection_reach_the_gate(shop: Shop) -> None:
    shop.post(an_object(1, x_only="one"))
    shop.post(an_object(1, x_only="one"), into=TWO)
    assert shop.ids(of=ONE) == [name_of(1)]
    assert shop.ids(of=TWO) == []


def test_a_view_that_can_never_be_in_step_is_busy(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.post(an_object(1))
    gate, asked = shop.gate, []

    def ever_new(partner: str) -> object:
        asked.append(partner)
        shop.epoch = str(len(asked))
        return gate(partner)

    monkeypatch.setattr(shop, "gate", ever_new)
    with pytest.raises(SourceError) as caught:
        asyncio.run(shop.store.page(PARTNER, ONE, Query(versions=ALL), What.OBJECTS))
    assert caught.value.code == "source-busy"
