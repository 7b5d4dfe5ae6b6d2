from __future__ import annotations

import io
import json as plain
from collections.abc import Iterator

from telvet.model.finding import Finding
from telvet.reporting import json
from telvet.reporting.jsonl import finding_object
from tests.unit.reporting import sample


def written(*args: object, **changes: object) -> str:
    out = io.StringIO()
    json.write(sample.assessment(*args, **changes), out)  # type: ignore[arg-type]  # as the callers pass
    return out.getvalue()


def test_the_document_holds_the_run_its_account_and_then_the_findings() -> None:
    document = plain.loads(written())
    assert next(iter(document)) == "telvet"
    assert list(document)[-1] == "findings"
    assert document["findings"] == [finding_object(finding) for finding in sample.findings()]
    assert document["counts"]["findings"] == len(document["findings"])
    assert document["notice"].startswith("Decision support, not legal advice.")


def test_without_findings_it_is_still_a_document() -> None:
    assert plain.loads(written([]))["findings"] == []


def test_the_same_assessment_gives_the_same_bytes() -> None:
    assert written() == written()


def test_findings_are_written_before_the_next_is_read() -> None:
    out = io.StringIO()
    lengths: list[int] = []

    def watched() -> Iterator[Finding]:
        for finding in sample.findings()[:5]:
            lengths.append(len(out.getvalue()))
            yield finding

    json.write(sample.assessment([], findings=watched), out)
    assert lengths == sorted(set(lengths))
    assert len(lengths) == 5


def test_each_finding_stands_on_a_line_of_its_own() -> None:
    lines = [line.strip().rstrip(",") for line in written().splitlines() if line.startswith('  {"id": "f-')]
    assert len([plain.loads(line) for line in lines]) == len(sample.findings())
