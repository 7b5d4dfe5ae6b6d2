"""Write below every command that the documents show what it really prints, or with `--check` say where they differ.

A block marked `console` holds commands after `$ ` (with further lines after `> `) and below each what it prints on standard
output. The commands of a page run one after the other in a scratch folder that holds the examples. What depends on the day
or moment of the run is shown as of one fixed day.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

__all__ = ["main"]

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "docs/tutorials/*.md", "docs/how-to/*.md", "docs/explanation/*.md")
BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.DOTALL | re.MULTILINE)
MOMENT = re.compile(r"\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z")
DAY = "2024-02-01"


def main(arguments: Sequence[str]) -> int:
    """Write or check; return 1 when a check finds a difference."""
    named = [ROOT / name for name in arguments if not name.startswith("-")]
    pages = named or sorted(path for pattern in PAGES for path in ROOT.glob(pattern))
    different = 0
    for page in pages:
        before = page.read_text(encoding="utf-8")
        after = _told(before)
        different += before != after
        if "--check" in arguments:
            lines = difflib.unified_diff(
                before.splitlines(), after.splitlines(), page.name, "what is printed", lineterm=""
            )
            sys.stdout.writelines(f"{line}\n" for line in lines)
        elif before != after:
            page.write_text(after, encoding="utf-8")
    return 1 if different and "--check" in arguments else 0


def _told(page: str) -> str:
    """Return a page with what its commands print."""
    if not BLOCK.search(page):
        return page
    with tempfile.TemporaryDirectory(prefix="telvet-") as folder:
        shutil.copytree(
            ROOT / "examples", Path(folder) / "examples", ignore=shutil.ignore_patterns("*.py", "__pycache__")
        )
        return BLOCK.sub(lambda block: "".join(_session(block[1], Path(folder))), page)


def _session(block: str, folder: Path) -> Iterator[str]:
    """Yield each command of a block and what it prints."""
    shown: list[str] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            if shown:
                yield _run(shown, folder)
            shown = [line]
        elif shown and line.startswith("> "):
            shown.append(line)
    if shown:
        yield _run(shown, folder)


def _run(shown: Sequence[str], folder: Path) -> str:
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", str(folder / ".cache")),
        "COLUMNS": "100",
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(  # noqa: S603 - the commands are those of our own documents
        [shutil.which("bash") or "bash", "-c", "\n".join(line[2:] for line in shown)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if "Traceback" in done.stderr or "[internal]" in done.stderr:
        sys.exit(f"{shown[0]}\n{done.stderr}")
    return "".join(f"{line}\n" for line in (*shown, *_settled(done.stdout)))


def _settled(text: str) -> list[str]:
    """Return the lines that are printed, as if on one fixed day."""
    today = datetime.now(tz=UTC).date().isoformat()
    settled = MOMENT.sub(f"{DAY}T09:30:00.000000Z", text).replace(today, DAY)
    return [line.rstrip() for line in settled.splitlines()]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
