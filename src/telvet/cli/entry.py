"""The front door: dispatch to commands, and turn errors into text and exit codes.

* Exit codes: 0 done, 1 findings at or above `--fail-on`, 2 usage or input, 3 internal.
* No traceback for bad input, ever; an internal error shows one only with TELVET_TRACEBACK=1.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from telvet import __version__
from telvet.cli.by_name import ByName
from telvet.cli.output import deafen, left_unread, say, settle_streams
from telvet.errors import TelvetError

__all__ = ["app", "main"]

_COMMANDS = {
    "assess": ("telvet.cli.assess", "Say what the law of each country says about an inventory on a date."),
    "evidence": ("telvet.cli.evidence", "Keep documents, and who says what in them about whom."),
    "explain": ("telvet.cli.explain", "Show how each provision came out for one element, and why."),
    "finding": ("telvet.cli.finding", "Confirm, dismiss, accept or note a finding, in a workspace."),
    "law": ("telvet.cli.law", "List, show, check and test the packs of law."),
    "position": ("telvet.cli.position", "Say where a country stands on a vendor, and who says so."),
    "positions": ("telvet.cli.positions", "Say where every country stands on a vendor, as a table or a map."),
    "read": ("telvet.cli.read", "Read an inventory and write it in canonical form."),
    "share": ("telvet.cli.share", "Say what may go to a partner, serve it, and prove what has gone out."),
    "replay": ("telvet.cli.replay", "Run an earlier report again and say whether the bytes are the same."),
}


@click.group(
    cls=ByName,
    modules=_COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="telvet")
def app() -> None:
    """Tell whose equipment runs a telecom network, and what the law says about it on any date.

    Decision support, not legal advice.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run a command line and exit with its code."""
    settle_streams()
    sys.exit(_code(arguments))


def _code(arguments: list[str] | None) -> int:
    try:
        result: Any = app.main(args=arguments, prog_name="telvet", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        return 130
    except TelvetError as error:
        for line in error.lines():
            say(line)
        return error.exit_code
    except (OSError, SystemExit) as stop:
        return _stopped(stop)
    except Exception as error:  # noqa: BLE001 - the last resort: no traceback reaches a user unasked
        return _internal(error)
    return result if isinstance(result, int) else 0


def _stopped(stop: OSError | SystemExit) -> int:
    """Answer a system that would not do its part, and a reader that went away."""
    if left_unread(stop):
        deafen()
        return 0
    if isinstance(stop, SystemExit):
        raise stop
    deafen()
    where = f"{stop.filename}: " if stop.filename else ""
    click.echo(f"{where}the system refused: {(stop.strerror or str(stop)).lower()} [system]", err=True)
    click.echo("  fix: look at the room, the permissions and the paths of what is read and written", err=True)
    return 2


def _internal(error: Exception) -> int:
    if os.environ.get("TELVET_TRACEBACK"):
        raise error
    click.echo(f"telvet failed inside: {type(error).__name__}: {error} [internal]", err=True)
    click.echo(
        "  fix: this is a fault of telvet; run again with TELVET_TRACEBACK=1 and report what it prints", err=True
    )
    return 3
