from __future__ import annotations

import json
from dataclasses import replace

import pytest

from telvet.errors import UsageError
from telvet.sharing.marking.applying import applied, check_bundle, check_signed
from telvet.sharing.marking.bundles import read_pieces
from telvet.sharing.marking.plan import Signature, signed
from telvet.sharing.marking.planning import Asked, planned
from telvet.sharing.marking.rules import Rules
from tests.unit.sharing.marking.bundles import AMBER, FAULTY, ON, RULES, bundle

PIECES = read_pieces(FAULTY, "b.json")
PLAN = planned(PIECES, Rules(), RULES, Asked("Ann", ON))
SIGNED = signed(PLAN, by="Ben", at="now")


def test_a_signed_plan_mends_its_bundle_and_leaves_the_rest_byte_for_byte() -> None:
    made = applied(SIGNED, PIECES)
    objects = json.loads(made)["objects"]
    assert objects[0]["object_marking_refs"] == [AMBER]
    assert list(objects[0]) == list(PIECES.objects[0])
    assert PIECES.texts[1] in made.decode()
    assert [one["id"] for one in objects if one["type"] == "marking-definition"][-1] != PIECES.objects[-1]["id"]


def test_without_a_second_person_nothing_is_applied() -> None:
    alone = replace(PLAN, signatures=(Signature("ann ", "now", PLAN.digest()),))
    other = replace(PLAN, signatures=(Signature("Ben", "now", "0" * 64),))
    for plan in (PLAN, alone, other):
        with pytest.raises(UsageError) as caught:
            applied(plan, PIECES)
        assert caught.value.code == "plan-unsigned"
    check_signed(SIGNED)


def test_another_bundle_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        applied(SIGNED, read_pieces(FAULTY + b"\n", "b.json"))
    assert caught.value.code == "bundle-changed"
    check_bundle(PLAN, PIECES.digest, "b.json")


def test_an_edit_that_does_not_fit_is_refused() -> None:
    other = read_pieces(bundle(), "b.json")
    first = PLAN.edits[0]
    unfit = [
        replace(PLAN, sha256=other.digest),
        replace(PLAN, edits=(replace(first, object="x"),)),
        replace(PLAN, edits=(replace(first, before={"object_marking_refs": []}),)),
        replace(PLAN, edits=(first, first)),
    ]
    for place, plan in enumerate(unfit):
        with pytest.raises(UsageError) as caught:
            applied(signed(plan, by="Ben", at="now"), PIECES if place else other)
        assert caught.value.code == "plan-unfit"
