import pytest

from telvet.inventory.reading import Opened, plainly
from telvet.tables.reading import Raw


def test_a_file_is_opened_without_notes_unless_there_are_some() -> None:
    assert Opened(Raw("raw_1", ("id",)), "csv").notes == ()


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Invalid Input Error: Footer length error in file '/x/file_1'", "Footer length error"),
        ('IO Error: too large while reading file "/x/file_2" (>9 bytes).', "too large (>9 bytes)"),
        ("its columns are not those of the table", "its columns are not those of the table"),
    ],
)
def test_what_an_engine_says_is_told_without_its_kinds_and_places(said: str, plain: str) -> None:
    assert plainly(ValueError(said)) == plain
