"""Turns a folder into a workspace with facts and a log, and `telvet share serve` over it into a process that a test may kill.

* What a client was told, and what it was given, is kept beside it: that is what must be true afterwards.
"""

from __future__ import annotations

import hashlib
import json
import re
import resource
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import msgspec

from telvet.sharing.taxii.tokens import new_token
from tests.functional.driver import TELVET, telvet
from tests.simulators.taxii import TAXII
from tests.unit.sharing.store.real import TLP

__all__ = ["COLLECTION", "US", "Client", "House", "made", "made_house"]

US = "identity--00000000-0000-4000-8000-000000000001"
COLLECTION = "00000000-0000-4000-8000-000000000002"
_FACTS = f"""
ours: [{US}]
partners:
  - {{id: north, country: GBR, organisation: North}}
arrangements:
  - {{id: A-1, partner: north, from: 2020-01-01, to: never, tlp: green, classification: U, purposes: [defence],
     third_party: as marked, redaction: no, source: a letter}}
originators:
  - {{about: {US}, originators: [{US}], complete: yes}}
authorities:
  - {{id: S-1, partner: north, officer: an officer, signed_on: 2020-01-01, from: 2020-01-01, to: 2098-12-31,
     purposes: [defence], tlp: green, classification: U, types: all, collections: all, redacted: no, source: a letter}}
"""


def made(number: int, mark: str = "clear", **held: Any) -> bytes:
    """Return the bytes of an object that the partner may have, by its mark."""
    moment = "2024-01-01T00:00:00.000Z"
    name = US if number == 1 else f"indicator--00000000-0000-4000-9000-{number:012d}"
    whole = {
        "type": name.partition("--")[0],
        "spec_version": "2.1",
        "id": name,
        "created": moment,
        "modified": moment,
        "created_by_ref": US,
    }
    return json.dumps({**whole, "name": f"number {number}", "object_marking_refs": [TLP[mark]], **held}).encode()


class _Envelope(msgspec.Struct):
    objects: list[msgspec.Raw] = []
    more: bool = False
    next: str | None = None


@dataclass
class Client:
    """A user, and what it was told and given."""

    token: str
    taken: list[str] = field(default_factory=list)
    """Ids of objects that were acknowledged."""
    given: set[tuple[str, str]] = field(default_factory=set)
    """Id and digest of objects that arrived in whole pages."""

    def post(self, address: str, objects: Sequence[bytes], client: httpx.Client | None = None) -> httpx.Response:
        """Send objects, and note which were acknowledged."""
        body = b'{"objects":[' + b",".join(objects) + b"]}"
        answer = (client or httpx).post(
            self._at(address), content=body, headers={**self.headers, "Content-Type": TAXII}, timeout=30
        )
        if answer.status_code == 202:
            self.taken += [each["id"] for each in answer.json().get("successes", [])]
        return answer

    def get(self, address: str, client: httpx.Client | None = None, **query: Any) -> httpx.Response:
        """Ask for a page, and note what is in it."""
        answer = (client or httpx).get(self._at(address), params=query, headers=self.headers, timeout=30)
        if answer.status_code == 200:
            for each in msgspec.json.decode(answer.content, type=_Envelope).objects:
                raw = bytes(each)
                self.given.add((json.loads(raw)["id"], hashlib.sha256(raw).hexdigest()))
        return answer

    def everything(self, address: str) -> list[str]:
        """Return the ids of all objects, page by page."""
        found: list[str] = []
        query: dict[str, Any] = {"limit": 500}
        while True:
            answer = self.get(address, **query)
            assert answer.status_code == 200, answer.text
            found += [each["id"] for each in answer.json().get("objects", [])]
            if not answer.json().get("more"):
                return found
            query["next"] = answer.json()["next"]

    def dates(self, address: str) -> str:
        """Return when the last object was added that there is."""
        last = ""
        query: dict[str, Any] = {"limit": 1000}
        while True:
            answer = self.get(address, **query)
            last = str(answer.headers.get("X-TAXII-Date-Added-Last", last))
            if not answer.json().get("more"):
                return last
            query["next"] = answer.json()["next"]

    @property
    def headers(self) -> dict[str, str]:
        return {"Accept": TAXII, "Authorization": f"Bearer {self.token}"}

    def _at(self, address: str) -> str:
        return f"{address}/api/collections/{COLLECTION}/objects/"


@dataclass
class House:
    """A workspace, its configuration and its users."""

    folder: Path
    workspace: str
    state: Path
    staff: Client
    north: Client

    @contextmanager
    def serving(
        self, *options: str, log: str = "server", most_bytes: int = 0
    ) -> Iterator[tuple[str, subprocess.Popen[str]]]:
        """Run the server; yield where it answers, and the process. It is interrupted at the end, unless it was killed.

        Args:
            options: Further options.
            log: The name of its audit log.
            most_bytes: No file may grow beyond this; 0 is no limit.
        """
        places = ["--workspace", self.workspace, "--state", str(self.state), "--log", log, "--port", "0"]
        command = [TELVET, "share", "serve", str(self.folder / "desk.yaml"), *places, *options]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=_limit(most_bytes)) as process:  # noqa: PLW1509 - no thread runs here that the child could need
            assert process.stderr is not None
            said = ""
            try:
                for line in process.stderr:
                    said += line
                    if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                        break
                else:
                    raise AssertionError(said)
                yield found[0], process
            finally:
                if process.poll() is None:
                    process.send_signal(signal.SIGINT)
                said += process.stderr.read()
                process.wait(30)
                print(said)  # noqa: T201 - what it said is shown beside a failure
        assert "Traceback" not in said, said

    def released(self) -> set[tuple[str, str]]:
        """Return the ids and digests that the log says have gone to the partner; every byte of it is verified."""
        at = ("--workspace", self.workspace, "--state", self.state)
        assert telvet("share", "audit", "verify", *at).code == 0
        told = telvet("share", "released", "--partner", "north", "--format", "jsonl", *at)
        assert told.code == 0, told.err
        return {(row["object"], row["sha256"]) for row in map(json.loads, told.out.splitlines())}


def _limit(most_bytes: int) -> Callable[[], None] | None:
    if not most_bytes:
        return None
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))


def made_house(folder: Path, workspace: str = "", state: Path | None = None) -> House:
    """Make a workspace with facts and a log, and a configuration with one of our staff and one partner."""
    workspace, state = workspace or str(folder / "w"), state or folder / "w"
    (folder / "facts.yaml").write_text(_FACTS)
    at = ("--workspace", workspace)
    assert telvet("share", "facts", "import", folder / "facts.yaml", "--by", "ana", *at).code == 0
    assert (
        telvet("share", "audit", "init", "--name", "example.org/desk", "--by", "ana", *at, "--state", state).code == 0
    )
    (staff, staff_hash), (north, north_hash) = new_token(), new_token()
    (folder / "desk.yaml").write_text(f"""
title: A desk
page: {{default: 100, most: 1000}}
roots:
  - path: api
    title: A root
    collections:
      - {{id: {COLLECTION}, title: Intelligence, purpose: defence}}
users:
  - {{name: ann, role: staff, token_sha256: [{staff_hash}], read: [all], write: [all]}}
  - {{name: north, role: partner, partner: north, token_sha256: [{north_hash}], read: [all], write: [all]}}
""")
    return House(folder, workspace, state, Client(staff), Client(north))
