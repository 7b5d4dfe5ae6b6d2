"""Turns the dictionary form of an English verb into the forms in which a text has it.

* Regular forms are made; irregular ones are given with the verb: `forbid/forbade/forbidden`.
* A verb of several words ("shut out") is inflected in its first; an object may stand between.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Verb", "read_verb"]

_VOWELS = "aeiou"
_DOUBLED = frozenset([
    "admit", "annul", "ban", "bar", "begin", "cap", "commit", "compel", "cut", "defer", "drop", "equip", "forbid",
    "get", "kit", "let", "opt", "permit", "plan", "prefer", "put", "quit", "rebut", "refer", "rid", "rip", "run",
    "scrap", "set", "ship", "shut", "stop", "strip", "submit", "swap", "tip",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verb:
    """The forms of a verb's first word, and the words that follow it."""

    base: str
    third: str
    past: str
    participle: str
    ing: str
    after: str = ""

    def forms(self) -> dict[str, str]:
        """Return what each form is: base, third, past (also a participle) or ing."""
        return {
            self.base: "base", self.ing: "ing", self.third: "third", self.participle: "participle", self.past: "past",
        }  # fmt: skip


def read_verb(text: str) -> Verb:
    """Read `verb`, `verb/past`, or `verb/past/participle`, each with words that follow the verb."""
    head, _, after = text.partition(" ")
    base, *given = head.split("/")
    past = given[0] if given else _ed(base)
    participle = given[1] if len(given) > 1 else past
    return Verb(base, _s(base), past, participle, _ing(base), after)


def _s(base: str) -> str:
    if base.endswith(("s", "sh", "ch", "x", "z", "go")):
        return base + "es"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ies"
    return base + "s"


def _ed(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ied"
    return _doubled(base) + "ed"


def _ing(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith("ee"):
        return base[:-1] + "ing"
    return _doubled(base) + "ing"


def _doubled(base: str) -> str:
    return base + base[-1] if base in _DOUBLED else base
