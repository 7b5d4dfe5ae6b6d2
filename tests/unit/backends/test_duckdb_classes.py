"""What is DuckDB's own about classes: packed tokens, blocks, tables kept or not. The rest: tests/unit/tables/test_judging.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.backends.duckdb import DuckDB
from telvet.backends.duckdb_classes import Packing, quoted
from telvet.tables.judging import Key, Part, Source
from telvet.tables.relation import Relation
from tests.unit.backends.engines import hold, whole_key


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDB]:
    with DuckDB(threads=1) as opened:
        yield opened


def sized(size: int) -> Key:
    return Key("some", (Source("site"),), (((None,), size - 1, 0),))


@pytest.mark.parametrize(("name", "shown"), [("site", '"site"'), ('a"b', '"a""b"'), ("a; DROP", '"a; DROP"')])
def test_a_name_is_quoted_whole(name: str, shown: str) -> None:
    assert quoted(name) == shown


@given(st.lists(st.integers(1, 1 << 31).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size - 1)))))
def test_tokens_come_out_of_their_words_as_they_went_in(drawn: list[tuple[int, int]]) -> None:
    packing = Packing([sized(size) for size, _ in drawn])
    tokens = tuple(token for _, token in drawn)
    words = packing.pack(tokens)
    assert packing.unpack(words) == tokens
    assert len(words) == len(packing.names())
    assert all(0 <= word < 1 << 62 for word in words)


def test_keys_that_do_not_fit_one_number_take_more(engine: DuckDB) -> None:
    rows = [{"id": str(place), "site": str(place % 3), "region": str(place % 2)} for place in range(12)]
    held = hold(engine, rows)
    far = 1 << 30
    keys = [
        Key(column, (Source(column),), tuple(((text,), far + int(text), 0) for text in texts))
        for column, texts in (("site", "012"), ("region", "01"), ("site", "012"), ("region", "01"))
    ]
    assert len(Packing(keys).names()) > 1
    found = dict(engine.classify(held, keys))
    assert found == {(far + a, far + b, far + a, far + b): 2 for a in range(3) for b in range(2)}
    judged = engine.judged(held, keys, [((far + 1, far, far + 1, far), 7)], keep=False)
    assert engine.counts(judged, ["site", "region", "outcome"]) == [(("1", "0", 7), 2)]


def test_findings_that_are_kept_are_a_table_and_the_others_a_view(engine: DuckDB) -> None:
    held = hold(engine, [{"id": "1", "operator": "a"}])
    key = whole_key(engine, held, "operator")
    kept, seen = (engine.judged(held, [key], [((0,), 0)], keep=keep) for keep in (True, False))
    assert (kind_of(engine, kept), kind_of(engine, seen)) == ("LOCAL TEMPORARY", "VIEW")


def test_an_address_has_no_block_before_any_is_known() -> None:
    with DuckDB(threads=1) as fresh:
        held = hold(fresh, [{"id": "1", "mac": "a00001000001"}])
        assert fresh.distinct(held, [Source("mac", Part.BLOCK)]) == [(None,)]


def test_a_cell_of_several_addresses_takes_part_once(engine: DuckDB) -> None:
    held = hold(
        engine, [{"id": "1", "mac": "a00001000001;b00002100001"}, {"id": "2", "mac": "b00002100001"}, {"id": "3"}]
    )
    engine.know_blocks({"a00001": "a00001", "b000021": "b000021"})
    mac = (Source("mac", Part.BLOCK),)
    assert engine.distinct(held, mac) == [(None,), ("a00001;b000021",), ("b000021",)]
    key = Key("maker", mac, tuple((raw, place, place) for place, raw in enumerate(engine.distinct(held, mac))))
    assert engine.classify(held, [key]) == [((0,), 1), ((1,), 1), ((2,), 1)]
    engine.know_blocks({"b000021": "b000021"})
    assert engine.distinct(held, mac) == [(None,), ("b000021",)]


def test_numbers_are_compared_as_the_text_they_were_told_apart_by(engine: DuckDB) -> None:
    held = hold(engine, [{"id": str(place), "traffic": traffic} for place, traffic in enumerate(("2", "2.0", "0.1", "1e20", None))])  # fmt: skip
    key = whole_key(engine, held, "traffic")
    assert sorted(rows for _, rows in engine.classify(held, [key])) == [1, 1, 1, 2]


def kind_of(engine: DuckDB, relation: Relation) -> str:
    found = engine.session.connection.execute(
        "SELECT table_type FROM information_schema.tables WHERE table_name = ?", [relation.name]
    ).fetchone()
    assert found is not None
    return str(found[0])
