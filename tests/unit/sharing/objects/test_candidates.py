from __future__ import annotations

from telvet.model.handling import Tlp
from telvet.model.sharing import Originators
from telvet.sharing.markings.stix_object import MarkingCompiler
from telvet.sharing.objects.candidates import candidate
from tests.unit.sharing.markings.marks import DAY, OFFICIAL, RULES
from tests.unit.sharing.objects.things import STIX, made, name

COMPILER = MarkingCompiler({}, RULES, DAY)
OURS = Originators(frozenset({name("identity", 2)}), complete=True)


def test_a_candidate_has_all_that_a_decision_looks_at() -> None:
    red, green = OFFICIAL[Tlp.RED], OFFICIAL[Tlp.GREEN]
    marks = [{"marking_ref": red, "selectors": ["description"]}]
    more = {
        "pattern": "p",
        "description": "d",
        "modified": "2024-01-01T00:00:00Z",
        "created_by_ref": name("identity", 2),
    }
    thing = made(object_marking_refs=[green], granular_markings=marks, **more)
    found = candidate(thing, COMPILER, OURS, STIX)
    assert (found.id, found.type, found.version) == (thing.id, "indicator", "2024-01-01T00:00:00Z")
    assert found.whole.tlp is Tlp.GREEN
    assert [(part.selector, part.handling.tlp) for part in found.parts] == [("description", Tlp.RED)]
    assert {"pattern", "pattern_type", "valid_from", "id"} <= found.required
    assert {(each.at, each.target) for each in found.references} == {
        ("created_by_ref", name("identity", 2)), ("object_marking_refs.[0]", green), ("description", red),
    }  # fmt: skip
    assert found.originators == OURS


def test_of_properties_one_of_which_is_needed_none_that_is_there_may_go_missing() -> None:
    assert "name" in candidate(made("file", 1, name="n", size=5), COMPILER, OURS, STIX).required
    assert "name" not in candidate(made("file", 1, hashes={"MD5": "x"}), COMPILER, OURS, STIX).required


def test_a_type_that_nobody_knows_lacks_nothing_but_what_every_object_has() -> None:
    assert candidate(made("x-thing", 1, name="n"), COMPILER, OURS, STIX).required == {
        "type", "spec_version", "id", "created", "modified",
    }  # fmt: skip
