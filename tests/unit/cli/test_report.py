from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from telvet.cli.report import Order, deliver
from telvet.errors import UsageError
from telvet.pipeline import Request

PLAIN = Order("table", None, None, allow_unknown=False, since=None, rejects=None, workspace=None)


def request(folder: Path) -> Request:
    (folder / "list.csv").write_text("id,manufacturer,function\nhss-1,Huawei,core.auth\n")
    return Request((folder / "list.csv",), date(2024, 1, 15), ("gbr.huawei-direction-2022.core",))


def test_what_cannot_be_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    missing = Request((tmp_path / "missing.csv",), date(2024, 1, 15))
    with pytest.raises(UsageError, match="Parquet is not for the terminal"):
        deliver(missing, Order("parquet", None, None, allow_unknown=False, since=None, rejects=None, workspace=None))
    with pytest.raises(UsageError, match="cannot be written"):
        deliver(missing, Order("json", tmp_path, None, allow_unknown=False, since=None, rejects=None, workspace=None))
    since = date(2024, 1, 15)
    with pytest.raises(UsageError, match="is not before"):
        deliver(missing, Order("table", None, None, allow_unknown=False, since=since, rejects=None, workspace=None))


def test_the_report_is_delivered_and_the_answer_is_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert deliver(request(tmp_path), PLAIN) == 0
    shown = capsys.readouterr()
    assert "1 in = 1 judged + 0 rejected" in shown.out
    assert shown.err == ""
