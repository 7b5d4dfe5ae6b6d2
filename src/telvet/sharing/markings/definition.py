"""Turns one marking definition of STIX into the handling it comes to: each thing that it says is read, and all are joined.

* What it says is in its definition and in its extensions; a kind that is not known withholds, and so does saying nothing.
* TLP is settled by id and content before anything else; a definition that is missing withholds unless its id is official.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from telvet.catalog.handling import HandlingRules
from telvet.sharing.markings.acs import read_acs
from telvet.sharing.markings.compiled import Compiled, joined, noted, referred, withheld
from telvet.sharing.markings.ism import ism_handling
from telvet.sharing.markings.ism_attributes import is_ism, read_attributes
from telvet.sharing.markings.statements import read_statement
from telvet.sharing.markings.tlp import read_tlp, says_tlp

__all__ = ["MARKING_ID", "read_definition"]

MARKING_ID = re.compile(r"marking-definition--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def read_definition(marking: str, definition: object, rules: HandlingRules, on: date) -> Compiled:
    """Compile a marking definition for a day.

    Args:
        marking: The id by which it was referred to.
        definition: The object, or None where the bundle lacks it.
        rules: What is known of markings.
        on: The day for which codes of countries are looked up.
    """
    if not MARKING_ID.fullmatch(marking):
        what = "the id is none of a marking definition"
        return withheld(marking, "marking-id-malformed", what, "write marking-definition-- and a UUID", marking)
    if definition is None:
        return read_tlp(marking, None, rules) or _absent(marking)
    if not isinstance(definition, Mapping) or definition.get("type") != "marking-definition":
        what = "what stands under the id is no marking definition"
        return withheld(marking, "marking-malformed", what, "mend its type")
    parts = [*_definition(marking, definition, rules, on), *_extensions(marking, definition, rules, on)]
    tlp = read_tlp(marking, definition, rules)
    if tlp is None and not parts:
        what = "the marking definition says nothing"
        parts.append(withheld(marking, "marking-empty", what, "write its definition or extension"))
    return joined((*([tlp] if tlp else []), *parts, *_versioned(marking, definition)))


def _absent(marking: str) -> Compiled:
    what = "the marking is referred to, and the bundle lacks its definition"
    return withheld(marking, "marking-absent", what, "send the marking definition along")


def _versioned(marking: str, definition: Mapping[str, Any]) -> Iterator[Compiled]:
    if "modified" in definition:
        what = "a marking definition has no versions, and this one says when it was modified"
        yield noted(marking, "marking-versioned", what, "make a new marking definition under a new id")
        yield referred(marking, "marking-versioned")


def _definition(marking: str, definition: Mapping[str, Any], rules: HandlingRules, on: date) -> Iterator[Compiled]:
    kind, inner = definition.get("definition_type"), definition.get("definition")
    if kind is None and inner is None:
        return
    fix = "write definition_type and definition as STIX 2.1 has them"
    if kind == "tlp" or (says_tlp(kind) and inner is None):
        return  # settled by read_tlp
    if not isinstance(inner, Mapping):
        yield withheld(marking, "marking-malformed", "its definition is missing or no object", fix, kind)
    elif kind == "statement":
        if tuple(inner) != ("statement",):
            yield withheld(
                marking, "statement-malformed", "a statement has one key, statement", fix, ", ".join(map(str, inner))
            )
        elif not says_tlp(inner["statement"]):
            yield read_statement(marking, inner["statement"], rules, on)
    elif isinstance(kind, str) and "ism" in kind.casefold() and is_ism(inner, rules.ism):
        yield ism_handling(marking, read_attributes(inner, rules.ism), rules, on)
    else:
        yield withheld(marking, "marking-unknown", "markings of this kind are not known", fix, kind)


def _extensions(marking: str, definition: Mapping[str, Any], rules: HandlingRules, on: date) -> Iterator[Compiled]:
    extensions = definition.get("extensions", {})
    if not isinstance(extensions, Mapping):
        yield withheld(marking, "marking-malformed", "its extensions are no object", "mend them")
        return
    for name, body in extensions.items():
        kind = rules.extensions.get(name)
        if kind == "acs-3.0a":
            yield read_acs(marking, body, rules, on)
        elif kind == "unread":
            what = "markings of this extension are known and not read"
            yield withheld(marking, "extension-unread", what, "decide by hand", name)
        elif kind is None:
            what = "the extension is not known"
            yield withheld(marking, "extension-unknown", what, "list it in catalog/handling/extensions.yaml", name)
