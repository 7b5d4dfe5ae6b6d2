"""What a configuration lets a user see."""

from __future__ import annotations

from telvet.sharing.taxii.config import User
from telvet.sharing.taxii.source import Viewer
from tests.simulators.taxii import ANN, HIDDEN, INTEL, NORTH, OPEN, config


def test_a_collection_is_found_by_id_in_either_case_and_by_alias() -> None:
    root = config().root("intel")
    assert root is not None
    assert root.collection(OPEN.id.upper()) == OPEN
    assert root.collection("open") == OPEN
    assert root.collection("Open") is None
    assert root.collection(HIDDEN.id) is None


def test_what_may_be_read_or_written_is_seen() -> None:
    assert (NORTH.sees(OPEN), NORTH.sees(INTEL), NORTH.sees(HIDDEN)) == (True, True, False)


def test_roots_are_seen_with_what_is_in_them() -> None:
    assert [root.path for root in config().visible_roots(ANN)] == ["intel", "inner"]
    assert [root.path for root in config().visible_roots(NORTH)] == ["intel"]
    assert list(config().visible_roots(User("x"))) == []
    assert config().root("none") is None


def test_a_source_hears_who_asks_and_for_which_partner() -> None:
    assert NORTH.viewer == Viewer("northland", "northland-cert")
    assert ANN.viewer == Viewer("ann", None)
