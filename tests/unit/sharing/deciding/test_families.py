from __future__ import annotations

import ast
from pathlib import Path

from telvet.model.handling import Ground, Handling
from telvet.sharing.deciding import families
from telvet.sharing.deciding.families import of_handling, of_standing
from tests.unit.sharing.deciding.cases import GREEN, RED, case, shown

HELD = {"closure", "composing", "families", "obligations", "parts"}


def test_every_rule_that_yields_reasons_is_in_the_lists() -> None:
    folder = Path(families.__file__).parent
    rules = {
        node.name
        for path in folder.glob("*.py")
        if path.stem not in HELD
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns) == "Iterator[Reason]"
        if not node.name.startswith("_")
    }
    listed = {rule.__name__ for rule in (*families._STANDING, *families._HANDLING)}  # noqa: SLF001 - the lists are the point
    assert rules == listed


def test_all_is_told_that_stands_in_the_way_and_nothing_where_nothing_does() -> None:
    assert shown(of_standing(case())) == shown(of_handling(case(), GREEN)) == []
    handling = Handling(tlp=RED.tlp, withheld=frozenset({Ground("a", "m")}))
    assert [rule for rule, _ in shown(of_handling(case(), handling))] == ["withheld", "tlp-cap", "tlp-red"]
    assert [rule for rule, _ in shown(of_standing(case(None, purpose=None)))] == ["arrangement"]
