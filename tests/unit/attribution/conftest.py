"""The register that ships, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from telvet.catalog.vendors import Register, load_register


@pytest.fixture(scope="session")
def register() -> Register:
    return load_register(Path(__file__).resolve().parents[3] / "catalog" / "vendors")
