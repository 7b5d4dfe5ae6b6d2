"""One private DuckDB: in process, no extensions, no network, bounded memory, scratch files only its owner can read."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import duckdb

__all__ = ["Session"]


class Session:
    """A DuckDB connection and the scratch folder beside it, both gone on `close`."""

    def __init__(self, *, memory: str = "600MiB", threads: int | None = None) -> None:
        import duckdb  # noqa: PLC0415 - heavy: loaded when used

        self.scratch = Path(tempfile.mkdtemp(prefix="telvet-"))
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory,
            "temp_directory": str(self.scratch / "spill"),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        if threads:
            config["threads"] = str(threads)
        try:
            self.connection: duckdb.DuckDBPyConnection = duckdb.connect(":memory:", config=config)
        except BaseException:
            shutil.rmtree(self.scratch, ignore_errors=True)
            raise
        self._names = 0

    def name(self, stem: str) -> str:
        """Return a fresh name for a table or view; `stem` is letters only."""
        self._names += 1
        return f"{stem}_{self._names}"

    def close(self) -> None:
        """Close the connection and remove the scratch folder."""
        self.connection.close()
        shutil.rmtree(self.scratch, ignore_errors=True)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()
