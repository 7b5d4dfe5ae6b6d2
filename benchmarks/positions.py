"""How long a position takes in a ledger of 100,000 statements, beside reading the country's statements from the ledger.

Floor: SQLite hands the rows of the same country over, and nothing is made of them.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.startup import start
from telvet.catalog.evidence_codes import read_codes
from telvet.catalog.places import read_places
from telvet.evidence.positions.position import Asked, position
from telvet.evidence.positions.record import Record
from telvet.model.dates import Span
from telvet.model.evidence import (
    Annotation,
    Document,
    Judgement,
    Level,
    NamedVendor,
    Published,
    Quote,
    Statement,
    Verdict,
    When,
)
from telvet.model.status import Grade
from telvet.workspace.evidence_ledger import EvidenceLedger

__all__ = ["added", "main", "positions"]

STATEMENTS, COUNTRIES, TIMES = 100_000, 60, 15
NOW = "2026-01-01T00:00:00.000000Z"
TEXT = "Ministers have shut the vendor out of the core of the network.\n" * 40


def main() -> int:
    """Measure and print."""
    for line in positions():
        print(line)
    seconds, ratio = added()
    print(f"adding a document of 100 pages: {seconds:.2f} s (target 1), {ratio:.1f} times an empty Python")
    return 0


def positions() -> Iterator[str]:
    """Yield what was measured of positions, as lines."""
    chance = random.Random(7)  # noqa: S311 - the same statements each time
    countries = sorted(read_places().names)[:COUNTRIES]
    documents = [_document(number, chance) for number in range(200)]
    statements = [_statement(number, chance, countries, documents) for number in range(STATEMENTS)]
    judgements = [Judgement(said.id, Verdict.CONFIRMED, "bench", NOW) for said in statements]
    record = Record.of(statements, judgements)
    asked = Asked(date(2025, 1, 1), date(2025, 1, 1))
    one = countries[7]
    in_process = _best(lambda: position(record, one, "huawei", asked))
    with tempfile.TemporaryDirectory() as folder, EvidenceLedger.open(Path(folder), create=True) as ledger:
        for document in documents:
            ledger.add_document(document, document.digest.encode(), by="bench", now=NOW)
        ledger.add_statements(statements, proposed_by="bench")
        ledger.judge(judgements)

        def from_ledger() -> object:
            held = [each.statement for each in ledger.statements(one)]
            return position(Record.of(held, ledger.judgements(one)), one, "huawei", asked)

        loaded = _best(from_ledger)
        floor = _best(lambda: _rows(Path(folder) / "ledger.db", one))
    many = len(record.by_country[one])
    yield f"{STATEMENTS:,} statements, {many:,} of them about the country asked; SQLite hands its rows over in {floor * 1000:.0f} ms"
    yield f"    a position in process: {in_process * 1000:.1f} ms (target 50), {in_process / floor:.2f} times that"
    yield f"    a position, read from the ledger: {loaded * 1000:.1f} ms, {loaded / floor:.2f} times that"


def added() -> tuple[float, float]:
    """Return the seconds that adding a long document takes, as a command, and how often an empty Python starts in that time."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.txt"
        path.write_text("Published 3 March 2021\n\n" + TEXT * 120, "utf-8")
        return start(["evidence", "add", str(path), "--workspace", str(Path(folder) / "workspace")])


def _best(work: Callable[[], object]) -> float:
    def once() -> Iterator[float]:
        for _ in range(TIMES):
            begun = time.perf_counter()
            work()
            yield time.perf_counter() - begun

    return min(once())


def _rows(path: Path, country: str) -> int:
    asked = (
        "SELECT s.*, q.*, j.verdict FROM statements s JOIN quotes q ON q.id = s.quote"
        " JOIN judgements j ON j.statement = s.id WHERE s.country = ?"
    )
    connection = sqlite3.connect(path)
    try:
        return len(connection.execute(asked, (country,)).fetchall())
    finally:
        connection.close()


def _document(number: int, chance: random.Random) -> Document:
    day = date(2015, 1, 1) + timedelta(days=chance.randrange(3650))
    return Document(
        f"{number:064x}",
        f"{number}.txt",
        "text/plain",
        TEXT,
        Published(Span(day, day), "stated"),
        f"Outlet {number % 40}",
    )


def _statement(number: int, chance: random.Random, countries: list[str], documents: list[Document]) -> Statement:
    codes, document = read_codes(), chance.choice(documents)
    measure = chance.choice(list(codes.measures.values()))
    day = date(2014, 1, 1) + timedelta(days=chance.randrange(4000))
    published = document.published.span if document.published else Span(day, day)
    start = chance.randrange(len(TEXT) - 30)
    return Statement(
        id=f"s-{number:016x}",
        country=chance.choice(countries),
        vendors=(NamedVendor("v", chance.choice(["huawei", "zte"])),),
        measure=measure.id,
        scope=measure.scope,
        modality=chance.choice(list(codes.modalities)),
        level=chance.choice(list(Level)),
        actor=None,
        speaker=None,
        via=None,
        when=When(day, day) if chance.choice((True, False)) else None,
        until=None,
        deadline=None,
        published=published,
        publisher=document.publisher,
        origin=document.publisher or "",
        quote=Quote(document.digest, start, start + 20, TEXT[start : start + 20], "", ""),
        text=TEXT[start : start + 20],
        grade=Grade.VERIFIED,
        recorded_at=NOW,
        raw=Annotation(document.digest, TEXT[start : start + 20], start, start + 20),
    )


if __name__ == "__main__":
    sys.exit(main())
