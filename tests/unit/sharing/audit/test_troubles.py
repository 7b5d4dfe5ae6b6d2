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
