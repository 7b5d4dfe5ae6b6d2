from __future__ import annotations

import click
from click.testing import CliRunner

from telvet.cli.share_posture import posture_options


def test_what_is_given_reaches_the_command_by_its_name() -> None:
    given: dict[str, object] = {}

    @click.command()
    @posture_options
    def command(**named: object) -> None:
        given.update(named)

    done = CliRunner().invoke(
        command, ["--inventory", "a.csv", "--inventory", "b.csv", "--as-of", "2024-06-01", "-w", "ws"]
    )
    assert done.exit_code == 0
    assert [str(path) for path in given["inventories"]] == ["a.csv", "b.csv"]  # type: ignore[attr-defined] # a tuple of paths
    assert str(given["as_of"]) == "2024-06-01"
    assert str(given["workspace"]) == "ws"
    assert (given["overlays"], given["facts"], given["packs"], given["recorded_by"]) == ((), (), (), None)
