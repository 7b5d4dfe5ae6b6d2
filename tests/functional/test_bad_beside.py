"""Faults in operators and overlays: all of all files at once, exit 2, and nothing judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.conftest import Write
from tests.functional.driver import telvet

OPERATORS = """\
operators:
  - operator: northwind
    country: GRB
    roles: [mno, ispp]
    colour: red
  - operator: northwind
  - country: FRA
"""
OVERLAYS = """\
overlays:
  - kind: waver
    subject: hss-1
    provision: gbr.huawei-direction-2022.core
    from: 2024-13-01
  - kind: waiver
    provision: gbr.huawei-direction-2022.core
    from: 2024-03-01
    to: 2024-01-01
  - kind: waiver
    subject: hss-1
    provision: gbr.huawei-direction-2022.coar
  - kind: extension
    subject: northwind
    to: 2025-01-01
  - kind: attestation
    subject: hss-1
    text: equipment.generation=7G
  - kind: attestation
    subject: hss-1
    text: equipment.colour=red
"""
SAID = (
    "operators.yaml, line 3, country: 'GRB' is no country",
    "operators.yaml, line 4, roles: 'ispp' is no code of roles ('mno;ispp'); did you mean 'isp'?",
    "operators.yaml, line 5, colour: 'colour' is no column of operators; did you mean 'country'?",
    "operators.yaml, line 6, operator: the operator is named twice, first in line 2 ('northwind')",
    "operators.yaml, line 7, operator: operator is missing",
    "more.csv, record 2, country: 'Nowhereland' is no country",
    "overlays.yaml, line 2, kind: 'waver' is no code of kind ('waver'); did you mean 'waiver'?",
    "overlays.yaml, line 5, from: there is no such day in the calendar ('2024-13-01')",
    "overlays.yaml, line 6, subject: subject is missing",
    "overlays.yaml, line 6, to: it ends before it begins",
    "overlays.yaml, line 10, provision: no pack or provision is called so ('gbr.huawei-direction-2022.coar'); did you mean",
    "overlays.yaml, line 13, provision: the extension is for no provision",
    "overlays.yaml, line 16, text: '7G' is no code of generation",
    "overlays.yaml, line 19, text: 'equipment.colour' is no fact that can be attested",
)


def test_the_faults_of_all_files_are_listed_at_once(inventory: Path, write: Write, tmp_path: Path) -> None:
    ran = telvet(
        "assess", inventory, "-o", tmp_path / "report.json",
        "--operators", write("operators.yaml", OPERATORS),
        "--operators", write("more.csv", "operator,country\nsouthwind,Nowhereland\n"),
        "--overlay", write("overlays.yaml", OVERLAYS),
    )  # fmt: skip
    assert (ran.code, ran.out) == (2, "")
    assert [said for said in SAID if said not in ran.err] == []
    assert ran.err.startswith(f"operators.yaml, more.csv, overlays.yaml: {len(SAID)} faults")
    assert not (tmp_path / "report.json").exists()


@pytest.mark.parametrize("option", ["--operators", "--overlay"])
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.yaml", b"", "the file is empty"),
        ("a.yaml", b"rows: [\n", "this is not YAML"),
        ("a.yaml", b"- operator: !!python/object:os.system x\n", "is not allowed"),
        ("a.yaml", b"- kind: waiver\n  kind: order\n", "given twice"),
        ("a.yaml", b"- &a [*a]\n", "a.yaml"),
        ("a.csv", b"\xff\xfe\x00\x01", "a.csv"),
        ("a.csv", b"operator,subject,kind\n\x81\x8d,M\xfcller,x\n", "not UTF-8"),
        ("a.csv", b"operator,subject,kind\n", "the file has no"),
        ("missing.yaml", None, "no such file"),
    ],
)
def test_what_cannot_be_read_is_refused(
    inventory: Path, write: Write, tmp_path: Path, option: str, name: str, content: bytes | None, said: str
) -> None:
    if content is not None:
        write(name, content)
    ran = telvet("assess", inventory, option, tmp_path / name)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_an_operator_in_two_files_is_refused(inventory: Path, operators: Path, write: Write) -> None:
    again = write("again.yaml", operators.read_text())
    ran = telvet("assess", inventory, "--operators", operators, "--operators", again)
    assert (ran.code, ran.out) == (2, "")
    assert "again.yaml, operator: another file describes this operator ('northwind')" in ran.err


def test_an_empty_folder_of_overlays_is_refused(inventory: Path, tmp_path: Path) -> None:
    (tmp_path / "private").mkdir()
    ran = telvet("assess", inventory, "--overlay", tmp_path / "private")
    assert (ran.code, ran.out) == (2, "")
    assert "private: the folder has no .yaml, .yml, .csv file" in ran.err


def test_an_overlay_about_nothing_in_the_run_is_told_and_the_run_goes_on(inventory: Path, write: Write) -> None:
    overlays = "overlays:\n  - {kind: waiver, subject: hss-0I, provision: gbr.huawei-direction-2022.core}\n"
    ran = telvet("assess", inventory, "--overlay", write("overlays.yaml", overlays))
    assert ran.code == 0
    assert "no operator or id of the run is 'hss-0I', so the overlay of kind waiver changes nothing" in ran.err
