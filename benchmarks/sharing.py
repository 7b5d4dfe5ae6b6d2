"""How fast the sharing gate answers partners, beside its client's ceiling and the reference server: `python benchmarks/sharing.py`.

    --objects N      the size of the large collection, 25,000 by default
    --quick          small sizes, to see that it works; its figures say little

* Ratios are the claims; whatever is compared is asked by the same client in the same run, in turn.
* Servers are processes of their own on this machine, as they ship; they end with the run, whatever happens.
* Every object that a partner gets was decided upon and is in the audit log; a walk that misses one is an error.
"""

from __future__ import annotations

import argparse
import re
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.gate.beside import LOGIN, floor, medallion
from benchmarks.gate.clients import Bearer, Walk, offered, pages, post, quantile, walk
from benchmarks.gate.corpus import Corpus, feed
from benchmarks.gate.desk import Desk, desk
from benchmarks.gate.in_process import decisions, logging
from benchmarks.gate.processes import Running, telvet

__all__ = ["main", "sharing"]

_PAGE = 1_000
_PAGES_BESIDE = (100, 1_000)
_FILTERED = "match%5Btype%5D=relationship&limit=1000"
_ALL = "all"
_DECISIONS = re.compile(r"([\d,]+) decisions? about objects")
_ON = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class _Sizes:
    """How much is measured."""

    large: int = 25_000
    beside: int = 1_000
    """Objects that the reference server is given: it is quadratic in them."""
    walks: int = 5
    filtered: int = 100
    """Pages for each of four clients."""
    lasting: float = 10
    """Seconds of pages being offered."""


_QUICK = _Sizes(large=4_000, beside=500, walks=2, filtered=20, lasting=3)


def main() -> int:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--objects", type=int, default=None)
    asked.add_argument("--quick", action="store_true")
    told = asked.parse_args()
    if told.objects is not None and told.objects < (least := feed().least):
        asked.error(f"--objects: a collection has {least} objects or more")
    for line in sharing(told.objects, quick=told.quick):
        print(line, flush=True)
    return 0


def sharing(objects: int | None = None, *, quick: bool = False) -> Iterator[str]:
    """Yield what was measured, as lines.

    Args:
        objects: The size of the large collection.
        quick: Measure little.
    """
    corpus, usual = feed(), _QUICK if quick else _Sizes()
    sizes = _Sizes(objects or usual.large, usual.beside, usual.walks, usual.filtered, usual.lasting)
    large = corpus.of_size(sizes.large)
    yield f"the sharing gate: {corpus.name}, {corpus.size:,} objects; enlarged to {len(large):,} ({_mb(large)})"
    with _ending_with_us(), tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from _in_process(folder, large)
        yield from _served(folder, corpus, large, sizes)
        yield from _beside(folder, corpus, sizes)


@contextmanager
def _ending_with_us() -> Iterator[None]:
    """Let a request to terminate unwind as an interrupt does, so that no server outlives the run."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _in_process(folder: Path, objects: Sequence[str]) -> Iterator[str]:
    made, kept = decisions(folder, objects, _ON), logging(folder, objects)
    yield f"    decisions in process: {made.remembered:,.0f} a second (target 100,000); each by itself {made.anew:,.0f}"
    yield f"    from objects to outcomes: {made.whole:,.0f} objects a second; {made.released:,} of {len(objects):,} may go out"
    yield f"    audit log, durable, a page of {_PAGE:,} at a time: {kept.written:,.0f} objects a second; verified in process {kept.verified:,.0f}"


@dataclass(frozen=True, slots=True)
class _Served:
    """A collection that a server, or a proxy before it, offers."""

    home: Desk
    server: Running
    many: int
    """How many objects it has."""

    @property
    def place(self) -> str:
        """Return the address of the collection."""
        return self.home.place(self.server, _ALL)

    def walked(self, page: int = _PAGE) -> Walk:
        """Walk it as the partner."""
        return _whole(walk(self.place, Bearer(self.home.partner), page), self.many, "telvet")

    def filled(self, objects: Sequence[str]) -> Walk:
        """Add its objects as our own staff."""
        return post(self.place, self.home.staff, objects)


def _served(folder: Path, corpus: Corpus, large: Sequence[str], sizes: _Sizes) -> Iterator[str]:
    """Walk the feed itself, then the enlarged one beside it."""
    objects, home = corpus.of_size(corpus.size), desk(folder / "small", [_ALL])
    with home.serving() as server, floor(folder, objects, _PAGE) as ceiling:
        small = _Served(home, server, len(objects))
        small.filled(objects)
        yield _told_walks(_walks(small, ceiling, 3 * sizes.walks), "the feed")
        yield from _large(folder, large, small, sizes)


def _large(folder: Path, objects: Sequence[str], small: _Served, sizes: _Sizes) -> Iterator[str]:
    home = desk(folder / "large", [_ALL])
    with home.serving() as server:
        large = _Served(home, server, len(objects))
        memory = [f"{_mib(server.memory())} at its start"]
        taken = large.filled(objects)
        memory.append(f"{_mib(server.memory())} after they came in")
        with floor(folder, objects, _PAGE) as ceiling:
            first = large.walked()
            memory.append(f"{_mib(server.memory())} after the first walk (peak {_mib(server.peak())})")
            server.forget_peak()
            walks = _walks(large, ceiling, sizes.walks, first)
            memory.append(f"{_mib(server.memory())} after {sizes.walks} more (peak in these {_mib(server.peak())})")
            yield _told_walks(walks, "enlarged")
            yield f"    seconds for an object, enlarged over the feed, in turn: {_growth(small, large, sizes.walks):.2f} (1 is linear)"
            yield f"    memory of the server: {'; '.join(memory)}"
            yield f"    POST of {len(objects):,} objects in one request: {taken.rate:,.0f} objects a second, {taken.seconds:.1f} s"
            yield from _concurrent(large, ceiling, sizes)
        yield from _through(large, walks, sizes)
    yield from _verified(home)


def _growth(small: _Served, large: _Served, times: int) -> float:
    """Return how many times as long an object takes in the larger collection; both are walked for about as long."""
    alike = max(1, min(10, large.many // small.many))

    def ratio() -> float:
        each = statistics.median(small.walked().seconds for _ in range(alike)) / small.many
        return large.walked().seconds / large.many / each

    return statistics.median(ratio() for _ in range(times))


def _concurrent(large: _Served, ceiling: str, sizes: _Sizes) -> Iterator[str]:
    place, partner = large.place, large.home.partner
    least = pages(ceiling, partner, _FILTERED, clients=4, each=sizes.filtered)
    spent = pages(place, partner, _FILTERED, clients=4, each=sizes.filtered)
    p99, floor99 = quantile(spent, 0.99), quantile(least, 0.99)
    yield (
        f"    a page of {_PAGE:,} relationships, 4 clients at once: p99 {p99 * 1000:.0f} ms (target 100), "
        f"median {statistics.median(spent) * 1000:.0f} ms; {p99 / floor99:.1f} times the floor's {floor99 * 1000:.0f} ms"
    )
    lasting = sizes.lasting
    offer = offered(place, partner, connections=50, rate=20, lasting=lasting, page=_PAGE)
    told = ", ".join(f"p{part * 100:g} {quantile(offer.seconds, part) * 1000:.0f} ms" for part in (0.5, 0.9, 0.99))
    yield (
        f"    50 connections, 20 pages of {_PAGE:,} a second for {lasting:g} s: {offer.lost} of "
        f"{offer.lost + len(offer.seconds)} lost (target 0); from when each was due {told}, longest {quantile(offer.seconds, 1) * 1000:.0f} ms"
    )


def _through(large: _Served, walks: _Walks, sizes: _Sizes) -> Iterator[str]:
    """Walk through a proxy before the server."""
    with large.home.before(large.server) as proxy:
        through = _Served(large.home, proxy, large.many)
        first = through.walked()
        again = [through.walked() for _ in range(max(2, sizes.walks // 2))]
        last = statistics.median(one.seconds for one in again)
        yield (
            f"    through the proxy: {large.many / last:,.0f} objects a second, {walks.seconds / last:.2f} of the server's; "
            f"the first walk {first.rate:,.0f}, {walks.first.seconds / first.seconds:.2f} of the server's first; peak {_mib(proxy.peak())}"
        )


def _verified(home: Desk) -> Iterator[str]:
    """Check the logs that the server and the proxy wrote, with the command."""
    begun = time.perf_counter()
    said = telvet("share", "audit", "verify", "-w", home.workspace)
    seconds = time.perf_counter() - begun
    many = sum(int(found.replace(",", "")) for found in _DECISIONS.findall(said))
    yield f"    `telvet share audit verify`, whole process: {many:,} decisions, {many / seconds:,.0f} a second, {seconds:.1f} s"


def _beside(folder: Path, corpus: Corpus, sizes: _Sizes) -> Iterator[str]:
    """Walk a small collection on telvet, on the reference server and on the floor, with pages of two sizes."""
    if find_spec("medallion") is None:
        yield "    medallion is not installed, so that it is not measured (the extra `bench` has it)"
        return
    objects = corpus.of_size(sizes.beside)
    for page in _PAGES_BESIDE:
        home = desk(folder / f"beside-{page}", [_ALL])
        with home.serving() as server, floor(folder, objects, page) as ceiling:
            served = _Served(home, server, len(objects))
            served.filled(objects)
            walks = _walks(served, ceiling, 3 * sizes.walks, page=page)
        with medallion(folder, objects) as (_, place):
            other = _whole(walk(place, LOGIN, page), len(objects), "medallion")
        yield (
            f"    {len(objects):,} objects, pages of {page:,}: medallion takes {other.seconds / walks.seconds:,.0f} times what telvet takes, "
            f"{other.seconds / walks.first.seconds:,.0f} times its first walk; {other.seconds:.2f} s, {walks.seconds:.3f} s and "
            f"{walks.first.seconds:.3f} s; the floor {walks.ceiling:.3f} s"
        )


@dataclass(frozen=True, slots=True)
class _Walks:
    """A collection, walked again and again, in turn with the floor."""

    objects: int
    first: Walk
    """For which the view is decided."""
    seconds: float
    """The median of the later ones."""
    ceiling: float
    """The floor's median."""


def _walks(served: _Served, ceiling: str, times: int, first: Walk | None = None, page: int = _PAGE) -> _Walks:
    first = first or served.walked(page)
    walk(ceiling, LOGIN, page)
    pairs = [(served.walked(page), walk(ceiling, LOGIN, page)) for _ in range(times)]
    spent, least = (statistics.median(one.seconds for one in each) for each in zip(*pairs, strict=True))
    return _Walks(served.many, first, spent, least)


def _whole(found: Walk, many: int, who: str) -> Walk:
    if found.objects != many:
        raise RuntimeError(f"{who}: {found.objects:,} of {many:,} objects came")
    return found


def _told_walks(walks: _Walks, what: str) -> str:
    return (
        f"    {what}, {walks.objects:,} objects, taxii2-client, pages of {_PAGE:,}: {walks.objects / walks.seconds:,.0f} objects a second "
        f"(target 15,000), {walks.ceiling / walks.seconds:.2f} of the client's ceiling of {walks.objects / walks.ceiling:,.0f}; "
        f"the first walk, with the view decided, {walks.first.rate:,.0f}"
    )


def _mib(size: float | None) -> str:
    return "not told" if size is None else f"{size:,.0f} MiB"


def _mb(objects: Sequence[str]) -> str:
    return f"{sum(len(text.encode()) for text in objects) / 1e6:,.1f} MB"


if __name__ == "__main__":
    sys.exit(main())
