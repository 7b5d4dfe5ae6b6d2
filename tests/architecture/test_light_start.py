"""`telvet --help` answers at once: importing the command line loads nothing heavy."""

from __future__ import annotations

import subprocess
import sys

from tests.architecture.source import ROOT

HEAVY = ("alembic", "charset_normalizer", "duckdb", "jsonschema", "python_calamine", "rich", "sqlalchemy", "yaml")


def test_importing_the_command_line_loads_nothing_heavy() -> None:
    program = f"import sys, telvet.cli; print(*sorted(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT / "src", capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
