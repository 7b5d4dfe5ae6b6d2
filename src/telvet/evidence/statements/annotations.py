"""Turns JSON Lines of annotations into annotations and faults, and annotations back into lines.

* One object a line, its keys those of `Annotation`; a key that is not known is passed over, and told.
* What a line may leave out is what `Annotation` may; `vendor` may be a name or a list of names.
* A faulty line costs that line alone; what is no Unicode text, a half of a character alone, is faulty.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from telvet.errors import Fault
from telvet.model.evidence import Annotation
from telvet.tables.codes import nearest

__all__ = ["Line", "read_annotations", "write_annotation"]

_KEYS = tuple(one.name for one in fields(Annotation))
_NUMBERS = ("start", "end")
_TEXTS = tuple(key for key in _KEYS if key not in (*_NUMBERS, "vendor"))
_NEEDED = ("doc", "quote", "measure", "modality")
_LONGEST = 20_000
"""Code points that a cell may have; a quote is a clause or a sentence."""
_MOST_VENDORS = 100
_HALF = re.compile("[\ud800-\udfff]")
_SHOWN = 80
_MOST_TOLD = 10
"""Unknown keys of one line that are told one by one."""


@dataclass(slots=True)
class Line:
    """What one line says."""

    number: int
    said: Annotation | None = None
    """None where the line is faulty."""
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    """What was passed over."""


def read_annotations(text: str, name: str) -> Iterator[Line]:
    """Yield what each line says; empty ones are passed over."""
    for number, written in enumerate(text.split("\n"), 1):
        if written.strip():
            line = Line(number)
            cells = _object(written, name, line)
            if cells is not None:
                line.said = _annotation(cells, name, number, line.faults)
            yield line


def write_annotation(said: Annotation) -> str:
    """Return an annotation as one line of JSON."""
    return json.dumps({key: getattr(said, key) for key in _KEYS}, ensure_ascii=False)


def _object(written: str, name: str, line: Line) -> dict[str, Any] | None:
    twice: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        twice.extend(sorted(key for key, count in Counter(key for key, _ in pairs).items() if count > 1))
        return dict(pairs)

    def fault(code: str, what: str, fix: str, key: str | None = None) -> None:
        line.faults.append(Fault(name, line.number, key, code, what, fix))

    try:
        cells = json.loads(written, object_pairs_hook=once)
    except (ValueError, RecursionError) as problem:
        fault("json", f"this is not JSON: {_why(problem)}", "write one object a line")
        return None
    if not isinstance(cells, dict):
        fault("json", "this is no object", "write {...}, one a line")
        return None
    for key in twice[:_MOST_TOLD]:
        fault("key-twice", "the key is given twice", "keep one", key[:_SHOWN])
    line.notes += _passed_over([key for key in cells if key not in _KEYS], name, line.number)
    return None if line.faults else cells


def _why(problem: ValueError | RecursionError) -> str:
    if isinstance(problem, json.JSONDecodeError):
        return f"{problem.msg[:1].lower()}{problem.msg[1:]}, character {problem.colno}"
    return "it is nested too deeply" if isinstance(problem, RecursionError) else "a number has too many digits"


def _passed_over(keys: list[str], name: str, number: int) -> Iterator[Fault]:
    what = "this key is passed over"
    for key in keys[:_MOST_TOLD]:
        near = nearest(key[:_SHOWN], _KEYS)
        fix = f"did you mean {near}?" if near else f"the keys are {', '.join(_KEYS)}"
        yield Fault(name, number, key[:_SHOWN], "unknown-key", what, fix)
    if len(keys) > _MOST_TOLD:
        more = f"{len(keys) - _MOST_TOLD:,} more keys are passed over"
        yield Fault(name, number, None, "unknown-key", more, f"the keys are {', '.join(_KEYS)}")


def _annotation(cells: dict[str, Any], name: str, number: int, faults: list[Fault]) -> Annotation | None:
    before = len(faults)
    made: dict[str, Any] = {}
    for key in _TEXTS:
        value = cells.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if value is None and key not in _NEEDED:
            made[key] = None
        elif fault := _not_text(value, needed=key in _NEEDED):
            faults.append(Fault(name, number, key, *fault))
        else:
            made[key] = value
    for key in _NUMBERS:
        value = cells.get(key)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            faults.append(
                Fault(name, number, key, "not-a-number", "a whole number is wanted here", value=str(value)[:40])
            )
        made[key] = value
    made["vendor"] = _vendors(cells.get("vendor"), name, number, faults)
    return Annotation(**made) if len(faults) == before else None


def _vendors(value: object, name: str, number: int, faults: list[Fault]) -> tuple[str, ...]:
    names: list[Any] = value if isinstance(value, list) else [value] if value is not None else []
    wrong = next((fault for one in names if (fault := _not_text(one, needed=False))), None)
    if len(names) <= _MOST_VENDORS and wrong is None:
        return tuple(one for one in names if one.strip())
    few = ("not-text", f"no more than {_MOST_VENDORS} names may stand here")
    faults.append(Fault(name, number, "vendor", *(wrong or few), "write a name or a list of names"))
    return ()


def _not_text(value: object, *, needed: bool) -> tuple[str, str] | None:
    """Say what keeps a value from being text, as a code and words."""
    if value is None or (needed and value == ""):
        return "missing", "a value is needed here"
    if not isinstance(value, str):
        return "not-text", "text is wanted here"
    if len(value) > _LONGEST:
        return "too-long", f"this has {len(value):,} characters, more than {_LONGEST:,}"
    if not value.isascii() and _HALF.search(value):
        return "not-text", "this holds half a character (a lone surrogate)"
    return None
