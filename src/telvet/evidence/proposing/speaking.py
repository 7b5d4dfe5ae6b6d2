"""Turns a sentence into who speaks in it, and through which outlet the words came.

* A speaker is whoever says, tells, warns or argues in the sentence; who only reports it is the outlet through which it came.
* Both are the document's own words; what is not said stays None.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Spoken", "spoken_in"]

_SAID = (
    r"(?:said|says|told|tells|announced|added|insisted|insists|warned|wrote|argued|argues|claimed|claims|stated|repeated|declared|explained|confirmed|noted|"
    r"promised|pledged|hinted|conceded|admitted)"
)
_NAME = r"[A-Z\u00c0-\u00de][\w\u00c0-\u024f.'&-]*"
_WHICH = r"(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Oo]ne|[Tt]wo|[Ss]everal|[Uu]nnamed|[Ss]enior|[Ff]ormer)"
_NP = rf"(?:{_WHICH} )?(?:(?:{_NAME}|[a-z-]+'s|[a-z-]+|of|for|with) ){{0,6}}?"
_HEAD = (
    rf"(?:{_NAME}(?: {_NAME})*|officials?|ministers?|ministry|spokes\w+|sources?|people|insiders|analysts?|experts?|regulators?|office|"
    r"lawmakers|senators?|embassy|aides?|government|agency|company|firm|executives?|person[^,.;]{0,40})"
)
_BEFORE = re.compile(rf"(?P<who>{_NP}{_HEAD})(?:, [^,]{{2,80}},)? (?:also |later |then |has |had )?{_SAID}\b")
_AFTER = re.compile(rf"[,\"'] (?P<who>{_NP}{_HEAD}) {_SAID}\b|[,\"'] {_SAID} (?P<who2>{_NP}{_HEAD})")
_ACCORDING = re.compile(r"[Aa]ccording to (?P<who>[^,.;]{3,70})")
_TOLD = re.compile(
    rf"\b(?:told|tells|interview with|statement to|reported by|speaking to|letter to) (?P<via>(?:the )?{_NAME}(?: (?:{_NAME}|of|news agency))*)"
)
_REPORTED = re.compile(
    rf"(?P<via>(?:[Tt]he )?{_NAME}(?: (?:{_NAME}|of))*) (?:reported|reports|has reported|first reported)\b"
)
_TAIL = re.compile(r" (?:on|last|this) [A-Z]?\w+$")
_NOT_OUTLETS = re.compile(
    r"^(?:[Tt]he )?(?:MPs?|Parliament|Congress|Senate|House|Commons|Lords|President|Prime|Minister|He|She|They|It|Mr|Ms|Mrs|Dr)\b"
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who speaks, and through whom it came."""

    speaker: str | None
    via: str | None


def spoken_in(shown: str, outlet: Callable[[str], str | None]) -> Spoken:
    """Return who speaks in a folded sentence that has kept its case.

    Args:
        shown: The sentence.
        outlet: Tells which outlet a name stands for, if any.
    """
    via = _via(shown)
    speaker = None
    for pattern in (_AFTER, _BEFORE, _ACCORDING):
        found = pattern.search(shown)
        if not found:
            continue
        who = _TAIL.sub("", (found.groupdict().get("who") or found.groupdict().get("who2") or "").strip())
        if who and who != via and not re.match(r"(?i)(?:reports?|it|this|that|which|who)\b", who):
            if via is None and outlet(who.removeprefix("the ")) is not None:
                via = who
                continue
            speaker = who
            break
    return Spoken(speaker, via)


def _via(shown: str) -> str | None:
    for pattern in (_TOLD, _REPORTED):
        for found in pattern.finditer(shown):
            via = found["via"].strip().rstrip(".")
            if not _NOT_OUTLETS.match(via):
                return via
    return None
