from __future__ import annotations

import pytest

from telvet.shipped import shipped


@pytest.mark.parametrize(
    ("folder", "holds"),
    [("packs", "*/*/pack.yaml"), ("catalog", "vendors/organisations.csv"), ("spec", "schemas/law.schema.json")],
)
def test_what_ships_is_found(folder: str, holds: str) -> None:
    assert any(shipped(folder).glob(holds))
