"""Turns the place of a measure in its sentence into the countries that it is about.

* Each rule says where to look and in which order: the subject, the agent, a place, a possessor, whoever is pressed, or the topic.
* Countries joined by "and" carry a measure together; a country that stands aside, or is the vendor's own home, carries none.
* The topic is the country named before in the sentence, else the one that the text was speaking of (`topics`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from telvet.catalog.gazetteers import Gazetteers
from telvet.evidence.proposing.passages import COUNTRY, VENDOR, Mention, Passage
from telvet.evidence.proposing.rulebook import Rulebook
from telvet.evidence.proposing.topics import Topic, spoken_of
from telvet.evidence.proposing.verb_groups import Group

__all__ = ["Asked", "whose"]

_JOINT = re.compile(
    r"(?:,|,? and|,? or|,? as well as|,? both|/|&)(?: the| both| its)? ?$|^(?:,|,? and|,? or|,? as well as|/|&)(?: the| both)? ?$"
)
_JOINED = re.compile(r" ?(?:,|,? and|,? n?or|,? as well as|/|&)(?: the| both| not| then)? ?")
_BOTH = 2
_BACK = 4
"""How many sentences back a topic may reach."""
_OWN_KINDS = frozenset({"name", "metonym", "abbreviation"})


@dataclass(frozen=True, slots=True)
class Asked:
    """Where in a passage a measure stands."""

    passage: Passage
    clause: tuple[int, int]
    start: int
    end: int
    group: Group | None
    passive: bool
    named: tuple[int, int] | None = None
    """Where the rule itself says that the country stands."""


def whose(
    asked: Asked, order: Iterable[str], topic: Topic, gazetteers: Gazetteers, rules: Rulebook
) -> tuple[str, ...] | None:
    """Return the countries of a measure, nothing where it has none, or None where no country can be told."""
    finder = _Finder(asked, topic, gazetteers, rules)
    for role in order:
        if role == "none" or (role in {"silent", "denier"} and not getattr(finder, role)()):
            return ()
        if role == "pressed":
            return finder.pressed()
        if found := getattr(finder, role)():
            return tuple(dict.fromkeys(each if isinstance(each, str) else _seat(each, asked, topic) for each in found))
    above = rules.words["supranational"].search(asked.passage.masked, asked.clause[0], asked.start)
    return None if above or any(passage.countries for passage in topic.passages) else ()


def _seat(mention: Mention, asked: Asked, topic: Topic) -> str:
    """Return the country of a mention; an operator of which a state's own document speaks is one of that state's."""
    if mention.kind != "operator" or not topic.official or topic.main is None:
        return mention.value
    named = any(each.value == mention.value and each.kind != "operator" for each in asked.passage.countries)
    return mention.value if named else topic.main


class _Finder:
    """Looks for the countries of one measure."""

    def __init__(self, asked: Asked, topic: Topic, gazetteers: Gazetteers, rules: Rulebook) -> None:
        self._asked, self._topic, self._rules = asked, topic, rules
        self._passage = asked.passage
        self._text = asked.passage.masked
        self._homes = gazetteers.homes

    def subject(self) -> list[Mention]:
        """Look for it before the verb: the mention nearest to it that is not in a phrase of its own."""
        start, place = self._asked.clause[0], self._asked.group.start if self._asked.group else self._asked.start
        if self._asked.passive and self._asked.group is not None and not self._asked.group.object_at:
            return []
        held = [each for each in self._passage.candidates(start, place) if self._may_act(each, place)]
        free = [each for each in held if not self._preposed(each, start) or self._of_institution(each, place)]
        free = free or [
            each
            for each in held
            if each.value not in self._homes
            and not self._rules.words["barred_from_acting"].search(self._text[start : each.start])
        ]
        if (resumed := self._resumed(start)) is not None:
            return resumed
        if not free and self._text[start : start + 2] == ", ":
            return [each for each in self._passage.countries if start - 2 < each.end <= start]
        return self._joined(free[-1], start, place) if free else []

    def _preposed(self, mention: Mention, start: int) -> bool:
        return self._rules.words["preposed"].search(self._text[start : mention.start]) is not None

    def _of_institution(self, mention: Mention, place: int) -> bool:
        """Tell whether it is an institution of the country that acts, right before the verb."""
        between = self._text[mention.end : place]
        after = self._rules.words["institution"].match(between) is not None
        return after or (
            not between.strip() and self._rules.words["institution_of"].search(self._text[: mention.start]) is not None
        )

    def _resumed(self, start: int) -> list[Mention] | None:
        """Return the subject of a main clause that goes on after a relative clause: what stood right before that."""
        if self._rules.words["resumes"].match(self._text, start) is None:
            return None
        relatives = [each.start() for each in self._rules.words["relative_begins"].finditer(self._text, 0, start)]
        if not relatives:
            return None
        held = [each for each in self._passage.candidates(0, relatives[0]) if self._may_act(each, relatives[0])]
        return self._joined(held[-1], 0, relatives[0]) if held else None

    def agent(self) -> list[Mention]:
        """Look for it after "by"; only what is passive has an agent."""
        if self._asked.group is not None and not self._asked.passive:
            return []
        return self._after("agent", self._asked.end)

    def place(self) -> list[Mention]:
        """Look for where it holds: after the verb or noun, and then before it in the clause."""
        start, end = self._asked.clause
        for name in ("of_place", "place"):
            if found := self._after(name, self._asked.end):
                return found
        for name in ("of_place", "place"):
            for match in reversed(list(self._rules.words[name].finditer(self._text, start, self._asked.start))):
                found = self._at(match.start("c"), start, end)
                if found and not any(
                    found[-1].end <= each.start for each in self._passage.candidates(start, self._asked.start)
                ):
                    return found
        if self._rules.words["both_countries"].search(self._text, start, end) and (two := self._last_two()):
            return two
        if self._rules.words["there"].search(self._text, start, end):
            return self._earlier(self._asked.start)
        return []

    def possessor(self) -> list[Mention]:
        """Look for it directly before a noun."""
        start = self._asked.clause[0]
        match = self._rules.words["possessor"].search(self._text[start : self._asked.start])
        return self._at(start + match.start("c"), start, self._asked.start) if match else []

    def c(self) -> list[Mention]:
        """Take what the rule's own group names."""
        if self._asked.named is None:
            return []
        return [each for each in self._passage.candidates(*self._asked.named) if each.value not in self._homes]

    def pressed(self) -> tuple[str, ...] | None:
        """Return whoever is pressed: countries by name, none for allies in general; None where nobody that counts is."""
        stretch = self._asked.named or (self._asked.group.object_at if self._asked.group else None)
        if stretch is None:
            return None
        text = self._text[slice(*stretch)]
        cut = re.search(r" (?:to|not to|against|over|about|on|that|into|by|from) (?=[a-z" + VENDOR + "])", text)
        last = stretch[0] + cut.start() if cut else stretch[1]
        named = [
            each for each in self._passage.countries
            if stretch[0] <= each.start and each.end <= last and each.value not in self._homes and not self._is_ally(each)
        ]  # fmt: skip
        if named:
            return tuple(dict.fromkeys(each.value for each in named))
        said = self._text[stretch[0] : last]
        if self._rules.words["home_pressed"].search(said):
            return None
        if self._rules.words["allies"].search(said):
            return ()
        if self._rules.words["unnamed_subject"].search(said) or self._rules.words["company"].search(said):
            held = [self._topic.main] if self._topic.main else self.subject() or self.topic()
            return (held[0].value if isinstance(held[0], Mention) else held[0],) if held else None
        return None

    def networks(self) -> list[Mention]:
        """Look for the country whose networks or security are said to be touched."""
        for match in self._rules.words["networks_of"].finditer(self._text, *self._asked.clause):
            name = "c" if match["c"] else "c2"
            if found := self._at(match.start(name), *self._asked.clause):
                return found[:1]
        return []

    def decided(self) -> list[Mention] | list[str]:
        """Return the topic where a decision is rejected, not an allegation."""
        said = self._text[self._asked.start : self._asked.end + 30]
        return (
            self.topic()
            if re.search(
                r"\b(?:warning|decision|move|ban|findings|exclusion|measure|order|report|regulator|ruling|case)\b", said
            )
            else []
        )

    def silent(self) -> tuple[str, ...] | list[Mention] | list[str]:
        """Return the country of whoever says nothing; a vendor that says nothing has none."""
        if found := self.subject():
            return found[:1]
        before = self._text[self._asked.clause[0] : self._asked.start]
        return () if VENDOR in before else self.topic()

    def denier(self) -> list[Mention] | list[str]:
        """Return the country whose officials deny, or the topic where nobody is said to; a vendor that denies has none."""
        if found := self.subject():
            return found[:1]
        return [] if VENDOR in self._text[: self._asked.end] else self.topic()

    def warned(self) -> list[Mention] | list[str]:
        """Return the country that is warned, or whose officials warn."""
        if self._rules.words["allies"].search(self._text, self._asked.end, self._asked.clause[1]):
            return []
        held = [each for each in self._passage.candidates(*self._asked.clause) if each.value not in self._homes]
        return held[-1:] or self.topic()

    def _last_two(self) -> list[Mention]:
        """Return the last two countries that were named before, if there are two."""
        seen: dict[str, Mention] = {}
        for before in reversed(self._topic.passages[max(0, self._passage.number - _BACK) : self._passage.number + 1]):
            here = before is self._passage
            for each in sorted(
                before.candidates(0, self._asked.start if here else None), key=lambda mention: -mention.start
            ):
                if each.value not in self._homes:
                    seen.setdefault(each.value, each)
        return list(seen.values())[:_BOTH] if len(seen) >= _BOTH else []

    def topic(self) -> list[Mention] | list[str]:
        """Return what the text was about last; neither a crowd of countries nor a body above them is a country."""
        start = self._asked.clause[0]
        if self._asked.group and self._rules.words["crowd"].search(self._text, start, self._asked.start):
            return []
        above = [found.end() for found in self._rules.words["supranational"].finditer(self._text, 0, self._asked.start)]
        if above and not any(each.end > above[-1] for each in self._passage.candidates(0, self._asked.start)):
            return []
        if self._rules.words["relation"].search(self._text, start, self._asked.start):
            return []
        if any(self._is_ally(each) for each in self._passage.candidates(start, self._asked.start)):
            return []
        if earlier := self._earlier(self._asked.start):
            return earlier
        country = spoken_of(self._topic, self._passage)
        return [country] if country else []

    def _earlier(self, place: int) -> list[Mention]:
        """Return the country that the sentence named last before a place, its subjects first."""
        held = [each for each in self._passage.candidates(0, place) if each.value not in self._homes]
        free = [each for each in held if not self._rules.words["preposed"].search(self._text[: each.start])]
        return self._joined((free or held)[-1], 0, place) if held else []

    def _may_act(self, mention: Mention, place: int) -> bool:
        """Tell whether a mention may be the subject; the vendor's own home only by its name, right before the verb."""
        if self._is_ally(mention):
            return False
        if mention.value not in self._homes:
            return True
        between = self._text[mention.end : place]
        return mention.kind in _OWN_KINDS and len(between) < 25 and VENDOR not in between  # noqa: PLR2004 - a few words

    def _is_ally(self, mention: Mention) -> bool:
        return bool(
            re.match(
                r"(?:'s)? (?:and "
                + COUNTRY
                + r"+ )?(?:\w+ )?(?:allies|partners|counterparts|friends|neighbou?rs?|rivals?|peers?)\b",
                self._text[mention.end :],
            )
        )

    def _after(self, name: str, place: int) -> list[Mention]:
        end = self._asked.clause[1]
        for match in self._rules.words[name].finditer(self._text, place, end):
            if found := self._at(match.start("c"), place, end):
                return found
        return []

    def _at(self, place: int, start: int, end: int) -> list[Mention]:
        for each in self._passage.candidates(start, end):
            if each.start <= place < each.end and each.value not in self._homes and not self._is_ally(each):
                return self._joined(each, start, end)
        return []

    def _joined(self, mention: Mention, start: int, end: int) -> list[Mention]:
        """Return a mention with those that are joined to it by commas and "and"."""
        held = [
            each for each in self._passage.candidates(start, end) if each.value not in self._homes or each is mention
        ]
        place = held.index(mention) if mention in held else -1
        if place < 0:
            return [mention]
        gaps = [self._text[one.end : other.start] for one, other in pairwise(held)]
        low = high = place
        while low > 0 and _JOINED.fullmatch(gaps[low - 1]) and not _ends_a_list(gaps[low - 2 : low]):
            low -= 1
        while high < len(gaps) and _JOINED.fullmatch(gaps[high]) and not _ends_a_list(gaps[high - 1 : high + 1]):
            high += 1
        return held[low : high + 1]


def _ends_a_list(gaps: Sequence[str]) -> bool:
    """Tell whether "and" stands before a comma: what follows the comma is no longer of the list."""
    return len(gaps) > 1 and " and " in gaps[0] and "and" not in gaps[1]
