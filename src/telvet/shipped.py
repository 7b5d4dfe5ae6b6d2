"""Where the data that ships with telvet lies: packs, catalogue, spec."""

from __future__ import annotations

from pathlib import Path

__all__ = ["shipped"]


def shipped(name: str) -> Path:
    """Return the folder `packs`, `catalog` or `spec`: inside a wheel, or at the top of a checkout."""
    inside = Path(__file__).parent / "_data" / name
    return inside if inside.is_dir() else Path(__file__).parents[2] / name
