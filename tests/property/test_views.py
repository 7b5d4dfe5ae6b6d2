"""Laws of the partners' views: in step by parts is in step as a whole, pages make up the view, and nothing tells of what stays."""

from __future__ import annotations

import atexit
import itertools
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.event import listen

from telvet.model.release import Originated
from telvet.model.sharing import ThirdParty
from telvet.sharing.recorded.known import Known
from telvet.sharing.taxii.source import Slice, What
from telvet.workspace.taxii_schema import OBJECTS, VIEWS
from tests.property.strategies import modestly
from tests.unit.sharing.store.real import OURS, SHELVES, THEIRS, TLP, Real, known, marked, marking
from tests.unit.sharing.store.shop import ALL, ONE, PARTNER, STAFF, Shop, an_object, name_of

Step = tuple[str, int, Any]
THINGS = [name_of(number) for number in range(1, 5)]
LINKS = [name_of(number, "relationship") for number in range(1, 3)]
NOTES = [name_of(1, "report"), name_of(1, "note")]
MARKS = [TLP["clear"], TLP["green"], TLP["amber"]]
ANY = [OURS, THEIRS, *THINGS, *THINGS, *LINKS, *NOTES, *MARKS]
LEVELS = [("clear",), ("green",), ("green",), ("amber",), ("clear", "green"), ("red",)]


@cache
def empty() -> Path:
    """Return a workspace with nothing in it, to be copied; making one takes long."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    Shop(folder).close()
    return folder


@contextmanager
def opened(kind: type[Shop], **told: Any) -> Iterator[Shop]:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(empty() / "ledger.db", folder)
        shop = kind(Path(folder), **told)
        engine = shop.store.connected.engine
        listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))
        engine.dispose()  # nobody pulls the plug here
        yield shop
        shop.close()


# In step by parts, with the real gate.


@st.composite
def things(draw: st.DrawFn) -> bytes:
    """Draw one version of one of a few objects that hold each other's ids."""
    name = draw(st.sampled_from(ANY))
    kind, number = name.partition("--")[0], int(name[-4:], 16)
    if kind == "marking-definition":
        return marking(next(level for level, each in TLP.items() if each == name))
    held: dict[str, Any] = {"day": draw(st.sampled_from([1, 1, 2]))}
    if draw(st.integers(0, 3)) == 0:
        held["description"] = draw(st.sampled_from(["words", f"see {draw(st.sampled_from(THINGS))}"]))
        part = {"marking_ref": TLP[draw(st.sampled_from(sorted(TLP)))], "selectors": ["description"]}
        held["granular_markings"] = [part]
    if kind == "relationship":
        held["relationship_type"] = draw(st.sampled_from(["derived-from", "derived-from", "related-to"]))
        held |= {"source_ref": draw(st.sampled_from(THINGS)), "target_ref": draw(st.sampled_from([*THINGS, *MARKS]))}
    elif kind in {"report", "note"}:
        held["object_refs"] = draw(st.lists(st.sampled_from(ANY), min_size=1, max_size=2, unique=True))
    writer = draw(st.sampled_from([OURS, OURS, THEIRS]))
    return marked(number, kind, *draw(st.sampled_from(LEVELS)), by=writer, **held)


steps = st.lists(
    st.one_of(
        st.tuples(st.just("post"), st.sampled_from([0, 0, 0, 1]), st.lists(things(), min_size=1, max_size=4)),
        st.tuples(st.just("delete"), st.sampled_from([0, 0, 0, 1]), st.sampled_from(ANY)),
    ),
    min_size=2,
    max_size=8,
)


@st.composite
def facts(draw: st.DrawFn) -> Known:
    sources = st.frozensets(st.sampled_from(THINGS), max_size=2)
    about = draw(st.lists(st.sampled_from([*THINGS, THEIRS]), max_size=2, unique=True))
    originated = [Originated(name, frozenset({"us"}), complete=True, derived_from=draw(sources)) for name in about]
    return known(*originated, third=draw(st.sampled_from([ThirdParty.AS_MARKED, ThirdParty.CONSENT])))


def rows(shop: Shop, partner: str) -> list[tuple[Any, ...]]:
    """Return a view, but for its dates and for what is called by them."""
    c = VIEWS.c
    columns = (c.object, c.collection, c.id, c.type, c.effect, c.reasons, c.obligations, c.leaves_by, c.digest, c.body)
    chosen = select(*columns, c.spec_version, c.first, c.last, c.latest).where(c.partner == partner)
    with shop.store.connected.engine.connect() as connection:
        return sorted(map(tuple, connection.execute(chosen)), key=lambda row: int(row[0]))


def forget(shop: Shop, partner: str) -> None:
    """Let the view of a partner be decided as a whole next time."""
    with shop.store.connected.engine.execution_options(telvet_writes=True).begin() as connection:
        connection.exec_driver_sql("DELETE FROM views WHERE partner = ?", (partner,))
        connection.exec_driver_sql("DELETE FROM view_states WHERE partner = ?", (partner,))


@modestly(40)
@given(steps, facts(), st.booleans())
def test_a_view_kept_in_step_by_parts_is_the_view_decided_as_a_whole(
    happened: list[Step], on_record: Known, older: bool
) -> None:
    with opened(Real, facts=on_record, older_versions=older) as shop:
        shop.post(marked(1, "identity"), marked(2, "identity"), marked(1), *map(marking, ("clear", "green")))
        for what, place, about in happened:
            shop.later(seconds=7)
            if what == "post":
                shop.post(*about, into=SHELVES[place])
            else:
                shop.delete(about, of=SHELVES[place])
            shop.store.views.sync("p-1")
            forget(shop, "p-2")
            shop.store.views.sync("p-2")
            assert rows(shop, "p-1") == rows(shop, "p-2")
            assert {row[0] for row in rows(shop, "p-1")} <= keys(shop)


def keys(shop: Shop) -> set[int]:
    with shop.store.connected.engine.connect() as connection:
        return set(connection.scalars(select(OBJECTS.c.added)))


# Pages, and what they cannot tell, with a gate that does what each object says.

numbers = st.integers(1, 12)


@st.composite
def sayings(draw: st.DrawFn, among: st.SearchStrategy[int] = numbers) -> bytes:
    held: dict[str, Any] = {"x_effect": draw(st.sampled_from(["permit", "permit", "refer", "withhold", "redact"]))}
    held["name"] = draw(st.sampled_from(["a", "b"]))
    if held["x_effect"] == "redact":
        held["x_gone"] = ["name"]
    if draw(st.booleans()):
        held |= {"x_refs": [name_of(draw(numbers))], "x_may_redact": draw(st.booleans())}
    day = draw(st.sampled_from([None, 1, 2, 3]))
    return an_object(draw(among), day=day, spec_version=draw(st.sampled_from(["2.1", "2.1", "2.0"])), **held)


posts = st.lists(st.lists(sayings(), min_size=1, max_size=8), min_size=1, max_size=4)


def walked(shop: Shop, viewer: Any, limit: int, **query: Any) -> list[Slice]:
    found, after = [], b""
    while True:
        page = shop.page(viewer, limit=limit, after=after, **query)
        found.append(page)
        if not page.more:
            return found
        after = page.place


@modestly(25)
@given(posts, st.integers(1, 5), st.sampled_from([ALL, frozenset({"last"}), frozenset({"first", "last"})]))
def test_the_pages_of_a_walk_are_the_view_in_the_order_of_its_dates(
    posted: list[list[bytes]], limit: int, versions: frozenset[str]
) -> None:
    with opened(Shop) as shop:
        for batch in posted:
            shop.later(seconds=1)
            shop.post(*batch)
        for viewer in (PARTNER, STAFF):
            whole = shop.page(viewer, limit=1000, versions=versions).items
            pages = walked(shop, viewer, limit, versions=versions)
            assert [item for page in pages for item in page.items] == list(whole)
            assert all(len(page.items) == limit for page in pages[:-1])
            assert all(first.added < second.added for first, second in itertools.pairwise(whole))


@st.composite
def lives(draw: st.DrawFn) -> list[tuple[list[bytes], frozenset[str]]]:
    """Draw what comes, each object once (a newer version that stays takes the older along), and what stays from then on."""
    order = draw(st.permutations(range(1, 13)))
    cuts = sorted(draw(st.lists(st.integers(0, 12), min_size=3, max_size=3)))
    batches = [order[start:end] for start, end in itertools.pairwise([0, *cuts, 12])]
    return [
        (
            [draw(sayings(st.just(number))) for number in batch],
            frozenset(map(name_of, draw(st.sets(numbers, max_size=3)))),
        )
        for batch in batches
    ]


@modestly(25)
@given(lives())
def test_a_partner_cannot_tell_what_it_never_held_from_what_never_was(
    told: list[tuple[list[bytes], frozenset[str]]],
) -> None:
    with opened(Shop) as shop:
        answers, held = lived(shop, told)
    spared = [([each for each in batch if each in held], some) for batch, some in told]
    with opened(Shop) as shop:
        again, _ = lived(shop, spared)
    assert answers == again


def lived(shop: Shop, told: Iterable[tuple[list[bytes], frozenset[str]]]) -> tuple[list[Any], set[bytes]]:
    """Let things happen; return all that a partner was answered, and all objects that it ever held."""
    answers: list[Any] = []
    held: set[bytes] = set()
    for number, (batch, stays) in enumerate(told):
        shop.later(seconds=60)
        shop.post(*batch)
        shop.later(seconds=60)
        shop.stays, shop.epoch = stays, str(number)
        for limit in (2, 1000):
            for what in What:
                answers += walked(shop, PARTNER, limit, what=what, versions=ALL)
        answers += [shop.page(only=name_of(each), limit=2) for each in range(1, 14)]
        held |= seen(shop)
    return answers, held


def seen(shop: Shop) -> set[bytes]:
    """Return the objects of which the partner sees something."""
    with shop.store.connected.engine.connect() as connection:
        shown = select(OBJECTS.c.body).join(VIEWS, VIEWS.c.object == OBJECTS.c.added)
        return set(connection.scalars(shown.where(VIEWS.c.partner == PARTNER.partner, VIEWS.c.collection == ONE.id)))
