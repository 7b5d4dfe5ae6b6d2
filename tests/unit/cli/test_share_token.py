from __future__ import annotations

import hashlib
import re

import pytest
from click.testing import CliRunner

from telvet.cli.share_token import command


def test_a_token_comes_with_the_hash_that_the_configuration_keeps() -> None:
    said = [CliRunner().invoke(command, []) for _ in range(2)]
    lines = [one.stdout.splitlines() for one in said]
    tokens = [found[0].removeprefix("token: ") for found in lines]
    assert tokens[0] != tokens[1]
    for token, found in zip(tokens, lines, strict=True):
        assert found[1] == f"token_sha256: [{hashlib.sha256(token.encode()).hexdigest()}]"
        assert len(token) >= 32
    assert "over a safe way" in said[0].stderr


@pytest.mark.parametrize("typed", ["a long secret\na long secret\n", "once\ntwice\na long secret\na long secret\n"])
def test_a_password_is_asked_for_twice_and_only_its_hash_is_printed(typed: str) -> None:
    said = CliRunner().invoke(command, ["--password"], input=typed)
    assert said.exit_code == 0
    assert re.fullmatch(r'password_scrypt: "scrypt\$\d+\$\d+\$\d+\$[^$"]+\$[^$"]+"\n', said.stdout)
    assert "a long secret" not in said.stdout + said.stderr
