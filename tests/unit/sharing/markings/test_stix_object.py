from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from telvet.model.handling import Tlp
from telvet.sharing.markings.stix_object import MarkingCompiler, ObjectHandling, definitions_of
from tests.unit.sharing.markings.marks import DAY, MARK, OFFICIAL, RULES, grounds, statement, thing

ATTACK = Path(__file__).resolve().parents[5] / "shared" / "samples" / "stix" / "ics-attack-18.1.json"
CLEAR, GREEN, AMBER, RED = (OFFICIAL[level] for level in (Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.RED))
OTHER = MARK.replace("1111", "3333")


def compiled(item: dict[str, Any], *definitions: dict[str, Any]) -> ObjectHandling:
    return MarkingCompiler(definitions_of(definitions), RULES, DAY).compile(item)


def granular(*entries: tuple[str, str], **more: Any) -> list[dict[str, Any]]:
    return [{"marking_ref": mark, "selectors": selector.split()} for mark, selector in entries] + (
        [more] if more else []
    )


def levels(made: ObjectHandling) -> dict[str, Tlp | None]:
    return {part.selector: part.handling.tlp for part in made.parts}


def codes(made: ObjectHandling) -> list[str]:
    return [finding.code for finding in made.findings]


def test_marks_of_an_object_are_joined() -> None:
    made = compiled(thing(GREEN, MARK), statement("SECRET//REL TO USA, GBR"))
    assert (made.whole.tlp, made.whole.rel_to, made.whole.marks) == (
        Tlp.GREEN,
        frozenset({"USA", "GBR"}),
        frozenset({GREEN, MARK}),
    )
    assert made.parts == ()
    assert made.strictest == made.whole


def test_an_object_without_marks_is_unmarked() -> None:
    assert compiled(thing()).whole.unmarked


def test_a_part_is_as_strict_as_all_marks_that_touch_it() -> None:
    item = thing(
        GREEN,
        references=[{"url": "u", "note": "n"}],
        granular_markings=granular((AMBER, "references"), (RED, "references.[0].url")),
    )
    made = compiled(item)
    assert made.whole.tlp is Tlp.GREEN
    assert levels(made) == {"references": Tlp.AMBER, "references.[0].url": Tlp.RED}
    assert made.strictest.tlp is Tlp.RED


def test_a_part_is_never_freer_than_what_contains_it() -> None:
    entries = granular((RED, "references"), (GREEN, "references.[0].url"))
    made = compiled(thing(GREEN, references=[{"url": "u"}], granular_markings=entries))
    assert levels(made) == {"references": Tlp.RED, "references.[0].url": Tlp.RED}


def test_a_part_is_never_freer_than_the_whole() -> None:
    assert levels(compiled(thing(RED, granular_markings=granular((CLEAR, "name"))))) == {"name": Tlp.RED}


def test_two_marks_on_one_part_are_joined() -> None:
    made = compiled(thing(CLEAR, granular_markings=granular((GREEN, "name"), (AMBER, "name"))))
    assert levels(made) == {"name": Tlp.AMBER}


def test_a_language_says_nothing_of_handling() -> None:
    made = compiled(thing(GREEN, granular_markings=[{"lang": "de", "selectors": ["name"]}]))
    assert made.parts == ()
    assert made.findings == ()


def test_a_marking_that_selects_nothing_is_on_the_whole_object() -> None:
    made = compiled(thing(GREEN, granular_markings=granular((RED, "nmae"))))
    assert made.whole.tlp is Tlp.RED
    assert codes(made) == ["selector-selects-nothing"]


@pytest.mark.parametrize(
    "entries",
    [
        [], "name", [None], [{}], [{"marking_ref": RED}], [{"selectors": ["name"]}], [{"marking_ref": RED, "selectors": []}],
        [{"marking_ref": RED, "selectors": "name"}], [{"marking_ref": RED, "lang": "de", "selectors": ["name"]}],
        [{"marking_ref": 7, "selectors": ["name"]}], [{"marking_ref": RED, "selectors": [7]}],
    ],
)  # fmt: skip
def test_granular_markings_that_cannot_be_read_withhold_the_object(entries: object) -> None:
    made = compiled(thing(GREEN, granular_markings=entries))
    assert grounds(made.whole) == {"granular-malformed"}
    assert codes(made) == ["granular-malformed"]


def test_a_selector_that_cannot_be_read_withholds_the_object() -> None:
    made = compiled(thing(GREEN, granular_markings=granular((AMBER, "[0].x"))))
    assert grounds(made.whole) == {"selector-malformed"}
    assert made.whole.tlp is Tlp.AMBER


@pytest.mark.parametrize("refs", [[], "x", [7], {}, [None], 0])
def test_references_that_cannot_be_read_withhold_the_object(refs: object) -> None:
    assert grounds(compiled(thing(object_marking_refs=refs)).whole) == {"marking-refs-malformed"}


def test_references_that_are_null_are_none() -> None:
    assert compiled(thing(object_marking_refs=None)).whole.unmarked


def test_different_definitions_under_one_id_are_joined_and_withheld() -> None:
    made = compiled(thing(MARK), statement("SECRET//REL TO USA, GBR"), statement("SECRET//REL TO USA, AUS"))
    assert grounds(made.whole) == {"marking-twice"}
    assert made.whole.noforn


def test_the_same_definition_twice_is_one() -> None:
    assert not compiled(thing(MARK), statement("PAP:RED"), statement("PAP:RED")).whole.withheld


def test_only_marking_definitions_are_collected() -> None:
    assert set(
        definitions_of(
            [statement("a"), {"type": "indicator", "id": OTHER}, None, {"type": "marking-definition", "id": 7}]
        )
    ) == {MARK}


def test_marks_that_are_on_granular_parts_alone_leave_the_rest_unmarked() -> None:
    made = compiled(thing(granular_markings=granular((GREEN, "name"))))
    assert made.whole.unmarked
    assert levels(made) == {"name": Tlp.GREEN}


@pytest.mark.skipif(not ATTACK.is_file(), reason="the sample is not here")
def test_attack_for_ics_comes_to_its_two_sets_of_marks() -> None:
    objects = json.loads(ATTACK.read_text("utf-8"))["objects"]
    compiler = MarkingCompiler(definitions_of(objects), RULES, DAY)
    made = {item["id"]: compiler.compile(item) for item in objects}
    assert len(made) == 1826
    assert len({one.whole for one in made.values()}) == 2
    (unmarked,) = (name for name, one in made.items() if one.whole.unmarked)
    assert unmarked.startswith("marking-definition--")
    assert {one.whole.tlp for name, one in made.items() if name != unmarked} == {Tlp.CLEAR}
    assert not any(one.findings or one.whole.withheld or one.whole.referred for one in made.values())
