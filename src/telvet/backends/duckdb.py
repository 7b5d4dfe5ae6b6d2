"""DuckDB in process: reads files and judges classes on one private session."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from telvet.backends.duckdb_findings import FindingWriter
from telvet.backends.duckdb_reading import DuckDBReader
from telvet.backends.duckdb_session import Session

__all__ = ["DuckDB"]


class DuckDB(FindingWriter):
    """The default engine."""

    def __init__(self, *, memory: str = "600MiB", threads: int | None = None) -> None:
        self.session = Session(memory=memory, threads=threads)
        super().__init__(self.session)
        self.reader = DuckDBReader(self.session)

    def close(self) -> None:
        """Let go of everything."""
        self.session.close()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()
