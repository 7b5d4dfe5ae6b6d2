"""Small packs as plain data: what the format demands is filled in, so that a test says only what it is about."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from telvet.model.law import Pack, Provision
from telvet.packs.build import build_pack
from telvet.packs.documents import PackDocuments

__all__ = [
    "ACME",
    "CITES",
    "ID",
    "case",
    "designation",
    "documents",
    "pack",
    "pack_files",
    "provision",
    "rule",
    "write",
]

Document = dict[str, Any]
ID = "xa.toy"
CITES = [{"instrument": "act", "place": "section 1", "grade": "verified"}]
ACME: Document = {"equipment.vendor": {"designated": "acme"}}
"""The condition that most toy rules have."""
ACT: Document = {"id": "act", "title": "Act", "issuer": "Parliament", "dated": "2019-06-01", "read": "verified"}
HEAD: Document = {
    "id": ID, "title": "A toy", "jurisdiction": "XAA", "force": "binding", "enacted": "2020-01-01",
    "version": "2020.1.0", "about": "A toy.",
}  # fmt: skip


def designation(name: str = "acme", /, **about: Any) -> Document:
    """Return a designation: by default of Acme, as maker, with its subsidiaries, from the day of the toy's enactment."""
    whom = {} if "home" in about else {"vendor": "acme"}
    plain = {"id": name, "tests": "made", "closure": "subsidiaries", "from": "2020-01-01", "cites": CITES, **whom}
    return {**plain, **{key.replace("_", " "): value for key, value in about.items() if key != "from_"}} | (
        {"from": about["from_"]} if "from_" in about else {}
    )


def rule(name: str = "rule", about: Mapping[str, Any] | None = None) -> Document:
    """Return a provision: by default Acme's equipment may not be used, from enactment."""
    said = dict(about or {})
    plain: Document = {
        "id": name, "title": f"About {name}", "subject": "equipment", "cites": CITES, "text": {"paraphrase": f"In short, {name}."},
    }  # fmt: skip
    if "share" in said:
        plain["subject"] = "network"
    else:
        plain |= {"when": ACME, "effect": "prohibit use"}
    for key in ("except", "waivers", "temporary licences", "extensions"):
        if key in said:
            said[key] = [{"cites": CITES, **each} for each in said[key]]
    return plain | said


def case(name: str = "a case", /, **about: Any) -> Document:
    """Return a case of a provision: by default Acme's element on a day after the toy's enactment, contravened."""
    plain = {"as_of": "2021-01-01", "equipment": {"manufacturer": "Acme Ltd"}, "expect": {"rule": "contravention"}}
    return {"name": name, **{key.replace("_", " "): value for key, value in {**plain, **about}.items()}}


def pack_files(
    *rules: Document,
    designations: Sequence[Document] | None = None,
    instruments: Sequence[Document] | None = None,
    cases: Mapping[str, Sequence[Document]] | None = None,
    **head: Any,
) -> Document:
    """Return the files of a pack by their paths."""
    files: Document = {
        "pack.yaml": {**HEAD, **head},
        "instruments.yaml": list(instruments if instruments is not None else [ACT]),
        "designations.yaml": list(designations if designations is not None else [designation()]),
    }
    if not files["designations.yaml"]:
        del files["designations.yaml"]
    files |= {f"provisions/{each['id']}.yaml": each for each in rules or (rule(),)}
    return files | {f"cases/{name}.yaml": list(listed) for name, listed in (cases or {}).items()}


def documents(files: Document, folder: Path | None = None) -> PackDocuments:
    """Return files as the parsed documents of a folder."""
    provisions = {path[11:-5]: about for path, about in files.items() if path.startswith("provisions/")}
    cases = {path[6:-5]: about for path, about in files.items() if path.startswith("cases/")}
    jurisdiction, _, name = files["pack.yaml"]["id"].partition(".")
    return PackDocuments(
        folder=folder or Path("packs") / jurisdiction / name,
        pack=files["pack.yaml"],
        instruments=files["instruments.yaml"],
        designations=files.get("designations.yaml", []),
        provisions=provisions,
        cases=cases,
        digest="d1" * 32,
    )


def pack(*rules: Document, **about: Any) -> Pack:
    """Build a pack of some rules."""
    return build_pack(documents(pack_files(*rules, **about)))


def provision(about: Mapping[str, Any] | None = None, **head: Any) -> Provision:
    """Build a pack of one rule and return the rule."""
    (only,) = pack(rule("rule", about), **head).provisions
    return only


def write(root: Path, files: Document, *, changelog: bool = True) -> Path:
    """Write a pack's files below a folder, where its id says; JSON is YAML."""
    jurisdiction, _, name = str(files["pack.yaml"]["id"]).partition(".")
    folder = root / jurisdiction / name
    for path, document in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(json.dumps(document, ensure_ascii=False, indent=1), "utf-8")
    if changelog:
        (folder / "CHANGELOG.md").write_text("# 2020.1.0\n\nBegun.\n", "utf-8")
    return folder
