"""Pieces that agree settle it; pieces that do not are all kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from telvet.attribution.pieces import Piece, settle
from telvet.model.organisation import Attribution, Candidate, Tier

ACME, BOLT, NOBODY = Candidate("acme"), Candidate("bolt"), Candidate(None, "Whoever Ltd")


def piece(column: str, tier: Tier | None, *candidates: Candidate) -> Piece:
    return Piece(column, tier, candidates)


def test_no_evidence_gives_no_candidate() -> None:
    assert settle([]) == Attribution()


def test_agreement_is_settled_at_the_surest_tier() -> None:
    told = settle([piece("manufacturer", Tier.BRAND, ACME), piece("mac", Tier.IDENTIFIER, ACME)])
    assert told == Attribution((ACME,), Tier.IDENTIFIER, ("mac", "manufacturer"))


def test_disagreement_keeps_everybody() -> None:
    told = settle([piece("manufacturer", Tier.BRAND, ACME), piece("mac", Tier.IDENTIFIER, BOLT)])
    assert told.candidates == (BOLT, ACME)
    assert told.organisation is None


def test_two_against_one_is_still_disputed() -> None:
    pieces = [
        piece("vendor_id", Tier.IDENTIFIER, ACME),
        piece("mac", Tier.IDENTIFIER, ACME),
        piece("m", Tier.BRAND, BOLT),
    ]
    assert settle(pieces).candidates == (ACME, BOLT)


def test_a_shared_name_is_told_apart_by_a_number() -> None:
    told = settle([piece("manufacturer", Tier.BRAND, ACME, BOLT), piece("mac", Tier.IDENTIFIER, BOLT)])
    assert told.organisation == "bolt"


def test_a_shared_name_alone_is_disputed() -> None:
    assert settle([piece("manufacturer", Tier.BRAND, ACME, BOLT)]).candidates == (ACME, BOLT)


def test_a_name_that_is_nobody_disputes_a_number() -> None:
    told = settle([piece("manufacturer", None, NOBODY), piece("mac", Tier.IDENTIFIER, ACME)])
    assert told == Attribution((ACME, NOBODY), Tier.IDENTIFIER, ("mac", "manufacturer"))


def test_a_name_that_is_nobody_is_unresolved_alone() -> None:
    assert settle([piece("manufacturer", None, NOBODY)]) == Attribution((NOBODY,), None, ("manufacturer",))


PIECES = st.lists(
    st.builds(
        Piece,
        st.sampled_from(["mac", "manufacturer"]),
        st.sampled_from([Tier.IDENTIFIER, Tier.BRAND]),
        st.lists(st.sampled_from([ACME, BOLT, NOBODY]), min_size=1, max_size=2, unique=True).map(tuple),
    ),
    max_size=4,
)


@given(PIECES)
def test_whoever_is_settled_is_named_by_every_piece(pieces: list[Piece]) -> None:
    told = settle(pieces)
    assert bool(told.candidates) == bool(pieces)
    if len(told.candidates) == 1:
        assert all(told.candidates[0] in one.candidates for one in pieces)


@given(PIECES, st.randoms())
def test_the_order_of_pieces_does_not_change_who_stands(pieces: list[Piece], random: object) -> None:
    shuffled = sorted(pieces, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert set(settle(shuffled).candidates) == set(settle(pieces).candidates)
