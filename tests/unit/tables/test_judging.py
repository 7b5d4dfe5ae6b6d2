"""What judging asks of an engine, asked of both: each method answers alike, and so does each on random rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telvet.backends.duckdb import DuckDB
from telvet.tables.equipment import EQUIPMENT
from telvet.tables.judging import Key, Part, ShareCode, ShareCount, ShareUnit, Source
from telvet.tables.relation import Relation
from tests.unit.backends.engines import ENGINES, Cells, Engine, in_duckdb, in_memory

BLOCKS = {block: block for block in ("a00001", "b000021", "b00002", "c00003456")} | {"a0000a": "a00001"}
FALSE, UNKNOWN, TRUE = 0, 1, 2


@pytest.fixture(scope="module")
def duckdb() -> Iterator[DuckDB]:
    with DuckDB(threads=1) as engine:
        yield engine


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, duckdb: DuckDB) -> Engine:
    return in_memory() if request.param == "memory" else in_duckdb(duckdb)


def key(engine: Engine, relation: Relation, *columns: str) -> Key:
    """Return a key that gives each combination of values a token of its own, and twice that as detail."""
    sources = tuple(Source(column) for column in columns)
    raws = engine.backend.distinct(relation, sources)
    return Key(columns[0], sources, tuple((raw, place, 2 * place) for place, raw in enumerate(raws)))


def cells(engine: Engine, relation: Relation, *columns: str) -> list[tuple[str | int | None, ...]]:
    return sorted((values for values, _ in engine.backend.counts(relation, columns)), key=str)


def test_rows_keep_the_columns_of_the_equipment_table(engine: Engine) -> None:
    assert engine.hold([{"id": "a"}]).columns == EQUIPMENT.names


def test_distinct_gives_each_combination_once_and_the_empty_cell_first(engine: Engine) -> None:
    given = ({"site": "s", "region": "b"}, {"region": "a"}, {"region": "a"}, {"site": "s"})
    held = engine.hold([{"id": str(place), **row} for place, row in enumerate(given)])
    assert engine.backend.distinct(held, [Source("site"), Source("region")]) == [
        (None, "a"), ("s", None), ("s", "b"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("oid", "enterprise"),
    [
        ("1.3.6.1.4.1.4001.7.2", "4001"), ("1.3.6.1.4.1.4001", "4001"), ("1.3.6.1.4.1", None),
        ("1.3.6.1.4.10.4001", None), ("1.3.6.1.2.1.4001", None), (None, None),
    ],
)  # fmt: skip
def test_the_enterprise_of_an_object_is_its_seventh_arc(
    engine: Engine, oid: str | None, enterprise: str | None
) -> None:
    held = engine.hold([{"id": "1", "sys_object_id": oid}])
    assert engine.backend.distinct(held, [Source("sys_object_id", Part.ENTERPRISE)]) == [(enterprise,)]


@pytest.mark.parametrize(
    ("mac", "block"),
    [
        ("a00001000001", "a00001"), ("b00002100001", "b000021"), ("b00002200001", "b00002"),
        ("c00003456001", "c00003456"), ("c00003455001", None), ("d00000000000", None), (None, None),
        ("a00001000002;a00001000001", "a00001"), ("c00003456001;a00001000001;d00000000000", "a00001;c00003456"),
        ("d00000000000;d00000000001", None),
        ("a0000a000001", "a00001"),
        ("a0000a000001;a00001000001", "a00001"),
    ],
)  # fmt: skip
def test_the_block_of_an_address_is_what_stands_for_the_longest_that_is_known(
    engine: Engine, mac: str | None, block: str | None
) -> None:
    held = engine.hold([{"id": "1", "mac": mac}])
    engine.backend.know_blocks(BLOCKS)
    assert engine.backend.distinct(held, [Source("mac", Part.BLOCK)]) == [(block,)]


def test_blocks_are_known_anew_each_time_they_are_told(engine: Engine) -> None:
    held = engine.hold([{"id": "1", "mac": "a00001000001"}])
    engine.backend.know_blocks(BLOCKS)
    engine.backend.know_blocks({"b00002": "b00002"})
    assert engine.backend.distinct(held, [Source("mac", Part.BLOCK)]) == [(None,)]


def test_an_attested_cell_fills_what_is_empty_and_the_first_that_is_told_counts(engine: Engine) -> None:
    held = engine.hold([{"id": "1"}, {"id": "2", "region": "z", "traffic": 3}, {"id": "3"}])
    told = [
        ("1", "region", "b"), ("1", "region", "a"), ("2", "region", "a"), ("9", "region", "a"),
        ("1", "traffic", "2.5"), ("2", "traffic", "7"),
    ]  # fmt: skip
    amended = engine.backend.amended(held, told, [], [])
    found = {
        str(row["id"]): (row["region"], row["traffic"]) for one in "123" for row in engine.backend.pick(amended, one)
    }
    assert found == {"1": ("b", "2.5"), "2": ("z", "3"), "3": (None, None)}


def test_a_site_tag_is_added_to_every_element_at_the_site(engine: Engine) -> None:
    held = engine.hold(
        [
            {"id": "1", "site": "s"}, {"id": "2", "site": "s", "site_tags": "coastal"}, {"id": "3", "site": "t"},
            {"id": "4", "site": "s", "site_tags": "none"}, {"id": "5", "site": "t", "site_tags": "none"}, {"id": "6"},
        ]
    )  # fmt: skip
    amended = engine.backend.amended(held, [], [("s", "guarded"), ("s", "-remote"), ("s", "guarded"), ("u", "x")], [])
    found = {
        str(identifier): set(str(tags).split(";")) for identifier, tags in cells(engine, amended, "id", "site_tags")
    }
    assert found == {
        "1": {"guarded", "-remote"}, "2": {"coastal", "guarded", "-remote"}, "3": {"None"},
        "4": {"guarded", "-remote"}, "5": {"none"}, "6": {"None"},
    }  # fmt: skip


def test_an_attested_site_has_its_tags(engine: Engine) -> None:
    held = engine.hold([{"id": "1", "site": "s"}, {"id": "2", "site": "s", "site_tags": "coastal"}])
    amended = engine.backend.amended(held, [("1", "site_tags", "remote")], [("s", "guarded")], [])
    found = {
        str(identifier): set(str(tags).split(";")) for identifier, tags in cells(engine, amended, "id", "site_tags")
    }
    assert found == {"1": {"remote", "guarded"}, "2": {"coastal", "guarded"}}


def test_a_note_stands_beside_its_element_and_the_rows_before_stay_as_they_were(engine: Engine) -> None:
    held = engine.hold([{"id": "1"}, {"id": "2"}])
    amended = engine.backend.amended(held, [("1", "region", "a")], [], [("2", "2")])
    assert cells(engine, amended, "id", "region", "notes") == [("1", "a", None), ("2", None, "2")]
    assert cells(engine, held, "id", "region") == [("1", None), ("2", None)]


def test_naming_an_operator_gives_it_every_row(engine: Engine) -> None:
    held = engine.hold([{"id": "1"}, {"id": "2", "operator": "south"}])
    assert cells(engine, engine.backend.named(held, "o'north"), "id", "operator") == [
        ("1", "o'north"),
        ("2", "o'north"),
    ]


def test_a_column_is_held_where_some_row_has_a_value(engine: Engine) -> None:
    held = engine.hold([{"id": "1"}, {"id": "2", "site": "s"}])
    assert [engine.backend.holds(held, column) for column in ("site", "region")] == [True, False]
    assert not engine.backend.holds(engine.hold([]), "id")


ROWS: Sequence[Cells] = [
    {"id": "1", "operator": "a", "region": "x", "origin_file": "f", "origin_row": 12},
    {"id": "2", "operator": "a", "region": "x", "origin_file": "g", "origin_row": 2},
    {"id": "3", "operator": "b", "origin_file": "f", "origin_row": 3},
    {"id": "4", "origin_file": "f", "origin_row": 2},
]  # fmt: skip


def test_classes_are_the_combinations_of_tokens_with_their_rows(engine: Engine) -> None:
    held = engine.hold(ROWS)
    keys = [key(engine, held, "operator"), key(engine, held, "region", "site")]
    assert engine.backend.classify(held, keys) == [((0, 0), 1), ((1, 1), 2), ((2, 0), 1)]


@pytest.mark.parametrize("keep", [True, False])
def test_findings_are_the_rows_of_each_class_once_for_each_of_its_outcomes(engine: Engine, keep: bool) -> None:
    held = engine.hold(ROWS)
    keys = [key(engine, held, "operator"), key(engine, held, "region")]
    found = engine.backend.judged(held, keys, [((1, 1), 3), ((1, 1), 10), ((0, 0), 7)], keep=keep)
    columns = ("origin_file", "origin_row", "outcome", "detail", "id")
    rows = list(engine.backend.rows(found, columns, file_order=("g", "f")))
    assert rows == [("g", 2, 3, 2, "2"), ("g", 2, 10, 2, "2"), ("f", 2, 7, 0, "4"), ("f", 12, 3, 2, "1"), ("f", 12, 10, 2, "1")]  # fmt: skip
    turned = list(engine.backend.rows(found, ("id", "outcome"), file_order=("f", "g")))
    assert turned == [("4", 7), ("1", 3), ("1", 10), ("2", 3), ("2", 10)]
    assert engine.backend.counts(found, ["outcome"]) == [((3,), 2), ((7,), 1), ((10,), 2)]


def test_no_outcomes_are_no_findings(engine: Engine) -> None:
    held = engine.hold(ROWS)
    found = engine.backend.judged(held, [key(engine, held, "operator")], [], keep=False)
    assert engine.backend.counts(found, ["outcome"]) == []
    assert list(engine.backend.rows(found, ("id",), file_order=("f",))) == []


def test_counts_are_sorted_with_the_empty_cell_first(engine: Engine) -> None:
    held = engine.hold(ROWS)
    assert engine.backend.counts(held, ["operator", "region"]) == [
        ((None, None), 1), (("a", "x"), 2), (("b", None), 1),
    ]  # fmt: skip


def test_an_element_is_picked_with_its_cells_as_canonical_text(engine: Engine) -> None:
    held = engine.hold(
        [
            {"id": "1", "operator": "b", "traffic": 2, "origin_file": "f", "origin_row": 3, "tags": "a;b"},
            {"id": "1", "operator": "b", "latitude": "51.5", "origin_file": "f", "origin_row": 11},
            {"id": "2"},
        ]
    )  # fmt: skip
    first, second = engine.backend.pick(held, "1")
    assert [first[name] for name in ("id", "operator", "traffic", "origin_row", "tags", "site")] == [
        "1", "b", "2", "3", "a;b", None,
    ]  # fmt: skip
    assert (second["origin_row"], second["latitude"]) == ("11", "51.5")
    assert engine.backend.pick(held, "3") == []
    assert engine.backend.pick(held, "1' OR '1'='1") == []


def test_one_of_several_rows_of_an_element_is_told_by_file_and_record(engine: Engine) -> None:
    same = {"id": "1", "origin_file": "f"}
    held = engine.hold(
        [{**same, "origin_row": 2, "region": "a"}, {**same, "origin_row": 3, "region": "b"}, {"id": "2"}]
    )
    for picked in engine.backend.pick(held, "1"):
        assert cells(engine, engine.backend.only(held, picked), "region") == [(picked["region"],)]
    (unplaced,) = engine.backend.pick(held, "2")
    assert cells(engine, engine.backend.only(held, unplaced), "id") == [("2",)]


def test_elements_that_state_a_member_are_told_by_operator_and_id(engine: Engine) -> None:
    held = engine.hold(
        [
            {"id": "1", "operator": "a", "function": "core.auth;li"}, {"id": "2", "function": "li"},
            {"id": "3", "function": "-li"}, {"id": "4", "function": "core.auth"}, {"id": "5"},
        ]
    )  # fmt: skip
    assert sorted(engine.backend.stating(held, "function", "li"), key=str) == [("a", "1"), (None, "2")]


def count(
    engine: Engine, rows: Sequence[Cells], answers: Sequence[tuple[int, int]], unit: ShareUnit
) -> list[ShareCount]:
    """Count rows of which the n-th answers the n-th (among, of); a row without an answer is out."""
    held = engine.hold([{"id": f"{place:03}", **row} for place, row in enumerate(rows)])
    codes = [ShareCode((place,), *answer, note=place % 2) for place, answer in enumerate(answers)]
    return engine.backend.shares(held, [key(engine, held, "id")], codes, unit)


def sums(found: ShareCount) -> list[int]:
    return [int(each) for each in (found.sure, found.may_not, found.may, found.sure_not)]


EVERY = [(among, of) for among in (UNKNOWN, TRUE) for of in (FALSE, UNKNOWN, TRUE)]


def test_weights_are_summed_as_section_seven_says(engine: Engine) -> None:
    weighed = [{"operator": "a", "traffic": str(10**place)} for place in range(6)]
    (found,) = count(engine, weighed, EVERY, ShareUnit(("operator",), None, "traffic"))
    # of false or unknown; of unknown or true; among true and of false; among true and of true
    assert sums(found) == [100_000, 11_011, 110_110, 1_000]
    assert (found.group, found.open_b, found.open_c, found.notes) == (("a",), 0, 0, (0, 1))


def test_a_missing_weight_counts_nothing_and_is_told(engine: Engine) -> None:
    (found,) = count(engine, [{"operator": "a"}] * 6, EVERY, ShareUnit(("operator",), None, "traffic"))
    assert sums(found) == [0, 0, 0, 0]
    assert (found.open_b, found.open_c) == (4, 4)


def test_decimal_weights_are_exact(engine: Engine) -> None:
    tenths = [{"operator": "a", "traffic": "0.1"}] * 10
    (found,) = count(engine, tenths, [(TRUE, TRUE)] * 10, ShareUnit(("operator",), None, "traffic"))
    assert found.sure == Decimal(1)


def test_sites_count_once_by_the_strongest_of_their_elements(engine: Engine) -> None:
    sites = ("s", "s", "t", "t", "u", "v", "w", None, None, None)
    answers = [
        (TRUE, FALSE), (TRUE, TRUE), (TRUE, FALSE), (UNKNOWN, TRUE), (TRUE, FALSE), (UNKNOWN, FALSE), (TRUE, UNKNOWN),
        (TRUE, TRUE), (TRUE, FALSE), (UNKNOWN, UNKNOWN),
    ]  # fmt: skip
    rows = [{"operator": "a", "site": site} for site in sites]
    (found,) = count(engine, rows, answers, ShareUnit(("operator",), "site", None))
    # sure: s. may not be: t, u, v, w. may be: s, t, w. surely not: u (v may not be among at all).
    assert sums(found) == [1, 4, 3, 1]
    assert (found.open_b, found.open_c) == (2, 2)


def test_groups_are_sorted_the_nameless_first_and_each_member_of_a_list_has_one(engine: Engine) -> None:
    rows: Sequence[Cells] = [
        {"operator": "b", "access_technology": "nr", "traffic": "1"}, {"operator": "b", "access_technology": "lte;nr", "traffic": "2"},
        {"operator": "a", "access_technology": "nr", "traffic": "4"}, {"access_technology": "nr", "traffic": "8"},
        {"operator": "a", "traffic": "16"},
    ]  # fmt: skip
    unit = ShareUnit(("operator", "access_technology"), None, "traffic")
    found = count(engine, rows, [(TRUE, TRUE)] * 5, unit)
    assert [(each.group, int(each.sure)) for each in found] == [
        ((None, "nr"), 8), (("a", ""), 16), (("a", "nr"), 4), (("b", "lte"), 2), (("b", "nr"), 3),
    ]  # fmt: skip


def test_elements_that_are_surely_not_among_are_out(engine: Engine) -> None:
    rows = [{"operator": "a", "traffic": "1"}, {"operator": "b", "traffic": "2"}]
    found = count(engine, rows, [(TRUE, FALSE)], ShareUnit(("operator",), None, "traffic"))
    assert [each.group for each in found] == [("a",)]


VALUES = {
    "operator": (None, "a", "b"), "site": (None, "s", "t", "u"), "region": (None, "x", "y"), "traffic": (None, "0", "0.1", "7"),
    "mac": (None, "a00001000001", "b00002100001;a00001000009", "d00000000000"), "access_technology": (None, "nr", "lte;nr"),
}  # fmt: skip
RANDOM = st.lists(st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in VALUES.items()}), max_size=12)
ANSWERS = st.lists(st.tuples(st.integers(1, 2), st.integers(0, 2)), min_size=3, max_size=3)


@settings(max_examples=15)
@given(rows=RANDOM, answers=ANSWERS, by_site=st.booleans(), outcomes=st.lists(st.integers(0, 3), max_size=4))
def test_both_engines_say_the_same_of_random_rows(
    duckdb: DuckDB,
    rows: list[dict[str, str | None]],
    answers: list[tuple[int, int]],
    by_site: bool,
    outcomes: list[int],
) -> None:
    told = []
    for engine in (in_memory(), in_duckdb(duckdb)):
        held = engine.hold([{"id": str(place), "origin_file": "f", "origin_row": place, **row} for place, row in enumerate(rows)])  # fmt: skip
        engine.backend.know_blocks(BLOCKS)
        raws = engine.backend.distinct(held, [Source("mac", Part.BLOCK), Source("region")])
        first = Key("first", (Source("mac", Part.BLOCK), Source("region")),
                    tuple((raw, place % 3, place) for place, raw in enumerate(raws)))  # fmt: skip
        classes = engine.backend.classify(held, [first, key(engine, held, "operator")])
        judged = [(tokens, outcome) for tokens, _ in classes for outcome in outcomes if (sum(tokens) + outcome) % 2]
        found = engine.backend.judged(held, [first, key(engine, held, "operator")], judged, keep=False)
        codes = [ShareCode((token,), *answer, note=token) for token, answer in enumerate(answers)]
        unit = ShareUnit(("operator", "access_technology"), *(("site", None) if by_site else (None, "traffic")))
        told.append(
            [
                raws, classes, engine.backend.counts(found, ["outcome", "operator"]),
                list(engine.backend.rows(found, ("id", "outcome", "detail"), file_order=("f",))),
                engine.backend.shares(held, [first], codes, unit), engine.backend.counts(held, ["site", "region"]),
            ]
        )  # fmt: skip
    assert told[0] == told[1]


def test_beside_each_pair_of_the_first_two_keys_the_chosen_variant_counts(engine: Engine) -> None:
    rows = [("a", "x", "1"), ("a", "x", "2"), ("a", "y", "1"), ("a", "y", "2"), ("b", "x", "1"), ("b", "x", "3")]
    held = engine.hold([{"id": str(i), "site": s, "region": r, "network": n} for i, (s, r, n) in enumerate(rows)])
    first, second, third = (key(engine, held, column) for column in ("site", "region", "network"))
    varied = Key(
        "network", third.sources, third.rows, ((0, 1, 2), (0, 0, 0), (0, 1, 0)),
        {(0, 0): 0, (0, 1): 1, (1, 0): 2, (1, 1): 0},
    )  # fmt: skip
    keys = [first, second, varied]
    assert engine.backend.classify(held, keys) == [((0, 0, 0), 1), ((0, 0, 1), 1), ((0, 1, 0), 2), ((1, 0, 0), 2)]
    found = engine.backend.judged(held, keys, [((0, 0, 1), 5), ((1, 0, 0), 6)], keep=True)
    assert cells(engine, found, "id", "outcome") == [("1", 5), ("4", 6), ("5", 6)]
    codes = [ShareCode((1, 0, 0), TRUE, TRUE, 0)]
    (count,) = engine.backend.shares(held, keys, codes, ShareUnit(("site",), "network", None))
    assert (count.group, count.sure) == (("b",), Decimal(2))


def test_the_address_may_tell_the_first_key_apart_and_rows_are_still_found_by_both(engine: Engine) -> None:
    held = engine.hold([{"id": "1", "mac": "a00001000001", "operator": "o"}, {"id": "2", "operator": "o"}, {"id": "3"}])
    engine.backend.know_blocks(BLOCKS)
    sources = (Source("mac", Part.BLOCK),)
    raws = engine.backend.distinct(held, sources)
    maker = Key("maker", sources, tuple((raw, place, place) for place, raw in enumerate(raws)))
    keys = [maker, key(engine, held, "operator")]
    assert engine.backend.classify(held, keys) == [((0, 0), 1), ((0, 1), 1), ((1, 1), 1)]
    found = engine.backend.judged(held, keys, [((1, 1), 4)], keep=False)
    assert cells(engine, found, "id", "outcome", "detail") == [("1", 4, 1)]


def test_texts_that_occur_in_a_column_are_told_from_those_that_do_not(engine: Engine) -> None:
    held = engine.hold([{"id": "a", "site": "s"}, {"id": "b", "site": None}, {"id": "c", "site": "it's"}])
    assert engine.backend.occurring(held, "site", ["s", "it's", "None", ""]) == {"s", "it's"}
    assert engine.backend.occurring(held, "id", []) == frozenset()


def test_a_column_that_is_alike_throughout_tells_no_rows_apart_and_loses_none(engine: Engine) -> None:
    held = engine.hold([{"id": "1", "site": "s"}, {"id": "2", "site": "s"}])
    keys = [key(engine, held, "site", "region"), key(engine, held, "region"), key(engine, held, "id", "region")]
    assert engine.backend.classify(held, keys) == [((0, 0, 0), 1), ((0, 0, 1), 1)]
    assert cells(engine, engine.backend.judged(held, keys, [((0, 0, 1), 3)], keep=True), "id", "outcome") == [("2", 3)]
