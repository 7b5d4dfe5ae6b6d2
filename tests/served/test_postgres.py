"""Two server processes on one PostgreSQL are one server, and its restart costs nothing that was acknowledged."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.served.processes import COLLECTION, House, made, made_house
from tests.simulators.postgres import Postgres, missing, postgres

pytest.importorskip("psycopg", reason="psycopg is not installed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(missing(), reason="PostgreSQL's initdb and postgres are not installed"),
]


@pytest.fixture(scope="module")
def database() -> Iterator[Postgres]:
    with postgres() as server:
        yield server


@pytest.fixture(scope="module")
def house(database: Postgres, tmp_path_factory: pytest.TempPathFactory) -> House:
    folder = tmp_path_factory.mktemp("house")
    return made_house(folder, database.address, folder / "state")


@pytest.fixture(scope="module")
def pair(house: House) -> Iterator[tuple[str, str]]:
    """Return the addresses of two servers."""
    with ExitStack() as stack:
        one, two = (stack.enter_context(house.serving(log=name))[0] for name in ("one", "two"))
        yield one, two


def test_what_is_sent_to_one_is_seen_through_the_other(house: House, pair: tuple[str, str]) -> None:
    one, two = pair
    house.staff.post(one, [made(1), made(2), made(3, "red")])
    for client, expected in ((house.staff, 3), (house.north, 2)):
        assert len(client.everything(two)) == expected
    house.staff.post(two, [made(4)])
    assert house.north.everything(one) == house.north.everything(two)
    assert len(house.north.everything(one)) == 3


def test_a_page_of_one_goes_on_at_the_other(house: House, pair: tuple[str, str]) -> None:
    house.staff.post(pair[0], [made(1), *(made(number) for number in range(10, 30))])
    for client in (house.staff, house.north):
        found: list[str] = []
        query: dict[str, Any] = {"limit": 3}
        turn = 0
        while True:
            answer = client.get(pair[turn % 2], **query)
            found += [each["id"] for each in answer.json()["objects"]]
            if not answer.json().get("more"):
                break
            query["next"], turn = answer.json()["next"], turn + 1
        assert found == client.everything(pair[0])
        assert len(found) == len(set(found))


def test_whoever_polls_both_while_others_send_to_both_sees_everything_once(house: House, pair: tuple[str, str]) -> None:
    house.staff.post(pair[0], [made(1)])
    batches = [[made(20_000 + 10 * number + step) for step in range(3)] for number in range(24)]
    for client in (house.north, house.staff):
        seen: list[str] = []
        last = client.dates(pair[0])
        with ThreadPoolExecutor(4) as pool:
            sending = [pool.submit(house.staff.post, pair[number % 2], batch) for number, batch in enumerate(batches)]
            turn = 0
            while True:
                ended = all(each.done() for each in sending)
                answer = client.get(pair[turn % 2], limit=10, added_after=last)
                seen += [each["id"] for each in answer.json().get("objects", [])]
                last, turn = answer.headers.get("X-TAXII-Date-Added-Last", last), turn + 1
                if ended and not answer.json().get("more"):
                    break
        assert len(seen) == len(set(seen)) == 3 * len(batches)
        batches = [[made(30_000 + 10 * number + step) for step in range(3)] for number in range(24)]


def test_the_state_of_a_request_to_one_is_known_to_the_other(house: House, pair: tuple[str, str]) -> None:
    told = house.staff.post(pair[0], [made(40)]).json()
    for address in pair:
        assert httpx.get(f"{address}/api/status/{told['id']}/", headers=house.staff.headers).json() == told


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT], ids=["restarted", "power lost"])
def test_a_restart_under_way_loses_nothing(
    house: House, pair: tuple[str, str], database: Postgres, number: signal.Signals
) -> None:
    ended, numbers = threading.Event(), count(1000 if number is signal.SIGINT else 5000)
    statuses: list[int] = []

    def sending(address: str) -> None:
        with httpx.Client() as client:
            while not ended.is_set():
                statuses.append(house.staff.post(address, [made(next(numbers)) for _ in range(3)], client).status_code)

    def reading(address: str) -> None:
        with httpx.Client() as client:
            while not ended.is_set():
                statuses.append(house.north.get(address, client, limit=20).status_code)

    threads = [threading.Thread(target=work, args=(address,)) for work in (sending, reading) for address in pair]
    for thread in threads:
        thread.start()
    time.sleep(0.7)
    database.stop(number)
    time.sleep(0.5)
    database.start()
    time.sleep(1.5)
    ended.set()
    for thread in threads:
        thread.join()
    assert set(statuses) <= {200, 202, 503}
    assert {200, 202} <= set(statuses[-40:])
    served = house.staff.everything(pair[0])
    assert set(house.staff.taken) <= set(served)
    assert len(served) == len(set(served))
    assert set(house.north.everything(pair[1])) == set(served) - {
        each for each in served if each.endswith("000000000003")
    }
    assert house.north.given <= house.released()


def test_a_server_that_is_killed_leaves_the_other_at_work(house: House, pair: tuple[str, str]) -> None:
    with house.serving(log="three") as (address, process):
        assert COLLECTION in httpx.get(f"{address}/api/collections/", headers=house.north.headers).text

        def reading() -> None:
            with suppress(httpx.TransportError):
                while True:
                    house.north.get(address, limit=50)
                    house.staff.post(address, [made(9000 + len(house.staff.taken))])

        thread = threading.Thread(target=reading)
        thread.start()
        time.sleep(0.7)
        process.kill()
        thread.join()
    assert house.north.get(pair[0], limit=5).status_code == 200
    assert set(house.staff.taken) <= set(house.staff.everything(pair[1]))


def test_the_folder_of_logs_is_sound(house: House) -> None:
    assert house.north.given <= house.released()
    assert {path.name for path in (Path(house.state) / "audit").iterdir()} >= {"one", "two"}
