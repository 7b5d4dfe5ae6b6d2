"""READ as a whole: what comes in is judged or rejected, and every bad file is one clear error."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from telvet.backends.duckdb_reading import DuckDBReader
from telvet.errors import InventoryError
from telvet.inventory.files import unchanged
from telvet.inventory.read import read_inventory, show_mappings
from telvet.inventory.reading import Inventory
from telvet.tables.equipment import EQUIPMENT

Read = Callable[..., Inventory]
Rows = Callable[[Inventory], list[dict[str, Any]]]
SAMPLE = Path(__file__).parents[4] / "shared" / "samples" / "devices" / "device-types.csv"


def refused(read: Read, contents: Any, **options: Any) -> InventoryError:
    with pytest.raises(InventoryError) as caught:
        read(contents, **options)
    assert caught.value.exit_code == 2
    assert all(line for line in caught.value.lines())
    return caught.value


def test_a_row_keeps_its_record_number_and_file(read: Read, rows: Rows) -> None:
    inventory = read('Hostname,Vendor\na,"Acme\nLtd"\n\nb,Other\n')
    assert rows(inventory) == [
        {"id": "a", "name": "a", "manufacturer": "Acme Ltd", "origin_file": "kit.csv", "origin_row": 2},
        {"id": "b", "name": "b", "manufacturer": "Other", "origin_file": "kit.csv", "origin_row": 4},
    ]
    assert inventory.relation.columns == EQUIPMENT.names


def test_a_faulty_row_is_set_aside_with_all_its_faults_and_shifts_no_number(read: Read, rows: Rows) -> None:
    inventory = read(
        "id,manufacturer,country,installed_on\na,Acme,GB,2020-02-30\nb,Acme,Nowhereland,soon\nc,Acme,FR,2020\n"
    )
    assert [row["origin_row"] for row in rows(inventory)] == [4]
    assert (inventory.rows_in, inventory.rows_judged, inventory.rows_rejected) == (3, 1, 2)
    assert [(fault.record, fault.field, fault.code, fault.value) for fault in inventory.faults] == [
        (2, "installed_on", "impossible-date", "2020-02-30"),
        (3, "country", "unknown-country", "Nowhereland"),
        (3, "installed_on", "not-a-date", "soon"),
    ]


def test_strict_refuses_an_inventory_with_a_fault(read: Read) -> None:
    error = refused(read, "id,vendor,country\na,Acme,GB\nb,Acme,Nowhereland\n", strict=True)
    assert error.faults[0].record == 3


def test_every_cell_is_canonical(read: Read, rows: Rows) -> None:
    text = (
        "id,operator,country,manufacturer,mac,sys_object_id,vendor_id,function,generation,bands,lifecycle,procured_on,"
        "traffic,latitude,us_sanctions_affected,tags,capabilities\n"
        "a,nw,uk,Acme,AABB.CC00.1122,.1.3.6.1.4.1.9999.1,0099,HSS,5g,3.5 GHz;700,In Service,3 Apr 2020,"
        '"1,234,567",51.507,Y,b;a,-visibility\n'
    )
    assert rows(read(text))[0] == {
        "id": "a", "operator": "nw", "country": "GBR", "manufacturer": "Acme", "mac": "aabbcc001122",
        "sys_object_id": "1.3.6.1.4.1.9999.1", "vendor_id": "99", "function": "core.auth", "generation": "5G",
        "bands": "700;3500", "lifecycle": "live", "procured_on": "2020-04-03", "traffic": 1234567.0,
        "latitude": 51.507, "us_sanctions_affected": "yes", "tags": "a;b", "capabilities": "-visibility",
        "origin_file": "kit.csv", "origin_row": 2,
    }  # fmt: skip


def test_a_columns_other_rows_settle_its_dates(read: Read, rows: Rows) -> None:
    inventory = read("id,vendor,installed\na,Acme,03/04/2020\nb,Acme,25/04/2020\n")
    assert [row["installed_on"] for row in rows(inventory)] == ["2020-04-03", "2020-04-25"]


def test_an_unsettled_column_of_dates_is_never_guessed(read: Read, rows: Rows) -> None:
    inventory = read("id,vendor,installed\na,Acme,03/04/2020\nb,Acme,2020-01-05\nc,Acme,04/04/2020\n")
    assert [row["id"] for row in rows(inventory)] == ["b", "c"]
    assert [fault.code for fault in inventory.faults] == ["ambiguous-date"]


def test_later_rows_of_an_id_are_rejected_and_name_the_first(read: Read, rows: Rows) -> None:
    inventory = read({
        "one.csv": "id,operator,vendor\nx,n,A\nx,m,A\nx,n,B\n",
        "two.csv": "id,operator,vendor\ny,n,A\nx,n,C\n",
    })  # fmt: skip
    assert [(row["operator"], row["id"]) for row in rows(inventory)] == [("n", "x"), ("m", "x"), ("n", "y")]
    assert [(fault.file, fault.record, fault.code) for fault in inventory.faults] == [
        ("one.csv", 4, "id-twice"),
        ("two.csv", 3, "id-twice"),
    ]
    assert all("record 2 of one.csv" in fault.what for fault in inventory.faults)
    assert [(file.rows, file.judged, file.rejected) for file in inventory.files] == [(3, 2, 1), (2, 1, 1)]


def test_a_faulty_row_does_not_hold_its_id_against_a_good_one(read: Read, rows: Rows) -> None:
    inventory = read("id,vendor,country\nx,Acme,Nowhereland\nx,Acme,GB\n")
    assert [row["origin_row"] for row in rows(inventory)] == [3]
    assert inventory.rows_rejected == 1


def test_a_row_without_id_is_rejected_and_a_blank_one_is_not_a_row(read: Read) -> None:
    inventory = read("id,vendor,model\n,Acme,\n,,\nb,Acme,\n")
    assert (inventory.rows_in, inventory.rows_judged, inventory.rows_rejected) == (2, 1, 1)
    assert [(fault.record, fault.code) for fault in inventory.faults] == [(2, "no-id")]


def test_short_rows_are_unknown_facts_and_long_ones_are_rejected(read: Read, rows: Rows) -> None:
    inventory = read("id,vendor,model\na,Acme\nb,Acme,M,extra\nc,Acme,M,\n")
    assert [row["id"] for row in rows(inventory)] == ["a", "c"]
    assert [(fault.record, fault.code) for fault in inventory.faults] == [(3, "extra-cells")]
    assert any("shorter than the header" in note for note in inventory.notes)


def test_free_text_under_a_foreign_header_is_an_unknown_fact_and_is_counted(read: Read, rows: Rows) -> None:
    inventory = read("Device Name,Make,Device Role\na,Acme,AMF\nb,Acme,Thing\nc,Acme,Thing\n")
    assert [row.get("function") for row in rows(inventory)] == ["core.session", None, None]
    assert inventory.rows_rejected == 0
    assert any("'Thing' (2)" in note for note in inventory.notes)


def test_an_unknown_code_under_our_own_header_is_rejected_and_names_the_nearest(read: Read) -> None:
    inventory = read("id,vendor,function\na,Acme,core.atuh\n")
    assert "'core.auth'" in inventory.faults[0].fix


def test_what_says_nothing_is_unknown(read: Read, rows: Rows) -> None:
    assert rows(read("id,manufacturer,country,mac,serial\na,unknown,n/a,-,TBD\n"))[0].keys() == {
        "id", "origin_file", "origin_row",
    }  # fmt: skip


def test_headers_tell_for_each_file_where_a_column_came_from(read: Read) -> None:
    inventory = read("Asset Tag,Brand,Role\na,Acme,OLT\n")
    assert inventory.headers == {"kit.csv": {"id": "Asset Tag", "manufacturer": "Brand", "function": "Role"}}


def test_maps_win_over_everything(read: Read, rows: Rows) -> None:
    inventory = read("id,vendor,made_by\na,Reseller,Acme\n", maps={"made_by": "manufacturer", "vendor": "supplier"})
    assert (rows(inventory)[0]["manufacturer"], rows(inventory)[0]["supplier"]) == ("Acme", "Reseller")


def test_unknown_names_in_maps_are_faults_that_name_the_nearest(read: Read) -> None:
    error = refused(read, "id,vendor\na,Acme\n", maps={"vender": "manufacturer", "vendor": "manufaturer"})
    assert sorted(fault.code for fault in error.faults) == ["unknown-column", "unknown-header"]
    assert any("'manufacturer'" in fault.fix for fault in error.faults)
    assert any("'vendor'" in fault.fix for fault in error.faults)


def test_faults_of_all_files_are_told_together(read: Read) -> None:
    error = refused(
        read, {"a.csv": "id,colour\n1,red\n", "b.csv": "", "c.csv": "vendor\nAcme\n", "d.csv": "id,vendor\n"}
    )
    assert [fault.code for fault in error.faults] == ["empty"]  # what cannot be opened comes first
    error = refused(read, {"a.csv": "id,colour\n1,red\n", "c.csv": "vendor\nAcme\n"})
    assert sorted(fault.code for fault in error.faults) == ["no-id-column", "no-maker-column"]


def test_an_inventory_without_a_maker_column_lists_its_headers_and_guesses(read: Read) -> None:
    fault = refused(read, "id,vendr,colour\n1,Acme,red\n").faults[0]
    assert fault.code == "no-maker-column"
    assert "vendr, colour" in fault.what
    assert "--map 'vendr=manufacturer'" in fault.fix


@pytest.mark.parametrize(
    ("contents", "code"),
    [
        ("", "empty"),
        ("  \n\n", "empty"),
        ("id,vendor\n", "no-rows"),
        ("id,vendor\n\n,\n", "no-rows"),
        (b"id,vendor\na\0b,Acme\n", "binary"),
        ("id,vendor\n" + "x" * 9_000_000, "long-record"),
        ('id,vendor\na,"Acme\nb,Acme\n', "open-quote"),
        (b"\x1f\x8b\x08\x00rest", "format"),
        (b"%PDF-1.7 rest", "format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a,b,c\n" + ",".join("x" * 3000), "no-maker-column"),
        (",".join(f"h{n}" for n in range(3000)) + "\n1\n", "many-columns"),
    ],
)
def test_a_bad_file_is_one_clear_error(read: Read, contents: str | bytes, code: str) -> None:
    error = refused(read, contents)
    assert code in {fault.code for fault in error.faults}
    assert error.faults[0].file == "kit.csv"


@pytest.mark.parametrize(
    ("name", "contents", "code"),
    [
        ("kit.parquet", b"PAR1 cut off", "damaged"),
        ("kit.parquet", b"PAR1" + b"x" * 100 + b"PAR1", "damaged"),
        ("kit.parquet", b"something else", "format"),
        ("kit.xlsx", b"id,vendor\na,Acme\n", "format"),
        ("kit.xlsx", b"PK\x03\x04 cut off", "damaged"),
        ("kit.xml", b"<inventory/>", "format"),
        ("kit.json", b"[1, 2]", "json"),
        ("kit.json", b'[{"id": 1}, {"id"', "json"),
        ("kit.jsonl", b"{no json}\n{neither}\n", "json"),
        ("kit.json", b'{"a": [[[', "json"),
    ],
)
def test_a_bad_file_of_another_format_is_one_clear_error(read: Read, name: str, contents: bytes, code: str) -> None:
    assert refused(read, {name: contents}).faults[0].code == code


def test_a_missing_file_a_folder_and_a_closed_file_are_told(reader: DuckDBReader, tmp_path: Path) -> None:
    closed = tmp_path / "closed.csv"
    closed.write_text("id,vendor\na,Acme\n")
    closed.chmod(0)
    with pytest.raises(InventoryError) as caught:
        read_inventory(reader, [tmp_path / "missing.csv", tmp_path, closed])
    codes = [fault.code for fault in caught.value.faults]
    assert codes[:2] == ["no-file", "not-a-file"]
    if os.geteuid():  # the superuser may read anything
        assert codes[2:] == ["unreadable"]


def test_no_file_at_all_is_an_error(reader: DuckDBReader) -> None:
    with pytest.raises(InventoryError, match="no inventory"):
        read_inventory(reader, [])


def test_the_same_file_twice_is_refused(reader: DuckDBReader, tmp_path: Path) -> None:
    path, copy = tmp_path / "a.csv", tmp_path / "b.csv"
    for one in (path, copy):
        one.write_text("id,vendor\na,Acme\n")
    for paths in ([path, path], [path, copy]):
        with pytest.raises(InventoryError) as caught:
            read_inventory(reader, paths)
        assert caught.value.faults[0].code == "same-file"


def test_files_of_one_name_are_shown_by_their_paths(reader: DuckDBReader, tmp_path: Path) -> None:
    paths = []
    for folder, id_ in (("x", "a"), ("y", "b")):
        (tmp_path / folder).mkdir()
        paths.append(tmp_path / folder / "kit.csv")
        paths[-1].write_text(f"id,vendor\n{id_},Acme\n")
    assert [file.name for file in read_inventory(reader, paths).files] == [str(path) for path in paths]


def test_a_file_that_changes_while_it_is_read_is_refused(
    reader: DuckDBReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kit.csv"
    path.write_text("id,vendor\na,Acme\n")

    def meddle(given: Any) -> None:
        path.write_text("id,vendor\nb,Acme\n")
        unchanged(given)

    monkeypatch.setattr("telvet.inventory.read.unchanged", meddle)
    with pytest.raises(InventoryError) as caught:
        read_inventory(reader, [path])
    assert caught.value.code == "changed"


def test_names_with_wildcards_and_quotes_are_only_names(read: Read, rows: Rows) -> None:
    name = "it's [1] * {a,b}; DROP.csv"
    assert (
        rows(read({name: "id,vendor\na,Acme\n", "it's 2.csv": "id,vendor\nb,Acme\n"}))[0]["origin_file"] == "it's 2.csv"
    )


def test_texts_are_never_part_of_a_query(read: Read, rows: Rows) -> None:
    inventory = read(
        'id"; DROP TABLE x; --,vendor,country\na,\'); DROP TABLE x,"x\' OR 1=1"\nb,$blank_0,GB\n',
        maps={'id"; DROP TABLE x; --': "id"},
    )
    assert rows(inventory)[0]["manufacturer"] == "$blank_0"
    assert inventory.faults[0].value == "x' OR 1=1"


def test_show_mapping_tells_how_each_header_is_read(reader: DuckDBReader, tmp_path: Path) -> None:
    path = tmp_path / "kit.csv"
    path.write_text("hostname,manufacturer,colour\na,Acme,red\n")
    [shown] = show_mappings(reader, [path])
    assert shown.rows == (
        ("hostname", "id", "known name"),
        ("hostname", "name", "known name"),
        ("manufacturer", "manufacturer", "own name"),
        ("colour", None, "not read"),
    )


def test_show_mapping_says_what_is_lacking_and_refuses_maps_that_lead_nowhere(
    reader: DuckDBReader, tmp_path: Path
) -> None:
    (tmp_path / "one.csv").write_text("id,make\na,Acme\n")
    (tmp_path / "two.csv").write_text("id,colour\nb,red\n")
    paths = [tmp_path / "one.csv", tmp_path / "two.csv"]
    shown = show_mappings(reader, paths, {"make": "manufacturer"})
    assert [[fault.code for fault in one.faults] for one in shown] == [[], ["no-maker-column"]]
    with pytest.raises(InventoryError, match="2 faults") as caught:
        show_mappings(reader, paths, {"make": "manufactuer", "shape": ""})
    assert [fault.code for fault in caught.value.faults] == ["unknown-column", "unknown-header"]
    with pytest.raises(InventoryError, match=r"^--map leads nowhere$"):
        show_mappings(reader, paths, {"make": "manufactuer"})


def test_progress_hears_each_file(reader: DuckDBReader, tmp_path: Path) -> None:
    path = tmp_path / "kit.csv"
    path.write_text("id,vendor\na,Acme\n")
    heard: list[tuple[str, int, int]] = []
    read_inventory(reader, [path], progress=lambda what, done, total: heard.append((what, done, total)))
    assert heard == [("reading kit.csv", 0, 1)]


@pytest.mark.skipif(not SAMPLE.exists(), reason="the shared samples are not here")
def test_a_list_of_real_device_types_is_read(reader: DuckDBReader) -> None:
    inventory = read_inventory(reader, [SAMPLE])
    assert inventory.rows_in == 2984
    assert inventory.rows_in == inventory.rows_judged + inventory.rows_rejected
    assert {fault.code for fault in inventory.faults} == {"id-twice"}


WHOLE = {
    "kit.csv": b'id,vendor,mac,installed\na,"Acme, Inc",001122334455,2020\nb,Acme,,3 Apr 2020\n',
    "kit.json": b'[{"id": "a", "vendor": "Acme"}, {"id": "b", "vendor": "Acme", "tags": ["x"]}]',
    "kit.jsonl": b'{"id": "a", "vendor": "Acme"}\n{"id": "b", "vendor": {"name": "Acme"}}\n',
}


def read_or_refused(read: Read, name: str, content: bytes) -> Inventory | None:
    try:
        return read({name: content})
    except InventoryError as error:
        faults = error.faults
    assert faults
    return None


@pytest.mark.parametrize("name", sorted(WHOLE))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_and_no_row_is_lost(read: Read, name: str, data: st.DataObject) -> None:
    content = bytearray(WHOLE[name])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content)))
        content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    inventory = read_or_refused(read, name, bytes(content))
    if inventory:
        assert inventory.rows_in == inventory.rows_judged + inventory.rows_rejected
        assert inventory.fault_count >= inventory.rows_rejected


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from([b"", b"PAR1", b"PK\x03\x04", b"id,vendor\n", b"[", b"{", b"\xff\xfe", b"\xef\xbb\xbf"]),
    rest=st.binary(max_size=60),
    name=st.sampled_from(["kit.csv", "kit.json", "kit.parquet", "kit.xlsx", "kit"]),
)
def test_any_bytes_are_read_or_refused(read: Read, start: bytes, rest: bytes, name: str) -> None:
    read_or_refused(read, name, start + rest)


def test_a_header_of_several_lines_is_one_record(read: Read, rows: Rows) -> None:
    assert rows(read('id,"ven\ndor"\na,Acme\n', maps={"vendor": "manufacturer"}))[0]["origin_row"] == 2
