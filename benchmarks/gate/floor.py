"""Turns objects into a server that only hands out pages made beforehand: `python -m benchmarks.gate.floor PORT PAGE FILE`.

* It decides and records nothing: what the usual client takes of it is the most that the client can take.
* FILE has the JSON of an object a line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

__all__ = ["COLLECTION", "made", "main"]

_ID = "00000000-0000-4000-8000-000000000001"
COLLECTION = f"/floor/collections/{_ID}/"
_TOLD = json.dumps({"id": _ID, "title": "Floor", "can_read": True, "can_write": False})


def made(objects: Sequence[bytes], page: int) -> list[bytes]:
    """Return the bodies of all pages."""
    starts = range(0, len(objects), page)
    return [
        b"{%s%s}" % (_place(number, len(starts)), b'"objects":[' + b",".join(objects[start : start + page]) + b"]")
        for number, start in enumerate(starts, 1)
    ]


def _place(number: int, count: int) -> bytes:
    return b'"more":true,"next":"%d",' % number if number < count else b'"more":false,'


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    pages: Sequence[bytes] = ()

    def do_GET(self) -> None:
        """Hand a page out."""
        asked = urlsplit(self.path)
        body = _TOLD.encode()
        if asked.path.endswith("/objects/"):
            body = self.pages[int(parse_qs(asked.query).get("next", ["0"])[0])]
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/taxii+json;version=2.1\r\nContent-Length: {len(body)}\r\n\r\n"
        self.wfile.write(head.encode("ascii") + body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that it has there
        """Say nothing."""


def main() -> None:
    """Serve until the process is told to stop."""
    port, page, path = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    _Handler.pages = made(path.read_bytes().splitlines(), page)
    ThreadingHTTPServer(("127.0.0.1", port), _Handler).serve_forever()


if __name__ == "__main__":
    main()
