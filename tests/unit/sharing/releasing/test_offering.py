from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from telvet.errors import SharingError
from telvet.model.handling import Tlp
from telvet.model.release import Judgement, Originated, Verdict
from telvet.model.sharing import Effect, Originators
from telvet.sharing.releasing.gate import Gate
from telvet.sharing.releasing.offering import Described, Kind, OfferedFile, kind_of, offered, read_offered
from tests.unit.sharing.markings.marks import data
from tests.unit.sharing.releasing.test_gate import AUTHORITY, TOOL, US, a_gate

EVENT = data("misp_event.json")
ORG = US.removeprefix("identity--")
NOTE = b"our own words"


def simple(**more: Any) -> bytes:
    event = {
        "uuid": EVENT["Event"]["uuid"],
        "info": "x",
        "distribution": "3",
        "Orgc": {"uuid": ORG},
        "Tag": [{"name": "tlp:green"}],
    }
    return json.dumps({"Event": {**event, **more}}).encode()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (TOOL.raw, Kind.STIX), (b'{"type":"bundle"}', Kind.STIX), (b'\xef\xbb\xbf {"objects":[]}', Kind.STIX), (b"[]", Kind.STIX),
        (b'[{"type":"tool"}]', Kind.STIX), (b"{broken", Kind.STIX), (b"[1]", Kind.STIX), (b"[" * 100_000, Kind.STIX),
        (simple(), Kind.MISP), (b"[" + simple() + b"]", Kind.MISP), (b'{"response":[]}', Kind.MISP),
        (b'{"uuid":"x","info":"y"}', Kind.MISP),
    ],
)  # fmt: skip
def test_a_file_is_what_its_content_says(text: bytes, kind: Kind) -> None:
    assert kind_of(text, "f", described=False) is kind
    with pytest.raises(SharingError) as caught:
        kind_of(text, "f", described=True)
    assert caught.value.code == "kind-unclear"


@pytest.mark.parametrize("text", [b"", b"%PDF", b'{"a":1}', b'[{"a":1}]', b"\xff"])
def test_any_other_file_needs_marks_beside_it(text: bytes) -> None:
    assert kind_of(text, "f", described=True) is Kind.PLAIN
    with pytest.raises(SharingError) as caught:
        kind_of(text, "f", described=False)
    assert caught.value.code == "kind-unknown"
    assert "f.handling.yaml" in caught.value.fix


def file(text: bytes, kind: Kind, beside: str = "") -> OfferedFile:
    return read_offered(text, "f", kind, beside)


def test_stix_is_offered_object_by_object() -> None:
    made = offered(file(b"[" + TOOL.raw + b"]", Kind.STIX), a_gate(), "defence")
    assert [(each.thing.raw, each.purpose, each.candidate) for each in made] == [(TOOL.raw, "defence", None)]


def test_events_are_offered_with_what_is_on_record_about_who_wrote_them() -> None:
    (one,) = offered(file(simple(), Kind.MISP), a_gate(), "defence")
    assert one.candidate is not None
    assert one.candidate.originators == Originators(frozenset({US}), complete=True)
    (unknown,) = offered(file(simple(), Kind.MISP), a_gate(originated={}), None)
    assert unknown.candidate is not None
    assert unknown.candidate.originators == Originators()
    about = Originated(one.thing.id, frozenset({"identity--x"}))
    (told,) = offered(file(simple(), Kind.MISP), a_gate(originated={one.thing.id: about}), None)
    assert told.candidate is not None
    assert told.candidate.originators == Originators(frozenset({"identity--x"}))


def test_a_plain_file_is_offered_as_it_is_marked_beside() -> None:
    made = file(NOTE, Kind.PLAIN, f"tlp: amber\noriginator: {US}\n")
    assert made.things == ()
    (one,) = offered(made, a_gate(), None)
    assert one.candidate is not None
    assert (one.thing.raw, one.candidate.whole.tlp, one.thing.type) == (NOTE, Tlp.AMBER, "plain-file")
    with pytest.raises(SharingError) as caught:
        offered(file(NOTE, Kind.PLAIN, "tlp: purple"), a_gate(), None)
    assert caught.value.faults[0].file == "f.handling.yaml"


def test_a_file_that_is_marked_otherwise_is_another_file_to_whoever_approved_it() -> None:
    one, same, other = (Described(NOTE, TOOL.held, text) for text in ("tlp: green", "tlp: green", "tlp: clear"))
    assert one.digest == same.digest != other.digest
    assert one.digest != Described(NOTE + b"tlp: green", TOOL.held, "").digest


def outcome(gate: Gate, made: OfferedFile) -> tuple[str, tuple[str, ...]]:
    (found,) = gate.outcomes(offered(made, gate, "defence"))
    return found.effect.value, found.leaves_by


@pytest.mark.parametrize(
    "made", [file(simple(), Kind.MISP), file(NOTE, Kind.PLAIN, f"tlp: green\noriginator: {US}\n")]
)  # fmt: skip
def test_what_is_no_stix_leaves_by_the_same_acts(made: OfferedFile) -> None:
    assert outcome(a_gate(), made) == ("permit", ("standing authority S",))
    narrow = a_gate(authorities=frozenset({replace(AUTHORITY, types=frozenset({"tool"}))}))
    assert outcome(narrow, made) == ("refer", ())
    (one,) = offered(made, narrow, "defence")
    told = Judgement(
        "p",
        one.thing.id,
        one.thing.version,
        one.thing.digest,
        Verdict.APPROVE,
        "Ann",
        "1",
        "fine",
        frozenset({"authority"}),
    )
    approved = a_gate(authorities=frozenset(), judgements=(told,))
    assert outcome(approved, made) == ("permit", ("approval of Ann",))


def test_what_is_marked_too_high_or_not_at_all_stays() -> None:
    for made in (
        file(simple(Tag=[{"name": "tlp:red"}]), Kind.MISP), file(simple(distribution="0"), Kind.MISP),
        file(NOTE, Kind.PLAIN, f"originator: {US}\n"), file(NOTE, Kind.PLAIN, f"tlp: red\noriginator: {US}\n"),
    ):  # fmt: skip
        assert outcome(a_gate(), made) == ("withhold", ())


def test_a_plain_file_that_names_objects_waits_for_who_knows_of_it() -> None:
    made = file(TOOL.id.encode(), Kind.PLAIN, f"tlp: green\noriginator: {US}\n")
    assert outcome(a_gate(), made)[0] == "refer"


def test_what_was_agreed_must_hold_on_the_day_for_an_event_too() -> None:
    made, early = file(simple(), Kind.MISP), replace(a_gate(), as_of=date(2023, 1, 1))
    assert [one.effect for one in early.decisions(offered(made, early, "defence"))] == [Effect.WITHHOLD]
