from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from telvet.cli.progress import reading_progress

if TYPE_CHECKING:
    import pytest


class Terminal(io.StringIO):
    """A standard error that somebody looks at."""

    def isatty(self) -> bool:
        return True


def test_nobody_looking_means_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with reading_progress() as progress:
        assert progress is None


def test_a_bar_is_drawn_on_standard_error_and_leaves_standard_output_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    out, err = io.StringIO(), Terminal()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    with reading_progress() as progress:
        assert progress is not None
        progress("core.csv", 1, 2)
        assert sys.stdout is out
    assert out.getvalue() == ""
