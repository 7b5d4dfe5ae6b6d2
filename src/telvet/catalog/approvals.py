"""Turns `catalog/release/approvals.yaml` into how many persons must approve an object that no standing authority lets go.

* Whatever is not said asks for two persons: a missing level is none that one person may approve.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from telvet.catalog.checked_yaml import entries, read_checked
from telvet.errors import CatalogError, Fault
from telvet.model.handling import Classification, Handling, Tlp
from telvet.shipped import shipped

__all__ = ["ApprovalRules", "read_approvals"]

_KEYS = ("tlp", "classification", "rules")


@dataclass(frozen=True, slots=True)
class ApprovalRules:
    """When two persons are needed."""

    tlp: Tlp
    classification: Classification
    rules: frozenset[str]

    def persons(self, handling: Handling, rules: Iterable[str]) -> int:
        """Return how many different persons must approve.

        Args:
            handling: Of the object with all its parts.
            rules: Those that ask for a person.
        """
        strict = handling.tlp is not None and handling.tlp.rank >= self.tlp.rank
        high = handling.classification is not None and handling.classification.rank >= self.classification.rank
        named = any(rule.partition(" ")[0] in self.rules for rule in rules)
        return 2 if strict or high or named else 1


def read_approvals(path: Path | None = None) -> ApprovalRules:
    """Read when two persons are needed; what ships with telvet is read once.

    Raises:
        CatalogError: With a fault for every place that is wrong.
    """
    return _shipped() if path is None else _read(path)


@cache
def _shipped() -> ApprovalRules:
    return _read(shipped("catalog") / "release" / "approvals.yaml")


def _read(path: Path) -> ApprovalRules:
    faults: list[Fault] = []
    file = read_checked(path, f"{path.parent.name}/{path.name}", faults)
    if file is not None:
        held = entries(file, "two_persons")
        at = ("two_persons",)
        if file.keys(at, held, _KEYS, ()):
            sound = file.one_of((*at, "tlp"), held["tlp"], tuple(Tlp), "level")
            sound &= file.one_of((*at, "classification"), held["classification"], tuple(Classification), "level")
            rules = held["rules"] if isinstance(held["rules"], list) else []
            if not rules:
                file.fault((*at, "rules"), "not-a-list", "a list of rules is wanted here")
            texts = [file.text((*at, "rules", place), rule) for place, rule in enumerate(rules)]
            if sound and rules and all(texts):
                return ApprovalRules(Tlp(held["tlp"]), Classification(held["classification"]), frozenset(rules))
    what = f"the rules of approval have {len(faults)} fault{'s' * (len(faults) != 1)}"
    raise CatalogError(what, tuple(faults), code="approvals", where=path.name)
