"""Copy the floor plan from pyproject.toml into ARCHITECTURE.md, so that the two cannot differ."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from reference_pages.writing import ROOT

__all__ = ["pages"]

_BEGIN, _END = "<!-- contract: made by `make docs` from pyproject.toml -->", "<!-- end of contract -->"


def pages() -> Iterator[tuple[Path, str]]:
    """Yield ARCHITECTURE.md with the contracts as they are now."""
    path = ROOT / "ARCHITECTURE.md"
    if not path.exists():
        return
    before, _, rest = path.read_text(encoding="utf-8").partition(_BEGIN)
    _, _, after = rest.partition(_END)
    yield path, f"{before}{_BEGIN}\n\n{_contracts()}\n\n{_END}{after}"


def _contracts() -> str:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    return "\n".join(
        f"* **{contract['name']}** (`{contract['type']}`). {_told(contract)}" for contract in settings["contracts"]
    )


def _told(contract: dict[str, list[str]]) -> str:
    match contract:
        case {"layers": layers}:
            return "From top to bottom: " + " > ".join(f"`{layer}`" for layer in layers) + "."
        case {"source_modules": sources, "forbidden_modules": forbidden}:
            rooms = ", ".join(f"`{name.removeprefix('telvet.')}`" for name in sources)
            return f"{rooms} never reach {', '.join(f'`{name}`' for name in forbidden)}, directly or through others."
        case {"ancestors": ancestors}:
            return f"Everywhere below {', '.join(f'`{name}`' for name in ancestors)}."
    return ""
