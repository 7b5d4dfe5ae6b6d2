"""Takes annotations into the ledger: each checked against its document, none confirmed unless a person says so.

* A faulty line is set aside and told; the others are taken in.
* What is held already is not added again, so that an import may be repeated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from unicodedata import normalize

from telvet.errors import Fault
from telvet.evidence.statements.annotations import Line, read_annotations
from telvet.evidence.statements.making import Maker, Refused, Trouble
from telvet.model.evidence import Document, Judgement, Statement, Verdict
from telvet.tables.codes import nearest
from telvet.workspace.evidence_ledger import EvidenceLedger

__all__ = ["Imported", "find_document", "import_annotations"]

_LEAST_DIGITS = 8
_NOT_TAKEN = "this is no document of the workspace"
_SHOWN = 80


@dataclass(slots=True)
class Imported:
    """What came of an import."""

    read: int = 0
    taken: dict[str, Statement] = field(default_factory=dict)
    added: int = 0
    confirmed: int = 0
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    rejected: list[int] = field(default_factory=list)
    """The numbers of the lines that were set aside."""
    left_rejected: int = 0
    """Statements that were to be confirmed, and that a person had rejected."""


def import_annotations(
    ledger: EvidenceLedger, text: str, name: str, *, by: str, confirm: bool, now: str, strict: bool = False
) -> Imported:
    """Take in annotations.

    Args:
        ledger: Where they are kept, and their documents already lie.
        text: JSON Lines.
        name: How faults name the file.
        by: Who imports, and confirms where `confirm` is set.
        confirm: Whether that person confirms them all; what a person has rejected by itself stays so.
        now: The moment of recording.
        strict: Whether one faulty line keeps all of them out.
    """
    came = Imported()
    documents = ledger.documents()
    lines: dict[str, list[Line]] = defaultdict(list)
    looked_up: dict[str, tuple[str, ...]] = {}
    for line in read_annotations(text, name):
        came.read += 1
        came.notes += line.notes
        digest = _document_of(line, documents, looked_up, name)
        if line.said is None or digest is None:
            came.rejected.append(line.number)
            came.faults += line.faults
        else:
            lines[digest].append(line)
    for digest, several in lines.items():
        _take(came, several, Maker.of(ledger.document(digest)), name, now)
    came.rejected.sort()
    came.faults.sort(key=lambda fault: (fault.record or 0, fault.field or ""))
    if strict and came.rejected:
        return came
    came.added = ledger.add_statements(came.taken.values(), proposed_by=by)
    if confirm:
        _confirm(came, ledger, by, now)
    return came


def find_document(asked: str, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """Return the digests of the documents that a name or digest stands for.

    A name may be whole, without its ending, or one of its parts between underscores; a digest, whole or its first digits.
    """
    if asked in documents:
        return (asked,)
    whole = normalize("NFC", asked)
    last = whole.replace("\\", "/").rpartition("/")[2]
    names = {digest: normalize("NFC", one.name) for digest, one in documents.items()}
    named = tuple(digest for digest, name in names.items() if name in (whole, last))
    stems = tuple(digest for digest, name in names.items() if last and name.rpartition(".")[0] == last)
    digits = asked.lower().removeprefix("sha256:")
    begun = tuple(digest for digest in documents if len(digits) >= _LEAST_DIGITS and digest.startswith(digits))
    parts = tuple(digest for digest, name in names.items() if last in name.rpartition(".")[0].split("_"))
    return named or stems or begun or (parts if last else ())


def _document_of(
    line: Line, documents: Mapping[str, Document], looked_up: dict[str, tuple[str, ...]], name: str
) -> str | None:
    if line.said is None:
        return None
    if line.said.doc not in looked_up:
        looked_up[line.said.doc] = find_document(line.said.doc, documents)
    found = looked_up[line.said.doc]
    if len(found) == 1:
        return found[0]
    if found:
        what, fix = "several documents have this name", "write the digest: " + ", ".join(one[:12] for one in found)
    else:
        near = nearest(line.said.doc, tuple(one.name for one in documents.values()))
        what, fix = _NOT_TAKEN, f"did you mean {near}?" if near else "add it first: telvet evidence add FILE"
    line.faults.append(Fault(name, line.number, "doc", "unknown-document", what, fix, line.said.doc[:_SHOWN]))
    return None


def _take(came: Imported, lines: Iterable[Line], maker: Maker, name: str, now: str) -> None:
    for line in lines:
        if line.said is None:
            continue
        try:
            said, told = maker.statement(line.said, now)
        except Refused as refused:
            came.rejected.append(line.number)
            came.faults += (_fault(trouble, name, line.number) for trouble in refused.troubles)
        else:
            came.taken[said.id] = said
            came.notes += (_fault(trouble, name, line.number) for trouble in told)


def _fault(trouble: Trouble, name: str, number: int) -> Fault:
    value = trouble.value[:_SHOWN] if trouble.value else trouble.value
    return Fault(name, number, trouble.key, trouble.code, trouble.what, trouble.fix, value)


def _confirm(came: Imported, ledger: EvidenceLedger, by: str, now: str) -> None:
    """Confirm what nobody has judged yet; a retraction by the source is no judgement of a person, and stays."""
    latest = {one.statement: one.verdict for one in ledger.judgements() if one.verdict is not Verdict.RETRACTED}
    came.left_rejected = sum(latest.get(name) is Verdict.REJECTED for name in came.taken)
    fresh = [name for name in came.taken if latest.get(name) not in (Verdict.CONFIRMED, Verdict.REJECTED)]
    ledger.judge(Judgement(name, Verdict.CONFIRMED, by, now, "imported as confirmed") for name in fresh)
    came.confirmed = len(fresh)
