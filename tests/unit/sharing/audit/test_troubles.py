from __future__ import annotations

import errno

import pytest

from telvet.errors import WorkspaceError
from telvet.sharing.audit import troubles


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "audit-full"), (errno.EIO, "audit-unusable")])
def test_what_the_system_complains_of_is_told(number: int, code: str) -> None:
    with pytest.raises(WorkspaceError) as caught, troubles.teaching("log"):
        raise OSError(number, "Something")
    assert (caught.value.code, caught.value.where) == (code, "log")


def test_every_trouble_says_where_why_and_what_to_do() -> None:
    told = (
        troubles.missing("log"),
        troubles.exists("log"),
        troubles.locked("log"),
        troubles.closed("log", "why"),
        troubles.altered("log", "what"),
        troubles.truncated("log", 1, 2, by="a checkpoint"),
        troubles.forked("log", 1, by="a checkpoint"),
        troubles.wrong_key("log", "key", why="why"),
        troubles.unfit("log", "why"),
    )
    assert len({error.code for error in told}) == len(told)
    assert all(error.where == "log" and error.why and error.fix for error in told)


def test_a_log_that_is_not_sound_is_a_finding_and_one_that_cannot_be_used_is_not() -> None:
    unsound = (
        troubles.altered("here", "x"),
        troubles.truncated("here", 1, 2, by="x"),
        troubles.forked("here", 1, by="x"),
        troubles.gone("here", "origin", by="x"),
    )
    assert {(type(one), one.exit_code) for one in unsound} == {(troubles.AuditError, 1)}
    assert {one.exit_code for one in (troubles.missing("here"), troubles.locked("here"), troubles.exists("here"))} == {
        2
    }
