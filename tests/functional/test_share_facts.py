"""Facts of sharing through the command line: a file in, the record asked and corrected, a file out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.driver import EXAMPLE, telvet

FACTS = EXAMPLE / "sharing" / "facts.yaml"


@pytest.mark.parametrize("name", ["first", "100 % of #1?"])
def test_the_example_goes_in_and_comes_out_and_goes_into_another_record(tmp_path: Path, name: str) -> None:
    first, second, out = tmp_path / name, tmp_path / "second", tmp_path / "out.yaml"
    assert telvet("share", "facts", "import", FACTS, "--by", "ana", "-w", first).code == 0
    assert telvet("share", "facts", "export", "-o", out, "-w", first).code == 0
    assert telvet("share", "facts", "import", out, "--by", "bo", "-w", second).code == 0
    again = telvet("share", "facts", "export", "-w", second)
    assert again.out == out.read_text(encoding="utf-8")


def test_every_fault_of_a_file_is_told_with_its_line_and_nothing_is_recorded(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        "partners:\n  - {id: north, contry: GBR}\nauthorities:\n  - {id: S, partner: nort, officer: x, to: never}\n",
        encoding="utf-8",
    )
    said = telvet("share", "facts", "import", bad, "--by", "ana", "-w", tmp_path / "w")
    assert (said.code, said.out) == (2, "")
    assert "bad.yaml has 6 faults, and nothing was taken in [sharing-facts]" in said.err
    assert "line 2, contry: this is no key ('contry'); did you mean country?" in said.err
    assert "line 4, types: it does not say which types it covers; write `types: all`" in said.err
    assert "line 4, to: an authority has an end" in said.err
    assert not (tmp_path / "w").exists()


def test_the_workspace_may_be_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELVET_WORKSPACE", str(tmp_path / "w"))
    assert telvet("share", "facts", "import", FACTS, "--by", "ana").code == 0
    said = telvet("share", "facts", "retract", "recal", "R-1", "--by", "bo", "--why", "mended")
    assert said.code == 2
    assert "recall" in said.err
    assert telvet("share", "facts", "retract", "recall", "R-1", "--by", "bo", "--why", "mended").code == 0
    assert "R-1" not in telvet("share", "facts", "list").out
    assert "taken back: mended" in telvet("share", "facts", "history", "recall", "R-1").out


def test_recording_an_arrangement_keeps_what_was_weighed_and_decides_nothing(tmp_path: Path) -> None:
    place = tmp_path / "ws"
    first = telvet("share", "facts", "import", EXAMPLE / "sharing" / "facts.yaml", "--by", "ana", "-w", place)
    assert first.code == 0
    assert "A-1 asks to be weighed" in first.err
    kept = telvet("share", "facts", "list", "--kind", "consideration", "-w", place).out
    assert kept.count("consideration") == 2
    again = telvet("share", "facts", "import", EXAMPLE / "sharing" / "facts.yaml", "--by", "ana", "-w", place)
    assert "weighed" not in again.err
    once = telvet("share", "consider", "A-1", "--by", "ana", "-w", place)
    assert "kept already" in once.err
    assert "kept as" in telvet("share", "consider", "A-1", "--by", "bo", "-w", place).err
    shown = telvet("share", "triggers", "--partner", "northland-cert", "--vendor", "huawei", "-w", place)
    assert shown.code == 0
