"""Collect the codes of errors and faults from the source, by its syntax tree."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from reference_pages.writing import ROOT, page, table

__all__ = ["codes", "pages"]

_CODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_HYPHENED = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
_FAULT_CODE_AT = 3
"""`Fault(file, record, field, code, ...)`."""
_INTRODUCTION = """
Every message of telvet ends with a code in brackets. A message says what is wrong, where, why, and how to mend it;
the code stays the same when the wording changes, so scripts may rely on it. Exit codes: 2 for what the input or the
command line must mend, 3 for what we must mend. Words in `…` are filled in.
"""


def pages() -> Iterator[tuple[Path, str]]:
    """Yield the page of codes."""
    rows = [
        (f"`{code}`", " · ".join(sorted(said)) or "(worded where it is raised)")
        for code, said in sorted(codes().items())
    ]
    yield ROOT / "docs/reference/errors.md", page("Error codes", _INTRODUCTION, table(("code", "what it says"), rows))


def codes() -> dict[str, set[str]]:
    """Return every code in the source, with what is said beside it."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                code = _code_of(node)
                if code:
                    found[code] |= _said(node)
            elif isinstance(node, ast.FunctionDef):
                for code in _defaults(node):
                    found[code] |= set()
    return found


def _code_of(call: ast.Call) -> str | None:
    """Return the code that a call names: as keyword, or in its place in `Fault`, or as a hyphened word in a `fault` method."""
    for keyword in call.keywords:
        if keyword.arg == "code":
            return _text(keyword.value, _CODE)
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name == "Fault" and len(call.args) > _FAULT_CODE_AT:
        return _text(call.args[_FAULT_CODE_AT], _CODE)
    if name.strip("_") == "fault":
        return next((code for argument in call.args if (code := _text(argument, _HYPHENED))), None)
    return None


def _text(node: ast.expr, pattern: re.Pattern[str]) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and pattern.fullmatch(node.value):
        return node.value
    return None


def _said(call: ast.Call) -> set[str]:
    """Return the first sentence among the arguments, its gaps shown as `…`."""
    named = [keyword.value for keyword in call.keywords if keyword.arg == "what"]
    for argument in (*named, *call.args):
        text = _shown(argument)
        if text and " " in text and not text.startswith("see "):
            return {text}
    return set()


def _shown(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    return None


def _defaults(function: ast.FunctionDef) -> Iterator[str]:
    for argument, default in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True):
        if argument.arg == "code" and default is not None and (code := _text(default, _CODE)):
            yield code
