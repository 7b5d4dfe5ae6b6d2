from __future__ import annotations

import io
import re

import pytest
from rich.cells import cell_len

from telvet.model.finding import Assessment, SummaryRow
from telvet.model.status import Force, Status
from telvet.reporting import table
from tests.unit.reporting import sample


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(assessment: Assessment | None = None, width: int = 80, *, colour: bool = False) -> str:
    out = io.StringIO()
    table.write(assessment or sample.assessment(), width, colour, out)
    return out.getvalue()


def hostile() -> Assessment:
    long = "an-operator-whose-name-does-not-end-" * 5 + "华为技术有限公司" * 10
    some = [
        sample.finding(operator=long, equipment=long, subject_id=long, provision=long, id=f"f-{n}") for n in range(9)
    ]
    return sample.assessment(some, unresolved=((long, 3),), laws=(long,))


@pytest.mark.parametrize("width", [80, 100, 120, 200])
@pytest.mark.parametrize(
    "assessment", [sample.assessment(), hostile(), sample.assessment([])], ids=["usual", "long", "none"]
)
def test_no_line_is_wider_than_the_console(assessment: Assessment, width: int) -> None:
    assert max(cell_len(line) for line in shown(assessment, width).splitlines()) <= width


def test_the_sections_come_in_the_order_in_which_they_matter() -> None:
    text = shown()
    headings = [line.split(" ─")[0] for line in text.splitlines() if "───" in line]
    assert headings == [
        "Contravenes",
        "Bars",
        "Falls due",
        "Needs a step first",
        "To be weighed",
        "Unknown",
        "Excused",
        "Not covered",
        "Names that are nobody in the register",
        "Decided so far",
        "Rows",
    ]


def test_it_ends_by_saying_what_it_is_not() -> None:
    assert " ".join(shown().split()).endswith(
        "Decision support, not legal advice. A finding is a candidate until a person confirms it."
    )


def test_a_million_findings_of_one_kind_take_the_room_of_a_few() -> None:
    text = shown(sample.large(1_000_000))
    assert "1,000,000" in text
    assert len(text.splitlines()) < 40


def test_zero_findings_say_how_many_elements_and_which_laws_and_never_compliant() -> None:
    text = " ".join(shown(sample.assessment([])).split())
    assert "5,010 elements of 3 operators, 4,612 in use 7 laws evaluated: can.policy-statement-2022, " in text
    assert (
        "usa.secure-networks-act; no law on file for KEN No finding: none of these laws restricts or leaves open what is recorded here."
        in text
    )
    assert "complian" not in text.casefold()


def test_colour_changes_nothing_but_colour() -> None:
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown(colour=True)) == shown()
    assert "\x1b[" not in shown()


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colour_is_wanted_on_a_terminal_unless_declined(environ: dict[str, str], wanted: bool) -> None:
    assert table.colour_wanted(Terminal(), environ) is wanted
    assert table.colour_wanted(io.StringIO(), environ) is False


def test_the_same_assessment_gives_the_same_screen() -> None:
    assert shown() == shown()


def test_a_policy_is_departed_from_and_a_scenario_is_not_law() -> None:
    row = SummaryRow("a", None, "p.x", Status.CONTRAVENTION, Force.SCENARIO, None, 1)
    text = shown(sample.assessment([], summary=(*sample.assessment().summary, row)), 120)
    assert "departs from policy" in text
    assert "would contravene (not law)" in text
    assert "source unverified" not in text
    assert "source unverified" in shown(width=120)
