from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telvet.errors import Fault
from telvet.evidence.statements.annotations import write_annotation
from telvet.evidence.statements.importing import Imported, find_document, import_annotations
from telvet.model.dates import read_span
from telvet.model.evidence import Document, Judgement, Published, Verdict
from telvet.workspace.evidence_ledger import EvidenceLedger

NOW, LATER = "2024-01-15T09:30:00.000000Z", "2024-01-16T09:30:00.000000Z"
TEXT = "Australia banned Huawei\u2019s kit,\u00a0it said.\r\nGermany has not decided.\r\n"
QUOTE = "Australia banned Huawei\u2019s kit"
BASE = {
    "doc": "news.2019.txt",
    "quote": QUOTE,
    "measure": "BANNED",
    "modality": "done",
    "country": "Australia",
    "vendor": "Huawei",
}


def document(name: str = "news.2019.txt", text: str = TEXT) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(digest, name, "text/plain", text, Published(read_span("2019-02-01"), "stated"), "The Gazette")


KEPT = document()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[EvidenceLedger]:
    with EvidenceLedger.open(tmp_path / "workspace", create=True) as opened:
        opened.add_document(KEPT, TEXT.encode(), by="ada", now=NOW)
        yield opened


def lines(*rows: dict[str, Any] | str) -> str:
    return "\n".join(row if isinstance(row, str) else json.dumps(BASE | row) for row in rows)


def bring(
    ledger: EvidenceLedger, text: str, *, confirm: bool = False, strict: bool = False, now: str = NOW
) -> Imported:
    return import_annotations(ledger, text, "x.jsonl", by="ada", confirm=confirm, now=now, strict=strict)


def places(faults: list[Fault]) -> list[tuple[int | None, str | None, str]]:
    return [(fault.record, fault.field, fault.code) for fault in faults]


def verdicts(ledger: EvidenceLedger) -> list[Verdict]:
    return [judged.verdict for judged in ledger.judgements()]


DIGEST = KEPT.digest


@pytest.mark.parametrize(
    "asked",
    [
        "news.2019.txt", "news.2019", "press/2019/news.2019.txt", "C:\\press\\news.2019.txt", "press/news.2019", DIGEST,
        DIGEST.upper(), DIGEST[:8], DIGEST[:40], f"sha256:{DIGEST}", f"SHA256:{DIGEST[:12].upper()}",
    ],
)  # fmt: skip
def test_a_document_is_found_by_name_stem_or_digest(asked: str, ledger: EvidenceLedger) -> None:
    assert find_document(asked, {DIGEST: KEPT, "cd" * 32: document("other.txt", "x")}) == (DIGEST,)
    assert not bring(ledger, lines({"doc": asked})).faults


@pytest.mark.parametrize(
    "asked", ["news", "2019.txt", "News.2019.txt", DIGEST[:7], DIGEST[1:], "press/", "", ".", "\\", " "]
)
def test_what_is_less_than_a_name_or_eight_digits_is_no_document(asked: str) -> None:
    bare = document("README", "no ending")
    assert find_document(asked, {DIGEST: KEPT, bare.digest: bare}) == ()


def test_a_name_with_a_slash_of_its_own_is_found_as_it_is() -> None:
    odd = document("a\\b.txt", "x")
    assert find_document("a\\b.txt", {odd.digest: odd}) == (odd.digest,)


def test_a_name_is_the_same_however_its_accents_are_written() -> None:
    for name, asked in (("e\u0301.txt", "\u00e9.txt"), ("\u00e9.txt", "e\u0301.txt"), ("e\u0301.txt", "\u00e9")):
        one = document(name)
        assert find_document(asked, {one.digest: one}) == (one.digest,)


def test_a_whole_name_comes_before_a_stem_and_a_name_before_digits() -> None:
    whole, stem = document("brief", "1"), document("brief.txt", "2")
    both = {one.digest: one for one in (whole, stem)}
    assert find_document("brief", both) == (whole.digest,)
    digits = document(DIGEST[:8], "3")
    assert find_document(DIGEST[:8], {DIGEST: KEPT, digits.digest: digits}) == (digits.digest,)


def test_two_documents_of_one_name_are_told_apart_by_digest(ledger: EvidenceLedger) -> None:
    other = document(text=f"{TEXT} again")
    ledger.add_document(other, b"", by="ada", now=NOW)
    came = bring(ledger, lines({}, {"doc": other.digest[:12]}))
    assert (came.read, came.added, came.rejected) == (2, 1, [1])
    assert places(came.faults) == [(1, "doc", "unknown-document")]
    assert DIGEST[:12] in came.faults[0].fix
    assert other.digest[:12] in came.faults[0].fix


def test_an_unknown_document_names_the_nearest(ledger: EvidenceLedger) -> None:
    came = bring(ledger, lines({"doc": "news.2018.txt"}, {"doc": "zz"}))
    assert places(came.faults) == [(1, "doc", "unknown-document"), (2, "doc", "unknown-document")]
    assert (came.faults[0].fix, came.faults[0].value) == ("did you mean news.2019.txt?", "news.2018.txt")
    assert "telvet evidence add" in came.faults[1].fix


def test_every_line_is_accounted_for(ledger: EvidenceLedger) -> None:
    came = bring(
        ledger, lines({}, "not json", {"measure": "BAN"}, {"doc": "?"}, "", {"quote": "nowhere"}, {"note": "x"}, {})
    )
    assert (came.read, came.added, len(came.taken), came.confirmed) == (7, 2, 2, 0)
    assert came.rejected == [2, 3, 4, 6]
    assert places(came.faults) == [
        (2, None, "json"),
        (3, "measure", "unknown-code"),
        (4, "doc", "unknown-document"),
        (6, "quote", "not-verbatim"),
    ]
    assert all(fault.file == "x.jsonl" for fault in came.faults)


def test_what_is_kept_as_written_is_told_with_its_line(ledger: EvidenceLedger) -> None:
    came = bring(
        ledger,
        lines({}, {"country": "Atlantis", "vendor": ["Huawei", "Nobody"], "date": "soon", "level": "king", "zz": 1}),
    )
    assert not came.faults
    assert sorted(fault.field or "" for fault in came.notes) == ["country", "date", "level", "vendor", "zz"]
    assert {fault.record for fault in came.notes} == {2}
    said = ledger.statements()[1].statement
    assert said.raw
    assert (said.raw.country, said.raw.vendor, said.raw.date) == ("Atlantis", ("Huawei", "Nobody"), "soon")


def test_only_what_a_person_confirms_is_confirmed(ledger: EvidenceLedger) -> None:
    bring(ledger, lines({}))
    assert verdicts(ledger) == []
    came = bring(ledger, lines({}), confirm=True)
    assert (came.added, came.confirmed) == (0, 1)
    [judged] = ledger.judgements()
    assert (judged.verdict, judged.by, judged.recorded_at) == (Verdict.CONFIRMED, "ada", NOW)


def test_an_import_may_be_repeated(ledger: EvidenceLedger) -> None:
    text = lines({}, {"note": "x"}, {"doc": DIGEST}, {"quote": "nowhere"})
    first = bring(ledger, text, confirm=True)
    held, judged = ledger.statements(), ledger.judgements()
    again = bring(ledger, text, confirm=True, now=LATER)
    assert [(came.added, came.confirmed, came.rejected) for came in (first, again)] == [(2, 2, [4]), (0, 0, [4])]
    assert (ledger.statements(), ledger.judgements()) == (held, judged)


def test_what_a_person_rejected_is_not_confirmed_by_repeating_an_import(ledger: EvidenceLedger) -> None:
    [name] = bring(ledger, lines({}), confirm=True).taken
    ledger.judge([Judgement(name, Verdict.REJECTED, "bo", LATER, replaced_by="s-2")])
    again = bring(ledger, lines({}, {"note": "x"}), confirm=True)
    assert (again.added, again.confirmed, again.left_rejected) == (1, 1, 1)
    assert verdicts(ledger) == [Verdict.CONFIRMED, Verdict.REJECTED, Verdict.CONFIRMED]
    ledger.judge([Judgement(name, Verdict.REOPENED, "bo", LATER)])
    assert bring(ledger, lines({}), confirm=True).confirmed == 1


def test_a_retraction_by_the_source_outlives_an_import(ledger: EvidenceLedger) -> None:
    [name] = bring(ledger, lines({}), confirm=True).taken
    ledger.judge([Judgement(name, Verdict.RETRACTED, "bo", LATER, "corrected", read_span("2019-03-01"))])
    assert bring(ledger, lines({}), confirm=True).confirmed == 0
    assert verdicts(ledger)[-1] is Verdict.RETRACTED


def test_strict_takes_in_nothing_where_a_line_is_faulty(ledger: EvidenceLedger) -> None:
    came = bring(ledger, lines({}, {"measure": "BAN"}), confirm=True, strict=True)
    assert (came.added, came.confirmed, came.rejected) == (0, 0, [2])
    assert (ledger.statements(), ledger.judgements()) == ([], [])
    assert bring(ledger, lines({}, {"country": "Atlantis"}), confirm=True, strict=True).added == 2


def test_nothing_is_nothing(ledger: EvidenceLedger) -> None:
    assert bring(ledger, "\n \r\n", confirm=True) == Imported()


def test_statements_carry_who_brought_them_and_when(ledger: EvidenceLedger) -> None:
    bring(ledger, lines({}), now=LATER)
    [held] = ledger.statements()
    assert (held.proposed_by, held.statement.recorded_at) == ("ada", LATER)


def test_a_long_value_is_told_in_short(ledger: EvidenceLedger) -> None:
    long = "x" * 19_000
    came = bring(
        ledger,
        lines({"measure": long}, {"quote": long}, {"doc": long}, {"country": long}, {"vendor": long}, {"date": long}),
    )
    assert len(came.rejected) == 3
    assert max(len(fault.line()) for fault in (*came.faults, *came.notes)) < 1000


HOSTILE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from([QUOTE, DIGEST, "BANNED", "done"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=30)
@given(
    st.lists(
        st.dictionaries(st.sampled_from([*BASE, "start", "end", "date", "level", "until", "note"]), HOSTILE),
        max_size=12,
    )
)
def test_whatever_lines_hold_they_are_taken_in_or_told(rows: list[dict[str, Any]]) -> None:
    made = [json.dumps((BASE if number % 2 else {}) | row) for number, row in enumerate(rows)]
    ledger = _Held()
    came = import_annotations(ledger, "\n".join(made), "x.jsonl", by="ada", confirm=True, now=NOW)  # type: ignore[arg-type]  # a stand-in
    assert came.read == len(rows)
    assert {fault.record for fault in came.faults} == set(came.rejected)
    assert len(came.taken) <= came.read - len(came.rejected)
    for said in came.taken.values():
        assert said.quote
        assert TEXT[said.quote.start : said.quote.end] == said.text


class _Held:
    """A ledger of one document that keeps nothing."""

    def documents(self) -> dict[str, Document]:
        return {DIGEST: KEPT}

    def document(self, digest: str) -> Document:
        assert digest == DIGEST
        return KEPT

    def add_statements(self, statements: Any, *, proposed_by: str) -> int:
        assert proposed_by
        return len([write_annotation(said.raw) for said in statements])

    def judgements(self) -> list[Judgement]:
        return []

    def judge(self, judgements: Any) -> None:
        list(judgements)


def test_what_was_exported_is_taken_in_elsewhere_as_the_same(ledger: EvidenceLedger, tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {}, {"country": None, "vendor": None}, {"country": "Atlantis", "vendor": ["Nobody", "Huawei"]}, {"date": "2012/.."},
        {"date": "../2019", "until": "2020", "deadline": "2019Q3"}, {"date": "soon", "note": "a\0b\u2028\U0001f4e1"},
        {"quote": "kit,\u00a0it said.\r\nGermany", "country": "Germany", "measure": "UNDECIDED"},
    ]  # fmt: skip
    assert bring(ledger, lines(*rows)).added == len(rows)
    first = [held.statement for held in ledger.statements()]
    exported = "".join(f"{write_annotation(said.raw)}\n" for said in first if said.raw)
    with EvidenceLedger.open(tmp_path / "elsewhere", create=True) as other:
        other.add_document(replace(KEPT, name="renamed.txt"), TEXT.encode(), by="bo", now=LATER)
        assert bring(other, exported).added == len(rows)
        assert [held.statement for held in other.statements()] == first


def test_ten_thousand_lines_take_seconds(ledger: EvidenceLedger) -> None:
    text = "".join(f"Country {number} banned Huawei from its 5G network. " for number in range(10_000))
    ledger.add_document(document("big.txt", text), b"", by="ada", now=NOW)
    made, start = [], 0
    for number in range(10_000):
        quote = f"Country {number} banned Huawei from its 5G network."
        cells = {
            "doc": "big.txt",
            "quote": quote,
            "start": start,
            "end": start + len(quote),
            "actor": f"minister {number}",
        }
        made.append(json.dumps(BASE | cells))
        start += len(quote) + 1
    begun = time.perf_counter()
    came = bring(ledger, "\n".join(made), confirm=True)
    took = time.perf_counter() - begun
    assert (came.added, came.confirmed, came.faults) == (10_000, 10_000, [])
    assert took < 10


def test_a_part_of_a_name_finds_it_where_nothing_else_does() -> None:
    one, other = document("000_a1885aee.txt", "x"), document("001_832d9b11.txt", "y")
    both = {one.digest: one, other.digest: other}
    assert find_document("000", both) == (one.digest,)
    assert find_document("832d9b11", both) == (other.digest,)
    assert find_document("00", both) == ()
