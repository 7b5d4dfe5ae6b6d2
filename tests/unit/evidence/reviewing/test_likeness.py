from __future__ import annotations

from dataclasses import replace

import pytest

from telvet.catalog.evidence_codes import read_codes
from telvet.evidence.reviewing.likeness import alike
from telvet.model.evidence import Level, NamedVendor, Statement
from tests.unit.evidence.reviewing.reviewed import candidates

BAN = candidates()[0]


def other(**changed: object) -> Statement:
    return replace(BAN, **{"id": "s-other", **changed})  # type: ignore[arg-type]  # fields by name


def test_the_same_is_told() -> None:
    found = alike(BAN, [other(country="NZL"), other(measure="WARNING"), other()], read_codes())
    assert found
    assert (found.statement, found.opposed) == (other(), False)


def test_the_opposite_comes_before_the_same() -> None:
    found = alike(BAN, [other(), other(measure="ALLOWED", scope="all")], read_codes())
    assert found
    assert (found.statement.measure, found.opposed) == ("ALLOWED", True)


@pytest.mark.parametrize(
    "changed",
    [
        {"level": Level.COMPANY},
        {"scope": "handset"},
        {"scope": "unheard"},
        {"modality": "unlikely"},
        {"modality": "unheard"},
        {"vendors": (NamedVendor("ZTE", "zte"),)},
        {"country": None},
        {"id": BAN.id},
    ],
)
def test_what_does_not_meet_is_not_told(changed: dict[str, object]) -> None:
    assert alike(BAN, [other(**{"measure": "ALLOWED", **changed})], read_codes()) is None


def test_a_candidate_of_no_country_is_like_nothing() -> None:
    assert alike(replace(BAN, country=None), [other(country=None)], read_codes()) is None
