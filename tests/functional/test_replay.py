"""`telvet replay`: the same bytes again, or which part is missing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.functional.driver import Ran, telvet

Report = Callable[..., Path]


@pytest.fixture
def report(inventory: Path, operators: Path, tmp_path: Path) -> Report:
    """Return what writes a report and gives its path."""

    def written(name: str, *more: object) -> Path:
        path = tmp_path / name
        asked = ("--operators", operators, "--law", "gbr", "--as-of", "2024-01-15", "-o", path)
        assert telvet("assess", inventory, *asked, *more).code == 0
        return path

    return written


def changed(path: Path, *keys: str | int, to: object) -> Path:
    """Change one value of a json report."""
    document = json.loads(path.read_text("utf-8"))
    held = document
    for key in keys[:-1]:
        held = held[key]
    held[keys[-1]] = to
    path.write_text(json.dumps(document), "utf-8")
    return path


def missing(ran: Ran, *said: str) -> None:
    assert (ran.code, ran.out) == (2, "")
    assert "the report cannot be run again: a part is missing" in ran.err
    assert [words for words in said if words not in ran.err] == []


@pytest.mark.parametrize("name", ["r.json", "r.html"])
def test_a_report_gives_the_same_bytes_again(report: Report, tmp_path: Path, name: str) -> None:
    kept = report(name)
    ran = telvet("replay", kept, "-o", tmp_path / f"again-{name}")
    assert (ran.code, ran.out, ran.err) == (0, "the same bytes\n", "")
    assert (tmp_path / f"again-{name}").read_bytes() == kept.read_bytes()


def test_parquet_gives_the_same_findings_again(report: Report) -> None:
    ran = telvet("replay", report("r.parquet"))
    assert (ran.code, ran.out, ran.err) == (0, "the same findings\n", "")


def test_the_options_of_the_run_are_kept(report: Report) -> None:
    kept = report("r.json", "--redact", "--map", "model=", "--map", "lifecycle=lifecycle")
    assert telvet("replay", kept).out == "the same bytes\n"


def test_files_that_moved_are_known_by_their_digest(
    report: Report, inventory: Path, operators: Path, tmp_path: Path
) -> None:
    kept = report("r.json")
    (tmp_path / "elsewhere").mkdir()
    moved = [path.rename(tmp_path / "elsewhere" / f"x-{path.name}") for path in (inventory, operators)]
    missing(
        telvet("replay", kept),
        "inventory.csv: the file with digest",
        "operators.yaml: the file with digest",
        "name it after the report",
    )
    assert telvet("replay", kept, *moved).out == "the same bytes\n"
    assert telvet("replay", kept, tmp_path / "elsewhere").out == "the same bytes\n"
    gone = telvet("replay", kept, tmp_path / "gone.csv")
    assert (gone.code, gone.out) == (2, "")


def test_an_input_that_changed_is_a_missing_part(report: Report, inventory: Path) -> None:
    kept = report("r.json")
    inventory.write_text(inventory.read_text() + "new-1,northwind,GBR\n")
    missing(telvet("replay", kept), "inventory.csv: the file with digest")


def test_another_pack_catalogue_or_version_is_a_missing_part(report: Report) -> None:
    kept = report("r.json")
    changed(kept, "packs", 0, "digest", to="0" * 64)
    changed(kept, "catalogue", to="1" * 64)
    changed(kept, "telvet", to="0.0.1")
    missing(
        telvet("replay", kept),
        "gbr.huawei-direction-2022: the pack with digest 0000000000000000... is not at hand",
        "catalogue: the catalogue with digest 1111111111111111... is not at hand",
        "the report was made by telvet 0.0.1",
        "install telvet 0.0.1",
    )


def test_a_report_that_was_tampered_with_is_not_the_same(report: Report) -> None:
    kept = changed(report("r.json"), "findings", 0, "status", to="clear")
    ran = telvet("replay", kept)
    assert (ran.code, ran.out) == (1, "not the same bytes\n")


def test_decisions_are_recalled_as_they_stood(report: Report, tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    decide = ("--by", "ada", "--why", "so", "--workspace", workspace)
    assert telvet("finding", "accept", "f-aca2efc12dddb9de", *decide).code == 0
    kept = report("r.json", "--workspace", workspace)
    assert json.loads(kept.read_text("utf-8"))["dispositions"] == {"accepted risk": 1, "candidate": 3}
    telvet("finding", "reopen", "f-aca2efc12dddb9de", *decide)
    report("later.json", "--workspace", workspace, "--as-of", "2024-02-01")
    missing(telvet("replay", kept), "workspace: the report shows what people had decided", "--workspace")
    assert telvet("replay", kept, "--workspace", workspace).out == "the same bytes\n"
    assert telvet("replay", kept, "--workspace", workspace).out == "the same bytes\n"
    gone = telvet("replay", kept, "--workspace", tmp_path / "nowhere")
    assert (gone.code, gone.out) == (2, "")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.csv", b"id,manufacturer\n1,Huawei\n"),
        ("empty.json", b""),
        ("other.json", b'{"telvet": "0.1.0"}'),
        ("list.json", b"[1, 2]"),
        ("page.html", b'<script type="application/json" id="telvet-run">{]</script>'),
        ("cut.parquet", b"PAR1 and no more"),
        ("bytes.json", b"\xff\xfe\x00"),
    ],
)
def test_what_is_no_report_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    ran = telvet("replay", tmp_path / name)
    assert (ran.code, ran.out) == (2, "")
    assert "this is not a report that can be run again" in ran.err


def test_a_missing_report_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.json"):
        ran = telvet("replay", path)
        assert (ran.code, ran.out) == (2, "")
        assert "cannot read the report" in ran.err
