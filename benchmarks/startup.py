"""Turn the start of a command into a ratio over the start of Python itself."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

__all__ = ["start"]

_TIMES = 7


def start(arguments: list[str]) -> tuple[float, float]:
    """Return the median seconds of a telvet command, and its ratio over an empty Python, taken in turn."""
    telvet = [str(Path(sys.executable).with_name("telvet")), *arguments]
    pairs = [(_seconds(telvet), _seconds([sys.executable, "-c", "pass"])) for _ in range(_TIMES)]
    return statistics.median(one for one, _ in pairs), statistics.median(one / other for one, other in pairs)


def _seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own commands
    return time.perf_counter() - begun
