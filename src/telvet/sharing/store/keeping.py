"""Keeps views in step before anybody asks, so that whoever asks first after a change need not wait for the whole of it.

* Nothing depends on it: a view that is not in step is never read, and whoever asks has it brought in step.
* One thread; changes that come while it works are taken together afterwards. It looks again now and then, for the day and the record change too.
* What goes wrong is left to whoever asks next, who is told of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event, Thread

from telvet.errors import TelvetError

__all__ = ["Keeper"]

_PAUSE = 30.0
_PATIENCE = 30.0


class Keeper:
    """Brings the views of some partners in step, again and again."""

    def __init__(self, sync: Callable[[str], object], partners: Sequence[str], pause: float = _PAUSE) -> None:
        """Take what brings a partner's view in step, and how many seconds to wait at most for a change."""
        self._sync, self._partners, self._pause = sync, tuple(partners), pause
        self._changed, self._ended = Event(), Event()
        self._thread = Thread(target=self._work, name="telvet-views", daemon=True)

    def start(self) -> None:
        """Begin, at once."""
        self._changed.set()
        self._thread.start()

    def nudge(self) -> None:
        """Say that something has changed."""
        self._changed.set()

    def stop(self) -> None:
        """End after the view that is being worked on."""
        self._ended.set()
        self._changed.set()
        if self._thread.is_alive():
            self._thread.join(_PATIENCE)

    def _work(self) -> None:
        while not self._ended.is_set():
            self._changed.wait(self._pause)
            self._changed.clear()
            for partner in self._partners:
                if self._ended.is_set():
                    return
                try:
                    self._sync(partner)
                except (TelvetError, OSError):
                    continue
