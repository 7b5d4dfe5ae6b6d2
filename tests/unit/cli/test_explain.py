from __future__ import annotations

from pathlib import Path

import pytest

from telvet.cli.explain import command
from telvet.errors import UsageError


def test_an_element_is_explained_and_a_stranger_is_a_usage_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "list.csv").write_text("id,manufacturer\nhss-1,Huawei\n")
    line = [
        "hss-1",
        "--in",
        str(tmp_path / "list.csv"),
        "--law",
        "gbr.huawei-direction-2022.core",
        "--as-of",
        "2024-01-15",
    ]
    assert command.main(line, standalone_mode=False) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("hss-1 of no operator, list.csv record 2\n")
    assert "would be settled by: operator.named_in, equipment.function" in shown
    with pytest.raises(UsageError, match="no element is called 'hss-2'"):
        command.main(["hss-2", *line[1:]], standalone_mode=False)
