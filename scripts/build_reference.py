"""Write the generated pages and schemas, or with `--check` say which of them are out of date."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from reference_pages import commands, contract, errors, evidence, packs, tables
from reference_pages.writing import ROOT

__all__ = ["main"]

MAKERS = (tables, errors, evidence, commands, packs, contract)
OWNED = ("docs/reference/packs/*.md", "spec/schemas/tables/*.schema.json")
"""Files that only this script writes: one that is no longer made is removed."""


def main(arguments: Sequence[str]) -> int:
    """Write or check; return 1 when a check finds something out of date."""
    made: dict[Path, str] = {path: text for maker in MAKERS for path, text in maker.pages()}
    stale = [path for path, text in made.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    left = [path for pattern in OWNED for path in ROOT.glob(pattern) if path not in made]
    if "--check" in arguments:
        for path in sorted(stale + left):
            print(f"{path.relative_to(ROOT).as_posix()}: out of date; run `make docs`")
        return 1 if stale or left else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made[path], encoding="utf-8")
    for path in left:
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
