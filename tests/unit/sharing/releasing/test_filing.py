from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.errors import UsageError
from telvet.model.release import Outcome
from telvet.model.sharing import Decision, Effect, Obligation, Originators, Partner, Reason
from telvet.sharing.objects.misp_event import misp_candidate, read_misp
from telvet.sharing.objects.reading import read_bundle
from telvet.sharing.objects.thing import Thing
from telvet.sharing.releasing.filing import artefact, decided, left, left_for, receipt
from telvet.sharing.releasing.gate import Offered
from telvet.sharing.releasing.gates import shipped_rules
from telvet.sharing.releasing.offering import Kind

STIX = shipped_rules().stix


def a_thing(number: int, **more: str) -> Thing:
    held = {"type": "tool", "id": f"tool--00000000-0000-4000-8000-{number:012}", "name": "x", **more}
    return Thing(json.dumps(held).encode(), held)


PERMIT = Outcome(Decision(Effect.PERMIT, (), (Obligation("tlp", "observe it"),)), ("standing authority S",))
REDACT = Outcome(
    Decision(Effect.REDACT, (Reason("parts", Effect.REDACT, "y"),), redacted=("description",)), ("approval of A",)
)
WITHHOLD = Outcome(Decision(Effect.WITHHOLD, (Reason("marks", Effect.WITHHOLD, "z"),)))
THINGS = [a_thing(1), a_thing(2, description="secret"), a_thing(3, description="held back")]
OUTCOMES = [PERMIT, REDACT, WITHHOLD]


def test_what_leaves_are_the_exact_bytes_or_what_is_left_of_them() -> None:
    leaving = left(THINGS, OUTCOMES, STIX)
    assert [each.thing.id for each in leaving] == [THINGS[0].id, THINGS[1].id]
    assert leaving[0].body == THINGS[0].raw
    made = artefact(leaving)
    assert b"secret" not in made.data
    assert b"held back" not in made.data
    assert THINGS[2].id.encode() not in made.data
    assert THINGS[0].raw in made.data
    assert [thing.id for thing in read_bundle(made.data, "x").things] == [THINGS[0].id, THINGS[1].id]
    assert made.digest == hashlib.sha256(made.data).hexdigest()


def test_the_id_of_an_artefact_follows_from_its_content() -> None:
    leaving = left(THINGS, OUTCOMES, STIX)
    assert artefact(leaving) == artefact(left(THINGS, OUTCOMES, STIX))
    assert artefact(leaving[:1]).id != artefact(leaving).id
    assert json.loads(artefact([]).data) == {"type": "bundle", "id": artefact([]).id}


def test_the_receipt_tells_of_what_left_and_of_nothing_else() -> None:
    leaving = left(THINGS, OUTCOMES, STIX)
    told = receipt(leaving, artefact(leaving), {"id": "r", "partner": "p"}, {"facts": "d"})
    text = json.dumps(told)
    assert THINGS[2].id not in text
    objects = told["objects"]
    assert isinstance(objects, list)
    assert objects[0]["leaves_by"] == ["standing authority S"]
    assert objects[0]["obligations"] == ["observe it"]
    assert objects[1]["sha256"] == leaving[1].digest


def test_the_log_keeps_what_decided() -> None:
    assert decided(THINGS[2], WITHHOLD).reasons == ("marks",)
    kept = decided(THINGS[0], PERMIT, "other")
    assert (kept.digest, kept.effect, kept.reasons, kept.obligations) == (
        "other",
        "permit",
        ("standing authority S",),
        ("tlp",),
    )
    assert decided(THINGS[2], WITHHOLD).digest == THINGS[2].digest


HIDDEN = "a0000000-0000-4000-8000-000000000002"
SHUT = {"uuid": HIDDEN, "type": "domain", "value": "beacon.example", "distribution": "5"}
ALPHA, BETA = (f"aaaaaaaa-0000-4000-8000-00000000000{end}" for end in (1, 2))


def an_event(**more: Any) -> bytes:
    held = {
        "uuid": "e0000000-0000-4000-8000-000000000001",
        "info": "x",
        "distribution": "3",
        "Tag": [{"name": "tlp:green"}],
    }
    return json.dumps({"Event": {**held, "Attribute": [SHUT], **more}}).encode()


def offered_event(data: bytes) -> Offered:
    (thing,) = read_misp(data, "e.json")
    return Offered(thing, candidate=misp_candidate(thing, shipped_rules().handling, date(2024, 6, 1), Originators()))


def test_an_event_leaves_so_that_it_travels_no_further_and_without_what_goes_missing() -> None:
    one = offered_event(an_event())
    (whole,) = left_for(Partner("p"), [one], [PERMIT], STIX)
    assert json.loads(whole.body)["Event"]["distribution"] == "0"
    assert b"beacon.example" in whole.body
    without = Outcome(Decision(Effect.REDACT, (), redacted=("Event.Attribute.[0]",)), ("approval of A",))
    (part,) = left_for(Partner("p"), [one], [without], STIX)
    assert b"beacon.example" not in part.body
    assert HIDDEN.encode() not in part.body
    assert left_for(Partner("p"), [one], [WITHHOLD], STIX) == []


def test_an_event_for_a_group_goes_to_an_organisation_of_the_partner_that_is_in_it() -> None:
    group = {"uuid": "5b7e8d3e-3a52-4ce1-9d0b-2d6a0a7e0001", "name": "x", "active": True,
             "SharingGroupOrg": [{"Organisation": {"uuid": BETA}}]}  # fmt: skip
    one = offered_event(an_event(distribution="4", sharing_group_id="1", SharingGroup=group))
    both = Partner("p", misp_organisations=frozenset({ALPHA, BETA}))
    (made,) = left_for(both, [one], [PERMIT], STIX)
    assert json.loads(made.body)["Event"]["distribution"] == "0"
    for partner in (Partner("p", misp_organisations=frozenset({ALPHA})), Partner("p")):
        with pytest.raises(UsageError) as caught:
            left_for(partner, [one], [PERMIT], STIX)
        assert caught.value.code == "misp-withheld"


def test_what_is_no_event_leaves_as_ever() -> None:
    things = [Offered(thing) for thing in THINGS]
    assert left_for(Partner("p"), things, OUTCOMES, STIX) == left(THINGS, OUTCOMES, STIX)


def test_each_kind_of_file_has_its_artefact() -> None:
    one = offered_event(an_event())
    leaving = left_for(Partner("p"), [one], [PERMIT], STIX)
    assert json.loads(artefact(leaving, Kind.MISP).data)["Event"]["info"] == "x"
    assert [each["Event"]["info"] for each in json.loads(artefact(leaving * 2, Kind.MISP).data)["response"]] == [
        "x",
        "x",
    ]
    assert json.loads(artefact([], Kind.MISP).data) == {"response": []}
    plain = left(THINGS[:1], OUTCOMES[:1], STIX)
    assert (artefact(plain, Kind.PLAIN).data, artefact(plain, Kind.PLAIN).id) == (THINGS[0].raw, THINGS[0].id)
    with pytest.raises(ValueError, match="unpack"):
        artefact([], Kind.PLAIN)


@given(effects=st.lists(st.sampled_from([PERMIT, REDACT, WITHHOLD, Outcome(Decision(Effect.REFER, ()))]), max_size=8))
def test_whatever_stays_leaves_no_trace(effects: list[Outcome]) -> None:
    things = [a_thing(number, name=f"name {number}.", description=f"words {number}.") for number in range(len(effects))]
    leaving = left_for(Partner("p"), [Offered(thing) for thing in things], effects, STIX)
    made = artefact(leaving)
    told = json.dumps(receipt(leaving, made, {"id": "r"}, {}))
    for thing, outcome in zip(things, effects, strict=True):
        goes = outcome.effect.releases
        number = things.index(thing)
        assert (thing.id in told) is (thing.id.encode() in made.data) is goes
        assert (f"name {number}.".encode() in made.data) is goes
        assert (f"words {number}.".encode() in made.data) is (outcome is PERMIT)
        assert thing.digest not in told or outcome is PERMIT
