"""Random records: statements of one or two countries, what people judged of them and when, and a question.

* Statements and judgements are plain rows, as `tests/oracle/positions.py` reads them; `model` turns them into nouns.
* Moments of recording are unique, so that rows may be given in any order.
* Late ones, corrections, retractions, reopened and vague ones come often: few days, few scopes, few documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from telvet.evidence.positions.position import Asked, position
from telvet.evidence.positions.record import Record
from telvet.model.dates import Span, read_span
from telvet.model.evidence import Judgement, Level, NamedVendor, Quote, Statement, Verdict, When
from telvet.model.position import Position
from telvet.model.status import Grade
from tests.oracle import positions as oracle
from tests.oracle.positions_rules import table

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = [
    "Heard",
    "disputes",
    "judgement_of",
    "moment",
    "plain",
    "records",
    "statement_of",
    "statement_rows",
    "successions",
]

Row = Mapping[str, Any]

COUNTRIES = ("XAA", "XAA", "XAA", "XAA", "XBB", None)
NOBODY: Row = {"name": "Nobody Ltd", "id": None, "anyone": False}
ANYONE: Row = {"name": "high-risk vendors", "id": None, "anyone": True}
ACME: Row = {"name": "Acme", "id": "acme", "anyone": False}
BOREA: Row = {"name": "Borea", "id": "borea", "anyone": False}
ALIAS: Row = {"name": "Acme Radio", "id": "acme", "anyone": False}
VENDORS: tuple[list[Row], ...] = ([ACME], [ACME], [ACME], [ACME, BOREA], [BOREA], [NOBODY], [ANYONE], [])
DAYS = ("2018-12-31", "2019-06-15", "2019-06-16", "2019-12-31", "2020-01-31", "2020-07-14")
SPANS = (*DAYS, *DAYS, "2019-06", "2019", "2020-01", "2020Q1", "2020")
SCOPES = ("all", "network", "5g", "5g", "core", "core", "noncore", "procurement", "new", "handset")
"""Scopes within one another, beside one another, and one that is about something else than networks."""
DECIDING = (
    "BANNED", "BANNED", "ALLOWED", "ALLOWED", "RESTRICTED_NONCORE", "CAPPED", "PROCUREMENT_BAN", "AUTHORISATION", "IN_USE",
    "UNDECIDED", "CONSIDERING_BAN", "LEGISLATION_REPEALED", "MEASURE_SUSPENDED",
)  # fmt: skip
MODALITIES = ("done", "done", "done", "done", "ongoing", "denied")
LEVELS = ("state", "state", "state", "agency", "official")
SCRIPTS = (
    ("confirmed",), ("confirmed",), ("confirmed",), ("confirmed",), (), ("rejected",), ("confirmed", "rejected"),
    ("confirmed", "reopened"), ("confirmed", "reopened", "confirmed"), ("confirmed", "retracted"), ("retracted",),
    ("confirmed", "retracted", "retracted"), ("confirmed", "retracted", "confirmed"), ("retracted", "confirmed", "retracted"),
)  # fmt: skip
OF_CATALOGUE = ((), (), ("rejected",), ("retracted",), ("retracted", "confirmed"))


@dataclass(frozen=True)
class Heard:
    """A record, and what is asked of it."""

    statements: Sequence[Row]
    judgements: Sequence[Row]
    question: oracle.Question

    def by_oracle(self) -> dict[str, Any]:
        """Ask the oracle."""
        return oracle.position(self.statements, self.judgements, self.question)

    def by_engine(self) -> dict[str, Any]:
        """Ask the engine."""
        return plain(self.answered())

    def answered(self) -> Position:
        """Return the engine's whole answer."""
        asked = Asked(self.question.day, self.question.known, self.question.recorded)
        record = Record.of(
            [statement_of(row) for row in self.statements if not row["catalogue"]],
            [judgement_of(row) for row in self.judgements],
            [statement_of(row) for row in self.statements if row["catalogue"]],
        )
        return position(record, self.question.country, self.question.vendor, asked)

    def but(self, **changes: Any) -> Heard:
        """Return the same with some parts replaced."""
        return replace(self, **changes)

    def asked(self, **changes: Any) -> Heard:
        """Return the same with another question."""
        return replace(self, question=replace(self.question, **changes))


def moment(day: int, place: int) -> str:
    """Return a moment of recording: one of some days of a month, and the place in it."""
    return f"2024-01-{day:02}T00:00:00.{place:06}Z"


def some(values: Sequence[Any]) -> SearchStrategy[Any]:
    return st.sampled_from(values)


@st.composite
def whens(draw: st.DrawFn) -> Any:
    """Draw no date, a span, or two days of which either may be missing."""
    way = draw(st.integers(0, 5))
    if way < 2:
        return None
    if way < 5:
        return draw(some(SPANS))
    first, last = draw(st.none() | some(DAYS)), draw(st.none() | some(DAYS))
    return sorted((first, last)) if first and last else [first, last]


@st.composite
def statement_rows(draw: st.DrawFn, name: str, *, catalogue: bool | None = None) -> Row:
    """Draw a statement."""
    of_catalogue = draw(some((False, False, True))) if catalogue is None else catalogue
    return {
        "id": name,
        "country": draw(some(COUNTRIES)),
        "vendors": draw(some(VENDORS)),
        "measure": draw(some(DECIDING) | some(DECIDING) | some(tuple(table("measures", "measures")))),
        "scope": draw(some(SCOPES)),
        "modality": draw(some(MODALITIES) | some(tuple(table("modalities", "modalities")))),
        "level": draw(some(LEVELS) | some(tuple(Level)).map(str)),
        "when": draw(whens()),
        "until": draw(some((None, None, None, *DAYS[1:]))),
        "published": draw(some(SPANS)),
        "origin": draw(some(("o1", "o2", "o3"))),
        "document": None if of_catalogue else draw(some(("d1", "d2", "d3", "d4"))),
        "catalogue": of_catalogue,
        "day": draw(st.integers(1, 4)),
    }


@st.composite
def meeting(draw: st.DrawFn, name: str, ranges: Mapping[str, Sequence[Any]]) -> Row:
    """Draw a statement of which each cell is one of a few, so that it meets others; it is of the state and on one vendor."""
    about: dict[str, Sequence[Any]] = {
        "vendors": ([ACME], [ACME], [ALIAS], [ANYONE], []),
        "level": ("state", "state", "state", "agency"),
        "origin": ("o1", "o2", "o3"),
        "document": ("d1", "d2", "d3", "d4"),
        **ranges,
    }
    cells = {column: draw(some(cells)) for column, cells in about.items()}
    return {"id": name, "country": "XAA", "until": None, "catalogue": False, **cells}


def heard_as_a_whole(rows: Sequence[Row], question: oracle.Question) -> Heard:
    """Confirm every statement and ask."""
    recorded = [{**row, "recorded": moment(1, place)} for place, row in enumerate(rows)]
    confirmed = [
        {"statement": row["id"], "verdict": "confirmed", "published": None, "recorded": moment(2, place)}
        for place, row in enumerate(rows)
    ]
    return Heard(recorded, confirmed, question)


@st.composite
def successions(draw: st.DrawFn, most: int = 9) -> Heard:
    """Draw statements of every kind about scopes within one another, of few days, so that they succeed one another or fail to."""
    days = draw(st.lists(some(DAYS), min_size=1, max_size=3, unique=True))
    ranges: dict[str, Sequence[Any]] = {
        "measure": DECIDING,
        "scope": ("network", "5g", "5g", "core", "core"),
        "modality": ("done", "done", "done", "done", "considered", "expected", "conditional", "denied"),
        "when": (None, *days),
        "published": days,
    }
    names = draw(st.permutations(range(draw(st.integers(2, most)))))
    rows = [draw(meeting(f"s{name}", ranges)) for name in names]
    return heard_as_a_whole(rows, oracle.Question("XAA", date(2021, 1, 1), draw(some((None, "acme")))))


@st.composite
def disputes(draw: st.DrawFn, most: int = 9) -> Heard:
    """Draw statements that shut out, let in and deny, of times that overlap, so that they contradict one another."""
    ranges: dict[str, Sequence[Any]] = {
        "measure": ("BANNED", "BANNED", "BANNED", "ALLOWED", "IN_USE", "RESTRICTED_NONCORE", "AUTHORISATION"),
        "scope": ("5g", "market", "core", "new", "procurement"),
        "modality": ("done", "done", "done", "denied"),
        "when": (None, "2018-12-31", "2019-06", "2019-06-15", "2020-01"),
        "published": ("2019-06", "2019-12-31", "2020-07-14"),
        "until": (None, None, "2019-12-31"),
        "document": (None, "d1", "d2", "d3"),
    }
    names = draw(st.permutations(range(draw(st.integers(2, most)))))
    rows = [draw(meeting(f"s{name}", ranges)) for name in names]
    return heard_as_a_whole(rows, oracle.Question("XAA", date.fromisoformat(draw(some(("2019-12-31", "2021-01-01"))))))


@st.composite
def records(draw: st.DrawFn, most: int = 9) -> Heard:
    """Draw a record and a question."""
    rows = [draw(statement_rows(f"s{place}")) for place in draw(st.permutations(range(draw(st.integers(0, most)))))]
    corrected = [draw(statement_rows(f"c{place}", catalogue=False)) for place in range(draw(st.integers(0, 2)))]
    replaced = [row for row in rows if not row["catalogue"]]
    drafts = [draft for row in [*rows, *corrected] for draft in draw(scripts(row))]
    for new in corrected if replaced else ():
        old = draw(some(replaced))["id"]
        drafts.append({"statement": old, "verdict": "rejected", "replaced_by": new["id"], "day": new["day"]})
    ordered = draw(st.permutations(drafts))
    judgements = [{**draft, "recorded": moment(draft["day"], place + 100)} for place, draft in enumerate(ordered)]
    statements = [{**row, "recorded": moment(row["day"], place)} for place, row in enumerate([*rows, *corrected])]
    return Heard(statements, judgements, draw(questions()))


@st.composite
def scripts(draw: st.DrawFn, row: Row) -> list[Row]:
    """Draw what people judged of a statement; one that stands in the catalogue needs no judgement."""
    verdicts = draw(some(OF_CATALOGUE if row["catalogue"] else SCRIPTS))
    days = sorted(draw(st.lists(st.integers(row["day"], 6), min_size=len(verdicts), max_size=len(verdicts))))
    return [
        {
            "statement": row["id"],
            "verdict": verdict,
            "published": draw(st.none() | some(SPANS) | some(SPANS)) if verdict == "retracted" else None,
            "day": day,
        }
        for verdict, day in zip(verdicts, days, strict=True)
    ]


@st.composite
def questions(draw: st.DrawFn) -> oracle.Question:
    """Draw a question: days at and beside those of the statements."""
    day = date.fromisoformat(draw(some((*DAYS[1:], "2021-01-01", "2021-01-01")))) + timedelta(draw(st.integers(-1, 1)))
    known = draw(st.none() | some(DAYS))
    recorded = draw(st.none() | st.integers(1, 6))
    return oracle.Question(
        country=draw(some(("XAA", "XAA", "XAA", "XBB"))),
        day=day,
        vendor=draw(some((None, "acme", "acme", "borea"))),
        known=date.fromisoformat(known) if known else None,
        recorded=moment(recorded, 103) if recorded else None,
    )


def statement_of(row: Row) -> Statement:
    """Turn a plain row into a statement."""
    document, until = row["document"], row.get("until")
    return Statement(
        id=row["id"],
        country=row["country"],
        vendors=tuple(NamedVendor(each["name"], each["id"], each["anyone"]) for each in row["vendors"]),
        measure=row["measure"],
        scope=row["scope"],
        modality=row["modality"],
        level=Level(row["level"]),
        actor=None,
        speaker=None,
        via=None,
        when=when_of(row.get("when")),
        until=date.fromisoformat(until) if until else None,
        deadline=None,
        published=read_span(row["published"]),
        publisher=None,
        origin=row["origin"],
        quote=Quote(document, 0, 5, "words", "", "") if document else None,
        text="words",
        grade=Grade.SECONDARY,
        recorded_at=row["recorded"],
    )


def when_of(when: Any) -> When | None:
    if when is None:
        return None
    if isinstance(when, str):
        return When(*spanned(read_span(when)))
    first, last = (date.fromisoformat(end) if end else None for end in when)
    return When(first, last)


def judgement_of(row: Row) -> Judgement:
    """Turn a plain row into a judgement."""
    published = row.get("published")
    return Judgement(
        statement=row["statement"],
        verdict=Verdict(row["verdict"]),
        by="somebody",
        recorded_at=row["recorded"],
        published=read_span(published) if published else None,
        replaced_by=row.get("replaced_by"),
    )


def spanned(span: Span) -> Iterator[date]:
    yield from (span.first, span.last)


def plain(found: Position) -> dict[str, Any]:
    """Write the engine's answer as the oracle writes its own."""
    scopes = [
        (
            each.scope,
            each.position,
            each.leaning,
            long_since(each.since),
            each.until.isoformat() if each.until else None,
            sorted(said.id for said in each.because),
            each.disputed,
        )
        for each in found.scopes
    ]
    return {
        "position": found.position,
        "since": long_since(found.since),
        "until": found.until.isoformat() if found.until else None,
        "scopes": sorted(scopes, key=str),
        "because": sorted(said.id for said in found.because),
        "against": sorted((each.statement.id, each.kind) for each in found.against),
        "context": sorted(said.id for said in found.context),
        "origins": found.origins,
        "disputed": found.disputed,
    }


def long_since(since: str | None) -> str | None:
    """Write the days within which something began as `first/last`."""
    if since is None:
        return None
    spans = [read_span(end) for end in since.split("/")]
    return f"{spans[0].first}/{spans[-1].last}"
