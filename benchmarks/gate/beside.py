"""Turns objects into the servers that telvet is measured beside: the floor, and medallion, the reference server of the standard.

* medallion runs as it ships: its own command, the backend in memory, objects from a file.
* Both are processes of their own, and are asked by the same client.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.gate.clients import basic
from benchmarks.gate.floor import COLLECTION
from benchmarks.gate.processes import Running, free_port, running

__all__ = ["LOGIN", "floor", "medallion"]

LOGIN = basic("bench", "bench")
_ROOT, _ID = "api", "00000000-0000-4000-8000-000000000001"
_ADDED = "2024-01-01T00:00:{second:02d}.{micros:06d}Z"
_MOST_PAGE = 1000


@contextmanager
def floor(folder: Path, objects: Sequence[str], page: int) -> Iterator[str]:
    """Serve pages that are made beforehand; yield the address of the collection."""
    path, port = folder / f"floor-{len(objects)}-{page}.jsonl", free_port()
    path.write_text("\n".join(objects), "utf-8")
    command = (sys.executable, "-m", "benchmarks.gate.floor", str(port), str(page), path)
    with running(command, folder / "floor.txt", f"http://127.0.0.1:{port}") as server:
        yield f"{server.address}{COLLECTION}"


@contextmanager
def medallion(folder: Path, objects: Sequence[str]) -> Iterator[tuple[Running, str]]:
    """Serve objects with medallion; yield it, and the address of the collection."""
    data, config, port = folder / "medallion-data.json", folder / "medallion.json", free_port()
    data.write_text(json.dumps(_data(objects)), "utf-8")
    backend = {"module": "medallion.backends.memory_backend", "module_class": "MemoryBackend", "filename": str(data)}
    told = {"users": {"bench": "bench"}, "taxii": {"max_page_size": _MOST_PAGE}, "backend": backend}
    config.write_text(json.dumps(told), "utf-8")
    command = (sys.executable, "-m", "medallion.scripts.run", "--port", str(port), config)
    with running(command, folder / "medallion.txt", f"http://127.0.0.1:{port}") as server:
        yield server, f"{server.address}/{_ROOT}/collections/{_ID}/"


def _data(objects: Sequence[str]) -> dict[str, object]:
    """Return what medallion reads: the objects, and beside them a manifest that says when each was added."""
    held = [json.loads(text) for text in objects]
    manifest = [
        {
            "id": one["id"],
            "date_added": _ADDED.format(second=place // 1_000_000, micros=place % 1_000_000),
            "version": one.get("modified", one["created"]),
            "media_type": "application/stix+json;version=2.1",
        }
        for place, one in enumerate(held)
    ]
    collection = {
        "id": _ID, "title": "Objects", "can_read": True, "can_write": False,
        "media_types": ["application/stix+json;version=2.1"], "objects": held, "manifest": manifest,
    }  # fmt: skip
    information = {"title": "A root", "versions": ["application/taxii+json;version=2.1"], "max_content_length": 1 << 27}
    discovery = {"title": "Bench", "api_roots": [f"/{_ROOT}/"]}
    return {"/discovery": discovery, _ROOT: {"information": information, "status": [], "collections": [collection]}}
