"""One tree of errors; each teaches what is wrong, where, why, and how to mend it.

    TelvetError                 exit code 3: ours to mend
      UsageError                exit code 2: the command asks for what cannot be
      InputError                exit code 2: faults in a file that somebody gave us
        InventoryError            an inventory
        OperatorsError            operators, overlays and other facts beside it
        PackError                 law
        CatalogError              vendors, functions, places, positions
        EvidenceError             a document, or annotations of one
        ReportError               a report handed to replay
        SharingError              objects to share, facts about partners, a server's configuration
      WorkspaceError            exit code 2: the workspace cannot serve
        AuditError                exit code 1: an audit log is not as it was signed
      SourceError               exit code 2: a source of objects cannot answer: busy, failed, or the place is lost

* An `InputError` carries every `Fault` found in one run, not the first alone.
* Nothing here knows about exit or logging; `cli/` turns an error into text and a code.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "AuditError",
    "CatalogError",
    "EvidenceError",
    "Fault",
    "InputError",
    "InventoryError",
    "OperatorsError",
    "PackError",
    "ReportError",
    "SharingError",
    "SourceError",
    "TelvetError",
    "UsageError",
    "WorkspaceError",
]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong in one place of one file."""

    file: str
    """The file's name as the user gave it."""
    record: int | None
    """The record's number as a spreadsheet shows it (the header is 1), the line of a YAML file, or None for the whole file."""
    field: str | None
    """The column's or key's name as the file spells it."""
    code: str
    """A stable code, e.g. `unknown-code`, listed in docs/reference/errors.md."""
    what: str
    """What is wrong, in a sentence without a full stop."""
    fix: str = ""
    """How to mend it."""
    value: str | None = None
    """The offending value, shortened."""

    def place(self) -> str:
        """Say where: file, record and field."""
        parts = [self.file]
        if self.record is not None:
            parts.append(f"{'line' if self.file.endswith(('.yaml', '.yml')) else 'record'} {self.record}")
        if self.field:
            parts.append(self.field)
        return ", ".join(parts)

    def line(self) -> str:
        """Say all of it on one line."""
        shown = f" ({self.value!r})" if self.value is not None else ""
        fix = f"; {self.fix}" if self.fix else ""
        return f"{self.place()}: {self.what}{shown}{fix} [{self.code}]"


class TelvetError(Exception):
    """Something went wrong; the message says what, where, why and how to mend it."""

    exit_code = 3

    def __init__(self, what: str, *, code: str = "internal", where: str = "", why: str = "", fix: str = "") -> None:
        self.code, self.what, self.where, self.why, self.fix = code, what, where, why, fix
        super().__init__(what)

    def lines(self) -> list[str]:
        """Return the message as the lines a person reads."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        return [
            f"{head} [{self.code}]",
            *(f"  {word}: {text}" for word, text in (("why", self.why), ("fix", self.fix)) if text),
        ]


class UsageError(TelvetError):
    """The command asks for what cannot be."""

    exit_code = 2


class InputError(TelvetError):
    """A file that somebody gave us has faults; all of them are listed."""

    exit_code = 2

    def __init__(
        self,
        what: str,
        faults: tuple[Fault, ...] = (),
        *,
        code: str = "input",
        where: str = "",
        why: str = "",
        fix: str = "",
    ) -> None:
        super().__init__(what, code=code, where=where, why=why, fix=fix)
        self.faults = faults

    def lines(self) -> list[str]:
        """Return the message and, below it, a line for every fault."""
        return [*super().lines(), *(f"  {fault.line()}" for fault in self.faults)]


class InventoryError(InputError):
    """An inventory cannot be read."""


class OperatorsError(InputError):
    """Operators, overlays or other facts beside the inventory cannot be read."""


class PackError(InputError):
    """A pack of law breaks its schema or its linter's rules."""


class CatalogError(InputError):
    """The knowledge of vendors, functions or places is faulty."""


class EvidenceError(InputError):
    """A document cannot be read, or annotations of documents are faulty."""


class ReportError(InputError):
    """A report that was handed back cannot be read or replayed."""


class SharingError(InputError):
    """Objects to share, facts about partners, or a server's configuration cannot be read."""


class SourceError(TelvetError):
    """A source of objects cannot answer; its code is `source-busy`, `source-failed` or `place-lost`."""

    exit_code = 2


class WorkspaceError(TelvetError):
    """The workspace cannot serve: locked, missing, or made by a newer telvet."""

    exit_code = 2


class AuditError(WorkspaceError):
    """An audit log is not as it was signed: records were changed, removed or put in."""

    exit_code = 1
