"""The store of objects on a real PostgreSQL: the same answers, several processes, and a restart between two requests."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from telvet.errors import SourceError
from telvet.sharing.taxii.source import What
from tests.unit.sharing.store.real import TLP, Real, marked, marking
from tests.unit.sharing.store.shop import ALL, PARTNER, STAFF, TWO, Shop, an_object, name_of

pytest.importorskip("psycopg", reason="psycopg is not installed")
ROOT = Path(__file__).resolve().parents[2]
POSTS = """
import sys
from tests.unit.sharing.store.shop import Shop, an_object
shop = Shop(sys.argv[1])
first = int(sys.argv[2])
for number in range(first, first + 40, 4):
    shop.post(*(an_object(number + place) for place in range(4)))
    assert len(shop.ids(limit=1000)) % 4 == 0
shop.close()
"""


@dataclass
class Server:
    """A PostgreSQL of our own, on one port of this machine."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"postgresql+psycopg://tester@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = ["-D", str(self.folder / "data"), "-p", str(self.port), "-h", "127.0.0.1", "-k", str(self.folder)]
        self.process = subprocess.Popen(
            as_another([found("postgres"), *options, "-c", "fsync=off"]),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                break
        time.sleep(0.5)

    def stop(self) -> None:
        assert self.process is not None
        main = int((self.folder / "data" / "postmaster.pid").read_text(encoding="ascii").splitlines()[0])
        os.kill(main, signal.SIGINT)
        self.process.wait(timeout=60)


def found(name: str) -> str:
    return shutil.which(name) or ""


def as_another(command: list[str]) -> list[str]:
    """Let a command run as nobody where we are root, as whom PostgreSQL refuses to run."""
    return ["runuser", "-u", "nobody", "--", *command] if os.geteuid() == 0 else command


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    if not found("initdb") or not found("postgres") or (os.geteuid() == 0 and not found("runuser")):
        pytest.skip("PostgreSQL's initdb and postgres are not installed")
    folder = Path(tempfile.mkdtemp(prefix="telvet-pg-"))
    try:
        folder.chmod(0o777)
        made = ["-D", str(folder / "data"), "-U", "tester", "-A", "trust", "-N", "-E", "UTF8", "--no-locale"]
        subprocess.run(as_another([found("initdb"), *made]), check=True, capture_output=True, cwd=folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
        server = Server(folder, port)
        server.start()
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def shop(server: Server) -> Iterator[Shop]:
    made = Shop(server.address)
    yield made
    emptied(made)
    made.close()


def emptied(shop: Shop) -> None:
    with shop.store.connected.engine.begin() as connection:
        connection.exec_driver_sql("TRUNCATE objects, object_refs, views, view_states, store_removals, postings")


def test_staff_and_a_partner_get_theirs_and_nothing_tells_of_the_rest(shop: Shop) -> None:
    posting = shop.post(an_object(1), an_object(2, x_effect="withhold"), an_object(3, day=None), b"[]")
    assert (len(posting.successes), len(posting.failures)) == (3, 1)
    assert shop.ids() == [name_of(1), name_of(3)]
    assert len(shop.ids(STAFF)) == 3
    page = shop.page(limit=1, what=What.MANIFEST)
    assert page.more
    assert [item.id for item in shop.page(after=page.place).items] == [name_of(3)]
    assert shop.page().items[0].body == an_object(1)


def test_the_same_again_changes_nothing_and_other_bytes_fail(shop: Shop) -> None:
    shop.post(an_object(1))
    assert shop.post(an_object(1)).successes
    assert shop.post(an_object(1, name="other")).failures
    assert len(shop.ids(STAFF, versions=ALL)) == 1


def test_versions_deletion_and_revocation(shop: Shop) -> None:
    shop.post(an_object(1, day=1), an_object(1, day=2), an_object(2))
    assert len(shop.page(versions=ALL, ids=frozenset({name_of(1)})).items) == 2
    shop.delete(name_of(1), versions=frozenset({"2023-01-02T00:00:00.000000Z"}))
    assert [item.version[:10] for item in shop.page(versions=frozenset({"last"})).items] == ["2023-01-01"] * 2
    shop.stays, shop.epoch = frozenset({name_of(2)}), "2"
    assert shop.ids() == [name_of(1)]


def test_a_restart_between_two_requests_goes_unnoticed(shop: Shop, server: Server) -> None:
    shop.post(an_object(1))
    assert shop.ids() == [name_of(1)]
    server.stop()
    with pytest.raises(SourceError) as caught:
        shop.ids()
    assert caught.value.code == "source-busy"
    server.start()
    assert shop.ids() == [name_of(1)]
    server.stop()
    server.start()
    assert shop.post(an_object(2)).successes
    assert shop.ids() == [name_of(1), name_of(2)]


def test_several_processes_add_and_ask_at_once(shop: Shop, server: Server) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", POSTS, server.address, str(first)], cwd=ROOT)
        for first in (100, 200, 300)
    ]
    assert [process.wait(timeout=240) for process in started] == [0, 0, 0]
    assert len(shop.ids(limit=1000)) == len(shop.ids(STAFF, limit=1000)) == 120
    dates = [item.added for item in shop.page(STAFF, limit=1000).items]
    assert len(set(dates)) == 120


def test_a_view_kept_in_step_by_parts_is_the_view_of_one_who_comes_late(server: Server) -> None:
    shop = Real(server.address)
    shop.post(marked(1, "identity"), marking("green"), marked(1, "note", object_refs=[TLP["green"], name_of(9)]))
    shop.ids()
    shop.post(marked(9, "indicator", "green"), marked(10), into=TWO)
    shop.ids()
    shop.delete(name_of(10), of=TWO)
    shop.post(marked(9, "indicator", "amber", day=2), into=TWO)
    late = PARTNER.__class__("cy", "p-2")
    for where in shop.readable["p-1"]:
        assert sorted(shop.ids(of=where)) == sorted(shop.ids(late, of=where))
    assert name_of(1, "note") in shop.ids()
    emptied(shop)
    shop.close()
