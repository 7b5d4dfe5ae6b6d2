from __future__ import annotations

import pytest

from telvet.evidence.proposing.speaking import spoken_in

OUTLETS = {"Daily Mast": "mast"}


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        ("A ban is near, two officials said.", "two officials", None),
        ('"No," Industry Minister Jane Doe told the Daily Mast.', "Industry Minister Jane Doe", "the Daily Mast"),
        ("The Daily Mast reported that a ban is near.", None, "The Daily Mast"),
        ("According to the Daily Mast, a ban is near.", None, "the Daily Mast"),
        ("A ban is near, according to people in Vienna.", "people in Vienna", None),
        ("The minister told Parliament that a ban is near.", "The minister", None),
        ("A ban is near.", None, None),
    ],
)
def test_who_speaks_and_through_whom(text: str, speaker: str | None, via: str | None) -> None:
    spoken = spoken_in(text, lambda name: OUTLETS.get(name.removeprefix("The ")))
    assert (spoken.speaker, spoken.via) == (speaker, via)
