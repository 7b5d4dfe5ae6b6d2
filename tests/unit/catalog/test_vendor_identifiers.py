"""Numbers are looked up exactly; who holds none is nobody."""

from __future__ import annotations

from datetime import date

import pytest

from telvet.catalog.vendor_identifiers import holds_on, read_identifiers
from telvet.catalog.vendor_rows import RegisterFiles

HEADER = "scheme,organisation,registry,registrant,from,to,values\n"


def files(*rows: str) -> RegisterFiles:
    return RegisterFiles("vendors", {"identifiers.csv": (HEADER + "\n".join(rows) + "\n").encode()})


def read(read_files: RegisterFiles):  # type: ignore[no-untyped-def]  # noqa: ANN201 - the table under test
    return read_identifiers(read_files, {"acme": 1, "bolt": 1}, {"ieee": "IEEE", "iana": "IANA"})


def test_a_number_stands_for_its_registrant() -> None:
    table = read(files("pen,acme,iana,Acme Ltd,,,11 12", 'oui,bolt,ieee,"Bolt, Inc",,,00163f 3446632 0055da100'))
    (found,) = table.find("pen", "12", None)
    assert (found.organisation, found.source) == ("acme", "IANA; registrant Acme Ltd")
    assert [one.organisation for one in table.find("oui", "3446632", None)] == ["bolt"]
    assert table.find("oui", "344663", None) == ()
    assert table.find("pen", "13", None) == ()


def test_a_number_may_stand_for_two() -> None:
    table = read(files("pen,acme,iana,Acme,,,11", "pen,bolt,iana,Bolt,,,11"))
    assert [one.organisation for one in table.find("pen", "11", None)] == ["acme", "bolt"]


def test_a_number_may_hold_for_some_days_only() -> None:
    table = read(files("pen,acme,iana,Acme,,2010-12-31,11", "pen,bolt,iana,Bolt,2011,,11"))
    assert [one.organisation for one in table.find("pen", "11", date(2010, 12, 31))] == ["acme"]
    assert [one.organisation for one in table.find("pen", "11", date(2011, 1, 1))] == ["bolt"]


def test_blocks_dealt_out_in_finer_parts_are_listed() -> None:
    assert read(files("split,,ieee,,,,0055da 344663")).split == {"0055da", "344663"}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("oui,acme,ieee,Acme,,,02163f", "bad-identifier"),
        ("oui,acme,ieee,Acme,,,01163f", "bad-identifier"),
        ("oui,acme,ieee,Acme,,,00163F", "bad-identifier"),
        ("oui,acme,ieee,Acme,,,00163f00", "bad-identifier"),
        ("oui,acme,ieee,Acme,,,", "bad-identifier"),
        ("pen,acme,iana,Acme,,,012", "bad-identifier"),
        ("pen,nobody,iana,Acme,,,12", "unknown-id"),
        ("pen,acme,itu,Acme,,,12", "unknown-id"),
        ("lei,acme,iana,Acme,,,12", "unknown-code"),
    ],
)
def test_a_faulty_row_is_noted_and_left_out(row: str, code: str) -> None:
    read_files = files(row, "pen,acme,iana,Acme,,,99")
    table = read(read_files)
    assert [fault.code for fault in read_files.faults] == [code]
    assert list(table.numbers) == [("pen", "99")]


def test_open_days_hold_always() -> None:
    assert holds_on(None, None, date.min)
    assert holds_on(date(2020, 1, 1), date(2020, 1, 1), date(2020, 1, 1))
    assert not holds_on(date(2020, 1, 2), None, date(2020, 1, 1))
    assert not holds_on(None, date(2019, 12, 31), date(2020, 1, 1))
    assert holds_on(date(2020, 1, 2), None, None)
