"""Turn packs of law into pages that a lawyer can read: whom it binds, what it provides, where that is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from reference_pages.writing import ROOT, page, table
from telvet.packs.documents import PackDocuments, pack_folders, read_pack_documents

__all__ = ["pages"]

_Doc = Mapping[str, Any]
_DISCLAIMER = "telvet's reading of the law: decision support, not legal advice."


def pages() -> Iterator[tuple[Path, str]]:
    """Yield a page a pack, and one that lists them."""
    folder = ROOT / "docs/reference/packs"
    packs = [read_pack_documents(found) for found in pack_folders(ROOT / "packs")]
    rows = [_listed(pack) for pack in sorted(packs, key=lambda pack: str(pack.pack["id"]))]
    head = ("pack", "title", "jurisdiction", "force", "enacted", "provisions", "cases")
    yield folder / "README.md", page("Packs of law", _DISCLAIMER, table(head, rows))
    for pack in packs:
        yield folder / f"{pack.pack['id']}.md", _pack(pack)


def _listed(pack: PackDocuments) -> tuple[object, ...]:
    head = pack.pack
    cases = sum(len(rows) for rows in pack.cases.values())
    link = f"[`{head['id']}`]({head['id']}.md)"
    return link, head["title"], head["jurisdiction"], head["force"], head["enacted"], len(pack.provisions), cases


def _pack(pack: PackDocuments) -> str:
    head = pack.pack
    addresses = {row["id"]: row for row in pack.instruments}
    facts = [(name, head[name]) for name in ("jurisdiction", "force", "enacted", "to", "version") if name in head]
    return page(
        f"{head['title']} (`{head['id']}`)",
        _DISCLAIMER,
        str(head.get("about", "")),
        table(("", ""), facts),
        _block("Whom it binds", head.get("binds")),
        _block("Its own sets of functions", head.get("functions")),
        _block("How its shares are counted", head.get("metrics")),
        "## Instruments\n\n" + _instruments(pack.instruments),
        "## Designations\n\n" + _designations(pack.designations, addresses) if pack.designations else "",
        *(_provision(row, addresses) for row in pack.provisions.values()),
        *(_cases(name, rows) for name, rows in pack.cases.items()),
    )


def _block(title: str, value: object) -> str:
    return f"## {title}\n\n{_yaml(value)}" if value else ""


def _yaml(value: object) -> str:
    """Return a value as YAML, the way the pack spells it."""
    return f"```yaml\n{yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=110).rstrip()}\n```"


def _instruments(rows: Iterable[_Doc]) -> str:
    shown = [
        (
            f"`{row['id']}`",
            row["title"],
            row["issuer"],
            row["dated"],
            f"{row['read']}, at [{urlsplit(row['address']).netloc}]({row['address']})"
            if row.get("address")
            else row["read"],
        )
        for row in rows
    ]
    return table(("id", "instrument", "issuer", "dated", "read"), shown)


def _cites(rows: Iterable[_Doc], addresses: Mapping[str, _Doc]) -> str:
    return "; ".join(
        f"{addresses.get(row['instrument'], {}).get('title', row['instrument'])}, {row['place']} ({row['grade']})"
        for row in rows
    )


def _designations(rows: Iterable[_Doc], addresses: Mapping[str, _Doc]) -> str:
    shown = [
        (
            f"`{row['id']}`",
            row.get("vendor") or "home: " + ", ".join(row.get("home", ())),
            row["tests"],
            row["closure"] if isinstance(row["closure"], str) else f"at least {row['closure']['at least']}",
            row.get("owned on", "judgement"),
            f"{row['from']} to {row['to']}" if row.get("to") else f"from {row['from']}",
            _cites(row["cites"], addresses),
        )
        for row in rows
    ]
    return table(("id", "whom", "word", "how far", "owned on", "when", "written in"), shown)


def _provision(row: _Doc, addresses: Mapping[str, _Doc]) -> str:
    ((kind, text),) = row["text"].items()
    told = {"id", "title", "text", "cites", "uncertain", "except", "waivers", "temporary licences", "extensions"}
    parts = [
        f"## {row['title']} (`{row['id']}`)",
        f"> {' '.join(str(text).split())}\n>\n> ({kind})",
        _yaml({name: value for name, value in row.items() if name not in told}),
    ]
    for name in ("except", "waivers", "temporary licences", "extensions"):
        if name in row:
            bare = [{key: value for key, value in one.items() if key != "cites"} for one in row[name]]
            written = "\n".join(f"* `{one['id']}`: {_cites(one['cites'], addresses)}" for one in row[name])
            parts.append(f"{name.capitalize()}:\n\n{_yaml(bare)}\n\n{written}")
    parts.append(f"Written in: {_cites(row['cites'], addresses)}.")
    if row.get("uncertain"):
        parts.append(f"Not sure: {' '.join(str(row['uncertain']).split())}")
    return "\n\n".join(parts)


def _cases(name: str, rows: Iterable[_Doc]) -> str:
    shown = [
        (row["name"], row["as of"], ", ".join(f"{key}: {_plain(value)}" for key, value in row["expect"].items()))
        for row in rows
    ]
    return f"## Cases: {name}\n\n" + table(("case", "as of", "expected"), shown)


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
