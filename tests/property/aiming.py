"""Aims rows at a provision, so that random inventories also meet what they are judged by, and not only miss it.

Every test that a provision puts suggests a cell that would meet it; most suggestions are followed, some are not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from tests.oracle.condition import tests_in

__all__ = ["aimed_cells", "aimed_rows"]

Cells = dict[str, dict[str, list[str]]]
Suggest = Callable[[str], Sequence[str]]
"""Which names go by a designation, or which countries belong to a union."""


def aimed_cells(pack: Mapping[str, Any], provision: Mapping[str, Any], names: Suggest, countries: Suggest) -> Cells:
    """Return for `equipment` and `operator` the values of each column that would meet some test of a provision."""
    conditions = [part["binds"] for part in (pack["pack"], provision) if "binds" in part]
    conditions += (
        [provision["when"]] if "when" in provision else [provision["share"]["of"], provision["share"]["among"]]
    )
    conditions += [excuse["when"] for key in ("except", "waivers") for excuse in provision.get(key, ())]
    found: Cells = {"equipment": {}, "operator": {}}
    for condition in conditions:
        for fact, test in tests_in(condition):
            subject, _, column = fact.partition(".")
            if subject in found:
                wanted = meeting(pack, test, names, countries)
                column = {"vendor": "manufacturer"}.get(column, column)
                found[subject].setdefault(column, []).extend(wanted)
    return found


def meeting(pack: Mapping[str, Any], test: Mapping[str, Any], names: Suggest, countries: Suggest) -> list[str]:
    """Return cells that would meet a test."""
    [(operator, operand)] = test.items()
    listed = operand if isinstance(operand, list) else [operand]
    suggestions: dict[str, Callable[[], list[str]]] = {
        "any of": lambda: [str(one) for one in listed],
        "all of": lambda: [";".join(str(one) for one in listed)],
        "denies": lambda: [f"-{operand}", "none"],
        "in": lambda: list(pack["pack"]["functions"][operand]),
        "between": lambda: [f"{low:g}" for low, _ in listed],
        "member of": lambda: list(countries(operand)),
        "designated": lambda: [name for one in listed for name in names(one)],
        **dict.fromkeys(
            ("at least", "at most", "above", "below"), lambda: [f"{operand + step:g}" for step in (-1, 0, 1)]
        ),
    }
    return suggestions.get(operator, lambda: [str(operand)])()


@st.composite
def aimed_rows(
    draw: st.DrawFn, cells: Sequence[Cells], equipment: Sequence[Mapping[str, str | None]], operators: Sequence[Any]
) -> tuple[list[dict[str, str | None]], list[dict[str, str | None]]]:
    """Draw for each row a provision to aim at, or none; operators are aimed at what their elements are."""
    rows = [dict(row) for row in equipment]
    table = {row["operator"]: dict(row) for row in operators}
    for row in rows:
        aim = draw(st.sampled_from([None, *range(len(cells))])) if cells else None
        if aim is None:
            continue
        targets = [(row, cells[aim]["equipment"])]
        if row.get("operator") in table:
            targets.append((table[row["operator"]], cells[aim]["operator"]))
        for target, wanted in targets:
            for column, values in wanted.items():
                if values and draw(MOSTLY):
                    target[column] = draw(st.sampled_from(values))
        if draw(MOSTLY):
            row |= {column: None for column in OTHERWISE if column in row}
    return rows, list(table.values())


MOSTLY = st.integers(0, 7).map(bool)
OTHERWISE = ("lifecycle", "removed_on", "mac", "sys_object_id", "vendor_id", "supplier")
"""Columns that would take an element out of use, or dispute whose it is."""
