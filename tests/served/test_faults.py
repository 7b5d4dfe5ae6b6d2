"""Faults of machines are survived: what was acknowledged is there, and what has gone out is on the record."""

from __future__ import annotations

import random
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from itertools import count, pairwise
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from telvet.sharing.taxii.moments import read_moment
from tests.property.strategies import EXAMPLES
from tests.served.asking import indicator
from tests.served.desk import Desk, Place
from tests.served.processes import House, made, made_house
from tests.served.worlds import Facts, Sketch, rendered
from tests.simulators.slow_clients import slow_clients

KILLS = 20 if EXAMPLES else 5


@pytest.fixture
def house(tmp_path: Path) -> House:
    return made_house(tmp_path)


def until_it_fails(work: Callable[[httpx.Client], object]) -> threading.Thread:
    """Do something again and again until nobody answers."""

    def working() -> None:
        with httpx.Client() as client, suppress(httpx.TransportError):
            while True:
                work(client)

    thread = threading.Thread(target=working)
    thread.start()
    return thread


# Killed.


@pytest.mark.slow
def test_a_server_that_is_killed_forgets_nothing_that_it_said(house: House) -> None:
    chance, numbers = random.Random(20240115), count(2)  # noqa: S311 - nobody is to be kept from guessing it
    served: list[str] = []
    for _ in range(KILLS):
        with house.serving() as (address, process):
            house.staff.post(address, [made(1)])

            def send(client: httpx.Client, address: str = address) -> None:
                house.staff.post(address, [made(next(numbers)) for _ in range(chance.randint(1, 5))], client)

            def read(client: httpx.Client, address: str = address) -> None:
                house.north.get(address, client, limit=chance.randint(1, 200))

            threads = [until_it_fails(work) for work in (send, read, read)]
            time.sleep(chance.uniform(0.02, 0.6))
            process.kill()
            for thread in threads:
                thread.join()
    assert len(house.staff.taken) > KILLS
    with house.serving() as (address, _):
        served = house.staff.everything(address)
        assert set(house.north.everything(address)) == set(served)
    assert set(house.staff.taken) <= set(served)
    assert len(served) == len(set(served))
    assert house.north.given <= house.released()


# No room.


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Put a small file system at a folder, if we may."""
    folder.mkdir()
    mount = shutil.which("mount")
    if (
        mount is None
        or subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("no file system can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def filled(house: House, address: str) -> httpx.Response:
    """Send until it is refused; return the refusal."""
    for number in count(2):
        answer = house.staff.post(address, [made(number, description="x" * 100_000)])
        if answer.status_code != 202:
            return answer
    raise AssertionError  # it never ends so


def test_a_full_disk_takes_nothing_and_loses_nothing(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        house = made_house(tmp_path, str(disk / "w"), disk / "w")
        with house.serving() as (address, process):
            house.staff.post(address, [made(1)])
            assert house.north.get(address).status_code == 200
            reserve, ballast = disk / "reserve", disk / "ballast"
            reserve.write_bytes(bytes(2_000_000))
            assert filled(house, address).status_code in {503, 507}
            with suppress(OSError), ballast.open("wb", buffering=0) as file:
                while file.write(bytes(512)):
                    pass
            refused = house.north.get(address, limit=1)
            assert refused.status_code == 503
            assert b"identity--" not in refused.content
            assert b"indicator--" not in refused.content
            assert house.staff.get(address, limit=1).status_code == 200
            reserve.unlink()
            assert set(house.north.everything(address)) == set(house.staff.taken)
            assert process.poll() is None
        assert house.north.given <= house.released()


def test_a_log_that_cannot_grow_lets_nothing_out(house: House) -> None:
    with house.serving() as (address, _):
        house.staff.post(address, [made(number) for number in range(1, 40)])
    database = house.state / "ledger.db"
    limit = max(database.stat().st_size, 600_000)
    with house.serving(most_bytes=limit) as (address, process):
        answers = []
        for _ in range(3000):
            answers.append(house.north.get(address))
            if answers[-1].status_code != 200:
                break
        refused = answers[-1]
        assert refused.status_code == 503
        assert b"indicator--" not in refused.content
        assert house.staff.get(address).status_code == 200
        assert process.poll() is None
        assert filled(house, address).status_code in {503, 507}
        assert process.poll() is None
    with house.serving() as (address, _):
        assert set(house.staff.taken) == set(house.north.everything(address))
    assert house.north.given <= house.released()


@pytest.mark.parametrize("origin", ["server", "proxy", "hasty"])
def test_without_a_record_nothing_goes_out(desk: Desk, origin: str) -> None:
    place, address = desk.place(), getattr(desk, origin)
    place.set(Facts())
    place.post(rendered([Sketch(0)], place.seed))
    paths = ("objects/", "manifest/", f"objects/{place.sent[0].id}/", f"objects/{place.sent[0].id}/versions/")
    desk.broken = True
    try:
        answers = [place.ask(path, address) for path in paths]
    finally:
        desk.broken = False
    for answer in answers:
        assert answer.status in {500, 503}
        assert b"--" not in answer.body
        assert not any(name.startswith("x-taxii") for name in answer.headers)
    assert all(place.ask(path, address).status == 200 for path in paths)


# The clock steps.


@pytest.mark.parametrize("steps", [(0, -1, 0, 24, 0, 24, -24), (24, 0, -1), (-1, -2, 0)])
def test_wherever_the_clock_steps_dates_rise_and_nobody_sees_anything_twice(desk: Desk, steps: tuple[int, ...]) -> None:
    place = desk.place()
    place.set(Facts())
    place.post(rendered([], place.seed))
    seen: list[str] = []
    dates: list[int] = []
    last = None
    try:
        for number, hours in enumerate(steps):
            desk.ahead = timedelta(hours=hours)
            place.post([indicator(place, 2 * number), indicator(place, 2 * number + 1)])
            if number == 1:
                place.set(Facts(authorities=Facts().authorities * 2))  # decided anew
            page = place.ask("manifest/", added_after=last)
            seen += [each["id"] for each in page.objects]
            dates += [read_moment(each["date_added"]) for each in page.objects]
            last = page.headers["x-taxii-date-added-last"]
    finally:
        desk.ahead = timedelta()
    assert len(seen) == len(set(seen)) == 2 + 2 * len(steps)
    assert all(earlier < later for earlier, later in pairwise(dates))
    for by in ("ann", place.user):
        every = place.ask("manifest/", by=by).objects
        assert all(one["date_added"] < other["date_added"] for one, other in pairwise(every))


# Clients that are slow, and many.


def big(desk: Desk, size: int) -> Place:
    """Return a place with a page of about 100 times that size."""
    place = desk.place()
    place.set(Facts())
    place.post(rendered([Sketch(0)], place.seed))
    for first in range(0, 96, 32):
        made_here = [indicator(place, number, description="x" * size) for number in range(first, first + 32)]
        place.post(made_here)
    return place


@pytest.mark.parametrize("origin", ["server", "proxy"])
def test_clients_that_are_slow_or_half_open_keep_nobody_from_his_pages(desk: Desk, origin: str) -> None:
    place, address = big(desk, 30_000), urlsplit(getattr(desk, origin))
    path = f"/api/collections/{place.collections[0].id}/objects/"
    head = "".join(f"{name}: {value}\r\n" for name, value in {"Host": "x", **desk.headers(place.user)}.items())
    whole = place.ask("objects/", getattr(desk, origin))
    assert len(whole.body) > 2_500_000
    with slow_clients(
        (str(address.hostname), int(address.port or 0)), f"GET {path} HTTP/1.1\r\n{head}\r\n".encode(), 10
    ):
        time.sleep(0.5)
        for _ in range(15):
            answer = httpx.get(f"{getattr(desk, origin)}{path}", headers=desk.headers(place.user), timeout=10)  # anew
            assert (answer.status_code, answer.content) == (200, whole.body)


@pytest.mark.slow
@pytest.mark.parametrize("origin", ["server", "proxy"])
def test_many_connections_lose_no_page(desk: Desk, origin: str) -> None:
    """Fifty connections, twenty pages a second in all."""
    place, url = big(desk, 500), getattr(desk, origin)
    whole = place.ask("objects/", url)
    path, seconds = f"{url}/api/collections/{place.collections[0].id}/objects/", 10 if EXAMPLES else 5
    wrong: list[object] = []
    good: list[int] = []

    def connected(number: int) -> None:
        with httpx.Client(timeout=30, headers=desk.headers(place.user)) as client:
            begun = time.monotonic() + number / 20
            for turn in range(seconds * 20 // 50):
                time.sleep(max(0.0, begun + turn * 2.5 - time.monotonic()))
                try:
                    answer = client.get(path)
                except httpx.HTTPError as problem:
                    wrong.append(repr(problem))
                    continue
                (good if answer.content == whole.body and answer.status_code == 200 else wrong).append(
                    len(answer.content)
                )

    threads = [threading.Thread(target=connected, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert len(good) == seconds * 20
