from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from telvet.cli.evidence_documents import one_document
from telvet.errors import UsageError
from telvet.model.dates import read_span
from telvet.model.evidence import Document, Published
from telvet.workspace.evidence_ledger import EvidenceLedger

NOW = "2024-01-15T09:30:00.000000Z"


def test_the_one_document_that_is_meant_is_found_or_told_apart(tmp_path: Path) -> None:
    digests = []
    with EvidenceLedger.open(tmp_path, create=True) as ledger:
        for name, text in (("a.txt", "one"), ("b.txt", "two"), ("b.txt", "three")):
            digest = hashlib.sha256(text.encode()).hexdigest()
            published = Published(read_span("2019"), "stated")
            ledger.add_document(Document(digest, name, "text/plain", text, published), b"", by=None, now=NOW)
            digests.append(digest)
        assert (
            one_document(ledger, "a")
            == one_document(ledger, "x/a.txt")
            == one_document(ledger, digests[0][:9])
            == digests[0]
        )
        with pytest.raises(UsageError, match="several documents have this name") as several:
            one_document(ledger, "b.txt")
        assert all(digest[:12] in several.value.fix for digest in digests[1:])
        with pytest.raises(UsageError, match="no document of the workspace") as none:
            one_document(ledger, "c.txt")
        assert (none.value.where, none.value.fix) == ("c.txt", "see `telvet evidence list`")
