"""Turn a report that was kept back into what it says of its run, so that it can be run again.

* JSON, HTML and Parquet reports carry their run; lines and tables do not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from telvet.errors import ReportError
from telvet.model.dates import read_day
from telvet.tables.reading import ReadingRefused

__all__ = ["COUNTRIES", "EVIDENCE_BY", "RUN_MARK", "StoredRun", "read_stored"]

RUN_MARK = "telvet-run"
"""The key under which a Parquet report keeps its run."""
COUNTRIES = "countries"
"""The option that holds the digest of what telvet brings along about countries, where a law asked about them."""
EVIDENCE_BY = "evidence_by"
"""The option that says up to which moment the evidence of a workspace was heard."""
_IN_HTML = re.compile(r'<script type="application/json" id="telvet-run">(.*?)</script>', re.DOTALL)
_MAGIC = b"PAR1"


@dataclass(frozen=True, slots=True)
class StoredRun:
    """What a report says of the run that made it."""

    form: str
    telvet: str
    as_of: date
    laws: tuple[str, ...]
    maps: Mapping[str, str]
    sheet: str | None
    redact: bool
    recorded_by: datetime | None
    """Up to which moment the ledger was heard, where the report shows what people decided."""
    inputs: tuple[tuple[str, str, str], ...]
    """(name, digest, format) of each inventory."""
    beside: tuple[tuple[str, str, str], ...]
    packs: Mapping[str, str]
    """Digest by pack."""
    catalogue: str
    evidence_by: str | None = None
    """Up to which moment evidence about countries was heard, where a law asked about them."""
    countries: str | None = None
    """The digest of what is shipped about countries, where a law asked about them."""


def read_stored(path: Path, marks: Callable[[Path], Mapping[str, str]]) -> StoredRun:
    """Read the run that a report carries; `marks` reads the metadata of a Parquet file."""
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
        if head == _MAGIC:
            return _stored("parquet", json.loads(marks(path)[RUN_MARK]))
        text = path.read_text("utf-8")
        if found := _IN_HTML.search(text):
            return _stored("html", json.loads(found[1].replace("<\\/", "</")))
        return _stored("json", json.loads(text))
    except OSError as error:
        raise ReportError(f"cannot read the report: {error.strerror}", code="report", where=str(path)) from error
    except (ValueError, KeyError, TypeError, AttributeError, ReadingRefused) as error:
        raise ReportError(
            "this is not a report that can be run again", code="report", where=str(path),
            why="only json, html and parquet reports carry the run that made them", fix="write the report with --format json",
        ) from error  # fmt: skip


def _stored(form: str, run: Mapping[str, Any]) -> StoredRun:
    options = run["options"]
    recorded_by = options.get("recorded_by")
    return StoredRun(
        form=form,
        telvet=run["telvet"],
        as_of=read_day(run["as_of"]),
        laws=tuple(run["laws"]),
        maps=dict(json.loads(options.get("maps", "{}"))),
        sheet=options.get("sheet"),
        redact=options.get("redact") == "yes",
        recorded_by=datetime.fromisoformat(recorded_by) if recorded_by else None,
        inputs=_files(run["inputs"]),
        beside=_files(run["beside"]),
        packs={pack["id"]: pack["digest"] for pack in run["packs"]},
        catalogue=run["catalogue"],
        evidence_by=options.get(EVIDENCE_BY),
        countries=options.get(COUNTRIES),
    )


def _files(rows: list[Mapping[str, Any]]) -> tuple[tuple[str, str, str], ...]:
    return tuple((row["name"], row["digest"], row["format"]) for row in rows)
