from __future__ import annotations

import pytest

from telvet.catalog.headers import read_headers
from telvet.inventory.mapping import Mapped, map_headers, unknown_columns, unused_maps


def mapped(*header: str, **maps: str) -> Mapped:
    return map_headers("kit.csv", header, read_headers(), maps)


@pytest.mark.parametrize(
    ("header", "ours"),
    [
        (("Name", "Manufacturer", "Type", "Role", "Status"), {"id": "Name", "name": "Name", "manufacturer": "Manufacturer",
                                                             "function": "Role", "lifecycle": "Status"}),
        (("id", "device_type.manufacturer.name", "device_type.model", "role.name", "status.value"),
         {"id": "id", "manufacturer": "device_type.manufacturer.name", "model": "device_type.model",
          "function": "role.name", "lifecycle": "status.value"}),
        (("sysName", "sysObjectID", "serialNumber", "hw_vendor"),
         {"id": "sysName", "name": "sysName", "sys_object_id": "sysObjectID", "serial": "serialNumber", "manufacturer": "hw_vendor"}),
        (("Inventarnummer", "Hersteller", "Seriennummer", "Standort", "Inbetriebnahme"),
         {"id": "Inventarnummer", "manufacturer": "Hersteller", "serial": "Seriennummer", "site": "Standort",
          "installed_on": "Inbetriebnahme"}),
        (("Nom de l'équipement", "Fabricant", "N° de série", "Rôle"),
         {"id": "Nom de l'équipement", "manufacturer": "Fabricant"}),
        (("Nombre del equipo", "Fabricante", "Dirección MAC"),
         {"id": "Nombre del equipo", "manufacturer": "Fabricante", "mac": "Dirección MAC"}),
        (("asset tag", "vendor", "Traffic (Gbps)", "Lat [deg]"),
         {"id": "asset tag", "manufacturer": "vendor", "traffic": "Traffic (Gbps)", "latitude": "Lat [deg]"}),
    ],
    ids=["spreadsheet", "nested JSON", "snmp", "german", "french", "spanish", "units"],
)  # fmt: skip
def test_headers_of_other_programs_are_known(header: tuple[str, ...], ours: dict[str, str]) -> None:
    found = mapped(*header).headers
    assert {name: found.get(name) for name in ours} == ours


def test_our_own_names_win_and_are_no_foreign_headers() -> None:
    found = mapped("vendor", "manufacturer", "id", "hostname")
    assert found.headers["manufacturer"] == "manufacturer"
    assert found.headers["id"] == "id"
    assert "manufacturer" not in found.foreign
    assert any("not 'vendor'" in note for note in found.notes)


def test_of_two_known_names_the_better_one_wins_and_it_is_said() -> None:
    found = mapped("id", "make", "vendor")
    assert found.headers["manufacturer"] == "vendor"
    assert found.foreign == {"manufacturer"}
    assert any("'vendor', not 'make'" in note for note in found.notes)


def test_a_column_of_ours_serves_itself_only() -> None:
    assert "id" in mapped("name", "vendor").headers  # by standing in, and it is said
    assert any("stands in" in note for note in mapped("name", "vendor").notes)
    assert mapped("serial", "vendor").headers["id"] == "serial"


def test_a_file_without_any_name_of_elements_cannot_be_read() -> None:
    assert [fault.code for fault in mapped("vendor", "colour").faults] == ["no-id-column"]


def test_maps_come_first_match_loosely_and_may_leave_out() -> None:
    found = mapped("id", "vendor", "Made By", made_by="manufacturer", vendor="")
    assert found.headers == {"id": "id", "manufacturer": "Made By"}
    assert ("vendor", None, "left out by --map") in found.rows


def test_two_headers_mapped_to_one_column_are_a_fault() -> None:
    assert [fault.code for fault in mapped("id", "a", "b", a="model", b="model", vendor="").faults][:1] == [
        "mapped-twice"
    ]


def test_of_two_headers_of_one_name_the_first_is_read() -> None:
    assert mapped("id", "vendor", "vendor").positions["manufacturer"] == 1


def test_maps_are_checked_on_both_sides() -> None:
    assert unknown_columns({"x": "modle", "y": "model", "z": ""})[0].fix == "did you mean 'model'?"
    assert [fault.field for fault in unused_maps({"vender": "supplier", "id": "id"}, [mapped("id", "vendor")])] == [
        "vender=supplier"
    ]


def test_headers_that_are_not_read_are_said() -> None:
    assert "not read: colour, column 4" in mapped("id", "vendor", "colour", "").notes


def test_without_a_hint_at_a_maker_headers_that_are_not_taken_are_guessed_at() -> None:
    [fault] = mapped("id", "vendr", "site").faults
    assert (fault.code, fault.fix) == ("no-maker-column", "perhaps `--map 'vendr=manufacturer'`")
    [left_out] = mapped("id", "manufacturer", manufacturer="").faults
    assert left_out.fix.startswith("add one of ")
