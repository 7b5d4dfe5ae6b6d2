from __future__ import annotations

import pytest

from telvet import errors
from telvet.errors import Fault, InputError, InventoryError, PackError, TelvetError, UsageError, WorkspaceError

FAULT = Fault("core.csv", 212, "function", "unknown-code", "no function of this name", "write core.auth", "HSS?")


def test_a_fault_says_all_of_it_on_one_line() -> None:
    said = "core.csv, record 212, function: no function of this name ('HSS?'); write core.auth [unknown-code]"
    assert FAULT.line() == said


def test_a_fault_of_the_whole_file_names_the_file_alone() -> None:
    assert Fault("core.csv", None, None, "empty", "the file is empty").line() == "core.csv: the file is empty [empty]"


def test_faults_sort_by_place() -> None:
    later = Fault("core.csv", 300, "id", "x", "y")
    assert sorted([later, FAULT]) == [FAULT, later]


def test_an_error_says_what_where_why_and_how_to_mend_it() -> None:
    error = TelvetError("it broke", code="broken", where="here", why="because", fix="mend it")
    assert error.lines() == ["here: it broke [broken]", "  why: because", "  fix: mend it"]
    assert str(error) == "it broke"


def test_an_error_leaves_out_what_it_does_not_know() -> None:
    assert TelvetError("it broke").lines() == ["it broke [internal]"]


def test_an_input_error_lists_every_fault() -> None:
    error = InventoryError("2 rows have faults", (FAULT, FAULT), fix="mend them")
    assert error.lines() == ["2 rows have faults [input]", "  fix: mend them", *[f"  {FAULT.line()}"] * 2]


@pytest.mark.parametrize(
    ("kind", "code"), [(TelvetError, 3), (UsageError, 2), (InputError, 2), (PackError, 2), (WorkspaceError, 2)]
)
def test_exit_codes_say_who_has_to_mend_it(kind: type[TelvetError], code: int) -> None:
    assert kind.exit_code == code


def test_every_error_is_in_the_tree_that_the_docstring_draws() -> None:
    kinds = [name for name in errors.__all__ if name.endswith("Error")]
    assert all(issubclass(getattr(errors, name), TelvetError) for name in kinds)
    assert [name for name in kinds if name not in (errors.__doc__ or "")] == []
