from __future__ import annotations

import pytest

from telvet.tables.equipment import EQUIPMENT
from telvet.tables.reading import Plan, Raw, Take


def test_a_plan_tells_where_a_column_is_taken_from() -> None:
    plan = Plan(0, "kit.csv", Raw("raw_1", ("Asset", "Make")), (Take(EQUIPMENT.column("id"), 0),), ())
    assert plan.taken("id").position == 0
    with pytest.raises(KeyError, match="model"):
        plan.taken("model")
