"""`--redact` lets no site, lawful-intercept element or private order out, in any format, chart, count or list of changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.conftest import OPERATORS
from tests.functional.driver import parquet_marks, parquet_rows, telvet

INVENTORY = """\
id,operator,site,manufacturer,function,generation,access_technology,procured_on,installed_on,lifecycle,site_tags,tags,latitude,longitude
gnb-1,northwind,Hidden Hollow,Huawei,ran.radio,5G,nr,2018-05-01,2019-01-01,live,-gbr.national-security,,51.98765,-0.12345
gnb-2,northwind,Secret Spinney,Huawei,ran.radio,5G,nr,2018-05-01,2019-01-01,live,,,51.98765,-0.12345
hss-1,northwind,Hidden Hollow,Huawei,core.auth,4G,,2018-05-01,2019-01-01,live,-gbr.national-security,,51.98765,-0.12345
mediation-7,northwind,Hidden Hollow,Huawei,li,5G,nr,2018-05-01,2019-01-01,live,gbr.national-security,,51.98765,-0.12345
mediation-8,northwind,Hidden Hollow,Wiretap Works,core.auth;li,5G,nr,,2019-01-01,live,,,51.98765,-0.12345
mediation-9,northwind,Hidden Hollow,Huawei,core.user,5G,nr,2018-05-01,2019-01-01,live,-gbr.national-security,Lawful-Intercept,51.98765,-0.12345
"""
OVERLAYS = """\
overlays:
  - kind: site_tag
    subject: Secret Spinney
    text: gbr.national-security
    source: letter from nowhere
  - kind: waiver
    subject: hss-1
    provision: gbr.huawei-direction-2022.core
    issuer: the hidden ministry
    to: 2024-07-31
    source: notice of clemency
  - kind: extension
    subject: northwind
    provision: gbr.huawei-direction-2022.5g-removal
    from: 2023-01-01
    to: 2029-05-17
    source: private promise
  - kind: attestation
    subject: gnb-1
    text: equipment.us_sanctions_affected=no
    source: sworn statement
"""
SECRETS = (
    "Hidden Hollow", "Secret Spinney", "51.98765", "-0.12345",
    "mediation-", "Wiretap",
    "letter from nowhere", "hidden ministry", "2024-07-31", "notice of clemency", "2029-05-17", "private promise",
    "sworn statement",
)  # fmt: skip
ASKED = ("--law", "gbr", "--as-of", "2024-01-15")
SINCE = ("--since", "2023-12-01")


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> tuple[object, ...]:
    """Return the question: an inventory with secrets, its operator, its overlays."""
    folder = tmp_path_factory.mktemp("given")
    for name, text in (("inventory.csv", INVENTORY), ("operators.yaml", OPERATORS), ("orders.yaml", OVERLAYS)):
        (folder / name).write_text(text)
    return (
        "assess", folder / "inventory.csv", "--operators", folder / "operators.yaml", "--overlay", folder / "orders.yaml",
        *ASKED,
    )  # fmt: skip


def text_of(path: Path) -> str:
    """Return everything that a Parquet file says, its metadata included."""
    return f"{parquet_rows(path)} {parquet_marks(path)}"


@pytest.mark.parametrize(("form", "more"), [("table", SINCE), ("json", SINCE), ("csv", ()), ("html", ())])
def test_no_secret_is_in_a_redacted_report_or_beside_it(
    given: tuple[object, ...], tmp_path: Path, form: str, more: tuple[str, ...]
) -> None:
    printed = telvet(*given, "--format", form, "--redact", "--workspace", tmp_path / "workspace", *more)
    assert printed.code == 0
    assert [secret for secret in SECRETS if secret in printed.out + printed.err] == []
    assert "hss-1" in printed.out


def test_no_secret_is_in_redacted_parquet(given: tuple[object, ...], tmp_path: Path) -> None:
    printed = telvet(*given, "--redact", "-o", tmp_path / "findings.parquet")
    text = text_of(tmp_path / "findings.parquet")
    assert [secret for secret in SECRETS if secret in text + printed.out + printed.err] == []
    assert "hss-1" in text


def test_what_is_secret_is_there_without_redaction(given: tuple[object, ...], tmp_path: Path) -> None:
    told = telvet(*given, "--format", "json").out + telvet(*given, "--format", "csv").out
    telvet(*given, "-o", tmp_path / "findings.parquet")
    told += text_of(tmp_path / "findings.parquet")
    assert [
        secret for secret in ("Hidden Hollow", "mediation-7", "notice of clemency", "2029-05-17") if secret not in told
    ] == []


def test_the_account_of_a_redacted_report_counts_what_is_left(given: tuple[object, ...]) -> None:
    document = telvet(*given, "--format", "json", "--redact").document
    assert document["options"] == {"redact": "yes"}
    assert (
        document["counts"]["findings"] == sum(row["count"] for row in document["summary"]) == len(document["findings"])
    )
    missing = [one for one in document["findings"] if one["status"] == "unknown"]
    assert sum(row["alone"] for row in document["unknown_facts"]) == sum(len(one["missing"]) == 1 for one in missing)
    assert "li" not in {row["function"] for row in document["makers"]}
    assert document["unresolved"] == []


def test_a_waiver_stands_but_does_not_say_whose_it_is(given: tuple[object, ...]) -> None:
    findings = telvet(*given, "--format", "json", "--redact").document["findings"]
    waived = [one for one in findings if one["equipment"] == "hss-1" and one["provision"].endswith(".core")]
    assert [(one["status"], one["until"], one["excused_by"]) for one in waived] == [("waived", None, "redacted")]
    extended = [one for one in findings if one["provision"].endswith(".5g-removal")]
    assert {(one["status"], one["by"]) for one in extended} == {("due", None)}
