"""Turns a YAML file of the catalogue into its values, and what is wrong with them into faults with file, line and field.

* Faults are collected, across files too; whoever reads several files raises them together.
* A value that is refused is told with the nearest of those that are allowed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from telvet.catalog.yaml_reading import Document, Step, parse_yaml
from telvet.errors import CatalogError, Fault
from telvet.tables.codes import nearest

__all__ = ["CheckedYaml", "entries", "read_checked"]

_LONGEST_LIST = 30
_LONGEST_VALUE = 80


@dataclass(frozen=True, slots=True)
class CheckedYaml:
    """A parsed file and the list that its faults go to."""

    name: str
    document: Document
    faults: list[Fault]

    def fault(self, steps: tuple[Step, ...], code: str, what: str, fix: str = "", value: object = None) -> None:
        """Note a fault in the value at a path; the field is the last key of the path."""
        field = next((step for step in reversed(steps) if isinstance(step, str)), None)
        shown = None if value is None else str(value)[:_LONGEST_VALUE]
        self.faults.append(Fault(self.name, self.document.line(*steps), field, code, what, fix, shown))

    def one_of(self, steps: tuple[Step, ...], value: object, allowed: Collection[str], noun: str) -> bool:
        """Tell whether a value is one of those allowed, and note a fault that names the nearest where it is not."""
        if isinstance(value, str) and value in allowed:
            return True
        near = nearest(value, tuple(allowed)) if isinstance(value, str) else None
        listed = f"use one of {', '.join(allowed)}" if len(allowed) <= _LONGEST_LIST else ""
        self.fault(steps, "unknown-code", f"this is no {noun}", f"did you mean {near}?" if near else listed, value)
        return False

    def text(self, steps: tuple[Step, ...], value: object) -> bool:
        """Tell whether a value is text that is not empty, and note a fault where it is not."""
        if isinstance(value, str) and value.strip():
            return True
        self.fault(steps, "missing", "text is wanted here", "write it, in quotes if it looks like a number", value)
        return False

    def keys(self, steps: tuple[Step, ...], value: object, needed: Collection[str], optional: Collection[str]) -> bool:
        """Tell whether a value is a mapping with just these keys, and note every key that is missing or not known."""
        if not isinstance(value, Mapping):
            self.fault(steps, "not-a-mapping", f"a mapping with the keys {', '.join(needed)} is wanted here")
            return False
        allowed = (*needed, *optional)
        unknown = [key for key in value if key not in allowed]
        for key in unknown:
            self.one_of((*steps, key), key, allowed, "key")
        missing = [key for key in needed if key not in value]
        for key in missing:
            self.fault((*steps, key), "missing", f"the key {key!r} is missing", "write it")
        return not unknown and not missing


def read_checked(path: Path, shown: str, faults: list[Fault]) -> CheckedYaml | None:
    """Read a file; where it cannot be read or is not YAML, its faults are noted and there is nothing to return."""
    try:
        return CheckedYaml(shown, parse_yaml(path.read_text("utf-8-sig"), shown), faults)
    except OSError as problem:
        what = f"the file cannot be read: {problem.strerror or problem}"
        faults.append(Fault(shown, None, None, "unreadable", what))
    except UnicodeDecodeError as problem:
        what = f"the file is not UTF-8 (byte {problem.start})"
        faults.append(Fault(shown, None, None, "encoding", what, "save it as UTF-8"))
    except CatalogError as problem:
        faults.extend(problem.faults)
    return None


def entries(file: CheckedYaml, key: str) -> Mapping[str, Any]:
    """Return the entries below the one key of a file, or nothing and a fault."""
    top = file.document.value
    if not file.keys((), top, (key,), ()):
        return {}
    found = top[key]
    if not isinstance(found, Mapping) or not found:
        file.fault((key,), "missing", "entries are wanted here")
        return {}
    return found
