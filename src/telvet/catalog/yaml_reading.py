"""Turn YAML text into plain values: one safe reader for law, catalogue, operators and overlays.

* Only `true`, `false`, `null`, plain integers and decimals are more than text. Dates, `yes`, `no`, `on`, numbers with
  leading zeros and `12E3` stay the text they are (the idea of YAML 1.2's core schema, made stricter for identifiers).
* A key given twice, a tag, a second document, or an anchor that contains itself is a fault.
* Every fault carries the number of its line; `Document.line` gives the line of any value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from telvet.errors import CatalogError, Fault, InputError

if TYPE_CHECKING:
    import yaml

__all__ = ["Document", "parse_yaml", "read_yaml"]

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
_BRACKETS = re.compile(r"[\[\]{}]")
_DEEPEST = 100
_PLAIN_TAGS = frozenset({"tag:yaml.org,2002:" + name for name in ("str", "seq", "map", "int", "float", "bool", "null")})
# What a loader makes of plain text that looks like a date, a merge or a default value: to us it is text.
_IMPLIED_TAGS = frozenset({"tag:yaml.org,2002:" + name for name in ("timestamp", "merge", "value")})

Step = str | int


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document and the lines on which its values stand."""

    value: Any
    lines: dict[tuple[Step, ...], int] = field(default_factory=dict)

    def line(self, *steps: Step) -> int:
        """Return the line of the value at a path of keys and positions, or of the nearest one around it."""
        for length in range(len(steps), -1, -1):
            if (found := self.lines.get(tuple(steps[:length]))) is not None:
                return found
        return 1


def read_yaml(path: Path, *, shown: str | None = None, error: type[InputError] = CatalogError) -> Any:  # noqa: ANN401
    """Read a YAML file to plain values.

    Args:
        path: The file.
        shown: The name under which faults show it; its own by default.
        error: What to raise, with every fault.
    """
    name = shown or path.name
    try:
        text = path.read_text("utf-8-sig")
    except OSError as problem:
        fault = Fault(name, None, None, "unreadable", f"the file cannot be read: {problem.strerror or problem}")
        raise error(f"{name} cannot be read", (fault,), code="unreadable") from None
    except UnicodeDecodeError as problem:
        fault = Fault(name, None, None, "encoding", f"the file is not UTF-8 (byte {problem.start})", "save it as UTF-8")
        raise error(f"{name} cannot be read", (fault,), code="encoding") from None
    return parse_yaml(text, name, error).value


def parse_yaml(text: str, name: str, error: type[InputError] = CatalogError) -> Document:
    """Parse YAML text; all its faults are raised together as `error`."""
    import yaml  # noqa: PLC0415 - heavy: loaded when used

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder(name)
    try:
        value = None
        if _may_be_deep(text) and _depth(text, loader) > _DEEPEST:
            builder.fault(None, "yaml", f"the document is nested more than {_DEEPEST} levels deep")
        elif (node := yaml.compose(text, Loader=loader)) is not None:
            value = builder.build(node, ())
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        what = " ".join(part for part in (problem.context, problem.problem) if part)
        builder.fault(mark.line + 1 if mark else None, "yaml", f"this is not YAML: {what}")
    except yaml.YAMLError as problem:
        builder.fault(None, "yaml", f"this is not YAML: {str(problem).splitlines()[0]}")
    if builder.faults:
        count = len(builder.faults)
        raise error(f"{name} has {count} fault{'s' * (count > 1)}", tuple(builder.faults), code="yaml")
    return Document(value, builder.lines)


def _may_be_deep(text: str) -> bool:
    """Tell cheaply whether a document might be nested deeply: by open brackets, indentation, or marks within a line."""
    depth = 0
    for bracket in _BRACKETS.findall(text):
        depth = depth + 1 if bracket in "[{" else max(0, depth - 1)
        if depth > _DEEPEST:
            return True
    return any(
        len(line) > _DEEPEST and (line.count("- ") + line.count("? ") > _DEEPEST or line[:_DEEPEST].isspace())
        for line in text.split("\n")
    )


def _depth(text: str, loader: Any) -> int:  # noqa: ANN401 - one of two loaders without a common type
    """Return how deep a document is nested; the composer, written in C, would crash on a very deep one."""
    import yaml  # noqa: PLC0415 - loaded by now

    depth = deepest = 0
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            deepest = max(deepest, depth)
            if deepest > _DEEPEST:
                break
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return deepest


class _Builder:
    """Builds plain values from nodes and collects faults and lines."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []
        self.lines: dict[tuple[Step, ...], int] = {}
        self._built: dict[int, Any] = {}
        self._open: set[int] = set()

    def fault(self, line: int | None, code: str, what: str, fix: str = "", field_: str | None = None) -> None:
        self.faults.append(Fault(self.name, line, field_, code, what, fix))

    def build(self, node: yaml.Node, path: tuple[Step, ...]) -> Any:  # noqa: ANN401 - YAML may hold anything
        """Return the value of a node; one that is anchored is built once and shared."""
        self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self._built:
            return self._built[id(node)]
        if id(node) in self._open:
            self.fault(node.start_mark.line + 1, "yaml-anchor", "an anchor contains itself")
            return None
        self._open.add(id(node))
        value = self._value(node, path)
        self._open.discard(id(node))
        self._built[id(node)] = value
        return value

    def _value(self, node: yaml.Node, path: tuple[Step, ...]) -> Any:  # noqa: ANN401
        import yaml  # noqa: PLC0415 - loaded by now

        if node.tag not in _PLAIN_TAGS and not (isinstance(node, yaml.ScalarNode) and node.tag in _IMPLIED_TAGS):
            self.fault(node.start_mark.line + 1, "yaml-tag", f"the tag {node.tag!r} is not allowed", "remove it")
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(part, (*path, place)) for place, part in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.Node, path: tuple[Step, ...]) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if key_node.id != "scalar":
                self.fault(line, "yaml-key", "a key must be plain text")
                continue
            key = str(key_node.value)
            if key in result:
                self.fault(line, "yaml-twice", f"the key {key!r} is given twice", "keep one of them", key)
                continue
            result[key] = self.build(value_node, (*path, key))
        return result


def _scalar(node: yaml.Node) -> str | int | float | bool | None:
    text = str(node.value)
    if getattr(node, "style", None):  # quoted or a block: text
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text
