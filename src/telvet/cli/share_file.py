"""The file that the commands of `telvet share` are asked about, with its marks where they stand beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from telvet.errors import SharingError

if TYPE_CHECKING:
    from telvet.sharing.releasing.offering import OfferedFile

__all__ = ["AS", "beside", "file_of", "read_bytes"]

_SIDECAR = ".handling.yaml"
AS = click.option(
    "--as",
    "kind",
    type=click.Choice(["stix", "misp", "plain"]),
    default=None,
    help="What the file is, where its content does not tell; `plain` has its marks in NAME.handling.yaml.",
)


def beside(path: Path) -> Path:
    """Return where the marks of a plain file stand."""
    return path.with_name(f"{path.name}{_SIDECAR}")


def file_of(path: Path, kind: str | None) -> OfferedFile:
    """Read a file of which something may go out.

    Args:
        path: STIX 2.1, events as MISP exports them, or any file with its marks beside it.
        kind: What it is; None to tell by its content.

    Raises:
        SharingError: It cannot be read, with every fault.
    """
    from telvet.sharing.releasing.offering import Kind, kind_of, read_offered

    data = read_bytes(path, "name a STIX bundle, events of MISP, or a file with its marks beside it")
    marks = beside(path)
    chosen = Kind(kind) if kind is not None else kind_of(data, path.name, described=marks.exists())
    if chosen is not Kind.PLAIN:
        return read_offered(data, path.name, chosen)
    try:
        said = read_bytes(marks, "write them: tlp, classification, statement, originator").decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SharingError("this is not UTF-8", code="unreadable", where=str(marks), fix="save it as UTF-8") from None
    return read_offered(data, path.name, chosen, said)


def read_bytes(path: Path, fix: str) -> bytes:
    """Return the bytes of a file.

    Raises:
        SharingError: It cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as problem:
        what = f"the file cannot be read: {(problem.strerror or str(problem)).lower()}"
        raise SharingError(what, code="unreadable", where=str(path), fix=fix) from None
