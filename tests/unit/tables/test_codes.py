from __future__ import annotations

import pytest

from telvet.tables.codes import FUNCTIONS, ROLES, nearest


@pytest.mark.parametrize(
    ("written", "codes", "meant"),
    [
        ("core.aut", FUNCTIONS, "core.auth"),
        ("RAN.RADIO", FUNCTIONS, "ran.radio"),
        ("federal-contractor", ROLES, "federal_contractor"),
        ("zzzzzz", FUNCTIONS, None),
        ("", FUNCTIONS, None),
    ],
)
def test_the_nearest_code_is_what_a_person_most_likely_meant(
    written: str, codes: tuple[str, ...], meant: str | None
) -> None:
    assert nearest(written, codes) == meant
