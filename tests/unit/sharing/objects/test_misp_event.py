from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from telvet.errors import SharingError, UsageError
from telvet.model.handling import Reach, Tlp
from telvet.model.sharing import Originators, Reference
from telvet.sharing.markings.misp_export import MispPartner
from telvet.sharing.objects.misp_event import misp_candidate, misp_released, read_misp
from telvet.sharing.objects.originating import originators_of
from telvet.sharing.objects.thing import Thing
from tests.unit.sharing.markings.marks import DAY, RULES, data
from tests.unit.sharing.objects.things import STIX, name

EVENT = data("misp_event.json")
OWN = "misp-event--e0000000-0000-4000-8000-000000000001"
BETA = MispPartner("aaaaaaaa-0000-4000-8000-000000000002", "Beta")
HIDDEN = "a0000000-0000-4000-8000-000000000002"
RED = "Event.Attribute.[1]"


def event(**more: Any) -> dict[str, Any]:
    """Return the event of the example with its attributes and more."""
    made: dict[str, Any] = copy.deepcopy(EVENT)
    made["Event"].update(more)
    return made


def read(value: object) -> tuple[Thing, ...]:
    return read_misp(json.dumps(value).encode(), "e.json")


def released(value: object, *missing: str) -> dict[str, Any]:
    (thing,) = read(value)
    candidate = misp_candidate(thing, RULES, DAY, Originators())
    made: dict[str, Any] = json.loads(misp_released(thing, candidate, missing, BETA, STIX))["Event"]
    return made


def test_each_form_of_file_holds_its_events() -> None:
    bare = EVENT["Event"]
    for value in (EVENT, bare, [EVENT], {"response": [EVENT]}, {"response": EVENT}):
        (thing,) = read(value)
        assert (thing.id, thing.type, thing.version) == (OWN, "misp-event", "1970-01-01T00:00:00.000000Z")
        assert json.loads(thing.raw) == EVENT
    assert len(read([EVENT, bare])) == 2
    assert read([]) == ()


def test_an_event_is_an_object_whose_writer_is_the_organisation_that_made_it() -> None:
    (thing,) = read(
        event(timestamp="1600000000", Orgc={"uuid": "AAAAAAAA-0000-4000-8000-000000000001", "name": "Alpha"})
    )
    assert thing.version == "2020-09-13T12:26:40.000000Z"
    assert thing.held["created_by_ref"] == "identity--aaaaaaaa-0000-4000-8000-000000000001"
    assert originators_of([thing], {}) == {OWN: Originators()}


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        (5, ["no-event"]), ({"Event": []}, ["no-event"]), ([EVENT, "x"], ["no-event"]), (event(uuid="x"), ["id-malformed"]),
        (event(timestamp="soon", uuid=None), ["id-malformed", "not-a-moment"]), (event(Attribute={}), ["not-a-list"]),
        (event(Attribute=["x"]), ["not-a-list"]), (event(Object=[{"Attribute": "x"}]), ["not-a-list"]),
        (event(Attribute=None, EventReport=5), ["not-a-list", "not-a-list"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_event_is_told(value: object, codes: list[str]) -> None:
    with pytest.raises(SharingError) as caught:
        read(value)
    assert [fault.code for fault in caught.value.faults] == codes


@pytest.mark.parametrize("raw", [b"{", b'{"Event":{"info":"a","info":"b"}}', b"\xff"])
def test_what_is_wrong_with_the_file_is_told(raw: bytes) -> None:
    with pytest.raises(SharingError):
        read_misp(raw, "e.json")


def test_what_is_stricter_than_the_event_is_a_part() -> None:
    (thing,) = read(EVENT)
    made = misp_candidate(thing, RULES, DAY, Originators())
    assert (made.whole.tlp, made.whole.reach) == (Tlp.GREEN, Reach.CONNECTED)
    parts = {part.selector: part.handling for part in made.parts}
    assert parts[RED].tlp is Tlp.RED
    assert parts["Event.Attribute.[2]"].organisations == frozenset(
        {"aaaaaaaa-0000-4000-8000-000000000001", BETA.organisation}
    )
    assert "Event.Attribute.[0]" not in parts
    assert made.required == frozenset()


def test_what_lies_in_an_object_or_report_is_a_part_too() -> None:
    strict = {"Tag": [{"name": "tlp:red"}]}
    objects = [{"uuid": "o", "Attribute": [{"uuid": "p", "value": "v"}, {"uuid": "q", "value": "w", **strict}]}]
    (thing,) = read(event(Attribute=[], Object=objects, EventReport=[{"uuid": "r", "content": "c", **strict}]))
    made = misp_candidate(thing, RULES, DAY, Originators())
    assert [part.selector for part in made.parts] == ["Event.Object.[0].Attribute.[1]", "Event.EventReport.[0]"]


def test_ids_of_stix_and_the_event_that_it_extends_are_references() -> None:
    other = "e0000000-0000-4000-8000-000000000077"
    (thing,) = read(event(extends_uuid=other.upper(), info=f"about {name('malware', 1)}"))
    assert misp_candidate(thing, RULES, DAY, Originators()).references == (
        Reference("Event.extends_uuid", f"misp-event--{other}"), Reference("Event.info", name("malware", 1)),
    )  # fmt: skip


def test_what_goes_missing_is_gone_with_its_uuid_and_the_rest_goes_no_further_than_the_partner() -> None:
    report = {
        "uuid": "90000000-0000-4000-8000-000000000001",
        "name": "n",
        "content": f"see {HIDDEN.upper()}",
        "distribution": "5",
    }
    thing = {"uuid": "80000000-0000-4000-8000-000000000001", "name": "file", "distribution": "5", "Attribute": [], "ObjectReference": [
        {"uuid": "70000000-0000-4000-8000-000000000001", "referenced_uuid": HIDDEN, "relationship_type": "drops"},
        {"uuid": "70000000-0000-4000-8000-000000000002", "referenced_uuid": "a0000000-0000-4000-8000-000000000001"},
    ]}  # fmt: skip
    value = event(EventReport=[report], Object=[thing])
    made = released(value, RED)
    assert HIDDEN not in json.dumps(made).lower()
    assert "beacon.example" not in json.dumps(made)
    assert [each["value"] for each in made["Attribute"]] == ["198.51.100.3", "note"]
    assert made["EventReport"] == [{"uuid": report["uuid"], "name": "n", "distribution": "0"}]
    assert [each["uuid"][-1] for each in made["Object"][0]["ObjectReference"]] == ["2"]
    assert {"name": 'telvet:redacted="true"'} in made["Tag"]
    assert {each["distribution"] for each in (made, *made["Attribute"], *made["Object"])} == {"0"}


def test_the_tag_is_as_strict_as_what_is_left() -> None:
    strict = event(Attribute=EVENT["Event"]["Attribute"][:2], Object=[])
    assert {"name": "tlp:red"} in released(strict)["Tag"]
    assert {"name": 'telvet:redacted="true"'} not in released(strict)["Tag"]
    assert {"name": "tlp:green"} in released(strict, RED)["Tag"]


def test_what_is_left_may_still_be_kept_from_the_partner() -> None:
    own = event(Attribute=[{"uuid": "a", "value": "v", "distribution": "0"}], Object=[])
    with pytest.raises(UsageError, match="its own organisation only"):
        released(own)
    assert "Attribute" not in released(own, "Event.Attribute.[0]")


@pytest.mark.parametrize("selector", ["Event", "Event.uuid", "a b"])
def test_an_event_never_lacks_itself(selector: str) -> None:
    with pytest.raises(ValueError, match=r"may not lack|is no selector"):
        released(event(Object=[]), selector)
