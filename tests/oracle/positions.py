"""The position of a country, by trying everything against everything: spec/positions.md, word by word.

* Written from the document and the tables only; slow, and as plain as the document.
* Statements and judgements are plain rows; the answer is plain as well: codes, ids and days as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.oracle.days import Span, span_of
from tests.oracle.positions_rules import (
    Piece,
    Row,
    contains,
    depth,
    ends,
    measure_kinds,
    pieces,
    published,
    scope_of,
    table,
)

__all__ = ["Question", "position"]


@dataclass(frozen=True)
class Question:
    """What is asked: a country, perhaps a vendor, a day, what was published by a day, what was recorded by a moment."""

    country: str
    day: date
    vendor: str | None = None
    known: date | None = None
    recorded: str | None = None


@dataclass
class Settled:
    """How a scope was settled."""

    run: list[Piece] = field(default_factory=list)
    succeeded: list[Piece] = field(default_factory=list)
    tense: list[Piece] = field(default_factory=list)


def position(statements: Sequence[Row], judgements: Sequence[Row], question: Question) -> dict[str, Any]:
    """Answer a question."""
    heard = [row for row in statements if is_heard(row, judgements, question)]
    holding = [piece for row in heard for piece in pieces(row) if piece.holds_on(question.day)]
    settled = {scope: settle(scope, holding) for scope in {piece.scope for piece in holding}}
    where, deciding = overall(settled)
    decides = {piece.row["id"] for scope in deciding for piece in settled[scope].run}
    pairs = contradicting(heard, holding, settled)
    against = objections(heard, settled, decides, pairs)
    disputed = {name for pair in pairs for name in pair}
    because = decides if deciding else {row["id"] for row in heard if row["id"] not in against}
    return {
        "position": where,
        "since": since_of([settled[scope] for scope in deciding]),
        "until": until_of([piece.until for scope in deciding for piece in settled[scope].run]),
        "scopes": sorted((shown(scope, each, disputed) for scope, each in settled.items()), key=str),
        "because": sorted(because),
        "against": sorted(against.items()),
        "context": sorted(row["id"] for row in heard if row["id"] not in {*because, *against}),
        "origins": len({row["origin"] for row in heard if row["id"] in because}),
        "disputed": bool(disputed & decides),
    }


def is_heard(row: Row, judgements: Sequence[Row], question: Question) -> bool:
    """Tell whether a statement is heard: section 1."""
    named = row["vendors"]
    return (
        row["country"] == question.country
        and (
            question.vendor is None
            or not named
            or any(each["id"] == question.vendor or each["anyone"] for each in named)
        )
        and (question.known is None or published(row)[1] <= question.known)
        and (question.recorded is None or row["recorded"] <= question.recorded)
        and stands(row, judgements, question)
        and told_by(row, question.day)
    )


def told_by(row: Row, day: date) -> bool:
    """Tell whether a statement was published by a day, or may have begun by then."""
    if published(row)[0] <= day:
        return True
    if not row.get("when"):
        return False
    first = ends(row["when"])[0]
    return first is None or first <= day


def stands(row: Row, judgements: Sequence[Row], question: Question) -> bool:
    """Tell whether a statement stands by its judgements."""
    own = [
        judgement
        for judgement in sorted(judgements, key=lambda judgement: str(judgement["recorded"]))
        if judgement["statement"] == row["id"]
        and (question.recorded is None or judgement["recorded"] <= question.recorded)
    ]
    confirmed, withdrawn = row["catalogue"], False
    for judgement in own:
        if judgement["verdict"] != "retracted":
            confirmed, withdrawn = judgement["verdict"] == "confirmed", False
        elif known_by(question, span_of(judgement["published"])):
            withdrawn = True
    return confirmed and not withdrawn


def known_by(question: Question, retraction: Span | None) -> bool:
    """Tell whether a retraction counts: one without a day of publication always does."""
    return question.known is None or retraction is None or retraction[1] <= question.known


def settle(scope: str, holding: Sequence[Piece]) -> Settled:
    """Settle one scope: section 3."""
    about = [piece for piece in holding if piece.scope == scope or contains(piece.scope, scope)]
    found = Settled()
    for piece in sorted(about, key=in_order):
        if not found.run or says_the_same(piece, found.run[0]):
            found.run.append(piece)
        elif succeeds(piece, narrowest(found.run)):
            found.succeeded += found.run
            found.run = [piece]
        else:
            found.tense.append(piece)
    return found


def in_order(piece: Piece) -> tuple[Any, ...]:
    """Return the place of a piece in the order of section 3."""
    strict = table("folding", "kinds")[piece.kind]["strict"]
    return piece.begins, published(piece.row)[1], strict, piece.row["id"], piece.kind, piece.leaning or ""


def narrowest(run: Sequence[Piece]) -> Piece:
    """Return the piece of a run whose scope is narrowest, the earliest of several."""
    return max(run, key=lambda piece: depth(piece.scope))


def says_the_same(new: Piece, first: Piece) -> bool:
    """Tell whether a piece says what stands: rule 1."""
    if new.kind != first.kind:
        return False
    if new.leaning is None and first.leaning is None:
        return True
    return new.leaning == first.leaning and new.row["modality"] == first.row["modality"]


def succeeds(new: Piece, held: Piece) -> bool:
    """Tell whether a piece succeeds what stands: rule 2."""
    kinds = table("folding", "kinds")
    if new.kind not in kinds[held.kind]["gives way to"]:
        return False
    if not contains(new.scope, held.scope):
        return True
    if new.kind in ("lifts", "suspends"):
        return True
    return bool(new.kind != held.kind and kinds[new.kind]["strict"] >= kinds[held.kind]["strict"])


def where_it_stands(each: Settled) -> str:
    """Return the position of a settled scope."""
    found: str = table("folding", "kinds")[each.run[0].kind]["position"]
    return found


def shown(scope: str, each: Settled, disputed: set[str]) -> tuple[Any, ...]:
    """Return a settled scope: position, leaning, since, until, its run, whether it is disputed."""
    first = each.run[0]
    leaning = table("folding", "kinds")[first.leaning]["position"] if first.leaning else None
    run = {piece.row["id"] for piece in each.run}
    until = until_of([piece.until for piece in each.run])
    return scope, where_it_stands(each), leaning, since_of([each]), until, sorted(run), bool(run & disputed)


def since_of(several: Sequence[Settled]) -> str | None:
    """Return the days within which the first of some scopes began, as `first/last`."""
    firsts = [each.run[0] for each in several]
    if not firsts:
        return None
    began = min((piece.begins, piece.since_first()) for piece in firsts)
    return f"{began[1]}/{began[0]}"


def until_of(ends: Sequence[date | None]) -> str | None:
    """Return the last of some ends; None where there is none, or one is open."""
    known = [end for end in ends if end is not None]
    return max(known).isoformat() if known and len(known) == len(ends) else None


def overall(settled: dict[str, Settled]) -> tuple[str, list[str]]:
    """Return the position and the scopes that decide it: section 4."""
    for line in table("folding", "overall"):
        deciding = [
            scope
            for scope, each in settled.items()
            if scope_of(scope)["reach"] in line["reach"] and where_it_stands(each) in line["where"]
        ]
        if deciding:
            return line["position"], deciding
    return "unknown", []


def objections(
    heard: Sequence[Row], settled: dict[str, Settled], decides: set[str], pairs: set[tuple[str, str]]
) -> dict[str, str]:
    """Return what stands against the position, each with the first of its reasons: section 5."""
    tense = {piece.row["id"] for each in settled.values() for piece in each.tense}
    succeeded = {piece.row["id"] for each in settled.values() for piece in each.succeeded}
    found: dict[str, str] = {}
    for row in heard:
        name = row["id"]
        if any(
            weight(name, settled, decides) <= weight(other, settled, decides) for one, other in pairs if one == name
        ):
            found[name] = "contradiction"
        elif name in decides:
            continue
        elif name in tense:
            found[name] = "tension"
        elif name in succeeded:
            found[name] = "succession"
        elif row["modality"] == "denied" or row["measure"] == "DENIAL":
            found[name] = "denial"
    return found


def weight(name: str, settled: dict[str, Settled], decides: set[str]) -> int:
    """Return how much a statement weighs where it contradicts another."""
    if name in decides:
        return 2
    return int(any(piece.row["id"] == name for each in settled.values() for piece in each.run))


def contradicting(heard: Sequence[Row], holding: Sequence[Piece], settled: dict[str, Settled]) -> set[tuple[str, str]]:
    """Return the pairs of statements that contradict each other, either way round."""
    found = set()
    for standing in [piece for each in settled.values() for piece in each.run]:
        told: list[Row] = [piece.row for piece in holding if opposed(piece, standing) or one_act_twice(piece, standing)]
        for row in [*told, *(row for row in heard if denies(row, standing))]:
            if may_contradict(row, standing.row):
                found |= {(row["id"], standing.row["id"]), (standing.row["id"], row["id"])}
    return found


def may_contradict(one: Row, other: Row) -> bool:
    """Tell whether two statements are about the same, by the same level, in different documents."""
    return (
        one["country"] == other["country"]
        and one["level"] == other["level"]
        and (one["document"] or one["id"]) != (other["document"] or other["id"])
        and share_a_vendor(one, other)
    )


def share_a_vendor(one: Row, other: Row) -> bool:
    """Tell whether two statements are about a vendor in common."""
    named, named_too = one["vendors"], other["vendors"]
    if not named or not named_too or any(each["anyone"] for each in [*named, *named_too]):
        return True
    return any((each["id"] or each["name"]) == (too["id"] or too["name"]) for each in named for too in named_too)


def opposed(piece: Piece, standing: Piece) -> bool:
    """Tell whether one shuts out what the other lets in, for a time of which both speak."""
    kinds = (piece.kind, standing.kind)
    return (
        any(kind in ("prohibits", "restricts") for kind in kinds)
        and any(kind in ("permits", "uses") for kind in kinds)
        and related(piece.scope, standing.scope)
        and meet(piece.speaks_of(), standing.speaks_of())
    )


def one_act_twice(piece: Piece, standing: Piece) -> bool:
    """Tell whether two bans of different scopes may be two accounts of one act."""
    reaches = {scope_of(piece.scope)["reach"], scope_of(standing.scope)["reach"]}
    if not piece.kind == standing.kind == "prohibits" or piece.scope == standing.scope or "apart" in reaches:
        return False
    if piece.row["document"] is None or standing.row["document"] is None:
        return False
    undated = not piece.row.get("when") or not standing.row.get("when")
    return undated or meet((piece.earliest, piece.begins), (standing.earliest, standing.begins))


def denies(row: Row, standing: Piece) -> bool:
    """Tell whether a statement says that what stands is not so."""
    day = published(row)[1]
    return row["modality"] == "denied" and any(
        kind == standing.kind and related(scope, standing.scope) and meet((day, day), standing.speaks_of())
        for scope, kind in measure_kinds(row).items()
    )


def related(scope: str, other: str) -> bool:
    """Tell whether two scopes are one, or one contains the other."""
    return scope == other or contains(scope, other) or contains(other, scope)


def meet(one: Span, other: Span) -> bool:
    """Tell whether two runs of days have a day in common."""
    return max(one[0], other[0]) <= min(one[1], other[1])
