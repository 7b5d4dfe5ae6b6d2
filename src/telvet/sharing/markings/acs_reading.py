"""Turns values of an ACS extension into checked codes, and what is wrong with them into faults.

* Every fault is collected; a value with a fault is read as nothing, and the marking as a whole is then withheld.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from telvet.model.handling import Privilege, SharingRule
from telvet.sharing.markings import acs_terms as terms

__all__ = ["AcsReading"]

_EVERYBODY = "ALL"
_EFFECTS = ("permit", "deny")
_SCOPE = ("permitted_nationalities", "permitted_organizations", "shareability", "entity")


@dataclass(slots=True)
class AcsReading:
    """The faults found so far, each with its field; the methods note what is wrong and return what is sound."""

    faults: list[tuple[str, str]] = field(default_factory=list)

    def fault(self, at: str, what: str) -> None:
        """Note a fault."""
        self.faults.append((at, what))

    def mapping(self, at: str, value: object, allowed: tuple[str, ...], needed: tuple[str, ...]) -> Mapping[str, Any]:
        """Return a mapping with no other keys than allowed, and all that are needed."""
        if not isinstance(value, Mapping):
            self.fault(at, "an object is wanted here")
            return {}
        for key in value:
            if key not in allowed:
                self.fault(f"{at}.{key}".lstrip("."), "the key is not known")
        for key in needed:
            if key not in value:
                self.fault(f"{at}.{key}".lstrip("."), "the key is missing")
        return value

    def codes(self, at: str, value: object) -> tuple[str, ...]:
        """Return a list of one or more different codes."""
        if not isinstance(value, list) or not value or not all(isinstance(code, str) and code for code in value):
            self.fault(at, "a list of one or more codes is wanted here")
            return ()
        if len(set(value)) < len(value):
            self.fault(at, "a code is given twice")
        return tuple(value)

    def coded(self, at: str, value: object, allowed: tuple[str, ...]) -> frozenset[str]:
        """Return a list of codes of a closed list."""
        found = self.codes(at, value)
        for code in found:
            if code not in allowed:
                self.fault(at, f"{code!r} is no code of this list")
        return frozenset(found)

    def organisations(self, at: str, value: object, groups: tuple[str, ...] = terms.GROUPS) -> frozenset[str]:
        """Return a list of codes of organisations and groups."""
        found = self.codes(at, value)
        for code in found:
            if code not in groups and not terms.CUSTODIAN.fullmatch(code):
                self.fault(at, f"{code!r} is no code of an organisation")
        return frozenset(found)

    def text(self, at: str, value: object) -> str:
        """Return text that is not empty."""
        if isinstance(value, str) and value.strip():
            return value
        self.fault(at, "text is wanted here")
        return ""

    def day(self, at: str, value: object) -> date | None:
        """Return the day of a timestamp."""
        if isinstance(value, str) and (found := terms.TIMESTAMP.fullmatch(value)):
            try:
                return date.fromisoformat(found[1])
            except ValueError:
                pass
        self.fault(at, "a timestamp in UTC is wanted here")
        return None

    def permits(self, at: str, value: object) -> bool:
        """Return whether a rule permits; what is no effect denies."""
        if value not in _EFFECTS:
            self.fault(at, "permit or deny is wanted here")
        return value == "permit"

    def privilege(self, at: str, value: object) -> Privilege:
        """Return a rule about what may be done."""
        keys = ("privilege_action", "privilege_scope", "rule_effect")
        rule = self.mapping(at, value, keys, keys)
        action = rule.get("privilege_action")
        if action not in terms.ACTIONS:
            self.fault(f"{at}.privilege_action", f"{action!r} is no action")
        scope = self.mapping(f"{at}.privilege_scope", rule.get("privilege_scope"), _SCOPE, ())
        if not scope:
            self.fault(f"{at}.privilege_scope", "at least one part of the scope is wanted here")
        parts = {key: self._scope(f"{at}.privilege_scope.{key}", key, scope[key]) for key in _SCOPE if key in scope}
        return Privilege(
            str(action), self.permits(f"{at}.rule_effect", rule.get("rule_effect")), *map(parts.get, _SCOPE)
        )

    def _scope(self, at: str, key: str, value: object) -> frozenset[str] | None:
        if value == [_EVERYBODY]:
            return None
        if key == "permitted_organizations":
            return self.organisations(at, value)
        if key != "permitted_nationalities":
            return self.coded(at, value, terms.CODES[key])
        found = self.codes(at, value)
        if _EVERYBODY in found:
            self.fault(at, f"{_EVERYBODY} stands alone or not at all")
        return frozenset(found)

    def sharing_rule(self, at: str, value: object) -> SharingRule:
        """Return a rule about onward sharing."""
        keys = ("sharing_scope", "rule_effect")
        rule = self.mapping(at, value, keys, keys)
        scope = self.organisations(f"{at}.sharing_scope", rule.get("sharing_scope"), terms.SHARING_SCOPES)
        return SharingRule(scope, self.permits(f"{at}.rule_effect", rule.get("rule_effect")))
