from telvet.inventory.reading import Opened
from telvet.tables.reading import Raw


def test_a_file_is_opened_without_notes_unless_there_are_some() -> None:
    assert Opened(Raw("raw_1", ("id",)), "csv").notes == ()
