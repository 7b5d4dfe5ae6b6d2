"""Turns a folder into a workspace with facts about one partner, an audit log, and a configuration of collections.

* The partner may have everything: the gate decides about each object, and each is recorded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.gate.corpus import AUTHOR
from benchmarks.gate.processes import Running, running, telvet
from telvet.sharing.taxii.tokens import new_token

__all__ = ["PARTNER", "PURPOSE", "Desk", "desk", "facts"]

PARTNER, PURPOSE = "north", "defence"
ROOT = "api"


def facts() -> str:
    """Return what is on record, as YAML."""
    return f"""
ours: [identity--00000000-0000-4000-8000-000000000001]
partners:
  - {{id: {PARTNER}, country: GBR, organisation: North}}
arrangements:
  - {{id: A-1, partner: {PARTNER}, from: 2020-01-01, to: never, tlp: green, classification: U, purposes: [{PURPOSE}],
     third_party: as marked, redaction: no, source: a letter}}
originators:
  - {{about: {AUTHOR}, originators: [{AUTHOR}], complete: yes}}
authorities:
  - {{id: S-1, partner: {PARTNER}, officer: an officer, signed_on: 2020-01-01, from: 2020-01-01, to: 2098-12-31,
     purposes: [{PURPOSE}], tlp: green, classification: U, types: all, collections: all, redacted: no, source: a letter}}
"""


@dataclass(frozen=True, slots=True)
class Desk:
    """A workspace, and who may ask."""

    folder: Path
    workspace: Path
    config: Path
    staff: str
    """The token of our own staff."""
    partner: str
    """The token of the partner."""
    collections: Mapping[str, str]
    """The ids of the collections, by name."""

    @contextmanager
    def serving(self) -> Iterator[Running]:
        """Run `telvet share serve`."""
        command = ("telvet", "share", "serve", self.config, "-w", self.workspace, "--port", "0")
        with running(command, self.folder / "serve.txt") as server:
            yield server

    @contextmanager
    def before(self, server: Running) -> Iterator[Running]:
        """Run `telvet share proxy` before a server; upstream knows it as our own staff."""
        token = self.folder / "token"
        token.write_text(self.staff + "\n", "ascii")
        token.chmod(0o600)
        given = ("--config", self.config, "--upstream-token", token, "-w", self.workspace, "--port", "0")
        with running(
            ("telvet", "share", "proxy", f"{server.address}/{ROOT}/", *given), self.folder / "proxy.txt"
        ) as proxy:
            yield proxy

    def place(self, server: Running, name: str) -> str:
        """Return the address of a collection."""
        return f"{server.address}/{ROOT}/collections/{self.collections[name]}/"


def desk(folder: Path, names: Sequence[str]) -> Desk:
    """Make a workspace with empty collections."""
    folder.mkdir(parents=True)
    workspace, config = folder / "workspace", folder / "desk.yaml"
    (folder / "facts.yaml").write_text(facts(), "utf-8")
    telvet("share", "facts", "import", folder / "facts.yaml", "--by", "bench", "-w", workspace)
    telvet("share", "audit", "init", "--name", "example.org/bench", "--by", "bench", "-w", workspace)
    (staff, staff_hash), (partner, partner_hash) = new_token(), new_token()
    collections = {name: f"00000000-0000-4000-8000-{place:012d}" for place, name in enumerate(names, 1)}
    listed = "\n".join(f"      - {{id: {id_}, title: {name}, purpose: {PURPOSE}}}" for name, id_ in collections.items())
    config.write_text(
        f"""
title: A desk
roots:
  - path: {ROOT}
    title: A root
    collections:
{listed}
users:
  - {{name: ann, role: staff, token_sha256: [{staff_hash}], read: [all], write: [all]}}
  - {{name: north, role: partner, partner: {PARTNER}, token_sha256: [{partner_hash}], read: [all]}}
""",
        "utf-8",
    )
    return Desk(folder, workspace, config, staff, partner, collections)
