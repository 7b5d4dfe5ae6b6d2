"""YAML of a person -> rules by which marks are added or replaced, or every fault in it.

* `unmarked` gives a first mark to what has none; `replace` says which level is meant by a mark.
* Which rule opens something is not known here: that follows from a bundle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from telvet.catalog.checked_yaml import CheckedYaml
from telvet.catalog.yaml_reading import parse_yaml
from telvet.errors import Fault, SharingError
from telvet.model.handling import Tlp
from telvet.sharing.audit.canonical import Json

__all__ = ["Meant", "Rules", "Unmarked", "read_rules"]

_LEVELS = tuple(str(level) for level in Tlp)


@dataclass(frozen=True, slots=True)
class Meant:
    """The level that a mark is to be read as."""

    tlp: Tlp
    why: str = ""


@dataclass(frozen=True, slots=True)
class Unmarked:
    """The level of what nobody marked."""

    tlp: Tlp
    why: str = ""
    types: tuple[str, ...] = ()
    """The types of objects that it is for; none is all."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a person decided about marks."""

    unmarked: Unmarked | None = None
    replace: Mapping[str, Meant] = field(default_factory=dict)
    """By the id of the mark."""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    """Where each of them stands in its file."""
    name: str = ""

    def told(self) -> Mapping[str, Json]:
        """Return them as plain values."""
        one = self.unmarked
        first: Json = {"tlp": str(one.tlp), "why": one.why, "types": list(one.types)} if one else None
        return {
            "unmarked": first,
            "replace": {mark: {"tlp": str(each.tlp), "why": each.why} for mark, each in self.replace.items()},
        }


def read_rules(text: str, name: str) -> Rules:
    """Read rules.

    Raises:
        SharingError: With every fault.
    """
    faults: list[Fault] = []
    file = CheckedYaml(name, parse_yaml(text, name, SharingError), faults)
    top = file.document.value
    unmarked, replace = None, {}
    file.keys((), top, (), ("unmarked", "replace"))
    if isinstance(top, Mapping):
        if "unmarked" in top and _sound(file, ("unmarked",), top["unmarked"], ("why", "types")):
            one = top["unmarked"]
            unmarked = Unmarked(Tlp(one["tlp"]), one.get("why", ""), tuple(one.get("types", ())))
        marks = top.get("replace", {})
        if not isinstance(marks, Mapping):
            file.fault(("replace",), "not-a-mapping", "a mapping from ids of marks to levels is wanted here")
            marks = {}
        for mark, one in marks.items():
            if _sound(file, ("replace", str(mark)), one, ("why",)):
                replace[str(mark)] = Meant(Tlp(one["tlp"]), one.get("why", ""))
    if faults:
        count = len(faults)
        raise SharingError(f"{name} has {count} fault{'s' * (count > 1)}", tuple(faults), code="rules")
    lines = {mark: file.document.line("replace", mark) for mark in replace}
    return Rules(unmarked, replace, lines, name)


def _sound(file: CheckedYaml, at: tuple[str, ...], value: object, optional: tuple[str, ...]) -> bool:
    if not file.keys(at, value, ("tlp",), optional) or not isinstance(value, Mapping):
        return False
    sound = file.one_of((*at, "tlp"), value["tlp"], _LEVELS, "level of TLP")
    if "why" in value:
        sound &= file.text((*at, "why"), value["why"])
    types = value.get("types", [])
    if not isinstance(types, list) or not all(isinstance(one, str) and one for one in types):
        file.fault((*at, "types"), "not-a-list", "a list of types of objects is wanted here")
        return False
    return sound
