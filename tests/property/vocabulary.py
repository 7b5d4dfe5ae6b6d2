"""The small world in which random packs and inventories meet: a toy register, a few days, a few words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

__all__ = ["COUNTRIES", "DAYS", "DESIGNATIONS", "METRICS", "OPERATORS", "PACKS", "REGISTER", "SPANS", "around"]

REGISTER: dict[str, Any] = {
    "organisations": {
        "acme": {"names": ["Acme Ltd"], "oui": ["a00001"], "pen": ["4001"], "country": "XAA"},
        "acme-radio": {"names": ["Acme Radio"], "oui": ["a00002"], "pen": ["4011"], "country": "XBB"},
        "borea": {"names": ["Borea AG"], "oui": ["b00001"], "pen": ["4002"], "country": "XBB"},
        "ceres": {"names": ["Ceres SA"], "oui": ["c00001"], "pen": ["4003"]},
        "orchid": {"names": ["Orchid Oy"], "country": "XCC"},
        "perhaps": {"names": ["Perhaps BV"], "country": "XCC"},
        "sold": {"names": ["Sold GmbH"], "oui": ["c00002"], "country": "XCC"},
    },
    "members": [
        {"organisation": "acme-radio", "of": "acme"},
        {"organisation": "perhaps", "of": "acme", "sure": False},
        {"organisation": "sold", "of": "acme", "from": "2020-02-29", "to": "2021-01-31"},
        {"organisation": "sold", "of": "borea", "from": "2021-02-01"},
    ],
    "unions": {
        "XU": [{"country": "XAA"}, {"country": "XBB", "from": "2020-12-31"}, {"country": "XCC", "to": "2021-06-14"}]
    },
}
COUNTRIES = ("XAA", "XBB", "XCC")
OPERATORS = ("north", "south", "west")
PACKS = ("zz.alpha", "zz.beta")
DAYS = ("2020-01-31", "2020-02-29", "2020-12-31", "2021-01-31", "2021-06-15", "2022-02-28")
"""The days that laws, ownership and inventories turn on, so that edges are met often."""
DESIGNATIONS: dict[str, dict[str, Any]] = {
    "acme": {"vendor": "acme", "tests": "made", "closure": "subsidiaries"},
    "acme-supplied": {"vendor": "acme", "tests": "supplied", "closure": "majority"},
    "acme-then": {"vendor": "acme", "tests": "made", "closure": "control", "owned on": "making"},
    "acme-tenth": {"vendor": "acme", "tests": "made", "closure": {"at least": "10 %"}},
    "acme-provided": {"vendor": "acme", "tests": "provided", "closure": "subsidiaries"},
    "borea": {"vendor": "borea", "tests": "supplied", "closure": "subsidiaries"},
    "listed": {"vendor": "acme", "tests": "made", "closure": "listed", "annex": ["orchid"]},
    "homes": {"home": ["XAA", "XCC"], "tests": "made", "closure": "control"},
}
METRICS: dict[str, dict[str, Any]] = {
    "sites": {"count": "site", "mixed": "counts"},
    "traffic": {"sum": "traffic"},
    "at-core": {"sum": "traffic", "at": ["core.auth", "core.user"]},
    "access-sites": {"count": "site", "mixed": "counts", "at": ["ran.radio"]},
}


def around(text: str) -> list[str]:
    """Return a day, its neighbours, and its month, quarter and year."""
    day = date.fromisoformat(text)
    days = [(day + timedelta(days=step)).isoformat() for step in (-1, 0, 1)]
    return [*days, text[:7], f"{text[:4]}Q{(day.month + 2) // 3}", text[:4]]


SPANS = tuple(dict.fromkeys(span for day in DAYS for span in around(day)))
