"""What a partner holds already by the audit log, for what it may hold together."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from telvet.sharing.audit.keys import VerifierKey
    from telvet.sharing.releasing.gate import Gate

__all__ = ["holding", "holding_as_they_are"]


def holding(gate: Gate, logs: Path, verifier: VerifierKey | None) -> AbstractSet[str]:
    """Return the ids of what was sent to the partner of a gate; nothing where no ceiling asks for it.

    Args:
        gate: Of the partner.
        logs: The folder of all audit logs.
        verifier: With it every byte of the logs is verified.

    Raises:
        WorkspaceError: A log cannot be read, or is not as it was signed.
    """
    from telvet.sharing.audit.reading import released

    if not gate.ceilings:
        return frozenset()
    return frozenset(row.object for row in released(logs, verifier, gate.partner))


def holding_as_they_are(gate: Gate, workspace: Path | str | None) -> AbstractSet[str]:
    """Return the same for what is only asked, by the logs as they are; nothing where the workspace has none."""
    logs = workspace / "audit" if isinstance(workspace, Path) else None
    return holding(gate, logs, None) if logs is not None and logs.is_dir() else frozenset()
