"""Turn a path into what is known of the file before it is read: its shown name, kind, digest and fingerprint.

* What a file is, is told by its first bytes; its name decides only between kinds of text.
* A file that changes while it is read is refused: fingerprint before, fingerprint after.
"""

from __future__ import annotations

import codecs
import hashlib
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from telvet.errors import Fault, InventoryError

__all__ = ["Given", "examine", "examine_all", "refuse", "unchanged", "wide_encoding"]

_HEAD = 65_536
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SMALL = 16 * 1024 * 1024
_JSON_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson", ".geojson"})
_TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".tab", ".txt", ".psv"})
_FOREIGN = (
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"BZh", "a bzip2 archive", "unpack it first"),
    (b"\xfd7zXZ", "an xz archive", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstandard archive", "unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it first"),
    (b"%PDF", "a PDF", "export the table as CSV"),
    (b"SQLite format 3", "a SQLite database", "export the table as CSV"),
    (b"\x89PNG", "a picture", "give the table itself"),
    (b"\xff\xd8\xff", "a picture", "give the table itself"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it was given."""

    path: Path
    name: str
    """As shown: the file's name, or the path as given where two files share a name."""
    kind: str
    """delimited, json, parquet or xlsx."""
    head: bytes
    digest: str
    fingerprint: tuple[int, int, int, int]


def refuse(
    name: str, what: str, fix: str = "", *, code: str, record: int | None = None, field: str | None = None
) -> InventoryError:
    """Return the error for one fault of a whole file."""
    return InventoryError(f"{name} cannot be read", (Fault(name, record, field, code, what, fix),), code=code)


def examine_all(paths: Sequence[Path]) -> tuple[Given, ...]:
    """Examine all files; every fault is raised together."""
    if not paths:
        raise InventoryError("no inventory was given", code="no-file", fix="name at least one file")
    names = [path.name for path in paths]
    found: list[Given] = []
    faults: list[Fault] = []
    for path in paths:
        shown = path.name if names.count(path.name) == 1 else str(path)
        try:
            found.append(examine(path, shown))
        except InventoryError as error:
            faults.extend(error.faults)
    faults.extend(_twice(found))
    if faults:
        what = (
            f"{faults[0].file} cannot be read"
            if len(faults) == 1
            else f"{len(faults)} faults keep files from being read"
        )
        raise InventoryError(what, tuple(faults), code=faults[0].code)
    return tuple(found)


def examine(path: Path, shown: str | None = None) -> Given:
    """Examine one file."""
    name = shown or path.name
    try:
        fingerprint = _fingerprint(path)
        if not stat.S_ISREG(path.stat().st_mode):
            what = "this is a folder" if path.is_dir() else "this is no regular file"
            raise refuse(name, what, "name the files themselves", code="not-a-file")
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            stream.seek(0)
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        raise refuse(name, "there is no such file", "check the path", code="no-file") from None
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise refuse(name, f"the file cannot be opened: {reason}", code="unreadable") from None
    return Given(path, name, _kind(path, name, head), head, digest, fingerprint)


def unchanged(given: Given) -> None:
    """Raise InventoryError where a file is no longer the one that was examined."""
    try:
        same = _fingerprint(given.path) == given.fingerprint
        if same and given.fingerprint[0] <= _SMALL:
            with given.path.open("rb") as stream:
                same = hashlib.file_digest(stream, "sha256").hexdigest() == given.digest
    except OSError:
        same = False
    if not same:
        raise refuse(
            given.name, "the file changed while it was read", "run again when nobody writes to it", code="changed"
        )


def wide_encoding(head: bytes) -> str | None:
    """Return the encoding of text of two or four bytes a character, or None where it is not such."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    even, odd = head[0:4096:2].count(0), head[1:4096:2].count(0)
    half = min(len(head), 4096) // 2
    if half and max(even, odd) > half * 0.4 and min(even, odd) < half * 0.05:
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _fingerprint(path: Path) -> tuple[int, int, int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ino, status.st_dev


def _twice(found: Sequence[Given]) -> list[Fault]:
    faults = []
    first: dict[str, Given] = {}
    for given in found:
        if (other := first.setdefault(given.digest, given)) is not given:
            what = f"this is the same file as {other.name}, given twice"
            if other.fingerprint[2:] != given.fingerprint[2:]:
                what = f"this file has the same bytes as {other.name}"
            faults.append(Fault(given.name, None, None, "same-file", what, "give it once"))
    return faults


def _kind(path: Path, name: str, head: bytes) -> str:
    suffix = path.suffix.lower()
    if not head.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise refuse(name, "the file is empty", code="empty")
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    if head.startswith(_OLE):
        raise _old_workbook(path, name)
    for magic, what, fix in _FOREIGN:
        if head.startswith(magic):
            raise refuse(name, f"this is {what}, not an inventory", fix, code="format")
    if suffix in (".parquet", ".xlsx"):
        what = f"the name ends in {suffix}, but its content is something else or is damaged"
        raise refuse(name, what, "export it again", code="format")
    if wide := wide_encoding(head):
        head = head[: len(head) // 4 * 4].decode(wide, "ignore").removeprefix("\ufeff").encode()
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] == b"<" and suffix not in _TEXT_SUFFIXES:
        raise refuse(name, "this is XML or HTML", "give CSV, XLSX, Parquet or JSON lines", code="format")
    return "json" if start[:1] in (b"{", b"[") and _is_json(suffix, start) else "delimited"


def _is_json(suffix: str, start: bytes) -> bool:
    if suffix in _JSON_SUFFIXES or suffix not in _TEXT_SUFFIXES:
        return True
    return start[1:].lstrip()[:1] in (b'"', b"{", b"}")


def _old_workbook(path: Path, name: str) -> InventoryError:
    with path.open("rb") as stream:
        encrypted = _ENCRYPTED in stream.read(1024 * 1024)
    if encrypted:
        return refuse(name, "the workbook is protected by a password", "save it without one", code="encrypted")
    return refuse(
        name,
        "this is an old .xls workbook, or another document of that family",
        "save it as .xlsx or CSV",
        code="format",
    )
