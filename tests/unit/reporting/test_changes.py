from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from rich.cells import cell_len

from telvet.assessment.changes import Change
from telvet.model.status import Force, Status
from telvet.reporting.changes import write

EARLIER, LATER = date(2023, 12, 31), date(2024, 1, 1)


def change(
    before: Status = Status.DUE,
    after: Status = Status.CONTRAVENTION,
    *,
    operator: str | None = "north",
    force: Force = Force.BINDING,
    examples: tuple[str, ...] = ("e1", "e2"),
) -> Change:
    return Change("xa.toy.core", operator, force, before, after, 12_345, examples)


def shown(changed: Sequence[Change], width: int = 120, *, colour: bool = False) -> str:
    out = io.StringIO()
    write(iter(changed), EARLIER, LATER, width, colour, out)
    return out.getvalue()


def test_it_names_both_days() -> None:
    assert shown([change()]).startswith("What changed from 2023-12-31 to 2024-01-01\n")


def test_a_line_says_what_was_and_what_is_now_and_of_how_many() -> None:
    _, head, line = shown([change()]).splitlines()
    assert head.split() == ["provision", "operator", "was", "is", "now", "count", "for", "example"]
    assert line.split() == ["xa.toy.core", "north", "due", "contravention", "12345", "e1,", "e2"]


def test_that_nothing_changed_is_said() -> None:
    assert shown([]).splitlines()[1:] == ["Nothing: every finding stands as it did."]


def test_the_order_is_the_callers() -> None:
    text = shown([change(after=Status.UNKNOWN), change(after=Status.BARRED), change(after=Status.CLEAR)])
    assert [word for word in text.split() if word in {"unknown", "barred", "clear"}] == ["unknown", "barred", "clear"]


def test_a_status_is_read_by_its_force() -> None:
    assert "departs from policy" in shown([change(force=Force.POLICY)])
    text = shown([change(Status.CONTRAVENTION, Status.CLEAR, force=Force.SCENARIO)])
    assert "would contravene (not law)" in text
    assert "clear (not law)" in text


def test_a_finding_of_no_operator_leaves_its_place_empty() -> None:
    assert shown([change(operator=None)]).splitlines()[2].split()[:2] == ["xa.toy.core", "due"]


def test_brackets_in_a_name_are_shown_as_they_are_written() -> None:
    text = shown([change(operator="[red]north[/x]", examples=("[bold]e1",))])
    assert "[red]north[/x]" in text
    assert "[bold]e1" in text


def test_colour_only_when_asked() -> None:
    assert "\x1b" not in shown([change()])
    assert "\x1b" in shown([change()], colour=True)


def test_no_line_is_wider_than_the_console() -> None:
    long = change(operator="an operator of a very long name " * 9, examples=("an-element-" * 20,) * 3)
    for width in (80, 120):
        assert max(cell_len(line) for line in shown([long], width).splitlines()) <= width
