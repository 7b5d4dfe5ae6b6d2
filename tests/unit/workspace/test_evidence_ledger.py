from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from telvet.errors import EvidenceError, WorkspaceError
from telvet.model.dates import Span, read_span
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
from telvet.workspace.database import FILE, migration_config
from telvet.workspace.evidence_ledger import EvidenceLedger
from telvet.workspace.ledger import Ledger
from telvet.workspace.schema import CONTENTS

NOW, LATER, LATEST = (f"2024-01-{day}T09:30:00.000000Z" for day in (15, 16, 17))
TABLES = ("contents", "documents", "quotes", "statements", "judgements")
KEYS = {"contents": "digest", "quotes": "id", "statements": "id"}
ODD = [
    "\U0001f4e1 \U00020000",
    "a\0b",
    "one\r\ntwo\rthree\n",
    "a\u00a0\u2019b\u2028c",
    "e\u0301 \u00e9 \ufeff",
    "\x85\x1c ",
]


def document(
    text: str = "Avaria banned the vendor. So did Bonia.", name: str = "a.txt", day: str = "2019-03-01"
) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(digest, name, "text/plain", text, Published(read_span(day), "stated"), "The Gazette")


def statement(kept: Document, start: int = 0, end: int = 6, **more: object) -> Statement:
    exact = kept.text[start:end]
    raw = Annotation(kept.digest, exact, start, end, measure="BANNED", modality="done", country="Avaria")
    assert kept.published
    said = Statement(
        id=f"s-{start}-{end}", country="AVA", vendors=(NamedVendor("It", "it"),), measure="BANNED", scope="all", modality="done",
        level=Level.STATE, actor=None, speaker=None, via=None, when=When(date(2019, 1, 1), None), until=None, deadline=None,
        published=kept.published.span, publisher=kept.publisher, origin="The Gazette",
        quote=Quote(kept.digest, start, end, exact, kept.text[:start], kept.text[end:]),
        text=exact, grade=Grade.SECONDARY, recorded_at=NOW, raw=raw,
    )  # fmt: skip
    return replace(said, **more)  # type: ignore[arg-type]  # fields by name


def fill(ledger: EvidenceLedger) -> Document:
    kept = document()
    ledger.add_document(kept, kept.text.encode(), by="ada", now=NOW)
    ledger.add_statements([statement(kept)], proposed_by="ada")
    ledger.judge([Judgement("s-0-6", Verdict.CONFIRMED, "ada", NOW)])
    return kept


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[EvidenceLedger]:
    with EvidenceLedger.open(tmp_path / "workspace", create=True) as opened:
        yield opened


@pytest.fixture
def raw(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Return the bare database of a ledger that holds one row of everything."""
    with EvidenceLedger.open(tmp_path / "workspace", create=True) as opened:
        fill(opened)
    connection = sqlite3.connect(tmp_path / "workspace" / FILE, isolation_level=None)
    yield connection
    connection.close()


@pytest.mark.parametrize("table", TABLES)
def test_no_row_of_evidence_is_changed_or_deleted(raw: sqlite3.Connection, table: str) -> None:
    before = raw.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - our own table
    for line in (f"UPDATE {table} SET seq = seq + 1", f"DELETE FROM {table}"):  # noqa: S608
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            raw.execute(line)
    assert raw.execute(f"SELECT * FROM {table}").fetchall() == before  # noqa: S608
    assert len(before) == 1


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE", "INSERT"])
def test_no_row_is_replaced_by_one_of_the_same_number(raw: sqlite3.Connection, table: str, verb: str) -> None:
    before = raw.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(f"{verb} INTO {table} SELECT * FROM {table}")  # noqa: S608
    assert raw.execute(f"SELECT * FROM {table}").fetchall() == before  # noqa: S608


@pytest.mark.parametrize("table", KEYS)
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"])
def test_no_row_is_replaced_by_one_of_the_same_id(raw: sqlite3.Connection, table: str, verb: str) -> None:
    columns = [row[1] for row in raw.execute(f"PRAGMA table_info({table})") if row[1] != "seq"]
    names = ", ".join(f'"{name}"' for name in columns)
    before = raw.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(f"{verb} INTO {table} ({names}) SELECT {names} FROM {table}")  # noqa: S608
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(
            f"INSERT INTO {table} ({names}) SELECT {names} FROM {table} WHERE true"  # noqa: S608
            f" ON CONFLICT ({KEYS[table]}) DO UPDATE SET seq = 99"
        )
    assert raw.execute(f"SELECT * FROM {table}").fetchall() == before  # noqa: S608


def test_the_folder_and_the_ledger_of_evidence_are_private(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with EvidenceLedger.open(tmp_path / "workspace", create=True) as opened:
            fill(opened)
    finally:
        os.umask(before)
    place = tmp_path / "workspace"
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in place.iterdir()} == {0o600}


def test_a_missing_ledger_is_told_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="no ledger here"):
        EvidenceLedger.open(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_a_ledger_from_before_evidence_is_brought_up_to_date_and_keeps_its_rows(tmp_path: Path) -> None:
    place = tmp_path / "workspace"
    place.mkdir()
    engine = create_engine(f"sqlite:///{place / FILE}")
    with engine.begin() as connection:
        config = migration_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    bare = sqlite3.connect(place / FILE)
    bare.execute(
        "INSERT INTO dispositions (finding, state, by, why, recorded_at) VALUES (?, 'confirmed', 'ana', 'seen', ?)",
        ("f-7c1d0a7c1d0a7c1d", NOW),
    )
    bare.execute(
        "INSERT INTO runs (as_of, laws, inputs, recorded_at, open, total) VALUES ('2024-01-15', '[]', 'x', ?, '{}', 0)",
        (NOW,),
    )
    bare.commit()
    assert bare.execute("SELECT count(*) FROM sqlite_master WHERE name = 'statements'").fetchone() == (0,)
    before = [bare.execute(f"SELECT * FROM {table}").fetchall() for table in ("dispositions", "runs")]  # noqa: S608
    with EvidenceLedger.open(place) as opened:
        kept = fill(opened)
        assert list(opened.documents()) == [kept.digest]
    assert [bare.execute(f"SELECT * FROM {table}").fetchall() for table in ("dispositions", "runs")] == before  # noqa: S608
    for table in ("dispositions", "runs", "statements"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            bare.execute(f"DELETE FROM {table}")  # noqa: S608
    bare.close()
    with Ledger.open(place) as decisions:
        assert decisions.dispositions()["f-7c1d0a7c1d0a7c1d"].by == "ana"


WRITE = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests.unit.workspace.test_evidence_ledger import document, statement, NOW
from telvet.model.evidence import Judgement, Verdict
from telvet.workspace.evidence_ledger import EvidenceLedger
added = 0
for number in range(12):
    kept = document("Avaria banned the vendor, number %d." % number, "%d.txt" % number)
    with EvidenceLedger.open(Path(sys.argv[1]), create=True) as ledger:
        ledger.add_document(kept, kept.text.encode(), by="ada", now=NOW)
        ids = ["s-%d-%d" % (number, end) for end in range(1, 20)]
        added += ledger.add_statements([statement(kept, 0, end, id=name) for end, name in enumerate(ids, 1)], proposed_by="ada")
        ledger.judge(Judgement(name, Verdict.CONFIRMED, sys.argv[3], NOW) for name in ids)
print(added)
"""


def test_two_who_add_the_same_at_once_both_succeed_and_nothing_is_held_twice(tmp_path: Path) -> None:
    root = str(Path(__file__).parents[3])
    place = str(tmp_path / "workspace")
    both = [
        subprocess.Popen([sys.executable, "-c", WRITE, place, root, name], stdout=subprocess.PIPE, text=True)
        for name in ("ana", "bo")
    ]
    counts = [int(process.communicate(timeout=120)[0]) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum(counts) == 12 * 19
    with EvidenceLedger.open(tmp_path / "workspace") as ledger:
        assert len(ledger.documents()) == 12
        held = [one.statement.id for one in ledger.statements()]
        assert len(held) == len(set(held)) == 12 * 19
        assert {one.by for one in ledger.judgements()} == {"ana", "bo"}


def test_a_document_comes_back_with_its_text(ledger: EvidenceLedger) -> None:
    kept = document()
    assert ledger.add_document(kept, b"bytes", by=None, now=NOW)
    assert ledger.document(kept.digest) == kept
    assert ledger.documents() == {kept.digest: replace(kept, text="")}
    assert ledger.known(kept.digest) == replace(kept, text="")
    assert ledger.known("cd" * 32) is None
    with pytest.raises(KeyError):
        ledger.document("cd" * 32)


def test_what_is_learned_later_of_a_document_counts_from_then_on(ledger: EvidenceLedger) -> None:
    first = document()
    better = replace(first, published=Published(read_span("2019-02"), "stated"), publisher="The Herald", name="b.txt")
    assert ledger.add_document(first, b"bytes", by="ada", now=NOW)
    assert not ledger.add_document(first, b"bytes", by="ada", now=LATER)
    ledger.add_statements([statement(first)], proposed_by="ada")
    assert ledger.add_document(better, b"bytes", by="bo", now=LATEST)
    asked = [ledger.documents(moment)[first.digest] for moment in (NOW, LATER, LATEST, None)]
    assert [one.publisher for one in asked] == ["The Gazette", "The Gazette", "The Herald", "The Herald"]
    told = [ledger.statements(None, moment)[0].statement for moment in (LATER, LATEST, None)]
    assert [one.publisher for one in told] == ["The Gazette", "The Herald", "The Herald"]
    assert told[0].published == Span(date(2019, 3, 1), date(2019, 3, 1))
    assert told[2].published == read_span("2019-02")
    assert ledger.document(first.digest).text == first.text
    assert (ledger.documents("2024-01-14T00:00:00.000000Z"), ledger.statements(None, "2024-01-14")) == ({}, [])


def test_a_return_to_what_was_known_first_is_a_row_of_its_own(ledger: EvidenceLedger) -> None:
    first = document()
    for moment, name in ((NOW, "The Gazette"), (LATER, "The Herald"), (LATEST, "The Gazette")):
        assert ledger.add_document(replace(first, publisher=name), b"bytes", by=None, now=moment)
    names = [ledger.documents(moment)[first.digest].publisher for moment in (NOW, LATER, LATEST)]
    assert names == ["The Gazette", "The Herald", "The Gazette"]


def test_statements_are_added_once_and_asked_for_by_country_and_moment(ledger: EvidenceLedger) -> None:
    kept = document()
    ledger.add_document(kept, b"bytes", by="ada", now=NOW)
    one, other = statement(kept), statement(kept, 29, 34, country="BON", recorded_at=LATER)
    assert ledger.add_statements([one, one, other], proposed_by="ada") == 2
    assert ledger.add_statements([replace(one, recorded_at=LATEST)], proposed_by="bo") == 0
    assert ledger.add_statements([], proposed_by="bo") == 0
    assert [(held.statement, held.proposed_by) for held in ledger.statements()] == [(one, "ada"), (other, "ada")]
    assert [held.statement for held in ledger.statements("BON")] == [other]
    assert [held.statement for held in ledger.statements(None, NOW)] == [one]
    ledger.judge([Judgement(name, Verdict.CONFIRMED, "ada", NOW) for name in (one.id, other.id, one.id)])
    ledger.judge([])
    assert [judged.statement for judged in ledger.judgements()] == [one.id, other.id, one.id]
    assert [judged.statement for judged in ledger.judgements("BON")] == [other.id]


def test_several_statements_rest_on_one_quote(ledger: EvidenceLedger) -> None:
    kept = document()
    ledger.add_document(kept, b"bytes", by="ada", now=NOW)
    both = [statement(kept, id=f"s-{country}", country=country) for country in ("AVA", "BON")]
    assert ledger.add_statements(both[:1], proposed_by="ada") == 1
    assert ledger.add_statements(both, proposed_by="ada") == 1
    assert [held.statement for held in ledger.statements()] == both


def test_more_ids_than_are_asked_for_at_once_are_looked_up(ledger: EvidenceLedger) -> None:
    kept = document("x" * 2000)
    ledger.add_document(kept, b"bytes", by="ada", now=NOW)
    many = [statement(kept, place, place + 1) for place in range(1201)]
    assert ledger.add_statements(many[:600], proposed_by="ada") == 600
    assert ledger.add_statements(many, proposed_by="ada") == 601
    assert len(ledger.statements()) == 1201


@settings(max_examples=20)
@given(st.lists(st.text(min_size=1, max_size=40) | st.sampled_from(ODD), min_size=1, max_size=5, unique=True))
def test_whatever_characters_a_document_has_come_back(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, EvidenceLedger.open(Path(folder), create=True) as ledger:
        for number, text in enumerate(texts):
            kept = replace(document(text), title=text, publisher=text, origins=(text,), name=text)
            said = statement(kept, 0, len(text), id=f"s-{number}", origin=text)
            assert said.raw
            said = replace(said, actor=text, raw=replace(said.raw, actor=text, vendor=(text, text)))
            judged = Judgement(said.id, Verdict.REJECTED, text, NOW, text, read_span("2019"), text)
            ledger.add_document(kept, text.encode(), by=text, now=NOW)
            ledger.add_statements([said], proposed_by=text)
            ledger.judge([judged])
            assert ledger.document(kept.digest) == kept
            assert ledger.statements()[-1].statement == said
            assert ledger.judgements()[-1] == judged


def test_half_a_character_is_told_and_nothing_is_kept(ledger: EvidenceLedger) -> None:
    kept = replace(document(), publisher="half \ud800")
    with pytest.raises(EvidenceError, match=r"half a character \(U\+D800\)") as caught:
        ledger.add_document(kept, b"bytes", by="ada", now=NOW)
    assert caught.value.fix
    assert ledger.documents() == {}


def test_of_a_statement_that_cannot_be_kept_not_even_the_quote_is(ledger: EvidenceLedger, tmp_path: Path) -> None:
    kept = document()
    ledger.add_document(kept, b"bytes", by="ada", now=NOW)
    with pytest.raises(EvidenceError):
        ledger.add_statements([statement(kept), statement(kept, 0, 7, origin="\udfff")], proposed_by="ada")
    bare = sqlite3.connect(tmp_path / "workspace" / FILE)
    assert bare.execute("SELECT (SELECT count(*) FROM quotes), (SELECT count(*) FROM statements)").fetchone() == (0, 0)
    bare.close()


def test_the_bytes_of_a_document_stand_behind_what_is_asked_for(raw: sqlite3.Connection) -> None:
    """SQLite reads a row up to the last column asked for: bytes before them would be read with every question."""
    columns = [row[1] for row in raw.execute("PRAGMA table_info(contents)")]
    assert columns == ["seq", "digest", "media", "text", "bytes"] == [column.name for column in CONTENTS.columns]
