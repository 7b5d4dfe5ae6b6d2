"""Turns a server's address into what a client sees of it: the seconds of a whole walk, or those of each page.

* `walk` is the client that most people use, which decodes every object; `pages` and `offered` read all bytes and decode none.
* What is offered is offered at its time, answered or not: a page's seconds count from when it was due.
"""

from __future__ import annotations

import http.client
import json
import logging
import math
import re
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from requests.auth import AuthBase, HTTPBasicAuth
from taxii2client.v21 import Collection, as_pages  # type: ignore[import-untyped] # it has no types

__all__ = ["Bearer", "Offer", "Walk", "basic", "offered", "pages", "post", "quantile", "walk"]

TAXII = "application/taxii+json;version=2.1"
_NEXT = re.compile(rb'"next":\s*"([^"]+)"')
_OK, _ACCEPTED = 200, 202
_LONGEST = 60.0


class Bearer(AuthBase):
    """Sends a token, which the client by itself does not know how to."""

    def __init__(self, token: str) -> None:
        """Take the token."""
        self._token = token

    def __call__(self, request: Any) -> Any:  # noqa: ANN401 - as `requests` has it, which has no types
        """Add it to a request."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def basic(user: str, password: str) -> AuthBase:
    """Return what sends a name and a password."""
    return HTTPBasicAuth(user, password)


@dataclass(frozen=True, slots=True)
class Walk:
    """A whole collection, read once."""

    objects: int
    seconds: float

    @property
    def rate(self) -> float:
        """Return the objects a second."""
        return self.objects / self.seconds


def walk(place: str, auth: AuthBase, page: int) -> Walk:
    """Read a whole collection page by page with taxii2-client.

    Args:
        place: The address of the collection, ending in a slash.
        auth: Who asks.
        page: Objects in a page.
    """
    logging.getLogger("taxii2client").setLevel(logging.ERROR)
    collection = Collection(place, auth=auth)
    try:
        _ = collection.title  # its own description, asked for before the clock starts
        begun = time.perf_counter()
        count = sum(len(each.get("objects", ())) for each in as_pages(collection.get_objects, per_request=page))
        return Walk(count, time.perf_counter() - begun)
    finally:
        collection.close()


def post(place: str, token: str, objects: Sequence[str]) -> Walk:
    """Add objects in one request, as compact JSON that is ready before the clock starts.

    Raises:
        RuntimeError: They were not all taken.
    """
    body = ('{"objects":[' + ",".join(objects) + "]}").encode()
    url = urlsplit(place)
    headers = {**_headers(token), "Content-Type": TAXII}
    with closing(http.client.HTTPConnection(str(url.hostname), url.port, timeout=_LONGEST)) as connection:
        begun = time.perf_counter()
        connection.request("POST", f"{url.path}objects/", body, headers)
        answer = connection.getresponse()
        told = answer.read()
        seconds = time.perf_counter() - begun
    taken = json.loads(told).get("success_count") if answer.status == _ACCEPTED else None
    if taken != len(objects):
        raise RuntimeError(f"of {len(objects)} objects {taken} were taken: {answer.status} {told[:300]!r}")
    return Walk(len(objects), seconds)


def pages(place: str, token: str, query: str, *, clients: int, each: int) -> list[float]:
    """Have several clients ask for the same page again and again; return the seconds of each answer.

    Raises:
        RuntimeError: An answer was not whole.
    """
    url = urlsplit(place)

    def one() -> list[float]:
        with closing(http.client.HTTPConnection(str(url.hostname), url.port, timeout=_LONGEST)) as connection:
            return [_timed(connection, f"{url.path}objects/?{query}", token) for _ in range(each)]

    with ThreadPoolExecutor(clients) as threads:
        asked = [threads.submit(one) for _ in range(clients)]
        return [seconds for done in asked for seconds in done.result()]


@dataclass(frozen=True, slots=True)
class Offer:
    """What became of pages that were asked for at their time."""

    seconds: Sequence[float]
    """Of each answer, from when it was due; ascending."""
    lost: int
    """How many were not answered, or not whole."""
    objects: int
    """Offered a page."""


def offered(place: str, token: str, *, connections: int, rate: float, lasting: float, page: int) -> Offer:
    """Have clients walk a collection, each at its own pace, so that together they ask for `rate` pages a second.

    Args:
        place: The address of the collection.
        token: Who asks.
        connections: How many clients.
        rate: Pages a second, of all together.
        lasting: For how many seconds.
        page: Objects in a page.
    """
    url = urlsplit(place)
    begin = time.perf_counter() + 1.0
    due = [begin + place / rate for place in range(int(rate * lasting))]

    def one(mine: int) -> list[float | None]:
        return list(_at_their_time(url.netloc, f"{url.path}objects/?limit={page}", token, due[mine::connections]))

    with ThreadPoolExecutor(connections) as threads:
        answers = [each for done in threads.map(one, range(connections)) for each in done]
    kept = sorted(each for each in answers if each is not None)
    return Offer(kept, len(answers) - len(kept), page)


def quantile(seconds: Sequence[float], part: float) -> float:
    """Return the value below which a part of the values lies: one of them, the next above; of none, not a number."""
    ordered = sorted(seconds)
    return math.nan if not ordered else ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def _at_their_time(netloc: str, path: str, token: str, due: Sequence[float]) -> Iterator[float | None]:
    connection, place = http.client.HTTPConnection(netloc, timeout=_LONGEST), ""
    with closing(connection):
        for moment in due:
            time.sleep(max(0.0, moment - time.perf_counter()))
            try:
                body = _read(connection, path + (f"&next={place}" if place else ""), token)
            except (OSError, http.client.HTTPException, RuntimeError):
                connection.close()
                yield None
                continue
            yield time.perf_counter() - moment
            found = _NEXT.search(body, 0, 4096) or _NEXT.search(body, max(0, len(body) - 4096))
            place = quote(found[1]) if found else ""


def _timed(connection: http.client.HTTPConnection, path: str, token: str) -> float:
    begun = time.perf_counter()
    _read(connection, path, token)
    return time.perf_counter() - begun


def _read(connection: http.client.HTTPConnection, path: str, token: str) -> bytes:
    connection.request("GET", path, headers=_headers(token))
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != _OK:
        raise RuntimeError(f"{path}: {answer.status} {body[:300]!r}")
    return body


def _headers(token: str) -> dict[str, str]:
    return {"Accept": TAXII, "Authorization": f"Bearer {token}"}
