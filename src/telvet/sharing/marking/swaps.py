"""The marks that a bundle uses -> the official mark that each is replaced by, and those that are left as they are.

* A mark is replaced unasked only where what follows is at least as strict, by the order of handlings.
* Everything else needs a person's rule; one that opens needs a reason, and leave to open.
* That a faulty mark withholds is part of its handling: to mend it opens, and so needs a rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from telvet.errors import Fault, SharingError
from telvet.model.handling import Handling, at_least_as_strict
from telvet.sharing.marking.official import official_definition, official_id
from telvet.sharing.marking.plan import Left
from telvet.sharing.marking.rules import Rules
from telvet.sharing.markings.definition import read_definition
from telvet.sharing.markings.stix_object import MarkingCompiler

__all__ = ["Swap", "bare", "swaps_of"]

_MENDABLE = frozenset(
    ("tlp-unknown-id", "tlp-disagrees", "tlp-unofficial-id", "marking-absent", "marking-id-malformed")
)


@dataclass(frozen=True, slots=True)
class Swap:
    """One mark in the place of another; its own id where only the definition is to be put right."""

    to: str
    because: str


def bare(handling: Handling) -> Handling:
    """Return what a handling leaves open, whatever mark says so."""
    return replace(handling, marks=frozenset())


def swaps_of(
    used: Mapping[str, int], compiler: MarkingCompiler, rules: Rules, *, allow_opening: bool
) -> tuple[dict[str, Swap], tuple[Left, ...]]:
    """Return the swaps by the mark that goes, and what is left.

    Args:
        used: How many objects use each mark.
        compiler: Of the bundle as it is.
        rules: What a person decided.
        allow_opening: Rules may open.

    Raises:
        SharingError: A rule opens something without leave or reason, or its mark is not in the bundle.
    """
    swaps: dict[str, Swap] = {}
    left: list[Left] = []
    faults: list[Fault] = [_stray(mark, rules) for mark in rules.replace if mark not in used]
    for mark, objects in sorted(used.items()):
        if (meant := rules.replace.get(mark)) is not None:
            target = official_id(meant.tlp, compiler.rules)
            if not _stricter(mark, target, compiler):
                faults += _unreasoned(mark, rules, allow_opening=allow_opening)
            swaps[mark] = Swap(target, "rule")
        elif (because := _unasked(mark, compiler)) is not None:
            swaps[mark] = Swap(official_id(compiler.rules.tlp[mark].level, compiler.rules), because)
        else:
            left += _left(mark, objects, compiler)
    if faults:
        raise SharingError("the rules cannot be followed", tuple(faults), code="rules", where=rules.name)
    return swaps, tuple(left)


def _unasked(mark: str, compiler: MarkingCompiler) -> str | None:
    """Return why a mark is replaced without a rule; None where it is not."""
    known = compiler.rules.tlp.get(mark)
    if known is None:
        return None
    target = official_id(known.level, compiler.rules)
    if not _stricter(mark, target, compiler):
        return None
    if mark != target:
        return "tlp-version-1" if known.official else "tlp-unofficial-id"
    return "tlp-form" if any(one.code == "tlp-form" for one in compiler.definition(mark).findings) else None


def _stricter(mark: str, target: str, compiler: MarkingCompiler) -> bool:
    """Tell whether the official mark leaves nothing open that the other does not."""
    made = read_definition(target, official_definition(target, compiler.rules), compiler.rules, compiler.on)
    return at_least_as_strict(bare(made.handling), bare(compiler.definition(mark).handling))


def _left(mark: str, objects: int, compiler: MarkingCompiler) -> list[Left]:
    found = [one for one in compiler.definition(mark).findings if one.code in _MENDABLE]
    how = (
        f"say which level is meant under `replace` with a reason, and give --allow-opening; or {found[0].fix}"
        if found
        else ""
    )
    return [Left(mark, one.code, one.what, how, objects) for one in found[:1]]


def _unreasoned(mark: str, rules: Rules, *, allow_opening: bool) -> list[Fault]:
    """Return what is missing for a rule that opens."""
    place = (rules.name, rules.lines.get(mark), mark)
    faults = []
    if not allow_opening:
        what = "the rule lets out what the mark keeps in now"
        faults.append(Fault(*place, "rule-opens", what, "take the rule away, or give --allow-opening"))
    if not rules.replace[mark].why.strip():
        what = "the rule lets out what the mark keeps in now, and gives no reason"
        faults.append(Fault(*place, "rule-without-reason", what, "write why, in words"))
    return faults


def _stray(mark: str, rules: Rules) -> Fault:
    what = "no object of the bundle has this mark"
    return Fault(rules.name, rules.lines.get(mark), mark, "rule-idle", what, "check the id, or take the rule away")
