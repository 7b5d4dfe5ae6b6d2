"""Turns `catalog/evidence/rules.yaml` and `connectives.yaml` into compiled patterns.

* Macros in braces are expanded once: {name} is any form of a verb of that list or a fragment of `words`; {C} and {V} are countries and vendors.
* A pattern that does not compile, or a code that is no measure or modality, is a fault; all faults are told at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from telvet.catalog.evidence_codes import EvidenceCodes, read_codes
from telvet.catalog.yaml_reading import read_yaml
from telvet.errors import CatalogError, Fault
from telvet.evidence.proposing.inflection import Verb, read_verb
from telvet.shipped import shipped

__all__ = ["Effect", "Governor", "Rule", "Rulebook", "read_rulebook"]

_FILE = "rules.yaml"
_MACRO = re.compile(r"\{([a-z_]+|C|V)(?:\.([a-z]+))?\}")
_WHOLE = r"(?<!\w)(?:{})"
"""What is looked for begins a word."""
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of saying that somebody does something about a vendor."""

    id: str
    find: re.Pattern[str]
    measure: str
    modality: str | None
    country: tuple[str, ...]
    vendor: str
    unless: re.Pattern[str]
    needs: re.Pattern[str] | None
    weight: float
    refine: bool
    duty: bool
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Governor:
    """Words before a verb or noun that say how far it has got."""

    name: str
    before: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a governor does to a measure."""

    measure: str | None = None
    modality: str | None = None
    nothing: bool = False


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All that the rules proposer knows."""

    rules: tuple[Rule, ...]
    refine: Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]
    governors: tuple[Governor, ...]
    after_nouns: tuple[tuple[str, re.Pattern[str]], ...]
    effects: Mapping[str, Mapping[str, Effect]]
    forms: Mapping[str, str]
    """The form of a verb's first word: base, third, past, participle or ing."""
    contrast: re.Pattern[str]
    coordination: re.Pattern[str]
    finite: re.Pattern[str]
    asides: tuple[re.Pattern[str], ...]
    words: Mapping[str, re.Pattern[str]]
    """Patterns that the engine asks for by name."""
    codes: EvidenceCodes


def read_rulebook(folder: Path | None = None) -> Rulebook:
    """Read the rules of a folder like the catalogue's `evidence`; those that ship with telvet are read once."""
    return _shipped() if folder is None else _read(folder)


@cache
def _shipped() -> Rulebook:
    return _read(shipped("catalog") / "evidence")


@dataclass(slots=True)
class _Reader:
    """Expands macros and collects faults."""

    verbs: Mapping[str, list[Verb]]
    fragments: Mapping[str, str]
    codes: EvidenceCodes
    faults: list[Fault] = field(default_factory=list)

    def expand(self, text: str, depth: int = 0) -> str:
        if depth > 5:  # noqa: PLR2004 - fragments of fragments of fragments are a mistake
            raise ValueError("fragments name each other")
        return _MACRO.sub(lambda found: self._macro(found[1], found[2], depth), text)

    def _macro(self, name: str, form: str | None, depth: int) -> str:
        if name in {"C", "V"}:
            return "\u00a7+" if name == "C" else "\u00a4+"
        if name in self.verbs:
            return _any_form(self.verbs[name], form)
        if name in self.fragments:
            return self.expand(self.fragments[name], depth + 1)
        raise ValueError(f"no verbs and no words are called {name!r}")

    def pattern(self, text: str, place: str, shape: str = "{}") -> re.Pattern[str]:
        try:
            return re.compile(shape.replace("{}", self.expand(str(text))))
        except (re.error, ValueError) as problem:
            self.faults.append(Fault(_FILE, None, place, "evidence-rules", f"the pattern cannot be read: {problem}"))
            return _NEVER

    def code(self, value: str, known: Mapping[str, Any], place: str) -> str:
        if value not in known:
            self.faults.append(
                Fault(
                    _FILE, None, place, "unknown-code", f"{value!r} is no {place.rsplit(maxsplit=1)[-1]}", value=value
                )
            )
        return value


def _any_form(verbs: list[Verb], form: str | None) -> str:
    alternatives: set[str] = set()
    for verb in verbs:
        for word, kind in verb.forms().items():
            past = kind in {"past", "participle"}
            if form is None or kind == form or (form in {"past", "participle"} and past):
                after = (
                    r" (?:(?:(?!to |and |that |for )[^ ,;.]+ |(?<=\u00a4 )and ){0,6}?)" + re.escape(verb.after)
                    if verb.after
                    else ""
                )
                alternatives.add(re.escape(word) + after)
    longest = sorted(alternatives, key=lambda text: (-len(text), text))
    return r"(?<![\w'-])(?:" + "|".join(longest) + r")(?![\w-])"


def _read(folder: Path) -> Rulebook:
    document, connectives = read_yaml(folder / _FILE), read_yaml(folder / "connectives.yaml")
    verbs = {name: [read_verb(str(verb)) for verb in listed] for name, listed in document["verbs"].items()}
    codes = read_codes()
    reader = _Reader(verbs, {**document["words"], **connectives["words"]}, codes)
    join: Callable[[list[str]], str] = lambda parts: "|".join(f"(?:{part})" for part in parts)  # noqa: E731
    book = Rulebook(
        tuple(_rule(reader, entry) for entry in document["rules"]),
        {
            reader.code(measure, codes.measures, "refine measure"): tuple(
                (reader.code(narrow, codes.measures, "refine measure"), reader.pattern(words, f"refine {measure}"))
                for narrow, words in entries
            )
            for measure, entries in document["refine"].items()
        },
        tuple(
            Governor(name, reader.pattern(words, f"governors {name}", r"(?<![\w-])(?P<head>{}) ?$"))
            for name, words in document["governors"]
        ),
        tuple((name, reader.pattern(words, f"after_nouns {name}")) for name, words in document["after_nouns"]),
        {
            name: {kind: _effect(reader, name, entry) for kind, entry in kinds.items()}
            for name, kinds in document["effects"].items()
        },
        {word: kind for listed in verbs.values() for verb in listed for word, kind in verb.forms().items()},
        reader.pattern(join(connectives["contrast"]), "contrast"),
        reader.pattern(join(connectives["coordination"]), "coordination"),
        reader.pattern(join(connectives["finite"]), "finite"),
        tuple(reader.pattern(words, "asides") for words in connectives["asides"]),
        {name: reader.pattern(words, f"named {name}") for name, words in connectives["named"].items()},
        codes,
    )
    if reader.faults:
        raise CatalogError(
            f"the rules of evidence have {len(reader.faults)} fault(s)", tuple(reader.faults), code="evidence-rules"
        )
    return book


def _rule(reader: _Reader, entry: Mapping[str, Any]) -> Rule:
    place = f"rule {entry['id']}"
    unless, needs = entry.get("unless"), entry.get("needs")
    modality = entry.get("modality")
    return Rule(
        entry["id"],
        reader.pattern(entry["find"], place, _WHOLE),
        reader.code(entry["measure"], reader.codes.measures, f"{place} measure"),
        reader.code(modality, reader.codes.modalities, f"{place} modality") if modality else None,
        tuple(entry.get("country", ("agent", "subject", "place", "topic"))),
        entry.get("vendor", "needed"),
        reader.pattern(unless, place) if unless else _NEVER,
        reader.pattern(needs, place) if needs else None,
        float(entry["weight"]),
        entry.get("refine") == "yes",
        entry.get("duty") == "yes",
        frozenset(name for name in ("concrete", "pressed", "echo", "strong") if entry.get(name) == "yes"),
    )


def _effect(reader: _Reader, name: str, entry: Mapping[str, str]) -> Effect:
    measure, modality = entry.get("measure"), entry.get("modality")
    return Effect(
        reader.code(measure, reader.codes.measures, f"effect {name} measure") if measure else None,
        reader.code(modality, reader.codes.modalities, f"effect {name} modality") if modality else None,
        entry.get("nothing") == "yes",
    )
