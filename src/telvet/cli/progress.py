"""A progress bar on standard error while files are read; silent where nobody is looking."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from telvet.inventory.reading import Progress

__all__ = ["reading_progress"]


@contextmanager
def reading_progress() -> Iterator[Progress | None]:
    """Yield what hears of progress, or None where standard error is not a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bars

    with Bars(transient=True, console=Console(stderr=True), redirect_stdout=False, redirect_stderr=False) as bars:
        task = bars.add_task("reading", total=None)

        def heard(what: str, done: int, total: int) -> None:
            bars.update(task, description=what, completed=done, total=total)

        yield heard
