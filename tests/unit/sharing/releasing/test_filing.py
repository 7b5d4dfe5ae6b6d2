from __future__ import annotations

import hashlib
import json

from telvet.model.release import Outcome
from telvet.model.sharing import Decision, Effect, Obligation, Reason
from telvet.sharing.objects.reading import read_bundle
from telvet.sharing.objects.thing import Thing
from telvet.sharing.releasing.filing import artefact, decided, left, receipt
from telvet.sharing.releasing.gates import shipped_rules

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
