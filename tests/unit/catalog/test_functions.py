from __future__ import annotations

from pathlib import Path

import pytest

from telvet.catalog.functions import read_functions
from telvet.errors import CatalogError
from telvet.tables.codes import FUNCTIONS


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("AMF", "core.session"), ("UPF", "core.user"), ("HSS", "core.auth"), ("udm", "core.auth"), ("PCRF", "core.policy"),
        ("SEPP", "interconnect"), ("Lawful Interception", "li"), ("NFVO", "mano"), ("NMS", "mgmt"), ("Billing", "bss"),
        ("firewalls", "sec"), ("PTP grandmaster", "timing"), ("DWDM", "transport.core"), ("Microwave", "transport.backhaul"),
        ("RNC", "ran.ctrl"), ("gNB", "ran.radio"), ("eNodeBs", "ran.radio"), ("OLT", "fixed.olt"), ("DSLAM", "fixed.legacy"),
        ("home router", "cpe"), ("IP camera", "cctv"), ("Managed Services", "msvc"), ("AMFFunction", "core.session"),
        ("core.auth", "core.auth"),
    ],
)  # fmt: skip
def test_usual_names_have_a_code(text: str, code: str) -> None:
    assert read_functions().codes(text) == (code,)


@pytest.mark.parametrize("text", ["router", "switch", "ODU", "server", "", "s"])
def test_a_name_that_may_mean_anything_has_none(text: str) -> None:
    assert read_functions().codes(text) == ()


def test_every_function_has_names() -> None:
    named = {code for codes in read_functions().names.values() for code in codes}
    assert named == set(FUNCTIONS)


def test_no_shipped_name_is_ambiguous() -> None:
    assert {name: codes for name, codes in read_functions().names.items() if len(codes) > 1} == {}


def test_a_code_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    (tmp_path / "functions.yaml").write_text("core.atuh: [HSS]\n")
    with pytest.raises(CatalogError, match="fault"):
        read_functions(tmp_path / "functions.yaml")
