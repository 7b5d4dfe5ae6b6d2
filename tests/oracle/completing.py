"""Fill in what the pack format demands and the meaning does not look at: titles, texts, citations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["completed"]

ACT = {"id": "act", "title": "Act", "issuer": "Parliament", "dated": "2000-01-01", "read": "verified"}
CITES = [{"instrument": "act", "place": "section 1", "grade": "verified"}]
PACK = {"title": "A toy", "jurisdiction": "XZZ", "force": "binding", "version": "2020.1.0", "about": "A toy."}
EXCUSES = ("extensions", "except", "waivers", "temporary licences")


def completed(files: Mapping[str, Any]) -> dict[str, Any]:
    """Return a pack's files, by path in its folder, as a whole pack that the JSON Schema accepts."""
    whole: dict[str, Any] = {"pack.yaml": PACK | files["pack.yaml"], "instruments.yaml": [ACT]}
    if "designations.yaml" in files:
        whole["designations.yaml"] = [{"cites": CITES} | each for each in files["designations.yaml"]]
    for path, about in files.items():
        if path.startswith("provisions/"):
            stem = path.removeprefix("provisions/").removesuffix(".yaml")
            whole[path] = provision({"id": stem, "title": stem, "cites": CITES, "text": {"paraphrase": stem}} | about)
    return whole


def provision(about: dict[str, Any]) -> dict[str, Any]:
    """Cite a source for each excuse and extension."""
    cited = {key: [{"cites": CITES} | each for each in about[key]] for key in EXCUSES if key in about}
    return about | cited
