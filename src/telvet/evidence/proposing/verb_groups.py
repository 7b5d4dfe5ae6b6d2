"""Turns what stands before a verb or noun into what it says of it: auxiliaries, negation, and the words that govern it, outwards.

* A negation reaches what it governs and nothing else: it belongs to the group of auxiliaries in which it stands, or to the governor.
* Links are in order from the verb outwards; `.not` marks one that is itself negated.
* Nothing is decided here: what links do to a measure is data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from telvet.evidence.proposing.rulebook import Governor, Rulebook

__all__ = ["Group", "read_group", "read_noun"]

_BE = frozenset([
    "'re", "am", "are", "aren't", "be", "been", "being", "get", "gets", "getting", "got", "is", "isn't", "remain",
    "remained", "remains", "stay", "stayed", "stays", "was", "wasn't", "were", "weren't",
])  # fmt: skip
_HAVE = frozenset(["'ve", "had", "hadn't", "has", "hasn't", "have", "haven't", "having"])
_DO = frozenset(["did", "didn't", "do", "does", "doesn't", "don't"])
_WILL = frozenset(["'ll", "will", "won't"])
_SHALL = frozenset(["shall"])
_WOULD = frozenset(["'d", "would", "wouldn't"])
_COULD = frozenset(["can", "can't", "cannot", "could", "couldn't", "may", "might"])
_SHOULD = frozenset(["ought", "should", "shouldn't"])
_MUST = frozenset(["must", "mustn't"])
_NOT = frozenset([
    "aren't", "can't", "cannot", "couldn't", "didn't", "doesn't", "don't", "hadn't", "hasn't", "haven't", "isn't",
    "mustn't", "n't", "neither", "never", "no", "nor", "not", "shouldn't", "wasn't", "weren't", "won't", "wouldn't",
])  # fmt: skip
_ADVERBS = frozenset([
    "about", "again", "all", "already", "also", "always", "both", "de", "each", "earlier", "effect", "either",
    "even", "ever", "facto", "far", "finally", "first", "in", "in-effect", "indeed", "instead", "just", "last",
    "later", "long", "longer", "more", "next", "now", "often", "once", "outright", "perhaps", "quietly", "so",
    "soon", "still", "then", "thus", "today", "tomorrow", "too", "yesterday", "yet",
])  # fmt: skip
_NO_ADVERBS = frozenset([
    "ally", "apply", "assembly", "early", "family", "fly", "imply", "july", "likely", "only", "rely", "reply",
    "supply", "unlikely",
])  # fmt: skip
_GLUE = frozenset([*_BE, *_HAVE, *_DO, *_WILL, *_SHALL, *_WOULD, *_COULD, *_SHOULD, *_MUST, *_NOT, *_ADVERBS, "to"])
_MODALS = (
    ("shall", _SHALL),
    ("will", _WILL),
    ("would", _WOULD),
    ("could", _COULD),
    ("should", _SHOULD),
    ("must", _MUST),
)
_SUBORDINATE = frozenset(
    {"deny", "hypothetical", "undecided", "unlikely", "expect", "consider", "cancel", "in_principle"}
)
_TIMES = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|month|year|spring|summer|autumn|winter|\d{4})"
)
_ADJUNCT = re.compile(
    r" (?:(?:in|on|last|this|next|earlier this|late last|early this|since) (?:the )?(?:\d{1,2} )?"
    + _TIMES
    + r"(?: \d{4}| last year)?|yesterday|today) $"
)
_RELATIVE = re.compile(r" (?:that|which) $")
_CLAUSAL = re.compile(r"(?<![\w-])(?:whether|if|how|that|it|they|when|what|who|where|\u00a7+) (?:\S+ ){0,8}$")
_IF = re.compile(r"(?<![\w-])(?:if|unless|whether|were) (?:\S+ ){0,4}$")
_PASSED_ON = frozenset({"plan", "consider", "decide", "impose", "begin", "refuse", "expect", "advocate"})
_OPEN = frozenset({"urge", "order", "empower"})
_NOMINAL = re.compile(r"(?:decision|order|ruling|directive|decree)s? ")
"""Nouns that govern a verb: what governs them in turn says whether it came to pass."""
_NOT_OF_NOUNS = frozenset({"hypothetical", "decide", "impose", "order", "urge", "begin", "empower", "refuse"})
COUNTRY_MARK = "\u00a7"
_IN_MAY = re.compile(r"(?<![\w-])(?:in|last|since|of|this|by|until|early|late|mid|from|\d{1,2}) may $")
_FURTHEST = 200
_DEEPEST = 4
_DETERMINERS = re.compile(
    r"(?:(?<=^)|(?<= ))(?:(?:a|an|the|its|their|his|our|this|that|such|any|outright|full|total|blanket|complete|formal|effective|partial|"
    r"possible|potential|similar|proposed|planned|threatened|de facto|new|own|us-style|5g|nationwide|permanent|temporary|sweeping|broad|"
    r"broader|wider|further|tougher|stricter|unilateral|general|immediate|legal|explicit|no|another|"
    "[\u00a4\u00a7]"
    r"+(?:'s)?) )*$"
)


@dataclass(frozen=True, slots=True)
class Group:
    """What stands before a verb or noun."""

    start: int
    """Where the outermost of it begins."""
    own: int
    """Where the verb's own auxiliaries begin."""
    links: tuple[str, ...]
    passive: bool
    governed: str
    """The text between the outermost governor that takes an object and the verb: whom it urges or orders."""
    object_at: tuple[int, int] | None
    words: tuple[str, ...]
    """The verb's own auxiliaries and adverbs."""
    bare: bool
    """A form without any auxiliary that may be present tense, or an order of words of a headline."""


def read_group(text: str, place: int, form: str, rules: Rulebook, floor: int = 0) -> Group:
    """Read what governs a verb.

    Args:
        text: A masked sentence.
        place: Where the verb begins.
        form: The verb's form.
        rules: The data of the rules.
        floor: Where its clause begins; nothing is read before it.
    """
    own, words = _auxiliaries(text, place, floor)
    links: list[str] = []
    infinitive = bool(words) and (words[0] == "to" or words[:2] == ["not", "to"]) and not any(_modal(words))
    if (link := _own_link(words)) is not None:
        links.append(link)
    if form == "base" and any(word in _BE or word in _HAVE for word in words) and "to" not in words:
        form = "participle"
    passive = form in {"past", "participle"} and any(word in _BE for word in words)
    bare_be = form in {"past", "participle"} and words[:1] == ["be"]
    loose = (
        infinitive
        or bare_be
        or (form == "ing" and not any(word in _BE for word in words))
        or (form == "base" and not words)
    )
    start, more, object_at = _outwards(text, own, rules, floor, loose=loose)
    if "would" in words and not more and (relative := _RELATIVE.search(text[floor:own])):
        considered = any(governor.name == "consider" and governor.before.search(text[floor : floor + end])
                         for governor in rules.governors for end in _ends(text[floor:own], relative.start()))  # fmt: skip
        links, more = ([], ["consider"]) if considered else (links, more)
    if infinitive and not more:
        more = [_purpose(text[floor:own])]
    if infinitive and more[:1] == ["decide"] and re.search(r"(?<![\w-])(?:has|have|had) $", text[floor:own]):
        more = ["must", *more[1:]]
    if infinitive and "not" in words and more and more[0] != "decide":
        more[0] = _negated(more[0])
        links = [link for link in links if link != "plain.not"]
    bare = not words and not more
    governed = text[slice(*object_at)] if object_at else ""
    return Group(start, own, (*links, *more), passive, governed, object_at, tuple(words), bare)


def _purpose(before: str) -> str:
    """Return what an infinitive says that nothing governs: a duty, what the modal before it says, or a plan."""
    if re.search(r"(?<![\w-])(?:has|have|had|need|needs) $", before):
        return "must"
    modal = re.search(r"(?<![\w-])(may|might|could|would|should) (?:[\w'\u00a7-]+ ){1,7}$", before)
    return "plan" if modal is None else "could" if modal[1] in _COULD else modal[1]


def _ends(text: str, last: int) -> list[int]:
    """Return the ends of the words before a relative clause, the nearest first."""
    return [found.end() for found in re.finditer(r"\S+", text[:last])][::-1][:16]


def read_noun(text: str, place: int, end: int, clause: tuple[int, int], rules: Rulebook) -> Group:
    """Read what governs a noun such as a ban, before it or after it within its clause."""
    floor, ceiling = clause
    before = text[floor:place]
    held = _DETERMINERS.search(before)
    own = floor + (held.start() if held else len(before))
    said = text[own:place].split()
    links: list[str] = []
    if "no" in said or re.search(
        r"(?<![\w-])(?:not|never|isn't|nor) (?:(?:a|an|any|the|about|yet|such|impose|\w+ly) )?$", text[floor:own]
    ):
        links.append("plain.not")
    elif {"possible", "potential", "threatened"} & set(said):
        links.append("consider")
    elif {"proposed", "planned"} & set(said):
        links.append("plan")
    owned = COUNTRY_MARK in text[own:place]
    start, more, object_at = _outwards(text, own, rules, floor, loose=True, noun=True, nominal=owned)
    after = text[end:ceiling]
    given_up = [name for name, pattern in rules.after_nouns if name == "cancel" and pattern.search(after[:80])]
    if given_up:
        links, more = [], given_up
    if not links and not more:
        for name, pattern in rules.after_nouns:
            found = pattern.search(after)
            if found and found.start() < 80:  # noqa: PLR2004 - the noun's own predicate stands near
                more = [name]
                break
    if rules.words["would_be"].match(after) and not {"plan", "consider", "advocate"}.intersection(more):
        more = ["hypothetical"]
    if not links and not more and "any" in said:
        more = ["hypothetical"]
    return Group(start, own, (*links, *more), passive=False, governed=text[slice(*object_at)] if object_at else "", object_at=object_at,
                 words=(), bare=not links and not more)  # fmt: skip


def _auxiliaries(text: str, place: int, floor: int) -> tuple[int, list[str]]:
    """Return where the words begin that belong to the verb, and those words."""
    start, words = place, list[str]()
    while start > floor:
        before = text[floor:start].rstrip(" ")
        found = re.search(r"[^\s,;:]+$", before)
        if not found:
            break
        word = found.group().strip("\"'" if found.group() not in {"'ll", "'re", "'ve", "'d"} else "")
        if word == "may" and _IN_MAY.search(text[floor:start]):
            break
        if word not in _GLUE and not (word.endswith("ly") and word not in _NO_ADVERBS):
            break
        words.insert(0, word)
        start = floor + found.start()
    while words and words[0] in _ADVERBS:
        start += len(words.pop(0)) + 1
    return start, words


def _modal(words: list[str]) -> list[str]:
    return [name for name, held in _MODALS if any(word in held for word in words)]


def _own_link(words: list[str]) -> str | None:
    negated = any(word in _NOT for word in words)
    if modals := _modal(words):
        return _negated(modals[0]) if negated else modals[0]
    if "to" in words and words[0] in _HAVE and "yet" in words:
        return "undecided"
    if "to" in words and words[0] in _HAVE:
        return "must.not" if negated else "must"
    if "to" in words and words[0] in _BE:
        return "plan.not" if negated else "plan"
    return "plain.not" if negated else None


def _negated(name: str) -> str:
    return name if name.endswith(".not") else name + ".not"


def _outwards(
    text: str, place: int, rules: Rulebook, floor: int, *, loose: bool, noun: bool = False, nominal: bool = False
) -> tuple[int, list[str], tuple[int, int] | None]:
    """Return where the outermost governor begins, the links, and where the object of one that urges stands."""
    links: list[str] = []
    object_at: tuple[int, int] | None = None
    start = place
    for _ in range(_DEEPEST):
        adjunct = _ADJUNCT.search(text[floor:place])
        near = floor + adjunct.start() + 1 if adjunct else place
        barred = _NOT_OF_NOUNS if nominal else {"empower"} if noun else frozenset()
        governors = [each for each in rules.governors if each.name not in barred]
        found = _nearest(text, near, governors, floor)
        if found is None:
            break
        governor, head, end = found
        if not loose and governor.name not in _SUBORDINATE:
            break
        if not loose and not _CLAUSAL.search(text[head:place]):
            break
        if not loose and governor.name in {"hypothetical", "consider", "cancel"} and not _IF.search(text[floor:place]):
            break
        own, words = _auxiliaries(text, head, floor)
        negated = any(word in _NOT for word in words)
        name = "no_plans" if "no" in words else governor.name
        links.append(_negated(name) if negated and name == governor.name else name)
        if governor.name in {"decide", "impose", "order", "begin", "advocate"}:
            links.extend(_negated(modal) if negated else modal for modal in _modal(words))
        if governor.name in {"urge", "order"} and object_at is None:
            object_at = (end, place)
        place = start = own
        loose = loose and (
            governor.name in {"plan", "consider", "decide", "impose", "begin", "refuse", "expect", "advocate"}
        )
        loose = loose or "to" in words
        nominal = _NOMINAL.match(text, head) is not None
        loose = loose or nominal
    return start, links, object_at


def _nearest(text: str, place: int, governors: Iterable[Governor], floor: int) -> tuple[Governor, int, int] | None:
    """Return the governor whose head stands last before a place, with the start and end of its head."""
    low = max(floor, place - _FURTHEST)
    stretch = text[low:place]
    best: tuple[Governor, int, int] | None = None
    for governor in governors:
        if governor.name == "hypothetical" and best is not None and best[0].name not in _OPEN:
            continue
        found = governor.before.search(stretch)
        if found and (best is None or low + found.start("head") > best[1]):
            head = re.match(r"\S+(?: (?:on|for|upon|to|out))?", found["head"])
            best = (governor, low + found.start("head"), low + found.start("head") + (head.end() if head else 0))
    return best
