"""Draws small sets of objects of STIX and what is on record, and turns both into bytes and facts for one partner.

* Each version of an object holds words (and a moment) that stand nowhere else, so that a trace of it can be found anywhere.
* The same drawing makes the same objects under any seed; two seeds share no id and no word.
* `tightened` lists what makes a record stricter or less known by one fact: nothing of it may ever let more out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from telvet.model.dates import Span
from telvet.model.handling import Classification, Tlp
from telvet.model.release import Authority, Judgement, Originated, Recall, Verdict
from telvet.model.sharing import Arrangement, Consent, LawAnswer, LawOutcome, Partner, Term, ThirdParty, Waiver
from telvet.sharing.recorded.known import Known
from tests.unit.sharing.store.real import TLP

__all__ = [
    "ABSENT", "DAY", "KINDS", "MARKS", "PURPOSE", "Facts", "Record", "Sketch", "World", "absent_id", "canaries", "id_of", "judgement",
    "on_record", "rendered", "stricter", "tightened", "worlds",
]  # fmt: skip

DAY = date(2024, 1, 15)
PURPOSE = "defence"
KINDS = ("indicator", "malware", "indicator", "relationship", "report", "ipv4-addr", "relationship", "note", "identity")
"""By the number of an object."""
ABSENT = 90
"""From this number on objects are never sent."""
MARKS: Mapping[str, str] = {
    **TLP,
    "old-white": "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
    "old-amber": "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
    "nobodys": "marking-definition--77777777-7777-4777-8777-777777777777",
}
_STRICTER: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("clear",): ("green",),
    ("old-white",): ("amber",),
    ("green",): ("amber",),
    ("clear", "green"): ("red",),
    ("amber",): ("red",),
    ("old-amber",): ("red",),
}
_MARKED: Sequence[tuple[str, ...]] = (
    ("clear",), ("green",), ("amber",), ("red",), ("clear", "green"), ("old-white",), ("old-amber",), ("nobodys",), (),
)  # fmt: skip
_SOON = Term(Span(date(2020, 1, 1), date(2020, 1, 1)), Span(date(2030, 1, 1), date(2030, 1, 1)))
_OPEN = Term(_SOON.begins, None)
_BEGIN = datetime(2015, 1, 1, tzinfo=UTC)


def id_of(seed: int, number: int, kind: str = "") -> str:
    """Return the id of the object of a number."""
    return f"{kind or KINDS[number % len(KINDS)]}--{seed:08x}-0000-4000-8000-{number:012d}"


def absent_id(seed: int, kind: str) -> str:
    """Return an id that was never sent."""
    return id_of(seed, ABSENT + 9, kind)


@dataclass(frozen=True)
class Sketch:
    """One version of an object, as drawn."""

    number: int
    day: int = 1
    marks: tuple[str, ...] = ("green",)
    by: str = "us"
    """`us`, `them`, `nobody` (an identity of whom nothing is recorded), or nothing."""
    refers: tuple[int, ...] = ()
    inherits: bool = False
    part: str = ""
    """The level of the description by itself."""
    shelf: int = 0
    """In which of the partner's two collections."""


@dataclass(frozen=True)
class Record:
    """A sketch as it is sent."""

    sketch: Sketch
    id: str
    version: str
    """As the object says it; nothing where it does not."""
    raw: bytes
    words: tuple[str, ...]
    """What stands in this version and nowhere else."""
    part_words: tuple[str, ...] = ()
    """What stands in its description alone."""


def _sketch(chance: Random) -> Sketch:
    number = chance.randrange(len(KINDS))
    some: tuple[int, ...] = ()
    if KINDS[number] in {"relationship", "report", "note"}:
        some = tuple(chance.choices([0, 1, 2, 5, 8, ABSENT], [4, 3, 3, 1, 1, 1], k=2))
    elif chance.random() < 0.2:
        some = (chance.choice([0, 1, 2, ABSENT]),)
    return Sketch(
        number,
        0 if KINDS[number] == "ipv4-addr" else chance.choice([1, 1, 1, 2]),
        chance.choices(_MARKED, [3, 5, 3, 2, 1, 1, 1, 1, 1])[0],
        chance.choices(["us", "them", "nobody", ""], [8, 3, 1, 1])[0],
        some,
        chance.random() < 0.5,
        chance.choices(["", "amber", "red", "clear"], [6, 1, 1, 1])[0],
        int(chance.random() < 0.25),
    )


def _sketches(chance: Random) -> list[Sketch]:
    drawn = [_sketch(chance) for _ in range(chance.randint(2, 14))]
    return list({(one.number, one.day): one for one in drawn}.values())


def stricter(some: Sequence[Sketch], place: int) -> Sequence[Sketch] | None:
    """Return the sketches with a stricter marking of one of them; None where there is none."""
    able = [each for each in some if each.marks in _STRICTER and not each.part]
    if not able:
        return None
    chosen = able[place % len(able)]
    marks = _STRICTER[chosen.marks]
    return [replace(each, marks=marks) if each is chosen else each for each in some]


def rendered(some: Sequence[Sketch], seed: int) -> list[Record]:
    """Return the objects of sketches: those who wrote them first, then each in its order."""
    return [_identity(seed, "us"), _identity(seed, "them"), *(_record(each, seed) for each in some)]


def _writer(seed: int, who: str) -> str:
    return id_of(seed, {"us": 70, "them": 71, "nobody": 72}[who], "identity")


def _identity(seed: int, who: str) -> Record:
    word = f"writer-{seed}-{who}"
    moment = _moment(seed, 70 if who == "us" else 71, 1)
    held = {
        "type": "identity", "spec_version": "2.1", "id": _writer(seed, who), "created": moment, "modified": moment, "name": word,
        "created_by_ref": _writer(seed, who), "object_marking_refs": [TLP["clear"]],
    }  # fmt: skip
    return Record(Sketch(70), held["id"], moment, json.dumps(held).encode(), (word,))  # type: ignore[arg-type] # a text


def _moment(seed: int, number: int, day: int) -> str:
    then = _BEGIN + timedelta(seconds=seed * 1000 + day * 100 + number)
    return f"{then:%Y-%m-%dT%H:%M:%S}.000Z"


def _record(one: Sketch, seed: int) -> Record:
    kind, name = KINDS[one.number], id_of(seed, one.number)
    word, part = f"canary-{seed}-{one.number}-{one.day}-", f"quiet-{seed}-{one.number}-{one.day}-"
    held: dict[str, Any] = {"type": kind, "spec_version": "2.1", "id": name}
    version = ""
    if one.day:
        version = _moment(seed, one.number, one.day)
        held |= {"created": _moment(seed, one.number, 0), "modified": version}
        if one.by:
            held["created_by_ref"] = _writer(seed, one.by)
    held |= _own(kind, word, one, seed)
    held["description"] = part
    if one.marks:
        held["object_marking_refs"] = [MARKS[level] for level in one.marks]
    if one.part:
        held["granular_markings"] = [{"marking_ref": MARKS[one.part], "selectors": ["description"]}]
    words = (word, version[:19]) if version else (word,)
    return Record(one, name, version, json.dumps(held).encode(), words, (part,))


def _own(kind: str, word: str, one: Sketch, seed: int) -> dict[str, Any]:
    ends = [id_of(seed, number) for number in one.refers]
    if kind == "relationship":
        kinship = "derived-from" if one.inherits else "related-to"
        return {"relationship_type": kinship, "source_ref": ends[0], "target_ref": ends[1], "x_name": word}
    if kind in {"report", "note"}:
        return {"name": word, "content": word, "object_refs": ends, "published": _moment(seed, one.number, 0)}
    more = {"x_other_refs": ends} if ends else {}
    if kind == "ipv4-addr":
        return {"value": word, **more}
    return {"name": word, "pattern": f"[file:name = '{word}']", "pattern_type": "stix", **more}


def canaries(record: Record) -> tuple[str, ...]:
    """Return all that tells of one version."""
    return (*record.words, *record.part_words)


@dataclass(frozen=True)
class Facts:
    """What is on record about a partner, as drawn; the names of originators are filled in by seed and partner."""

    tlp: tuple[Tlp | None, ...] = (Tlp.AMBER,)
    """One for each arrangement."""
    classification: Classification | None = Classification.U
    term: Term = _SOON
    purposes: frozenset[str] | None = frozenset({PURPOSE})
    third: ThirdParty | None = ThirdParty.AS_MARKED
    redaction: bool = True
    country: str | None = "FRA"
    settled: tuple[str, ...] = ("us", "them")
    """Of whom it is recorded whose what they wrote down is."""
    consents: tuple[Tlp, ...] = ()
    waivers: tuple[str, ...] = ()
    authorities: tuple[tuple[Tlp, bool, frozenset[str] | None], ...] = ((Tlp.AMBER, True, None),)
    """Level, whether redacted, types."""
    law: LawOutcome | None = None
    approvals: tuple[Judgement, ...] = ()
    recalled: tuple[int, ...] = ()


def _facts(chance: Random) -> Facts:
    def level() -> Tlp:
        return chance.choice([Tlp.AMBER, Tlp.AMBER, Tlp.GREEN, Tlp.RED])

    types = [None, None, frozenset({"identity", "indicator", "relationship"})]
    return Facts(
        tlp=tuple(level() for _ in range(chance.randint(1, 2))),
        third=chance.choice([ThirdParty.AS_MARKED, ThirdParty.AS_MARKED, ThirdParty.CONSENT]),
        redaction=chance.random() < 0.5,
        consents=tuple(level() for _ in range(chance.randint(0, 1))),
        waivers=tuple(chance.sample(["tlp-cap", "third-party", "law toy.one"], chance.randint(0, 1))),
        authorities=tuple((level(), chance.random() < 0.5, chance.choice(types)) for _ in range(chance.randint(1, 2))),
        law=chance.choices([None, LawOutcome.CLEAR, LawOutcome.CONSIDER, LawOutcome.BARRED], [5, 1, 1, 1])[0],
    )


@dataclass(frozen=True)
class World:
    """What an example begins with."""

    some: list[Sketch]
    told: Facts
    chosen: tuple[int, ...]
    """Which of those that wait for a person are approved."""
    chance: Random = field(repr=False)
    """For whatever else is to be chosen."""


def _world(seed: int) -> World:
    chance = Random(seed)  # noqa: S311 - nobody is to be kept from guessing it
    return World(
        _sketches(chance), _facts(chance), tuple(chance.randrange(20) for _ in range(chance.randint(0, 4))), chance
    )


worlds = st.integers(0, 2**48).map(_world)
"""One number makes a whole world: so a few examples are as various as many would be; they are not shrunk."""


def on_record(told: Facts, partner: str, seed: int) -> tuple[Known, frozenset[LawAnswer]]:
    """Return what is on record of one partner, and what law says about it."""
    us, them = _writer(seed, "us"), _writer(seed, "them")
    arrangements = [
        Arrangement(f"a{n}-{seed}", partner, told.term, level, told.classification, told.purposes, told.third, redaction=told.redaction)
        for n, level in enumerate(told.tlp)
    ]  # fmt: skip
    authorities = [
        Authority(f"s{n}-{seed}", partner, "an officer", DAY, _SOON, frozenset({PURPOSE}), level, Classification.U, types, redacted=parts)
        for n, (level, parts, types) in enumerate(told.authorities)
    ]  # fmt: skip
    consents = [
        Consent(f"c{n}", them, partner, level, _SOON, by="a person", source="a letter")
        for n, level in enumerate(told.consents)
    ]
    waivers = [
        Waiver(f"w{n}", rule, partner, "an office", ("ana", "bo"), "clause 1", _SOON)
        for n, rule in enumerate(told.waivers)
    ]
    originated = {
        name: Originated(name, frozenset({name}), complete=True)
        for who, name in (("us", us), ("them", them))
        if who in told.settled
    }
    recalls = frozenset(
        Recall(f"r{number}", frozenset({id_of(seed, number)}), frozenset({partner}), "ana", "it was wrong", DAY)
        for number in told.recalled
    )
    known = Known(
        frozenset({us}),
        {partner: Partner(partner, told.country, nationalities=frozenset({"FRA"}))},
        frozenset(arrangements),
        frozenset(consents),
        frozenset(waivers),
        originated,
        frozenset(authorities),
        recalls=recalls,
        judgements=told.approvals,
    )
    laws = frozenset({LawAnswer("toy.one", told.law)} if told.law else ())
    return known, laws


def judgement(
    partner: str, name: str, version: str, digest: str, verdict: Verdict, rules: frozenset[str], by: str
) -> Judgement:
    """Return what a person says of an object."""
    return Judgement(partner, name, version, digest, verdict, by, "2024-01-15T00:00:00Z", "a reason", rules)


def tightened(told: Facts) -> Iterator[tuple[str, Facts]]:
    """Yield every record that is stricter, or knows less, by one fact."""
    for name in ("tlp", "consents", "waivers", "authorities", "settled", "approvals"):
        values = getattr(told, name)
        for place in range(len(values)):
            yield f"{name} lost", replace(told, **{name: values[:place] + values[place + 1 :]})
    for name in ("country", "classification", "purposes", "third"):
        yield f"{name} not known", replace(told, **dict[str, Any]({name: None}))
    yield "level not known", replace(told, tlp=(None, *told.tlp[1:]))
    yield "level lower", replace(told, tlp=(Tlp.CLEAR, *told.tlp[1:]))
    yield "term not known", replace(told, term=_OPEN)
    yield "no redaction", replace(told, redaction=False)
    if "third-party" not in told.waivers:  # what it excuses is never, not the want of a consent
        yield "never", replace(told, third=ThirdParty.NEVER)
    yield "recalled", replace(told, recalled=(0, 1))
    yield "barred", replace(told, law=LawOutcome.BARRED)
    if told.law is not LawOutcome.BARRED:
        yield "law not known", replace(told, law=LawOutcome.UNKNOWN)
    if told.authorities:
        lower = (Tlp.CLEAR, False, told.authorities[0][2])
        yield "authority for less", replace(told, authorities=(lower, *told.authorities[1:]))
    for each in told.approvals:
        refused = replace(each, verdict=Verdict.REFUSE, at="2024-01-15T01:00:00Z")
        yield "refused", replace(told, approvals=(*told.approvals, refused))
