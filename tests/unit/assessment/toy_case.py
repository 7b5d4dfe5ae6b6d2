"""A case to judge a toy provision on: every test is true that is not said to come out otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from telvet.assessment.judging import Case, judge
from telvet.assessment.use import Standing
from telvet.model.finding import Verdict
from telvet.model.truth import Truth
from tests.unit.packs.toy_law import provision

__all__ = ["LIVE", "ON", "ROLES", "TAGGED", "TAGS", "VENDOR", "case", "shown", "verdict"]

ON = date(2021, 6, 15)
LIVE = Standing("live")
VENDOR, ROLES, TAGS = "equipment.vendor", "operator.roles", "equipment.tags"
TAGGED = {TAGS: {"has": "kept"}}


def case(answers: Mapping[str, Truth] | None = None, on: date = ON, standing: Standing = LIVE, **more: Any) -> Case:
    """Return a case with these answers by fact."""
    told = dict(answers or {})
    return Case(on=on, answer=lambda test: told.get(test.fact, Truth.TRUE), standing=standing, **more)


def verdict(about: Mapping[str, Any], one: Case | None = None, **head: Any) -> Verdict | None:
    """Put a provision, given by what it says beside a toy rule, to a case."""
    return judge(provision(about, **head), one or case())


def shown(found: Verdict | None) -> tuple[str, str | None] | None:
    """Return a verdict's status and day."""
    return (found.status.value, found.by.isoformat() if found.by else None) if found else None
