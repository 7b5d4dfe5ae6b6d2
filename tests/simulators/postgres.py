"""Turns the programs of PostgreSQL on this machine into a database server of a test's own, that can be stopped and started.

* It listens on one port of loopback; everything is gone when the block ends.
* What it acknowledged is on the disk: nothing is switched off that a real one has.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Postgres", "missing", "postgres"]


@dataclass
class Postgres:
    """A server of PostgreSQL."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"postgresql+psycopg://tester@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start, and return when it answers."""
        options = ["-D", str(self.folder / "data"), "-p", str(self.port), "-h", "127.0.0.1", "-k", str(self.folder)]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(_as_another([_found("postgres"), *options]), stdout=quiet, stderr=quiet)
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return

    def stop(self, number: int = signal.SIGINT) -> None:
        """Stop: by default at once, whatever is under way; SIGQUIT as if the power had gone."""
        if self.process is None:
            return
        leader = int((self.folder / "data" / "postmaster.pid").read_text(encoding="ascii").splitlines()[0])
        os.kill(leader, number)
        self.process.wait(timeout=60)
        self.process = None


def missing() -> bool:
    """Tell whether there is no PostgreSQL on this machine, or it cannot be run."""
    return not _found("initdb") or not _found("postgres") or (os.geteuid() == 0 and not _found("runuser"))


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Make a server and start it."""
    folder = Path(tempfile.mkdtemp(prefix="telvet-pg-"))
    try:
        folder.chmod(0o777)
        made = ["-D", str(folder / "data"), "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-locale"]
        subprocess.run(_as_another([_found("initdb"), *made]), check=True, capture_output=True, cwd=folder)
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            server = Postgres(folder, int(free.getsockname()[1]))
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _found(name: str) -> str:
    return shutil.which(name) or ""


def _as_another(command: Sequence[str]) -> list[str]:
    """Let a command run as nobody where we are root, as whom PostgreSQL refuses to run."""
    return ["runuser", "-u", "nobody", "--", *command] if os.geteuid() == 0 else [*command]
