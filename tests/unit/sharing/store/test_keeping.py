from __future__ import annotations

from threading import Event

from telvet.errors import SourceError
from telvet.sharing.store.keeping import Keeper


def test_every_view_is_brought_in_step_at_once_and_after_each_change() -> None:
    seen: list[str] = []
    twice = Event()

    def sync(partner: str) -> None:
        seen.append(partner)
        if len(seen) >= 4:
            twice.set()
        if partner == "p":
            raise SourceError("not now", code="source-busy")

    keeper = Keeper(sync, ["p", "q"], pause=60)
    keeper.start()
    while len(seen) < 2:
        Event().wait(0.01)
    keeper.nudge()
    assert twice.wait(10)
    keeper.stop()
    assert seen[:4] == ["p", "q", "p", "q"]


def test_it_looks_again_by_itself() -> None:
    again = Event()
    seen: list[str] = []

    def sync(partner: str) -> None:
        seen.append(partner)
        if len(seen) == 3:
            again.set()

    keeper = Keeper(sync, ["p"], pause=0.01)
    keeper.start()
    assert again.wait(10)
    keeper.stop()
    count = len(seen)
    keeper.nudge()
    Event().wait(0.05)
    assert len(seen) == count


def test_what_never_began_can_be_stopped() -> None:
    Keeper(lambda _: None, []).stop()
