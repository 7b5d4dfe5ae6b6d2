from __future__ import annotations

from pathlib import Path

import pytest

from telvet.errors import OperatorsError
from telvet.inventory.attested import canonical_attestation
from telvet.inventory.beside import read_overlay_files
from telvet.inventory.cells import CellFault


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("equipment.generation=5g", "equipment.generation=5G"),
        (" equipment.function = HSS ", "equipment.function=core.auth"),
        (
            "equipment.capabilities=-visibility;route_or_redirect",
            "equipment.capabilities=route_or_redirect;-visibility",
        ),
        ("equipment.installed_on=2020-03", "equipment.installed_on=2020-03"),
        ("equipment.traffic=1,234,567", "equipment.traffic=1234567"),
        ("equipment.manufacturer=A = B Ltd", "equipment.manufacturer=A = B Ltd"),
        ("operator.country=Germany", "operator.country=DEU"),
        ("operator.licences=none", "operator.licences=none"),
    ],
)
def test_a_value_is_spelled_as_its_column_spells_it(text: str, canonical: str) -> None:
    assert canonical_attestation(text) == canonical


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("equipment.generatoin=5G", "unknown-fact"),
        ("generation=5G", "unknown-fact"),
        ("equipment.vendor=acme", "unknown-fact"),
        ("equipment.id=e2", "unknown-fact"),
        ("operator.operator=north", "unknown-fact"),
        ("equipment.origin_row=7", "unknown-fact"),
        ("5G", "unknown-fact"),
        ("", "unknown-fact"),
        ("equipment.generation", "no-value"),
        ("equipment.generation= ", "no-value"),
        ("equipment.generation=fast", "unknown-code"),
        ("operator.country=Atlantis", "unknown-country"),
        ("equipment.latitude=300", "out-of-range"),
    ],
)
def test_what_is_no_fact_or_no_value_is_refused(text: str, code: str) -> None:
    with pytest.raises(CellFault) as caught:
        canonical_attestation(text)
    assert caught.value.code == code


@pytest.mark.parametrize("text", ["equipment.installed_on=last year", "operator.customers=many"])
def test_a_date_or_number_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(CellFault):
        canonical_attestation(text)


def test_a_slip_in_the_name_of_a_fact_is_answered_with_the_nearest() -> None:
    with pytest.raises(CellFault) as caught:
        canonical_attestation("equipment.generatoin=5G")
    assert "equipment.generation" in caught.value.fix


def test_attestations_in_a_file_are_spelled_and_every_faulty_one_is_told_with_its_line(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    lines = ["kind,subject,text", "attestation,e1,equipment.generation=5g", "order,north,x=y"]
    good.write_text("\n".join(lines), "utf-8")
    assert [row["text"] for row in read_overlay_files([good]).rows] == ["equipment.generation=5G", "x=y"]
    bad.write_text("\n".join([*lines, "attestation,e2,equipment.generation=fast", "attestation,e3,"]), "utf-8")
    with pytest.raises(OperatorsError) as caught:
        read_overlay_files([bad])
    assert [(fault.file, fault.record, fault.field, fault.code) for fault in caught.value.faults] == [
        ("bad.csv", 4, "text", "unknown-code"), ("bad.csv", 5, "text", "unknown-fact"),
    ]  # fmt: skip
