from __future__ import annotations

from pathlib import Path

import pytest

from telvet.errors import OperatorsError
from telvet.inventory.beside import (
    read_arrangements,
    read_assertions,
    read_operators,
    read_overlay_files,
    read_overlays,
    read_partners,
)


def written(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


YAML = """
operators:
  - operator: northwind
    country: United Kingdom
    roles: [MNO, fixed]
    named_in: [b, a]
    bands: [700, 3.5 GHz]
    customers: 1250000
  - operator: southwind
    roles: none
"""


def test_operators_are_read_from_yaml(tmp_path: Path) -> None:
    read = read_operators(written(tmp_path, "operators.yaml", YAML))
    assert read.rows == (
        {"operator": "northwind", "country": "GBR", "roles": "mno;fixed", "named_in": "a;b", "bands": "700;3500", "customers": "1250000"},
        {"operator": "southwind", "roles": "none"},
    )  # fmt: skip
    assert (read.file.name, read.file.format, read.file.rows) == ("operators.yaml", "yaml", 2)


def test_operators_are_read_from_a_bare_list_and_from_csv(tmp_path: Path) -> None:
    bare = read_operators(written(tmp_path, "a.yaml", "- operator: x\n  country: FR\n"))
    table = read_operators(written(tmp_path, "b.csv", "Operator;Country;Roles\nx;FR;\n\ny;;mno,isp\n"))
    assert bare.rows == ({"operator": "x", "country": "FRA"},)
    assert table.rows == ({"operator": "x", "country": "FRA"}, {"operator": "y", "roles": "mno;isp"})


def test_every_fault_of_a_file_is_raised_with_its_line(tmp_path: Path) -> None:
    text = "- operator: x\n  contry: FR\n- country: Nowhereland\n- operator: x\n  customers: many\n- just text\n"
    with pytest.raises(OperatorsError) as caught:
        read_operators(written(tmp_path, "o.yaml", text))
    assert sorted((fault.record or 0, fault.code) for fault in caught.value.faults) == [
        (2, "unknown-column"),
        (3, "no-key"),
        (3, "unknown-country"),
        (4, "operator-twice"),
        (5, "not-a-number"),
        (6, "yaml"),
    ]
    assert any("'country'" in fault.fix for fault in caught.value.faults)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("o.yaml", "", "empty"),
        ("o.yaml", "a: 1\n", "yaml"),
        ("o.yaml", "a: [1\n", "yaml"),
        ("o.yaml", "- operator: x\n  operator: y\n", "yaml-twice"),
        ("o.yaml", "operators: []\n", "no-rows"),
        ("o.yaml", "operators:\n- operator: x\nother: 1\n", "unknown-key"),
        ("o.yaml", "- operator: x\n  roles: {a: 1}\n", "yaml"),
        ("o.csv", "operator,country\n", "no-rows"),
        ("o.csv", "operator,country\nx,FR,extra\n", "extra-cells"),
        ("o.csv", 'operator,country\nx,"FR\n', "csv"),
        ("o.csv", "operator\0", "binary"),
    ],
)
def test_a_bad_file_is_one_clear_error(tmp_path: Path, name: str, text: str, code: str) -> None:
    with pytest.raises(OperatorsError) as caught:
        read_operators(written(tmp_path, name, text))
    assert code in {fault.code for fault in caught.value.faults}


def test_a_missing_file_and_wrong_bytes_are_told(tmp_path: Path) -> None:
    with pytest.raises(OperatorsError) as caught:
        read_operators(tmp_path / "missing.yaml")
    assert caught.value.code == "unreadable"
    (tmp_path / "o.yaml").write_bytes(b"- operator: M\xfcller\n")
    with pytest.raises(OperatorsError) as caught:
        read_operators(tmp_path / "o.yaml")
    assert caught.value.code == "encoding"


def test_overlays_come_from_files_and_from_all_files_of_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "private"
    folder.mkdir()
    written(
        folder,
        "b.yaml",
        "overlays:\n- {kind: Waiver, subject: northwind, provision: p, from: 2024-01-01, to: 2024-12-31}\n",
    )
    written(folder, "a.csv", "kind,subject,text\nsite tag,s1,airport\n")
    written(folder, "readme.md", "not read")
    one = written(tmp_path, "c.yaml", "- kind: attestation\n  subject: x\n  text: equipment.generation=4G\n")
    found = read_overlay_files([folder, one])
    assert [file.name for file in found.files] == ["a.csv", "b.yaml", "c.yaml"]
    assert found.rows == read_overlays([folder, one]) == (
        {"kind": "site_tag", "subject": "s1", "text": "airport"},
        {"kind": "waiver", "subject": "northwind", "provision": "p", "from": "2024-01-01", "to": "2024-12-31"},
        {"kind": "attestation", "subject": "x", "text": "equipment.generation=4G"},
    )  # fmt: skip


def test_an_overlay_that_ends_before_it_begins_and_an_empty_folder_are_faults(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    crossed = written(tmp_path, "o.yaml", "- {kind: waiver, subject: x, from: 2024-02-01, to: 2024-01-01}\n")
    with pytest.raises(OperatorsError) as caught:
        read_overlays([tmp_path / "none", crossed])
    assert [fault.code for fault in caught.value.faults] == ["empty", "dates-crossed"]


def test_the_country_that_permits_is_spelled_as_countries_are(tmp_path: Path) -> None:
    text = "- {kind: permits, subject: Germany, text: huawei/5G}\n"
    assert read_overlays([written(tmp_path, "a.yaml", text)])[0]["subject"] == "DEU"
    with pytest.raises(OperatorsError) as caught:
        read_overlays([written(tmp_path, "a.yaml", text.replace("Germany", "Atlantis"))])
    assert [(fault.field, fault.code) for fault in caught.value.faults] == [("subject", "unknown-country")]


def test_partners_and_arrangements_are_read_from_yaml_and_csv(tmp_path: Path) -> None:
    partners = read_partners(
        written(tmp_path, "p.csv", "partner,country,organisation\nfar,Germany,a service\nnear,,\n")
    )
    assert partners.rows == ({"partner": "far", "country": "DEU", "organisation": "a service"}, {"partner": "near"})
    text = "arrangements:\n  - {arrangement: pact, partner: far, signed_on: 2020-01, ends_on: 2021-12-31}\n"
    agreed = read_arrangements(written(tmp_path, "a.yaml", text))
    assert agreed.rows == ({"arrangement": "pact", "partner": "far", "signed_on": "2020-01", "ends_on": "2021-12-31"},)
    assert (agreed.file.format, agreed.file.rows) == ("yaml", 1)


def test_a_partner_or_arrangement_is_named_once(tmp_path: Path) -> None:
    for read, column in ((read_partners, "partner"), (read_arrangements, "arrangement")):
        path = written(tmp_path, "x.yaml", f"- {column}: a\n- {column}: b\n- {column}: a\n")
        with pytest.raises(OperatorsError) as caught:
            read(path)
        assert [(fault.record, fault.code) for fault in caught.value.faults] == [(3, f"{column}-twice")]


ASSERTION = "{id: a, country: FR, metric: sites, source: a survey, dated: 2019-11, by: Kim"


def test_assertions_are_read_with_their_interval(tmp_path: Path) -> None:
    more = ", supplier: Acme, supplier_country: CN, domain: cybersecurity, low: 0, high: 100, recorded: 2020-01-02}"
    (row,) = read_assertions(written(tmp_path, "s.yaml", f"- {ASSERTION}{more}\n")).rows
    assert row == {
        "id": "a", "country": "FRA", "metric": "sites", "domain": "cybersecurity", "supplier": "Acme",
        "supplier_country": "CHN", "low": "0", "high": "100", "source": "a survey", "dated": "2019-11", "by": "Kim",
        "recorded": "2020-01-02",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("{id: a, country: FR, metric: m, source: s, dated: 2019}", [("by", "no-key")]),
        ("{id: a, country: FR, metric: m, by: k}", [("source", "no-key"), ("dated", "no-key")]),
        ("{id: a, metric: m, source: s, dated: 2019, by: k}", [("country", "nowhere")]),
        (ASSERTION + ", low: 60, high: 40}", [("high", "bounds-crossed")]),
        (ASSERTION + ", low: 101}", [("low", "out-of-range")]),
        (ASSERTION + ", high: 100.5}", [("high", "out-of-range")]),
        (ASSERTION + ", low: -1}", [("low", "out-of-range")]),
        (ASSERTION + ", domain: radio}", [("domain", "unknown-code")]),
        ("{id: a, region: the coast, dated: soon}", [("metric", "no-key"), ("source", "no-key"), ("dated", "not-a-date"), ("by", "no-key")]),
    ],
)  # fmt: skip
def test_an_assertion_that_nobody_can_weigh_is_a_fault(
    tmp_path: Path, text: str, faults: list[tuple[str, str]]
) -> None:
    with pytest.raises(OperatorsError) as caught:
        read_assertions(written(tmp_path, "s.yaml", f"- {text}\n"))
    assert [(fault.field, fault.code) for fault in caught.value.faults] == faults


@pytest.mark.parametrize(
    ("kind", "text", "sound"),
    [
        ("permits", "acme/5G", True),
        ("permits", "-acme/5G", True),
        ("permits", "acme", False),
        ("permits", "acme/7G", False),
        ("permits", "/5G", False),
        ("deploys", "acme/5G", True),
        ("deploys", "-acme", True),
        ("deploys", "acme/", False),
        ("position", "acme=banned", True),
        ("position", "acme=baned", False),
        ("position", "acme=unknown", False),
        ("position", "banned", False),
        ("position", "", False),
    ],
)
def test_what_an_overlay_says_of_a_country_has_a_form(tmp_path: Path, kind: str, text: str, sound: bool) -> None:
    path = written(tmp_path, "o.yaml", f"- {{kind: {kind}, subject: France, text: '{text}'}}\n")
    if sound:
        assert read_overlays([path])[0] == {"kind": kind, "subject": "FRA", "text": text}
        return
    with pytest.raises(OperatorsError) as caught:
        read_overlays([path])
    (fault,) = caught.value.faults
    assert (fault.record, fault.field, fault.code, bool(fault.fix)) == (1, "text", "not-of-a-country", True)
