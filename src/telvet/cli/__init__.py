"""The commands, named after the stages; each module is loaded only when its command is asked for."""

from telvet.cli.entry import main

__all__ = ["main"]
