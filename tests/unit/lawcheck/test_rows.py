from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from telvet.lawcheck.rows import Row, Rows
from telvet.tables.equipment import EQUIPMENT
from telvet.tables.judging import FindingTexts, Key, Part, Raw, ShareCode, ShareCount, ShareUnit, Source
from telvet.tables.relation import Relation

OPERATOR = (Source("operator"),)
FALSE, UNKNOWN, TRUE = 0, 1, 2


def held(*rows: Row) -> tuple[Rows, Relation]:
    backend = Rows()
    return backend, backend.table(rows)


def cells(backend: Rows, relation: Relation, *columns: str) -> list[tuple[object, ...]]:
    return list(backend.rows(relation, columns, file_order=()))


def key(name: str, *rows: tuple[str | None, int, int]) -> Key:
    return Key(name, (Source(name),), tuple(((raw,), token, detail) for raw, token, detail in rows))


def test_a_table_has_every_column_whatever_its_rows_say() -> None:
    backend, relation = held({"id": "a"})
    assert relation.columns == EQUIPMENT.names
    assert cells(backend, relation, *EQUIPMENT.names, "notes", "outcome", "detail") == [
        ("a", *[None] * (len(EQUIPMENT.names) + 2))
    ]


def test_two_tables_do_not_mix() -> None:
    backend = Rows()
    one, other = backend.table([{"id": "a"}]), backend.table([{"id": "b"}])
    assert (cells(backend, one, "id"), cells(backend, other, "id")) == ([("a",)], [("b",)])


def test_rows_come_in_the_order_given() -> None:
    backend, relation = held({"id": "b"}, {"id": "a"}, {"id": "c"})
    assert cells(backend, relation, "id") == [("b",), ("a",), ("c",)]


def test_rows_of_files_come_by_file_as_given_then_by_record() -> None:
    places = [("a", 10), ("z", 3), ("a", 9), ("z", 20)]
    rows: list[Row] = [{"id": f"{file}{record}", "origin_file": file, "origin_row": record} for file, record in places]
    backend, relation = held(*rows)
    found = backend.rows(relation, ["id"], file_order=("z", "a"))
    assert [identifier for (identifier,) in found] == ["z3", "z20", "a9", "a10"]


def test_an_attested_cell_fills_what_is_empty_and_nothing_else() -> None:
    backend, relation = held({"id": "a"}, {"id": "b", "region": "south"}, {"id": "c"})
    told = [("a", "region", "north"), ("b", "region", "north"), ("nobody", "region", "north")]
    amended = backend.amended(relation, told, [], [])
    assert cells(backend, amended, "id", "region") == [("a", "north"), ("b", "south"), ("c", None)]


def test_the_first_of_two_attestations_counts() -> None:
    backend, relation = held({"id": "a"})
    amended = backend.amended(relation, [("a", "region", "north"), ("a", "region", "south")], [], [])
    assert cells(backend, amended, "region") == [("north",)]


def test_a_site_tag_reaches_every_element_at_the_site_and_each_once() -> None:
    backend, relation = held(
        {"id": "a", "site": "s"}, {"id": "b", "site": "s", "site_tags": "guarded;old"}, {"id": "c"}, {"id": "d", "site": "t"}
    )  # fmt: skip
    amended = backend.amended(relation, [], [("s", "guarded"), ("s", "-coastal")], [])
    assert cells(backend, amended, "site_tags") == [
        ("guarded;-coastal",),
        ("guarded;old;-coastal",),
        (None,),
        (None,),
    ]


def test_a_site_tag_ends_a_list_that_was_stated_empty() -> None:
    backend, relation = held({"id": "a", "site": "s", "site_tags": "none"}, {"id": "b", "site_tags": "none"})
    amended = backend.amended(relation, [], [("s", "guarded")], [])
    assert cells(backend, amended, "site_tags") == [("guarded",), ("none",)]


def test_a_note_stands_on_its_element_alone_and_the_table_before_is_as_it_was() -> None:
    backend, relation = held({"id": "a"}, {"id": "b"})
    amended = backend.amended(relation, [], [], [("b", "a waiver")])
    assert cells(backend, amended, "notes") == [(None,), ("a waiver",)]
    assert cells(backend, relation, "notes") == [(None,), (None,)]


def test_naming_gives_every_row_to_one_operator() -> None:
    backend, relation = held({"id": "a"}, {"id": "b", "operator": "south"})
    assert cells(backend, backend.named(relation, "north"), "id", "operator") == [("a", "north"), ("b", "north")]


@pytest.mark.parametrize(("rows", "answer"), [([], False), ([{"id": "a"}], False), ([{"operator": "north"}], True)])
def test_a_table_holds_a_column_where_some_row_has_a_value(rows: list[Row], answer: bool) -> None:
    backend, relation = held(*rows)
    assert backend.holds(relation, "operator") is answer


@pytest.mark.parametrize(
    ("oid", "enterprise"),
    [
        ("1.3.6.1.4.1.2011.2.23", "2011"),
        ("1.3.6.1.4.1.9", "9"),
        ("1.3.6.1.4.1", None),
        ("1.3.6.1.4.10.9", None),
        ("1.3.6.1.2.1.9", None),
        (None, None),
    ],
)
def test_an_enterprise_is_the_seventh_arc_below_the_enterprises(oid: str | None, enterprise: str | None) -> None:
    backend, relation = held({"sys_object_id": oid})
    assert backend.distinct(relation, [Source("sys_object_id", Part.ENTERPRISE)]) == [(enterprise,)]


@pytest.mark.parametrize(
    ("mac", "block"),
    [
        ("a00001000001", "a00001"),
        ("b00002100001", "b000021"),
        ("b00002200001", "b00002"),
        ("c00003456001", "c00003456"),
        ("d00000000000", None),
        ("a00001000002;a00001000001", "a00001"),
        ("c00003456001;a00001000001;d00000000000", "a00001;c00003456"),
        (None, None),
    ],
)
def test_a_block_is_the_longest_known_one_of_each_address(mac: str | None, block: str | None) -> None:
    backend, relation = held({"mac": mac})
    backend.know_blocks({block: block for block in ("a00001", "b00002", "b000021", "c00003456")})
    assert backend.distinct(relation, [Source("mac", Part.BLOCK)]) == [(block,)]


def test_without_known_blocks_an_address_has_none() -> None:
    backend, relation = held({"mac": "a00001000001"})
    assert backend.distinct(relation, [Source("mac", Part.BLOCK)]) == [(None,)]


def test_distinct_gives_each_combination_once_with_the_empty_cell_among_them() -> None:
    backend, relation = held(
        {"operator": "b", "region": "x"}, {"operator": "a"}, {"operator": "b", "region": "x"}, {"operator": "b"}, {}
    )
    assert backend.distinct(relation, [Source("operator"), Source("region")]) == [
        (None, None),
        ("a", None),
        ("b", None),
        ("b", "x"),
    ]


def test_classes_are_the_combinations_of_tokens_and_count_every_row() -> None:
    backend, relation = held({"operator": "a", "region": "x"}, {"operator": "b", "region": "x"}, {"operator": "c"})
    keys = [key("operator", ("a", 0, 0), ("b", 0, 1), ("c", 1, 2)), key("region", ("x", 0, 0), (None, 1, 1))]
    assert backend.classify(relation, keys) == [((0, 0), 2), ((1, 1), 1)]


def test_findings_carry_their_outcome_and_the_detail_of_the_first_key() -> None:
    backend, relation = held({"id": "1", "operator": "a"}, {"id": "2", "operator": "b"}, {"id": "3", "operator": "c"})
    keys = [key("operator", ("a", 0, 7), ("b", 0, 8), ("c", 1, 9))]
    found = backend.judged(relation, keys, [((0,), 4), ((0,), 5)], keep=True)
    assert cells(backend, found, "id", "outcome", "detail") == [("1", 4, 7), ("1", 5, 7), ("2", 4, 8), ("2", 5, 8)]


def test_counts_are_by_combination_and_the_empty_cell_comes_first() -> None:
    backend, relation = held({"operator": "b"}, {}, {"operator": "a"}, {"operator": "b"})
    assert backend.counts(relation, ["operator"]) == [((None,), 1), (("a",), 1), (("b",), 2)]


def test_an_element_is_picked_with_all_its_rows_as_text() -> None:
    backend, relation = held({"id": "a", "origin_row": 2}, {"id": "b", "origin_row": 3}, {"id": "a", "origin_row": 4})
    assert [row["origin_row"] for row in backend.pick(relation, "a")] == ["2", "4"]
    assert backend.pick(relation, "c") == []


def test_only_keeps_one_row_of_an_element_that_has_several() -> None:
    backend, relation = held(
        {"id": "a", "origin_file": "f", "origin_row": 2, "operator": "x"},
        {"id": "a", "origin_file": "f", "origin_row": 3, "operator": "y"},
    )
    second = backend.pick(relation, "a")[1]
    assert cells(backend, backend.only(relation, second), "operator") == [("y",)]


def test_a_list_states_a_member_only_where_it_is_a_whole_part_of_it() -> None:
    backend, relation = held(
        {"id": "a", "operator": "north", "function": "core.auth;li"},
        {"id": "b", "function": "li"},
        {"id": "c", "function": "-li"},
        {"id": "d", "function": "mano"},
        {"id": "e"},
    )
    assert backend.stating(relation, "function", "li") == [("north", "a"), (None, "b")]


def share(rows: Sequence[Row], codes: Sequence[ShareCode], unit: ShareUnit) -> list[ShareCount]:
    backend, relation = held(*rows)
    raws: list[Raw] = backend.distinct(relation, [Source("id")])
    whole = Key("id", (Source("id"),), tuple((raw, int(raw[0] or 0), 0) for raw in raws))
    return backend.shares(relation, [whole], codes, unit)


def sums(count: ShareCount) -> tuple[int, ...]:
    return tuple(int(each) for each in (count.sure, count.may_not, count.may, count.sure_not))


def by_number(*answers: tuple[int, int]) -> list[ShareCode]:
    return [ShareCode((number,), among, of, number) for number, (among, of) in enumerate(answers)]


def test_a_sum_takes_each_weight_where_section_seven_says() -> None:
    rows = [{"id": str(number), "operator": "north", "traffic": str(2**number)} for number in range(6)]
    answers = by_number(
        (TRUE, TRUE), (TRUE, UNKNOWN), (TRUE, FALSE), (UNKNOWN, TRUE), (UNKNOWN, UNKNOWN), (UNKNOWN, FALSE)
    )
    (count,) = share(rows, answers, ShareUnit(("operator",), None, "traffic"))
    assert sums(count) == (1, 2 + 4 + 16 + 32, 1 + 2 + 8 + 16, 4)
    assert (count.open_b, count.open_c) == (0, 0)
    assert count.notes == (0, 1, 2, 3, 4, 5)


def test_a_missing_weight_is_counted_as_open_and_adds_nothing() -> None:
    rows = [{"id": str(number), "operator": "north"} for number in range(4)]
    answers = by_number((TRUE, TRUE), (TRUE, FALSE), (TRUE, UNKNOWN), (UNKNOWN, TRUE))
    (count,) = share(rows, answers, ShareUnit(("operator",), None, "traffic"))
    assert sums(count) == (0, 0, 0, 0)
    assert (count.open_b, count.open_c) == (2, 3)


def test_decimal_weights_are_summed_exactly() -> None:
    rows = [{"id": str(number), "operator": "north", "traffic": "0.1"} for number in range(3)]
    (count,) = share(rows, by_number(*[(TRUE, TRUE)] * 3), ShareUnit(("operator",), None, "traffic"))
    assert count.sure == Decimal("0.3")


def test_a_site_counts_once_and_as_designated_if_any_element_at_it_is() -> None:
    sites = ["s", "s", "t", "t", "u"]
    rows = [{"id": str(number), "operator": "north", "site": site} for number, site in enumerate(sites)]
    answers = by_number((TRUE, TRUE), (TRUE, FALSE), (TRUE, FALSE), (UNKNOWN, UNKNOWN), (TRUE, FALSE))
    (count,) = share(rows, answers, ShareUnit(("operator",), "site", None))
    assert sums(count) == (1, 2, 2, 1)


def test_elements_without_a_site_are_counted_apart() -> None:
    rows = [{"id": str(number), "operator": "north"} for number in range(4)]
    answers = by_number((TRUE, TRUE), (TRUE, FALSE), (TRUE, UNKNOWN), (UNKNOWN, TRUE))
    (count,) = share(rows, answers, ShareUnit(("operator",), "site", None))
    assert sums(count) == (0, 0, 0, 0)
    assert (count.open_b, count.open_c) == (3, 3)


def test_an_element_of_several_access_technologies_counts_in_each_group() -> None:
    rows = [
        {"id": "0", "operator": "north", "access_technology": "lte;nr", "traffic": "1"},
        {"id": "1", "operator": "north", "access_technology": "nr", "traffic": "2"},
        {"id": "2", "traffic": "4"},
    ]
    unit = ShareUnit(("operator", "access_technology"), None, "traffic")
    counts = share(rows, by_number(*[(TRUE, TRUE)] * 3), unit)
    assert [(count.group, count.sure) for count in counts] == [
        ((None, ""), Decimal(4)),
        (("north", "lte"), Decimal(1)),
        (("north", "nr"), Decimal(3)),
    ]


def test_a_class_without_a_code_is_out_of_the_share() -> None:
    rows = [{"id": "0", "operator": "north", "traffic": "1"}, {"id": "1", "operator": "north", "traffic": "2"}]
    (count,) = share(rows, by_number((TRUE, FALSE)), ShareUnit(("operator",), None, "traffic"))
    assert sums(count) == (0, 1, 0, 1)


def test_a_handful_of_rows_is_not_written(tmp_path: Path) -> None:
    backend, relation = held({"id": "a"})
    with pytest.raises(NotImplementedError):
        backend.write_findings(relation, FindingTexts((), (), (), {}), tmp_path / "findings.parquet")
