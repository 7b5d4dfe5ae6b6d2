from __future__ import annotations

from typing import Any

import pytest

from telvet.model.handling import Tlp
from telvet.sharing.markings.lint import lint
from tests.unit.sharing.markings.marks import DAY, MARK, OFFICIAL, RULES, data, marking, statement, thing

STANDARD = {row["definition"]["id"]: row["definition"] for row in data("tlp.json")["standard"]}
GREEN, RED = OFFICIAL[Tlp.GREEN], OFFICIAL[Tlp.RED]
GREEN_1 = "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da"


def found(*objects: Any) -> list[tuple[str, str]]:
    bundle = {"type": "bundle", "id": "bundle--b", "objects": list(objects)}
    return [(finding.object.partition("--")[0], finding.code) for finding in lint(bundle, RULES, DAY)]


def test_a_bundle_that_is_marked_well_has_no_finding() -> None:
    assert found(STANDARD[GREEN], thing(GREEN)) == []


def test_a_predefined_marking_need_not_be_sent() -> None:
    assert found(thing(GREEN_1)) == []


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        ([thing()], [("indicator", "unmarked-object")]),
        ([thing(GREEN)], [("marking-definition", "marking-absent")]),
        ([thing(MARK)], [("marking-definition", "marking-absent")]),
        ([thing("marking-definition--tlp-red")], [("marking-definition", "marking-id-malformed")]),
        ([STANDARD[GREEN], thing(GREEN, GREEN_1)], [("bundle", "tlp-versions-mixed")]),
        ([STANDARD[GREEN], STANDARD[RED], thing(GREEN, RED)], [("indicator", "tlp-conflict")]),
        ([STANDARD[GREEN], thing(GREEN, GREEN)], [("indicator", "marking-repeated")]),
        ([STANDARD[GREEN]], [("marking-definition", "marking-unused")]),
        ([statement("TLP:RED"), thing(MARK)], [("marking-definition", "tlp-unknown-id")]),
        ([{**STANDARD[RED], "id": GREEN}, thing(GREEN)], [("marking-definition", "tlp-disagrees")]),
        ([{**STANDARD[GREEN], "modified": "2023-01-01T00:00:00Z"}, thing(GREEN)], [("marking-definition", "marking-versioned")]),
        ([{**STANDARD[GREEN], "object_marking_refs": [GREEN]}, thing(GREEN)], [("marking-definition", "marking-circular")]),
        ([marking(), thing(MARK)], [("marking-definition", "marking-empty")]),
        ([statement("Copyright"), thing(MARK)], [("marking-definition", "statement-unlisted")]),
        ([statement("SECRET//REL TO USA, GBR, QQQ"), thing(MARK)], [("marking-definition", "unknown-country-code")]),
        ([STANDARD[GREEN], thing(GREEN, granular_markings=[{"marking_ref": GREEN, "selectors": ["name"]}])], [("indicator", "granular-idle")]),
        (
            [STANDARD[GREEN], STANDARD[RED], thing(GREEN, granular_markings=[{"marking_ref": RED, "selectors": ["nam"]}])],
            [("indicator", "selector-selects-nothing")],
        ),
        ([STANDARD[GREEN], thing(granular_markings=[{"marking_ref": GREEN, "selectors": ["name"]}])], [("indicator", "partly-marked")]),
        ([STANDARD[GREEN], thing(GREEN, granular_markings=[])], [("indicator", "granular-malformed")]),
        ([thing(object_marking_refs="x")], [("indicator", "marking-refs-malformed")]),
        ([STANDARD[GREEN], thing(GREEN), None], [("bundle", "object-malformed")]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_marks_is_told_with_the_object(objects: list[Any], expected: list[tuple[str, str]]) -> None:
    assert found(*objects) == expected


@pytest.mark.parametrize("bundle", [None, [], "x", {"objects": {}}])
def test_what_is_no_bundle_is_told(bundle: object) -> None:
    assert [finding.code for finding in lint(bundle, RULES, DAY)] == ["bundle-malformed"]


def test_an_empty_bundle_has_no_finding() -> None:
    assert lint({"type": "bundle", "id": "bundle--b"}, RULES, DAY) == ()


def test_every_finding_says_what_is_wrong_and_how_to_mend_it() -> None:
    wild = [row["definition"] for row in data("tlp.json")["wild"] if row["definition"]]
    bundle = {"objects": [*wild, thing(), thing(GREEN, RED, id="indicator--2")]}
    findings = lint(bundle, RULES, DAY)
    assert findings == tuple(sorted(findings))
    assert all(finding.object and finding.code and finding.what and finding.fix for finding in findings)
    assert not any(finding.what.endswith(".") for finding in findings)
