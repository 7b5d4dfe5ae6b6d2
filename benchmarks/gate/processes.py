"""Turns commands into running servers that end with the block that uses them, whatever happens, and tells their memory.

* A server is told to stop, and killed if it does not; its output goes to a file, so that it never waits for a reader.
* Memory is the operating system's own count; where it keeps none as Linux does, it is None.
"""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

__all__ = ["ROOT", "Running", "ServerFailedError", "free_port", "running", "telvet"]

ROOT = Path(__file__).parents[2]
_TELVET = str(Path(sys.executable).with_name("telvet"))
_PATIENCE = 60
_TO_STOP = 15
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
_RESET_PEAK = "5"


class ServerFailedError(RuntimeError):
    """A server did not come up."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers."""

    address: str
    """Its origin."""
    process: int

    def memory(self) -> float | None:
        """Return how much of it is in memory, in MiB."""
        return self._told("VmRSS")

    def peak(self) -> float | None:
        """Return the most that was in memory since it began or `forget_peak` was called, in MiB."""
        return self._told("VmHWM")

    def forget_peak(self) -> None:
        """Count the peak anew from here."""
        with suppress(OSError):
            Path(f"/proc/{self.process}/clear_refs").write_text(_RESET_PEAK, "ascii")

    def _told(self, name: str) -> float | None:
        try:
            text = Path(f"/proc/{self.process}/status").read_text("ascii")
        except OSError:
            return None
        found = re.search(rf"^{name}:\s+(\d+) kB$", text, re.MULTILINE)
        return int(found[1]) / 1024 if found else None


def telvet(*arguments: str | Path) -> str:
    """Run the command to its end; return what it printed."""
    command = [_TELVET, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if done.returncode:
        raise ServerFailedError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


@contextmanager
def running(command: Sequence[str | Path], said: Path, address: str | None = None) -> Iterator[Running]:
    """Run a server until the block ends.

    Args:
        command: `telvet` and its arguments, or any other program.
        said: The file that takes what it says.
        address: Its origin; where it is None, the server prints it.

    Raises:
        ServerFailedError: It ended, or did not answer in time.
    """
    told = [_TELVET if str(part) == "telvet" else str(part) for part in command]
    with (
        said.open("wb") as out,
        subprocess.Popen(told, stdout=out, stderr=subprocess.STDOUT, cwd=ROOT) as process,  # noqa: S603 - our own commands
    ):
        try:
            yield Running(_awaited(process, said, address), process.pid)
        finally:
            process.terminate()
            try:
                process.wait(_TO_STOP)
            except subprocess.TimeoutExpired:
                process.kill()


def free_port() -> int:
    """Return a port of this machine that nobody listens on now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _awaited(process: subprocess.Popen[bytes], said: Path, address: str | None) -> str:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        text = said.read_text("utf-8", "replace")
        found = _ADDRESS.search(text) if address is None else None
        origin = found[0] if found else address
        if origin and _answers(origin):
            return origin
        time.sleep(0.05)
    raise ServerFailedError(f"{process.args!r} does not answer:\n{said.read_text('utf-8', 'replace')[-2000:]}")


def _answers(origin: str) -> bool:
    host, _, port = origin.removeprefix("http://").partition(":")
    with suppress(OSError), socket.create_connection((host, int(port)), 1):
        return True
    return False
