"""Turns a marking definition into its level of TLP, by its id and by its content, which must agree.

* An official id alone is enough, for the standards fix what it means; content alone never is.
* Where id and content disagree, or the id is nobody's, the level is RED and the object is withheld.
* Content is whatever says a level: the definition, the extension, a statement, any property that begins with `TLP:`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from telvet.catalog.handling import HandlingRules, TlpId
from telvet.model.handling import Handling, Tlp
from telvet.sharing.markings.compiled import Compiled, joined, noted, withheld

__all__ = ["read_level", "read_tlp", "says_tlp"]

_PREFIX = "tlp:"
_KIND = "tlp-2.0"
_LEVELS = {
    **{str(level): level for level in Tlp},
    **dict.fromkeys(("amber-strict", "amber_strict", "amber strict", "amberstrict"), Tlp.AMBER_STRICT),
    "white": Tlp.CLEAR,
}


def read_level(text: object) -> Tlp | None:
    """Return the level that a text stands for, with or without `TLP:` before it; None where it is none."""
    if not isinstance(text, str):
        return None
    return _LEVELS.get(text.strip().casefold().removeprefix(_PREFIX).strip())


def says_tlp(text: object) -> bool:
    """Tell whether a text is meant to be a level of TLP, understood or not."""
    return isinstance(text, str) and text.strip().casefold().startswith(_PREFIX)


def read_tlp(marking: str, definition: Mapping[str, Any] | None, rules: HandlingRules) -> Compiled | None:
    """Return the level of a marking definition, or None where neither its id nor its content is of TLP.

    Args:
        marking: The id by which it was referred to.
        definition: The definition, or None where the bundle lacks it.
        rules: What is known of markings.
    """
    known = rules.tlp.get(marking)
    if definition is None:
        return None if known is None else _by_id(known)
    said = dict(_said(definition, rules))
    if known is None:
        return _unknown(marking, said, rules) if said else None
    if not said:
        what = f"the id stands for {known.level.label}, and the content does not say so"
        return _red(marking, "tlp-disagrees", what, "write the content that the standard gives for this id")
    if set(said.values()) != {known.level}:
        what = f"the id stands for {known.level.label}, and the content says something else"
        fix = f"use the official pair of id and content of the level that is meant ({_official(known.level, rules)})"
        return _red(
            marking, "tlp-disagrees", what, fix, "; ".join(f"{where}: {level}" for where, level in said.items())
        )
    return joined((_level(marking, known.level), *_manners(known, said, rules)))


def _said(definition: Mapping[str, Any], rules: HandlingRules) -> Iterator[tuple[str, Tlp | None]]:
    """Yield every place of a definition that says a level, and the level; None where it is no level."""
    inner = definition.get("definition")
    if definition.get("definition_type") == "tlp":
        sound = isinstance(inner, Mapping) and tuple(inner) == ("tlp",)
        yield "definition.tlp", read_level(inner["tlp"]) if sound and isinstance(inner, Mapping) else None
    elif isinstance(inner, Mapping) and "tlp" in inner:
        yield "definition.tlp", read_level(inner["tlp"])
    if isinstance(inner, Mapping) and says_tlp(inner.get("statement")):
        yield "definition.statement", read_level(inner["statement"])
    yield from ((key, read_level(text)) for key, text in definition.items() if says_tlp(text))
    extensions = definition.get("extensions")
    for name, body in extensions.items() if isinstance(extensions, Mapping) else ():
        if rules.extensions.get(name) == _KIND:
            sound = isinstance(body, Mapping) and set(body) == {"extension_type", "tlp_2_0"}
            sound = sound and body["extension_type"] == "property-extension"
            yield "extension.tlp_2_0", read_level(body["tlp_2_0"]) if sound else None


def _by_id(known: TlpId) -> Compiled:
    if known.official:
        return _level(known.id, known.level)
    what = "the id is of no standard, and the bundle lacks the definition that would tell what is meant"
    return _red(known.id, "tlp-unofficial-id", what, "send the definition along, or use an official id")


def _unknown(marking: str, said: Mapping[str, Tlp | None], rules: HandlingRules) -> Compiled:
    levels = sorted({level for level in said.values() if level}, key=lambda level: level.rank)
    named = f"; {_official(levels[-1], rules)}" if levels else ""
    what = "the content says a level of TLP, and the id is none of TLP"
    return _red(marking, "tlp-unknown-id", what, f"use the official id of the level{named}", ", ".join(said))


def _manners(known: TlpId, said: Mapping[str, Tlp | None], rules: HandlingRules) -> Iterator[Compiled]:
    fix = f"use {_official(known.level, rules)}"
    if not known.official:
        yield noted(known.id, "tlp-unofficial-id", "the id is in wide use and of no standard", fix)
    elif ("extension.tlp_2_0" in said) != (known.version == "2.0"):
        what = f"the id is of TLP {known.version}, and the content is written as that of the other version"
        yield noted(known.id, "tlp-form", what, fix)


def _official(level: Tlp, rules: HandlingRules) -> str:
    ids = [row for row in rules.tlp.values() if row.level is level and row.official]
    return f"{level.label} is {max(ids, key=lambda row: row.version).id}" if ids else level.label


def _level(marking: str, level: Tlp) -> Compiled:
    return Compiled(Handling(marks=frozenset({marking}), tlp=level))


def _red(marking: str, code: str, what: str, fix: str, about: str = "") -> Compiled:
    return joined((_level(marking, Tlp.RED), withheld(marking, code, what, fix, about)))
