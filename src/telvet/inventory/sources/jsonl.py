"""Turn JSON lines, a JSON array, or an export that wraps one, into a raw table; nested names are joined by dots.

* JSON lines keep their line numbers; the objects of an array are counted from 1.
* A line that is no object is set aside alone; a file without any object is an error.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from telvet.inventory.encoding import is_utf8, utf8_copy
from telvet.inventory.files import Given, refuse, wide_encoding
from telvet.inventory.reading import Opened, plainly
from telvet.tables.reading import Raw, Reader, ReadingRefused

__all__ = ["open_json"]

_WRAPPED_BYTES = 64 * 1024 * 1024
_SPACE = b" \t\r\n"
_LARGEST_MIB = 4
_LOOKED = 20
_TOO_LONG = ("maximum_object_size", "Out of Memory")
"""What an engine says of an object that it cannot hold."""


def open_json(reader: Reader, given: Given) -> Opened:
    """Hold a JSON file's objects in the engine."""
    path, notes = _as_utf8(reader, given)
    with path.open("rb") as stream:
        start = stream.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip(_SPACE)[:1]
    try:
        if start == b"[":
            _refuse_open(given, path)
            raw, format_ = reader.load_json_array(path), "json"
        elif _is_lines(path):
            raw, format_ = _lines(reader, given, path), "jsonl"
        else:
            raw, format_ = reader.load_json_lines(_unwrapped(reader, given, path)), "json"
    except ReadingRefused as problem:
        if any(sign in str(problem) for sign in _TOO_LONG):
            raise refuse(
                given.name, "an object is too long", "write one object for each element", code="long-record"
            ) from None
        raise refuse(
            given.name,
            f"this is not JSON: {plainly(problem)}",
            "give an array or one object on each line",
            code="json",
        ) from None
    if not raw.header:
        raise refuse(
            given.name, "there is no JSON object in the file", "give an array or one object on each line", code="json"
        )
    return Opened(raw, format_, notes)


def _as_utf8(reader: Reader, given: Given) -> tuple[Path, tuple[str, ...]]:
    wide = wide_encoding(given.head)
    wrong = None if wide else is_utf8(given.path)
    if wide is None and wrong is None:
        if not given.head.startswith(b"\xef\xbb\xbf"):
            return given.path, ()
        wide = "utf-8-sig"
        copy = reader.scratch / f"utf8-{given.digest[:16]}"
        copy.write_bytes(given.path.read_bytes()[3:])
        return copy, ()
    path, encoding = utf8_copy(given, reader.scratch, fault_at=wrong)
    return path, (f"read as {encoding}",)


def _refuse_open(given: Given, path: Path) -> None:
    """Refuse an array that is never closed: engines forgive it, and rows would be missing."""
    with path.open("rb") as stream:
        stream.seek(max(0, stream.seek(0, 2) - 4096))
        if not stream.read().rstrip(_SPACE).endswith(b"]"):
            raise refuse(
                given.name, "the array is never closed; the file seems cut off", "export it again", code="json"
            )


def _is_lines(path: Path) -> bool:
    """Tell from the first lines whether each line is a JSON object by itself; one that wraps others is a document."""
    with path.open("rb") as stream:
        lines = [line for _ in range(_LOOKED) if (line := stream.readline(_LARGEST_MIB * 1024 * 1024)).strip()]
    objects = [value for line in lines if isinstance(value := _parsed(line), dict)]
    if len(lines) == 1 and objects and _wrapped(objects[0]) is not None:
        return False
    return len(objects) * 2 > len(lines)


def _parsed(line: bytes) -> Any:  # noqa: ANN401 - JSON may hold anything
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _first_broken(path: Path) -> int | None:
    """Return the number of the first line that is no object, where the first line is one."""
    with path.open("rb") as stream:
        lines = [(number, _parsed(line)) for number, line in enumerate(stream, 1) if line.strip()]
    if not isinstance(lines[0][1], dict):
        return None
    return next((number for number, value in lines if not isinstance(value, dict)), None)


def _lines(reader: Reader, given: Given, path: Path) -> Raw:
    if (number := _too_long(path)) is not None:
        what = f"the line is longer than {_LARGEST_MIB} MiB"
        raise refuse(given.name, what, "write one object on each line", record=number, code="long-record")
    return reader.load_json_lines(path)


def _too_long(path: Path) -> int | None:
    """Return the number of the first line that is too long, if there is one."""
    number, length = 1, 0
    with path.open("rb") as stream:
        while chunk := stream.read(1024 * 1024):
            if (end := chunk.rfind(b"\n")) >= 0:
                number, length = number + chunk.count(b"\n"), len(chunk) - end - 1
            else:
                length += len(chunk)
            if length > _LARGEST_MIB * 1024 * 1024:
                return number
    return None


def _unwrapped(reader: Reader, given: Given, path: Path) -> Path:
    """Write the objects that a document wraps, one on each line."""
    if path.stat().st_size > _WRAPPED_BYTES:
        what = f"a single JSON document may have at most {_WRAPPED_BYTES // 1024 // 1024} MiB"
        raise refuse(given.name, what, "write one object on each line", code="json")
    try:
        document = json.loads(path.read_bytes())
    except RecursionError:
        raise refuse(given.name, "the JSON is nested too deeply", code="json") from None
    except ValueError as problem:
        line, said = getattr(problem, "lineno", None), getattr(problem, "msg", str(problem))
        if said == "Extra data" and (broken := _first_broken(path)) is not None:
            line, said = broken, "the line holds no object"
        what = f"this is not JSON: {said}"
        raise refuse(given.name, what, "give an array or one object on each line", record=line, code="json") from None
    rows = _wrapped(document) if isinstance(document, dict) else None
    target = reader.scratch / f"objects-{given.digest[:16]}"
    with target.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in ([document] if rows is None else rows))
    return target


def _wrapped(document: dict[str, Any]) -> list[Any] | None:
    """Return the list of objects that an export wraps: the only one among its values."""
    lists = [value for value in document.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
    scalars = all(not isinstance(value, dict) for value in document.values())
    known = "id" in document or "name" in document
    return lists[0] if len(lists) == 1 and scalars and not known else None
