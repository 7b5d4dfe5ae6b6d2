"""`telvet evidence`: documents, statements with their quotes, and what people make of them, kept in a workspace."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from telvet.cli.evidence_documents import one_document
from telvet.cli.evidence_options import BY, SPAN, WHO, evidence_place, now
from telvet.cli.evidence_propose import propose
from telvet.cli.evidence_review import review
from telvet.cli.options import FILE, today
from telvet.cli.output import check_outputs, put, say
from telvet.errors import EvidenceError, Fault, UsageError
from telvet.model.dates import Span, brief_span
from telvet.reporting.words import counted, printable

if TYPE_CHECKING:
    from telvet.evidence.statements.importing import Imported
    from telvet.model.evidence import Document, Statement
    from telvet.workspace.evidence_ledger import EvidenceLedger

__all__ = ["command"]

_SHOWN = 20
"""How many faults of one import are told on the screen; the rejects hold them all."""


@click.group("evidence")
def command() -> None:
    """Keep documents and who says what in them; only what a person confirmed counts."""


@command.command("add", short_help="Keep documents with their text and day of publication.")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--publisher", default=None, help="Who published it, where it does not say so itself.")
@click.option(
    "--published", type=SPAN, default=None, help="When: a day, month or year; found in the document if not given."
)
@click.option("--lang", default=None, metavar="TAG", help="Its language, such as `en`.")
@click.option("--by", default=None, metavar="WHO", help="Who adds it.")
@evidence_place(required=True)
def add(
    files: tuple[Path, ...],
    publisher: str | None,
    published: Span | None,
    lang: str | None,
    by: str | None,
    workspace: Path | str,
) -> int:
    """Keep FILES (text, HTML or PDF) with their exact text and their day of publication."""
    from telvet.evidence.documents.intake import as_known, take_in, unpublished

    _check_ahead(published)
    faults: list[Fault] = []
    with ExitStack() as stack:
        ledger = _ledger_if_any(stack, workspace)
        for path in files:
            try:
                taken = take_in(path, publisher=publisher, published=published, lang=lang)
                held = ledger.known(taken.document.digest) if ledger else None
                document = _dated(as_known(taken.document, held, publisher=publisher, published=published, lang=lang))
                if document.published is None:
                    raise unpublished(document.name)
            except EvidenceError as error:
                faults += error.faults or (Fault(error.where, None, None, error.code, error.what, error.fix),)
                continue
            ledger = ledger or _new_ledger(stack, workspace)
            fresh = ledger.add_document(document, taken.content, by=by, now=now())
            _say_added(document, taken.notes, was="kept" if not held else "known better" if fresh else "held already")
    if faults:
        which = f"{len(faults):,} of {len(files):,} documents were" if len(files) > 1 else "the document was"
        raise EvidenceError(f"{which} not taken in", tuple(faults), code=faults[0].code)
    return 0


def _ledger_if_any(stack: ExitStack, workspace: Path | str) -> EvidenceLedger | None:
    """Open the ledger that is there; a new one is made only when there is something to keep in it."""
    from telvet.workspace.database import FILE
    from telvet.workspace.evidence_ledger import EvidenceLedger

    if isinstance(workspace, Path) and not (workspace / FILE).exists():
        return None
    return stack.enter_context(EvidenceLedger.open(workspace, create=True))


def _new_ledger(stack: ExitStack, workspace: Path | str) -> EvidenceLedger:
    from telvet.workspace.evidence_ledger import EvidenceLedger

    ledger = stack.enter_context(EvidenceLedger.open(workspace, create=True))
    say(f"note: there was no ledger in {workspace}; a new one was made")
    return ledger


def _check_ahead(published: Span | None) -> None:
    """Refuse a day of publication that has not come anywhere in the world."""
    if published and published.first > today() + timedelta(days=1):
        raise UsageError(
            "a document cannot have been published on a day to come",
            code="published-ahead",
            where=f"--published {brief_span(published)}",
            fix="write the day on which it came out",
        )


def _dated(document: Document) -> Document:
    """Ask for the day of publication where a person is there to answer."""
    from telvet.model.evidence import Published

    if document.published or not (sys.stdin and sys.stdin.isatty()):
        return document
    span = click.prompt(f"{document.name}: when was it published? (YYYY-MM-DD, YYYY-MM or YYYY)", type=SPAN, err=True)
    return replace(document, published=Published(span, "stated"))


def _say_added(document: Document, notes: tuple[str, ...], *, was: str) -> None:
    told = document.published
    day = f"{brief_span(told.span)} ({told.how})" if told else "?"
    sources = f", citing {', '.join(document.origins)}" if document.origins else ""
    told_by = document.publisher or "publisher not known"
    size = counted(len(document.text), "character")
    click.echo(
        printable(f"{document.digest[:12]}  {document.name}: {was}; {size}, published {day}, {told_by}{sources}")
    )
    for note in notes:
        say(f"note: {document.name}: {note}")


@command.command("list")
@evidence_place(required=True)
def listed(workspace: Path | str) -> int:
    """List the documents, and how many statements each has."""
    from telvet.evidence.positions.record import Record
    from telvet.workspace.evidence_ledger import EvidenceLedger

    with EvidenceLedger.open(workspace) as ledger:
        documents, held, judgements = ledger.documents(), ledger.statements(), ledger.judgements()
    record = Record.of((one.statement for one in held), judgements)
    resting: dict[str, list[bool]] = {digest: [] for digest in documents}
    for each in held:
        if each.statement.quote:
            resting[each.statement.quote.document].append(record.stands(each.statement, None, None))
    for digest, one in documents.items():
        day = brief_span(one.published.span) if one.published else "?"
        mine = resting[digest]
        many = f"{sum(mine):,} of {counted(len(mine), 'statement')} confirmed" if mine else "no statements"
        click.echo(printable(f"{digest[:12]}  {day}  {one.name}  {one.publisher or '-'}  {many}"))
    if not documents:
        click.echo("no documents; keep one with `telvet evidence add FILE`")
    return 0


@command.command("show", short_help="Print the exact text of a document, as quotes must match it.")
@click.argument("document")
@evidence_place(required=True)
def show(document: str, workspace: Path | str) -> int:
    """Print the exact text of a DOCUMENT, named by file or digest, as quotes must match it."""
    from telvet.workspace.evidence_ledger import EvidenceLedger

    with EvidenceLedger.open(workspace) as ledger:
        text = ledger.document(one_document(ledger, document)).text
    put(None, lambda out: out.writelines((text,)))
    return 0


@command.command("import", short_help="Take in annotations; each quote is checked.")
@click.argument("file", type=FILE)
@click.option("--confirm", is_flag=True, help="Confirm them all, as the person named.")
@click.option("--strict", is_flag=True, help="Take in nothing if any line is faulty.")
@click.option("--rejects", type=FILE, default=None, metavar="FILE", help="Where to keep the lines that were set aside.")
@click.option("--by", type=WHO, default=None, metavar="WHO", help="Who imports; needed with --confirm.")
@evidence_place(required=True)
def import_(
    file: Path, confirm: bool, strict: bool, rejects: Path | None, by: str | None, workspace: Path | str
) -> int:
    """Take in annotations from FILE, JSON Lines; each quote is checked against its document."""
    from telvet.evidence.statements.importing import import_annotations
    from telvet.workspace.evidence_ledger import EvidenceLedger

    if confirm and by is None:
        raise UsageError(
            "nobody is named who confirms them",
            code="no-name",
            where="--confirm",
            why="what counts rests on a person's word",
            fix="say who: --by WHO",
        )
    check_outputs((rejects,), (file,))
    text = _text(file)
    with EvidenceLedger.open(workspace) as ledger:
        came = import_annotations(ledger, text, file.name, by=by or "import", confirm=confirm, now=now(), strict=strict)
    _tell(came.notes, "note: ")
    _tell(came.faults, "")
    if rejects and came.rejected:
        lines = text.split("\n")
        put(rejects, lambda out: out.writelines(f"{lines[number - 1]}\n" for number in came.rejected))
    if came.rejected and strict:
        many = f"{len(came.rejected):,} of {counted(came.read, 'line')} set aside, and nothing was taken in"
        raise EvidenceError(many, code="strict", fix="mend them, or leave --strict out to take in the others")
    _say_imported(came, by if confirm else None)
    return 2 if came.rejected and not came.taken else 0


def _say_imported(came: Imported, by: str | None) -> None:
    """Tell what became of every line."""
    aside = len(came.rejected)
    parts = [
        f"{counted(came.added, 'statement')} added",
        f"{came.read - aside - came.added:,} held already",
        f"{aside:,} set aside",
    ]
    if by:
        parts.append(f"{came.confirmed:,} confirmed by {by}")
    click.echo(printable(f"{counted(came.read, 'line')}: {', '.join(parts)}"))
    if came.left_rejected:
        say(f"note: {counted(came.left_rejected, 'statement')} that a person rejected before stay so")
    if came.added and not by:
        say("note: what was added counts once a person confirms it: telvet evidence review --by WHO")


def _text(file: Path) -> str:
    """Read a file as it is, line ends and all."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        what = f"the file cannot be read: {(problem.strerror or str(problem)).lower()}"
        raise EvidenceError(what, code="unreadable", where=str(file), fix="name a file of JSON Lines") from None
    except UnicodeDecodeError:
        raise EvidenceError("this is not UTF-8", code="unreadable", where=str(file), fix="save it as UTF-8") from None


def _tell(faults: Iterable[Fault], before: str) -> None:
    told = list(faults)
    for fault in told[:_SHOWN]:
        say(f"{before}{fault.line()}")
    if len(told) > _SHOWN:
        say(f"{before}... and {len(told) - _SHOWN:,} more")


@command.command("export", short_help="Write the confirmed statements as annotations.")
@click.option("--all", "everything", is_flag=True, help="Statements that are not confirmed, too.")
@click.option("-o", "--output", type=FILE, default=None, metavar="FILE", help="Write here, not to standard output.")
@evidence_place(required=True)
def export(everything: bool, output: Path | None, workspace: Path | str) -> int:
    """Write the confirmed statements as annotations, JSON Lines that `import` takes back."""
    from telvet.evidence.positions.record import Record
    from telvet.evidence.statements.annotations import write_annotation
    from telvet.workspace.evidence_ledger import EvidenceLedger

    check_outputs((output,), ())
    with EvidenceLedger.open(workspace) as ledger:
        held = [one.statement for one in ledger.statements()]
        record = Record.of(held, ledger.judgements())
    chosen = [said.raw for said in held if said.raw and (everything or record.stands(said, None, None))]
    put(output, lambda out: out.writelines(f"{write_annotation(one)}\n" for one in chosen))
    return 0


@command.command("retract", short_help="Say that the source of a statement took it back.")
@click.argument("statement")
@click.option("--published", type=SPAN, required=True, help="When its source took it back.")
@click.option("--why", required=True, help="What took it back.")
@BY
@evidence_place(required=True)
def retract(statement: str, published: Span, why: str, by: str, workspace: Path | str) -> int:
    """Say that the source of a STATEMENT took it back; what was known before that day stays as it was."""
    from telvet.model.evidence import Judgement, Verdict
    from telvet.workspace.evidence_ledger import EvidenceLedger

    _check_ahead(published)
    _check_why(why)
    with EvidenceLedger.open(workspace) as ledger:
        said = _held(ledger, statement)
        if published.last < said.published.first:
            raise UsageError(
                "a statement cannot be taken back before it was published",
                code="retracted-early",
                where=f"--published {brief_span(published)}",
                why=f"it was published {brief_span(said.published)}",
                fix="write the day on which its source took it back",
            )
        ledger.judge([Judgement(statement, Verdict.RETRACTED, by, now(), why, published)])
    click.echo(f"{statement}: retracted by its source, {brief_span(published)}")
    return 0


@command.command("reopen", short_help="Take back a judgement; the statement waits for review again.")
@click.argument("statement")
@click.option("--why", required=True, help="What was wrong with the judgement.")
@BY
@evidence_place(required=True)
def reopen(statement: str, why: str, by: str, workspace: Path | str) -> int:
    """Take back what was judged of a STATEMENT; it counts no more, and waits for review again."""
    from telvet.model.evidence import Judgement, Verdict
    from telvet.workspace.evidence_ledger import EvidenceLedger

    _check_why(why)
    with EvidenceLedger.open(workspace) as ledger:
        _held(ledger, statement)
        ledger.judge([Judgement(statement, Verdict.REOPENED, by, now(), why)])
    click.echo(f"{statement}: reopened, by {by}; telvet evidence review shows it again")
    return 0


def _check_why(why: str) -> None:
    if not why.strip():
        raise UsageError("no reason is given", code="no-reason", where="--why", fix="write why, in words")


def _held(ledger: EvidenceLedger, statement: str) -> Statement:
    """Return a statement of the workspace."""
    said = next((one.statement for one in ledger.statements() if one.statement.id == statement), None)
    if said is None:
        raise UsageError(
            f"{statement!r} is no statement of the workspace",
            code="unknown-statement",
            fix="copy its id from `telvet position COUNTRY --workspace DIR`",
        )
    return said


command.add_command(propose)
command.add_command(review)
